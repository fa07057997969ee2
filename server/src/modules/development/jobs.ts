import type { Day } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { JobData } from '../../platform/jobs.ts'
import { dayInChina } from '../../platform/today.ts'
import { universities } from '../organization/tables.ts'
import { statePapers } from './paper-remarks.ts'
import { restate } from './standings.ts'

/** The job `development.restate`: every night for all universities, and for one whose settings or filing list have changed. */
export async function restateUniversities(database: Database, { tenantId }: JobData): Promise<void> {
  const today = dayInChina(new Date())
  for (const { id } of await database.app.select({ id: universities.id }).from(universities)) {
    if (tenantId === undefined || tenantId === id) await restateAll(database, id, today)
  }
}

/** How many files are stated anew in one transaction. */
const sliceSize = 2_000

/**
 * States all files of a university anew, slice by slice: a new day, another table of working days, local practice or filing list
 * may change what every file says. Interrupted, it may be run again from the beginning.
 */
export async function restateAll(database: Database, tenantId: string, today: Day): Promise<void> {
  const scope = wholeUniversity(tenantId)
  let last: string | undefined = leastId
  while (last !== undefined) {
    const from: string = last
    last = await database.transaction(scope, async (db) => {
      const ctx = { db, tenantId, today }
      const ids = await personsBehind(ctx, from)
      await restate(ctx, ids)
      await statePapers(ctx, ids)
      return ids.at(-1)
    })
  }
}

const leastId = '00000000-0000-0000-0000-000000000000'

/** The next persons who have acts or papers or are stated, by id. */
async function personsBehind({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, last: string): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    (select person_id as id from development_acts where tenant_id = ${tenantId} and person_id > ${last}
      group by person_id order by person_id limit ${sliceSize})
    union
    (select person_id from development_standings where tenant_id = ${tenantId} and person_id > ${last}
      order by person_id limit ${sliceSize})
    union
    (select person_id from archive_documents where tenant_id = ${tenantId} and person_id > ${last}
      group by person_id order by person_id limit ${sliceSize})
    order by id limit ${sliceSize}`)
  return rows.map((it) => it.id)
}
