import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { openBatch } from './batches.ts'
import { recordActs } from './imported.ts'
import { planWay } from './service.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
const { department, secretary, siblingSecretary, distantSecretary, applicant, auditor } = it.actors
await it.as(department, async (ctx) => {
  const application = { kind: 'application', on: '2026-01-05' } as const
  const acts = [it.wang, it.sun].map(({ id, path }) => ({ personId: id, path, act: application }))
  await recordActs(ctx, crypto.randomUUID(), acts)
  await planWay(ctx, it.wang.id, 2, { target: { kind: 'admissionAssembly', by: '2028-05-31' } })
  await openBatch(ctx, { title: '一支部', personIds: [it.wang.id] })
})

const ofPersons = ['development_acts', 'development_standings', 'development_dues', 'development_plans']
const ofBranches = ['development_batches', 'development_batch_runs']
const helper = await it.helper([it.wang], ['review'])
const endedHelper = await it.helper([it.wang], ['review'], '2020-01-01')

test.each([...ofPersons, ...ofBranches])('without a scope no row is seen: %s', async (table) => {
  expect((await database.app.execute(sql`select * from ${sql.identifier(table)}`)).rows).toEqual([])
  expect((await it.look((db) => db.execute(sql`select * from ${sql.identifier(table)}`))).rows).not.toEqual([])
})

test.each([
  ['the organisation department', department, [it.sun.id, it.wang.id], 1],
  ['the secretary', secretary, [it.wang.id], 1],
  ['the secretary of another branch', siblingSecretary, [], 0],
  ['the secretary of another college', distantSecretary, [it.sun.id], 0],
  ['the person concerned', applicant, [it.wang.id], 0],
  ['a helper', helper, [it.wang.id], 0],
  ['a helper whose task has ended', endedHelper, [], 0],
  ['an administrator', auditor, [], 0],
])('%s sees rows within reach only', async (_who, actor, personIds, batchCount) => {
  const seen = await it.as(actor, async ({ db }) => {
    const acts = await db.execute<{ id: string }>(sql`select person_id as id from development_acts order by person_id`)
    const others = await db.execute<{ id: string }>(sql`
      select person_id as id from development_standings union select person_id from development_dues
      union select person_id from development_plans order by id`)
    const batches = await db.execute(sql`select id from development_batches`)
    const runs = await db.execute(sql`select number from development_batch_runs`)
    return [acts.rows.map((row) => row.id), others.rows.map((row) => row.id), batches.rows.length, runs.rows.length]
  })
  expect(seen).toEqual([[...personIds].sort(), [...personIds].sort(), batchCount, batchCount])
})

test('another university sees nothing of it', async () => {
  const foreign = await smallUniversity(database)
  for (const table of [...ofPersons, ...ofBranches])
    expect((await foreign.look((db) => db.execute(sql`select * from ${sql.identifier(table)}`))).rows).toEqual([])
})
