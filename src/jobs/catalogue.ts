/** Every job that exists: name -> payload. Payloads hold ids; a job may run twice. */
export interface JobPayloads {
  /** Facts or deadlines of cases changed (import, act on the case page, calendar). */
  'cases.changed': { reason: string };
  /** Goes on with an import: reads, checks, writes or takes back its file. */
  'imports.advance': { runId: number };
  /** Takes in the files dropped into the watched folder. */
  'imports.look': Record<string, never>;
  /** Imports whose process is gone go on, and what they left behind goes away. */
  'imports.tend': Record<string, never>;
  /** Claims the alerts that are due and groups them into notifications. */
  'alerts.sweep': Record<string, never>;
  /** Writes the morning's message of everybody who has something left to do. */
  'alerts.morning': Record<string, never>;
  /** Sends one notification. */
  'notifications.deliver': { notificationId: number };
  /** Enqueues notifications left pending by a crash or an emptied queue. */
  'notifications.relay': Record<string, never>;
  /** Drafts the letters that are owed. */
  'letters.draft-owed': Record<string, never>;
  /** Makes the files of numbered letters that a crash left without one. */
  'letters.keep-files': Record<string, never>;
  /** Sends one letter by e-mail, SMS or Zalo. */
  'letters.send': { deliveryId: number };
  /** Enqueues letters left unsent by a crash or an emptied queue. */
  'letters.send-left': Record<string, never>;
  /** Makes a large file of letters. */
  'letters.make-file': { batchId: string };
  /** Hands files to the queue that nobody makes. */
  'letters.tend-files': Record<string, never>;
  /** The commune counts the hour of its deadlines differently now. */
  'units.hour-of-deadlines-set': { unitId: number; by: string; source: string };
  /** Proves that what is stored of every case is what would be computed. */
  'deadlines.verify': Record<string, never>;
  /** Adds up what changed in the counts of settled cases. */
  'reports.compact': Record<string, never>;
  /** Proves those counts by counting the cases, and mends them. */
  'reports.verify': Record<string, never>;
  /** Reminds the administrators of a year whose days off nobody has entered. */
  'calendars.remind': Record<string, never>;
  /** Removes expired sessions. */
  'sessions.prune': Record<string, never>;
}

export type JobName = keyof JobPayloads;

export const QUEUES = [
  'cases',
  'imports',
  'alerts',
  'notifications',
  'letters',
  'files',
  'maintenance',
] as const;
export type QueueName = (typeof QUEUES)[number];

/** Jobs of one queue that one process runs at the same time. Sending waits for the mail server, the rest computes. */
export const CONCURRENCY: Record<QueueName, number> = {
  cases: 1,
  imports: 2,
  alerts: 1,
  notifications: 4,
  letters: 1,
  files: 1,
  maintenance: 1,
};

export interface JobDefinition {
  queue: QueueName;
  attempts: number;
  /** First delay of the exponential back-off, in milliseconds. */
  backoff: number;
}

export const JOBS: Record<JobName, JobDefinition> = {
  'cases.changed': { queue: 'cases', attempts: 5, backoff: 1_000 },
  'imports.advance': { queue: 'imports', attempts: 5, backoff: 2_000 },
  'imports.look': { queue: 'imports', attempts: 1, backoff: 1_000 },
  'imports.tend': { queue: 'maintenance', attempts: 1, backoff: 1_000 },
  'alerts.sweep': { queue: 'alerts', attempts: 3, backoff: 1_000 },
  'alerts.morning': { queue: 'alerts', attempts: 3, backoff: 1_000 },
  'notifications.deliver': { queue: 'notifications', attempts: 8, backoff: 5_000 },
  'notifications.relay': { queue: 'notifications', attempts: 3, backoff: 1_000 },
  'letters.draft-owed': { queue: 'letters', attempts: 3, backoff: 1_000 },
  'letters.keep-files': { queue: 'letters', attempts: 3, backoff: 5_000 },
  'letters.send': { queue: 'notifications', attempts: 3, backoff: 60_000 },
  'letters.send-left': { queue: 'notifications', attempts: 3, backoff: 1_000 },
  'letters.make-file': { queue: 'files', attempts: 1, backoff: 1_000 },
  'letters.tend-files': { queue: 'maintenance', attempts: 1, backoff: 1_000 },
  'units.hour-of-deadlines-set': { queue: 'cases', attempts: 5, backoff: 1_000 },
  'deadlines.verify': { queue: 'maintenance', attempts: 3, backoff: 60_000 },
  'reports.compact': { queue: 'maintenance', attempts: 1, backoff: 1_000 },
  'reports.verify': { queue: 'maintenance', attempts: 3, backoff: 60_000 },
  'calendars.remind': { queue: 'maintenance', attempts: 5, backoff: 60_000 },
  'sessions.prune': { queue: 'maintenance', attempts: 1, backoff: 1_000 },
};

/** Injection token of the catalogue, so that a test can prove the machinery with jobs of its own. */
export const JOB_DEFINITIONS = Symbol('JOB_DEFINITIONS');
export type JobDefinitions = Record<string, JobDefinition>;
