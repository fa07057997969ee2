import { type Database, wholeUniversity } from '../../platform/database.ts'
import { universities } from '../organization/tables.ts'
import { closeOverdue } from './attempts.ts'

/** The job `exams.collect`: hands in, with what is kept of it, what nobody has handed in before its end. Done again it does nothing more. */
export async function collectOverdue(database: Database, now: Date): Promise<void> {
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      await closeOverdue({ db, tenantId }, undefined, now)
    })
}
