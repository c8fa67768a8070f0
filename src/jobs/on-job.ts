import { SetMetadata } from '@nestjs/common';
import type { JobName } from './catalogue';

export const ON_JOB_KEY = 'on-job';

/** Marks the one method of a `.processor.ts` that handles the job. It receives the payload and throws to retry. */
export const OnJob = (name: JobName): MethodDecorator => SetMetadata(ON_JOB_KEY, name) as MethodDecorator;
