import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { factsOf } from '../archive/sealing-facts.ts'
import { detailsInWords } from './sealed-facts.ts'
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

test.each([
  [{}, ''],
  [{ talkers: [{ name: '欧阳远钰' }, { name: '李晓岚', office: '书记' }] }, '谈话人：欧阳远钰、李晓岚（职务 书记）'],
  [{ by: 'league', reason: '补录' }, '推荐方式：团组织推优；原因：补录'],
  [{ from: ['group', 'masses'] }, '听取意见的对象：党小组、群众'],
  [{ trainingHours: 24, startedOn: '2025-09-01' }, '学时：24；开始日期：2025年9月1日'],
  [
    { vote: { entitled: 12, present: 11, yes: 11, no: 0, abstain: 0, individually: true } },
    '表决：应到 12，实到 11，赞成 11，反对 0，弃权 0，逐个表决 是',
  ],
  [{ outcome: 'extend', until: '2026-11-28' }, '决定：延长预备期；截止日期：2026年11月28日'],
  [{ signatures: [{ by: 'league', on: '2025-03-01' }] }, '签名：签名人 league，日期 2025年3月1日'],
  [{ somethingNew: 'value' }, 'somethingNew：value'],
])('the details of an act stand in a closed file in Chinese: %j', (details, words) => {
  expect(detailsInWords(details)).toBe(words)
})
