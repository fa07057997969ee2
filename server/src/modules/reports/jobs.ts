import { type Database, wholeUniversity } from '../../platform/database.ts'
import { dayInChina } from '../../platform/today.ts'
import { universities } from '../organization/tables.ts'
import { keepMonth } from './months.ts'

/** The job `reports.keep-month`: every night the sums of this month are counted anew. */
export async function keepMonths(database: Database, now: Date): Promise<void> {
  const today = dayInChina(now)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), (db) => keepMonth({ db, tenantId, today }))
}
