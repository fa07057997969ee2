import type { Logger } from 'pino'
import type { Database } from './platform/database.ts'
import type { FieldEncryption } from './platform/encryption.ts'
import type { JobHandlers, Timetable } from './platform/jobs.ts'

/** What a job may use: ids come with the job, everything else from here. */
export interface Workshop {
  database: Database
  encryption: FieldEncryption
  log: Logger
}

/** The work of all modules behind the queue, by kind of job. */
export function handlersOf(_workshop: Workshop): JobHandlers {
  return {}
}

/** What starts by itself, and when in China. */
export const timetable: Timetable = {}
