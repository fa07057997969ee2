import { lt } from 'drizzle-orm'
import type { Database } from '../../platform/database.ts'
import { forgetFailures } from './lock-out.ts'
import { signInSessions, signInVerifications } from './tables.ts'

/** Nightly: forgets sessions that are over, passing secrets, and failed attempts older than a day. */
export async function tidySignIn(database: Database, now: Date): Promise<void> {
  await database.app.delete(signInSessions).where(lt(signInSessions.expiresAt, now))
  await database.app.delete(signInVerifications).where(lt(signInVerifications.expiresAt, now))
  await forgetFailures(database.app, now)
}
