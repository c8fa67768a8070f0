import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { JobController } from './job.controller';
import { JobPages } from './job-pages.service';

@Module({ imports: [AuditModule], controllers: [JobController], providers: [JobPages] })
export class OperationsModule {}
