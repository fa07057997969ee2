import { type Act, addYears, type Day } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import {
  type BuiltPerson,
  type SmallUniversity,
  smallUniversity,
  statementsOf,
  today,
} from '../../../test/factories.ts'
import { wholeUniversity } from '../../platform/database.ts'
import { journal } from '../../platform/journal.ts'
import { recordActs } from '../development/imported.ts'
import { terms } from '../organization/tables.ts'
import { sendByThemselves } from './by-themselves.ts'
import { draftFor } from './drafting.ts'
import { deliver } from './sending.ts'
import { usualSettings } from './settings.ts'
import { noticeDeliveries, noticeSettingsChanges, notices } from './tables.ts'

const database = await freshDatabase()

const draft = (it: SmallUniversity, on: Day = today) =>
  database.transaction(wholeUniversity(it.tenantId), (db) =>
    draftFor({ db, tenantId: it.tenantId, today: on }, sendByThemselves),
  )
const fill = (it: SmallUniversity, person: BuiltPerson, acts: readonly Act[]) =>
  it.as(it.actors.department, (ctx) =>
    recordActs(
      ctx,
      crypto.randomUUID(),
      acts.map((act) => ({ personId: person.id, path: person.path, act })),
    ),
  )
const stored = (it: SmallUniversity) =>
  it.look((db) => db.select().from(notices).orderBy(notices.createdAt, notices.sourceKey))

/** A university whose branch and sibling have a secretary each, the college an organiser. */
async function kept() {
  const it = await smallUniversity(database)
  const wu = await it.person(it.college, { name: '吴远舟' })
  await it.office(it.li, it.branch, 'secretary')
  await it.office(it.zhao, it.sibling, 'secretary')
  await it.office(wu, it.college, 'organiser')
  return { ...it, wu }
}

/** The talk is due by 1 October. */
const applied: Act[] = [{ kind: 'application', on: '2026-09-01' }]
/** The half-yearly review is due by the first of January. */
const activist: Act[] = [
  { kind: 'application', on: '2026-01-05' },
  { kind: 'applicantTalk', on: '2026-01-20' },
  { kind: 'recommendation', on: '2026-06-01' },
  { kind: 'activistDecision', on: '2026-06-05' },
  { kind: 'activistFiling', on: '2026-06-10' },
  { kind: 'contactPersons', on: '2026-06-05', members: [{ name: '李晓岚', isFull: true }] },
]

test('what is over waits as one draft of the branch, which says how many and why, and names nobody', async () => {
  const it = await kept()
  await fill(it, it.wang, applied)
  await fill(it, await it.person(it.branch, { name: '周行远' }), [{ kind: 'application', on: '2026-11-01' }])
  await draft(it)
  const [row, ...others] = await stored(it)
  expect(others).toEqual([])
  expect(row).toMatchObject({
    organizationId: it.college.id,
    path: it.college.path,
    kind: 'information',
    title: '关于及时办理发展党员有关事项的提醒（云山学院本科生第一党支部）',
    audience: { groups: [], personIds: [it.li.id], exceptIds: [] },
    source: 'due',
    sourceKey: `due:${it.branch.id}:2026-11-23`,
    revision: 1,
    senderAccountId: null,
    sentAt: null,
    droppedAt: null,
  })
  expect(row?.body.split('\n\n')).toEqual([
    '云山学院本科生第一党支部：',
    '截至2026年11月23日，你支部发展党员工作有 2 人、2 项事项已超过期限，或者将于2026年12月7日前（含当日）到期，具体如下：',
    '1. 派人同入党申请人谈话：2 人，其中 1 人已超过期限，最早的期限为2026年10月1日，由支部委员会办理。依据：《发展党员工作细则》（2026年修订）第7条。',
    '请对照原始材料逐一核实：已经办理的，据实登记；尚未办理的，按规定抓紧办理，不得倒签日期、补造材料。涉及的人员和每个日期的依据，请登录后在“工作台”中查看。',
  ])
  const entries = await it.look((db) => db.select().from(journal).where(eq(journal.event, 'notices.drafted')))
  expect(entries).toMatchObject([{ subjectId: row?.id, accountId: null, actorName: '系统', orgPath: it.college.path }])
})

test.each<[what: string, appliedOn: Day, drafts: number]>([
  ['the last day is in two weeks', '2026-11-07', 1],
  ['the last day is a day later', '2026-11-08', 0],
])('%s', async (_what, on, drafts) => {
  const it = await kept()
  await fill(it, it.wang, [{ kind: 'application', on }])
  await draft(it)
  expect(await stored(it)).toHaveLength(drafts)
})

test('the reviews of activists are another draft', async () => {
  const it = await kept()
  await fill(it, it.wang, activist)
  await draft(it)
  expect(await stored(it)).toMatchObject([
    {
      source: 'review',
      sourceKey: `review:${it.branch.id}:2026-11-23`,
      title: '关于做好入党积极分子半年考察的提醒（云山学院本科生第一党支部）',
    },
  ])
})

test('where nobody keeps the files of a branch, those above are told for it', async () => {
  const it = await kept()
  await fill(it, it.sun, applied)
  await draft(it)
  expect(await stored(it)).toEqual([])
  const zheng = await it.person(it.other, { name: '郑清和' })
  await it.office(zheng, it.other, 'organiser')
  await it.office(it.sun, it.distant, 'publicityMember')
  await draft(it)
  const [row] = await stored(it)
  expect(row).toMatchObject({ path: it.other.path, audience: { personIds: [zheng.id] } })
  expect(row?.body).toMatch(/^镜湖学院党委（镜湖学院研究生党支部没有登记负责档案的任职，请代为办理）：/)
})

test('the same is noticed once a week; what nobody sent and has no reason any more is dropped, and says why', async () => {
  const it = await kept()
  await fill(it, it.wang, applied)
  await draft(it)
  await draft(it)
  await draft(it, '2026-11-29')
  expect(await stored(it)).toHaveLength(1)
  await draft(it, '2026-11-30')
  const whatBecame = async () =>
    (await stored(it)).map(({ sourceKey, droppedAt, dropReason }) => [
      sourceKey?.slice(-10),
      droppedAt !== null,
      dropReason,
    ])
  const replaced = ['2026-11-23', true, '系统已按最新情况重新拟稿，这一份不再需要。']
  expect(await whatBecame()).toEqual([replaced, ['2026-11-30', false, null]])

  await fill(it, it.wang, [{ kind: 'applicantTalk', on: '2026-09-20' }])
  await draft(it, '2026-12-01')
  const settled = ['2026-11-30', true, '所提醒的事项已经办理，或者不再临近期限，这一份不再需要。']
  expect(await whatBecame()).toEqual([replaced, settled])
})

test('what a person has dropped or sent is left as it is', async () => {
  const it = await kept()
  await fill(it, it.wang, applied)
  await draft(it)
  await it.look((db) => db.update(notices).set({ droppedAt: new Date(), dropReason: '已当面提醒' }))
  await draft(it)
  expect(await stored(it)).toMatchObject([{ dropReason: '已当面提醒' }])
  await it.look((db) => db.update(notices).set({ droppedAt: null, dropReason: null, sentAt: new Date() }))
  await fill(it, it.wang, [{ kind: 'applicantTalk', on: '2026-09-20' }])
  await draft(it, '2026-11-30')
  expect(await stored(it)).toMatchObject([{ droppedAt: null }])
})

describe('terms', () => {
  const term = (it: SmallUniversity, from: Day, until: Day, delayedUntil: Day | null = null) =>
    it.look((db) =>
      db.insert(terms).values({
        tenantId: it.tenantId,
        id: crypto.randomUUID(),
        organizationId: it.branch.id,
        path: it.branch.path,
        from,
        until,
        delayedUntil,
      }),
    )

  test.each<[what: string, from: Day, drafts: number]>([
    ['ends in ninety days', '2024-02-21', 1],
    ['ends a day later', '2024-02-22', 0],
  ])('a term that %s', async (_what, from, drafts) => {
    const it = await kept()
    await term(it, from, addYears(from, 3))
    await draft(it)
    expect(await stored(it)).toHaveLength(drafts)
  })

  test('the branch and the organisation above are told once, and anew after a delay', async () => {
    const it = await kept()
    await term(it, '2023-11-20', '2026-11-20')
    await draft(it)
    await draft(it, '2026-12-14')
    const [row, ...others] = await stored(it)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      path: it.college.path,
      source: 'term',
      sourceKey: `term:${it.branch.id}:2026-11-20`,
      title: '关于按期换届的提醒（云山学院本科生第一党支部）',
      audience: { groups: [], personIds: [it.li.id, it.wu.id].sort(), exceptIds: [] },
    })
    expect(row?.body).toContain('本届任期已于2026年11月20日届满，尚未登记换届结果。')
    expect(row?.body).toMatch(/依据：2023年11月20日选举产生，每届任期3年，2026年11月20日届满（.+）。/)
    await it.look((db) => db.update(terms).set({ delayedUntil: '2027-01-20' }))
    await draft(it, '2026-12-15')
    expect((await stored(it)).map(({ sourceKey, droppedAt }) => [sourceKey?.slice(-10), droppedAt !== null])).toEqual([
      ['2026-11-20', true],
      ['2027-01-20', false],
    ])
  })
})

test('what goes by itself is sent at once, and the database shows nobody who has read it', async () => {
  const it = await kept()
  await it.look((db) =>
    db.insert(noticeSettingsChanges).values({
      tenantId: it.tenantId,
      revision: 1,
      settings: { ...usualSettings, byThemselves: ['due'] },
      setBy: crypto.randomUUID(),
    }),
  )
  await fill(it, it.wang, applied)
  await fill(it, await it.person(it.branch, { name: '周行远' }), activist)
  await draft(it)
  const [sent] = (await stored(it)).filter((row) => row.sentAt !== null)
  expect((await stored(it)).map(({ source, sentAt }) => [source, sentAt !== null]).sort()).toEqual([
    ['due', true],
    ['review', false],
  ])
  expect(sent?.senderName).toBe('系统（自动发送）')
  await deliver(database, { tenantId: it.tenantId, noticeId: sent?.id ?? '' })
  expect(await it.look((db) => db.select().from(noticeDeliveries))).toMatchObject([{ personId: it.li.id }])
  const seen = await it.as(it.actors.organiser, (ctx) => ctx.db.select().from(noticeDeliveries))
  expect(seen).toEqual([])
})

test('any number of persons and branches takes the same number of statements', async () => {
  const it = await kept()
  await fill(it, it.wang, applied)
  const one = await statementsOf(() => draft(it))
  await it.look((db) => db.delete(notices))
  await fill(it, it.li, applied)
  await fill(it, it.zhao, applied)
  await fill(it, await it.person(it.sibling, { name: '周行远' }), activist)
  expect([one, await statementsOf(() => draft(it))]).toEqual([10, 10])
})

test('many files are read in pieces, so that others are answered meanwhile, and come in one draft of their branch', async () => {
  const it = await kept()
  const many = await Promise.all(Array.from({ length: 201 }, (_, at) => it.person(it.branch, { name: `周行${at}` })))
  const acts = many.flatMap(({ id: personId, path }) => applied.map((act) => ({ personId, path, act })))
  await it.as(it.actors.department, (ctx) => recordActs(ctx, crypto.randomUUID(), acts))
  const statements = await statementsOf(() => draft(it))
  expect(statements).toBe(10 + 4 * 3)
  const [row, ...others] = await stored(it)
  expect(others).toEqual([])
  expect(row?.body).toContain('派人同入党申请人谈话：201 人，均已超过期限')
})
