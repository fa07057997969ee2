import { sql } from 'drizzle-orm'
import { uploadDays } from '../../platform/content/incoming.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { universities } from '../organization/tables.ts'
import { incoming } from './uploads.ts'

const dayMs = 86_400_000

/** Nightly: forgets how far people were in units that are gone, and packages that never came to an end. */
export async function tidyCourseware(database: Database, now: Date): Promise<void> {
  const begunBefore = new Date(now.getTime() - uploadDays * dayMs)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), async (db) => {
      await incoming.forgetOld({ db, tenantId }, begunBefore)
      await db.execute(sql`delete from courseware_progress p where p.tenant_id = ${tenantId} and not exists
        (select from courseware_units u where u.tenant_id = p.tenant_id and u.id = p.unit_id)`)
    })
}
