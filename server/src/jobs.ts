import type { Logger } from 'pino'
import { tidySignIn } from './modules/accounts/jobs.ts'
import { restateUniversities } from './modules/development/jobs.ts'
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
export function handlersOf({ database }: Workshop): JobHandlers {
  return {
    'accounts.tidy-sign-in': () => tidySignIn(database, new Date()),
    'development.restate': (data) => restateUniversities(database, data),
  }
}

/** What starts by itself, and when in China. */
export const timetable: Timetable = { 'accounts.tidy-sign-in': '40 3 * * *', 'development.restate': '10 0 * * *' }
