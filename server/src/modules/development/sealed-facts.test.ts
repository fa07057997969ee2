import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { factsOf } from '../archive/sealing-facts.ts'
import './sealed-facts.ts'
import { developmentActs } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)

test('acts that count go into a closed file as they were recorded, corrected and struck out ones do not', async () => {
  const { tenantId } = u
  const act = (more: Partial<typeof developmentActs.$inferInsert>) => ({
    ...{ tenantId, id: newId(), personId: u.wang.id, path: u.wang.path, recordedBy: newId() },
    ...{ kind: 'application' as const, recordedAt: new Date('2025-03-02T00:00:00Z'), ...more },
  })
  const wrong = act({ on: '2025-03-02' })
  const struckOut = act({ kind: 'thoughtReport', on: '2025-06-01' })
  await u.look((db) =>
    db
      .insert(developmentActs)
      .values([
        wrong,
        act({ on: '2025-03-01', corrects: wrong.id }),
        struckOut,
        act({ kind: 'thoughtReport', on: '2025-06-01', corrects: struckOut.id, isStruckOut: true }),
        act({ kind: 'activistDecision', on: '2025-05-28' }),
        act({ kind: 'oath', on: '2026-01-01', personId: u.li.id, path: u.li.path }),
      ]),
  )
  const recorded = { basis: null, recordedBy: '', recordedAt: '2025-03-02T00:00:00.000Z' }
  expect(await u.as(u.actors.organiser, (ctx) => factsOf(ctx, { personId: u.wang.id }))).toEqual([
    { on: '2025-03-01', what: '递交入党申请书', details: '', ...recorded },
    { on: '2025-05-28', what: '确定为入党积极分子', details: '', ...recorded },
  ])
  expect(await u.as(u.actors.organiser, (ctx) => factsOf(ctx, { organizationId: u.branch.id }))).toEqual([])
})
