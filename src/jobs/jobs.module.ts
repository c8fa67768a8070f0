import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { Database } from '../database/transaction';
import { Runtime } from '../platform/runtime';
import { BullBackend } from './bull-backend';
import { BullQueue } from './bull-queue';
import { JOB_DEFINITIONS, JOBS } from './catalogue';
import { FailedJobs } from './failed-jobs.service';
import { JobHandlers } from './job-handlers';
import { JobQueue } from './job-queue';
import { JobRunner } from './job-runner';
import { JobSchedules } from './job-schedules';
import { JobsRepository } from './jobs.repository';
import { ScheduleKeeper } from './schedule-keeper';
import { SCHEDULE_LIST, SCHEDULES } from './schedules';

@Global()
@Module({
  imports: [DiscoveryModule, ScheduleModule.forRoot()],
  providers: [
    { provide: JOB_DEFINITIONS, useValue: JOBS },
    { provide: SCHEDULE_LIST, useValue: SCHEDULES },
    { provide: BullBackend, inject: [Runtime, Database, JobsRepository], useFactory: BullBackend.open },
    JobsRepository,
    BullQueue,
    { provide: JobQueue, useExisting: BullQueue },
    FailedJobs,
    JobHandlers,
    JobRunner,
    JobSchedules,
    ScheduleKeeper,
  ],
  exports: [JobQueue, BullQueue, BullBackend, FailedJobs],
})
export class JobsModule {}
