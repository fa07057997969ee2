import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { stateOf } from '../modules/calls/policy.ts'
import { callEntries, callReviews, calls } from '../modules/calls/tables.ts'
import { newId } from '../platform/ids.ts'
import { callForEntries } from './calls.ts'

const database = await freshDatabase()
const build = await smallUniversity(database)
const { tenantId } = build

test('whoever signs in to the demonstration finds a call at each stage, and works on the shelf', async () => {
  const cast = await demoCast(build)
  await build.look((db) =>
    callForEntries({ db, tenantId, actor: cast.university.department, today, requestId: newId(), encryption }, cast),
  )

  const all = await build.look((db) => db.select().from(calls))
  expect(all.map((it) => stateOf(it, today)).sort()).toEqual(['decided', 'open', 'planned', 'reviewing'])
  const entries = await build.look((db) => db.select().from(callEntries))
  expect(entries.filter((it) => it.decision === 'accepted').length).toBe(3)
  expect(await build.look((db) => db.$count(callReviews))).toBe(4)
})
