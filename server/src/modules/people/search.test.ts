import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { within } from '../../platform/within.ts'
import { meantBy } from './search.ts'
import { persons } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
for (let at = 0; at < 200; at++) await u.person(u.branch, { name: `沈知${String.fromCodePoint(0x4e00 + at)}` })

// An import of thousands is looked through before the database has looked at it, and plans as if there were nobody.
test.each(['沈', 'shen', 's'])('“%s” is looked for once, however little the database knows', async (query) => {
  const { rows } = await u.as(u.actors.department, ({ db, tenantId }) => {
    const reach = within(persons.path, [u.university.path])
    const found = db
      .select({ id: persons.id })
      .from(persons)
      .where(meantBy({ tenantId }, query, reach))
      .getSQL()
    return db.execute<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(sql`explain (analyze, format json) ${found}`)
  })
  const scans = rows
    .flatMap((it) => nodesOf(it['QUERY PLAN'][0].Plan))
    .filter((it) => it['Relation Name'] === 'persons')
  expect(scans.length).toBeGreaterThanOrEqual(2)
  expect(scans.filter((it) => it['Actual Loops'] > 1)).toEqual([])
})

interface PlanNode {
  'Relation Name'?: string
  'Actual Loops': number
  Plans?: PlanNode[]
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]
