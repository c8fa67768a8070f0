import type { JobName } from './catalogue';

export interface Schedule {
  job: JobName;
  /** Cron with seconds left out, in Asia/Ho_Chi_Minh. */
  cron: string;
  why: string;
}

export const SCHEDULE_ZONE = 'Asia/Ho_Chi_Minh';

/** All recurring work, in one list. A tick only enqueues; the handler works. */
export const SCHEDULES: Schedule[] = [
  { job: 'alerts.sweep', cron: '*/5 * * * *', why: 'alerts that fell due' },
  { job: 'imports.look', cron: '* * * * *', why: 'files dropped into the watched folder' },
  { job: 'alerts.morning', cron: '*/15 * * * *', why: 'what is left to do, once a morning and person' },
  { job: 'imports.tend', cron: '* * * * *', why: 'imports whose process is gone' },
  { job: 'notifications.relay', cron: '*/5 * * * *', why: 'messages left behind' },
  { job: 'letters.draft-owed', cron: '*/15 * * * *', why: 'cases that went overdue' },
  { job: 'letters.keep-files', cron: '5 * * * *', why: 'letters whose file a crash left unmade' },
  { job: 'letters.send-left', cron: '*/2 * * * *', why: 'letters whose message a crash left unsent' },
  { job: 'letters.tend-files', cron: '* * * * *', why: 'large files whose process is gone' },
  { job: 'deadlines.verify', cron: '10 2 * * *', why: 'stored deadlines against recomputed ones' },
  { job: 'reports.compact', cron: '* * * * *', why: 'counts of settled cases stay quick to read' },
  { job: 'reports.verify', cron: '40 2 * * *', why: 'counts of settled cases against the cases' },
  { job: 'calendars.remind', cron: '35 7 * * *', why: 'a year whose days off are not entered' },
  { job: 'sessions.prune', cron: '20 3 * * *', why: 'expired sessions' },
];

/** Injection token of the list. */
export const SCHEDULE_LIST = Symbol('SCHEDULE_LIST');
