import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/app.ts'
import { afterwards, freshDatabase } from '../../../test/database.ts'
import { type BuiltPerson, encryption, smallUniversity } from '../../../test/factories.ts'
import { startMessengers } from '../../../test/messengers.ts'
import { bodyOf, startSmtpServer, subjectOf } from '../../../test/smtp-server.ts'
import { newId } from '../../platform/ids.ts'
import { openOutgoing } from '../../platform/outgoing.ts'
import { dispatchesFor, type Occasion } from './dispatching.ts'
import { openPostOffice } from './posting.ts'
import { placeOfAddress } from './preferences.ts'
import type { Channel, ChannelChoice, QuietHours } from './schema.ts'
import { deliver, tellRecall } from './sending.ts'
import { usualSettings } from './settings.ts'
import { noticeDeliveries, noticeDispatches, noticePreferences, noticeSettingsChanges, notices } from './tables.ts'

const baseUrl = 'https://djgz.example.edu.cn'
const body = '请于周五前交思想汇报。\n地点：党员活动室'

/** A university of its own with servers of its own; the clock stands at ten on a Monday morning in China until it is moved. */
async function ground({ mail = true, robots = false } = {}) {
  const database = await freshDatabase({ connections: 12 })
  const build = await smallUniversity(database)
  const [mails, messengers] = [await startSmtpServer(), await startMessengers()]
  const outgoing = openOutgoing({
    mail: mail ? mails.settings : null,
    ...{ wecom: messengers.wecom, dingtalk: messengers.dingtalk },
    officialAccount: null,
    robots: robots
      ? messengers.robots.map((it, at) => ({ ...it, organization: [build.branch, build.sibling][at]?.name ?? '' }))
      : [],
  })
  afterwards(async () => {
    outgoing.close()
    await Promise.all([mails.close(), messengers.close()])
  })
  const clock = { at: new Date('2026-11-23T02:00:00Z') }
  const log = pino({ level: 'silent' })
  const office = () => openPostOffice({ database, encryption, outgoing, baseUrl, log, now: () => clock.at })
  const { tenantId, look, branch } = build
  const senderAccountId = newId()

  return {
    ...{ build, database, mails, messengers, clock, office },
    post: () => office().post(),
    later: (minutes: number) => {
      clock.at = new Date(clock.at.getTime() + minutes * 60_000)
    },
    /** Says how a person wants to be reached. */
    prefer: (person: BuiltPerson, addresses: Partial<Record<Channel, string>>, more: Wish = {}) => {
      const { choice = 'atOnce', quietHours = null } = more
      const sealed = (channel: Channel) => {
        const address = addresses[channel]
        return address === undefined ? null : encryption.sealField(address, placeOfAddress(channel, person.id))
      }
      return look((db) =>
        db.insert(noticePreferences).values({
          ...{ tenantId, personId: person.id, choices: { email: choice, wecom: choice, dingtalk: choice }, quietHours },
          ...{ emailSealed: sealed('email'), wecomUserSealed: sealed('wecom'), dingtalkUserSealed: sealed('dingtalk') },
        }),
      )
    },
    /** Sends a notice to persons, as far as its dispatches. */
    async notice(to: readonly BuiltPerson[], differs: Partial<typeof notices.$inferInsert> = {}) {
      const id = newId()
      const audience = { groups: [], personIds: [], exceptIds: [] }
      await look(async (db) => {
        await db.insert(notices).values({
          ...{ tenantId, id, organizationId: branch.id, path: branch.path, kind: 'information', audience, body },
          ...{ title: '关于交思想汇报的通知', senderAccountId, senderName: '李晓岚', sentAt: clock.at, ...differs },
        })
        await db
          .insert(noticeDeliveries)
          .values(to.map((it) => ({ tenantId, noticeId: id, personId: it.id, senderAccountId, sentAt: clock.at })))
        await dispatchesFor(
          db,
          tenantId,
          id,
          'notice',
          to.map((it) => it.id),
          clock.at,
        )
      })
      return id
    },
    again: (id: string, occasion: Occasion, to: readonly BuiltPerson[]) =>
      look((db) =>
        dispatchesFor(
          db,
          tenantId,
          id,
          occasion,
          to.map((it) => it.id),
          clock.at,
        ),
      ),
    change: (id: string, differs: Partial<typeof notices.$inferInsert>) =>
      look((db) => db.update(notices).set(differs).where(eq(notices.id, id))),
    answer: (id: string, differs: Partial<typeof noticeDeliveries.$inferInsert>) =>
      look((db) => db.update(noticeDeliveries).set(differs).where(eq(noticeDeliveries.noticeId, id))),
    dispatches: () => look((db) => db.select().from(noticeDispatches).where(eq(noticeDispatches.tenantId, tenantId))),
  }
}

interface Wish {
  choice?: ChannelChoice
  quietHours?: QuietHours
}

test('a mail names the notice, who sends it, its days and where to read it, and not its text; it goes once', async () => {
  const { build, prefer, notice, post, mails, dispatches, clock } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  const id = await notice([build.wang, build.li], { kind: 'task', dueOn: '2026-11-27' })
  await post()
  await post()
  expect(mails.taken.map((it) => [it.to, subjectOf(it), bodyOf(it)])).toEqual([
    [
      'wang@example.edu.cn',
      '【待办】关于交思想汇报的通知',
      `云山学院本科生第一党支部 李晓岚发来一条通知：

关于交思想汇报的通知
请在 2026 年 11 月 27 日前办理

正文请登录后查看：
${baseUrl}/n/${id}

-- 
本邮件由支部工作台自动发出，请勿直接回复。
不想再收到，或想换一种方式：${baseUrl}/notices/preferences`,
    ],
  ])
  expect(await dispatches()).toMatchObject([{ sentAt: clock.at, failedAt: null, attempts: 1 }])
})

test('where the university sends texts, a mail holds the text; of a recalled notice nothing but the reason', async () => {
  const { build, prefer, notice, again, change, post, mails } = await ground()
  const { tenantId } = build
  await build.look((db) =>
    db
      .insert(noticeSettingsChanges)
      .values({ tenantId, revision: 1, settings: { ...usualSettings, sendsText: true }, setBy: newId() }),
  )
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  const id = await notice([build.wang])
  await post()
  expect(bodyOf(mails.taken[0])).toContain(body)
  await change(id, { recalledAt: new Date(), recallReason: '时间有误' })
  await again(id, 'recall', [build.wang])
  await post()
  expect(subjectOf(mails.taken[1])).toBe('【已撤回】关于交思想汇报的通知')
  expect(bodyOf(mails.taken[1])).toContain('撤回原因：时间有误')
  expect(bodyOf(mails.taken[1])).not.toContain('党员活动室')
})

test('who was told of a notice by mail is told there that it was taken back, read or not; who was not, is not', async () => {
  const { build, database, prefer, notice, change, later, post, mails, dispatches } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  await prefer(build.li, { email: 'li@example.edu.cn' }, { choice: 'weekly' })
  const id = await notice([build.wang, build.li])
  await post()
  await change(id, { recalledAt: new Date(), recallReason: '时间有误' })
  await tellRecall(database, { tenantId: build.tenantId, noticeId: id })
  later(60 * 24 * 60)
  await post()
  expect(mails.taken.map((it) => [it.to, subjectOf(it)])).toEqual([
    ['wang@example.edu.cn', '【通知】关于交思想汇报的通知'],
    ['wang@example.edu.cn', '【已撤回】关于交思想汇报的通知'],
  ])
  expect(bodyOf(mails.taken[1])).toContain('李晓岚撤回了一条发给您的通知：')
  expect((await dispatches()).map((it) => it.personId)).toEqual([build.wang.id, build.wang.id])
})

test('members of 企业微信 and 钉钉 get a card', async () => {
  const { build, prefer, notice, post, messengers } = await ground()
  await prefer(build.wang, { wecom: 'wangyizhou', dingtalk: 'lixiaolan' })
  await notice([build.wang], { kind: 'confirmation', happensOn: '2026-12-01' })
  await post()
  expect(messengers.state.taken.map((it) => [it.by, it.to]).sort()).toEqual([
    ['dingtalk', 'lixiaolan'],
    ['wecom', 'wangyizhou'],
  ])
  expect(messengers.state.taken.find((it) => it.by === 'wecom')?.body).toMatchObject({
    title: '【请确认】关于交思想汇报的通知',
    description: '云山学院本科生第一党支部 李晓岚\n关于交思想汇报的通知\n时间：2026 年 12 月 1 日',
  })
})

describe('what is not wanted any more is not sent', () => {
  const answered = new Date('2026-11-23T01:00:00Z')
  type Ground = Awaited<ReturnType<typeof ground>>
  test.each<[string, (it: Ground, id: string) => Promise<unknown>]>([
    ['read', ({ answer }, id) => answer(id, { readAt: answered })],
    ['recalled', ({ change }, id) => change(id, { recalledAt: answered })],
    ['corrected', ({ notice, build }, id) => notice([build.li], { correctsId: id, correctionReason: '更正' })],
    [
      'no longer wanted by this channel',
      ({ build }) =>
        build.look((db) =>
          db.update(noticePreferences).set({ choices: { email: 'never', wecom: 'never', dingtalk: 'never' } }),
        ),
    ],
    ['without an address', ({ build }) => build.look((db) => db.update(noticePreferences).set({ emailSealed: null }))],
  ])('%s', async (_, meanwhile) => {
    const it = await ground()
    await it.prefer(it.build.wang, { email: 'wang@example.edu.cn' })
    const id = await it.notice([it.build.wang])
    await meanwhile(it, id)
    await it.post()
    expect(it.mails.taken).toEqual([])
    expect(await it.dispatches()).toEqual([])
  })

  test.each([
    ['information', 'readAt'],
    ['confirmation', 'confirmedAt'],
    ['task', 'doneAt'],
  ] as const)('a reminder of %s after %s', async (kind, column) => {
    const { build, prefer, notice, again, answer, post, mails } = await ground()
    await prefer(build.wang, { email: 'wang@example.edu.cn' })
    const id = await notice([build.wang], { kind })
    await post()
    if (kind !== 'information') await answer(id, { readAt: answered })
    await again(id, 'reminder:2026-11-24T01:00:00.000Z', [build.wang])
    await post()
    expect(mails.taken.map(subjectOf).slice(1)).toEqual(['【提醒】关于交思想汇报的通知'])
    await answer(id, { [column]: answered })
    await again(id, 'reminder:2026-11-25T01:00:00.000Z', [build.wang])
    await post()
    expect(mails.taken.length).toBe(2)
  })
})

test('quiet hours are kept, also where they were set after the notice was sent', async () => {
  const { build, prefer, notice, post, mails, clock } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  await notice([build.wang])
  await build.look((db) => db.update(noticePreferences).set({ quietHours: { from: 9 * 60, until: 11 * 60 } }))
  await post()
  expect(mails.taken).toEqual([])
  clock.at = new Date('2026-11-23T02:59:59Z')
  await post()
  expect(mails.taken).toEqual([])
  clock.at = new Date('2026-11-23T03:00:00Z')
  await post()
  expect(mails.taken.length).toBe(1)
})

test.each<[string, Wish, tellUntil: string, mails: number]>([
  ['at the end of the quiet hours', { quietHours: { from: 9 * 60, until: 11 * 60 } }, '2026-11-23T03:00:00Z', 0],
  ['just after them', { quietHours: { from: 9 * 60, until: 11 * 60 } }, '2026-11-23T03:00:01Z', 1],
  ['before the weekly mail', { choice: 'weekly' }, '2026-11-24T00:00:00Z', 0],
])('what is told until an instant %s is told by no channel after it', async (_, wish, until, mails) => {
  const it = await ground()
  await it.prefer(it.build.wang, { email: 'wang@example.edu.cn' }, wish)
  await it.notice([it.build.wang], { tellUntilAt: new Date(until) })
  for (const at of ['2026-11-23T03:00:00Z', '2026-11-30T00:00:00Z']) {
    it.clock.at = new Date(at)
    await it.post()
  }
  expect([it.mails.taken.length, (await it.dispatches()).length]).toEqual([mails, mails])
})

test('the weekly mail has all that is unread, once each, on Monday at eight', async () => {
  const { build, prefer, notice, again, answer, post, mails, clock, dispatches } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' }, { choice: 'weekly' })
  await notice([build.wang], { title: '第一条' })
  const read = await notice([build.wang], { title: '看过的' })
  const second = await notice([build.wang], { title: '第二条', kind: 'confirmation' })
  await again(second, 'reminder:2026-11-24T01:00:00.000Z', [build.wang])
  await answer(read, { readAt: clock.at })
  clock.at = new Date('2026-11-29T23:59:59Z')
  await post()
  expect(mails.taken).toEqual([])
  clock.at = new Date('2026-11-30T00:00:00Z')
  await post()
  await post()
  expect(mails.taken.map(subjectOf)).toEqual(['【每周汇总】2 条通知'])
  const text = bodyOf(mails.taken[0])
  expect(['第一条', '第二条', '看过的'].map((it) => text.includes(it))).toEqual([true, true, false])
  expect((await dispatches()).map((it) => it.sentAt)).toEqual(Array(3).fill(clock.at))
})

test('what the server does not take for now is tried five times with growing pauses, then it has failed', async () => {
  const { build, prefer, notice, post, later, mails, dispatches } = await ground()
  await prefer(build.wang, { email: 'busy@example.edu.cn' })
  await notice([build.wang])
  for (const [attempt, pause] of [1, 10, 60, 240].entries()) {
    await post()
    expect(await dispatches()).toMatchObject([{ attempts: attempt + 1, claimedAt: null, failedAt: null }])
    later(pause - 0.1)
    await post()
    expect(await dispatches()).toMatchObject([{ attempts: attempt + 1 }])
    later(0.1)
  }
  await post()
  expect(await dispatches()).toMatchObject([{ attempts: 5, failure: '邮件服务器暂时不收（451）' }])
  later(24 * 60)
  await post()
  expect([mails.taken, (await dispatches())[0]?.attempts]).toEqual([[], 5])
})

test.each([
  ['gone', '邮箱地址不存在或拒绝接收（550）', 0],
  ['lost', '邮件服务器收到邮件后连接中断，可能已发出，没有确认', 1],
])('%s is told, and not sent again', async (name, failure, taken) => {
  const { build, prefer, notice, post, later, mails, dispatches } = await ground()
  await prefer(build.wang, { email: `${name}@example.edu.cn` })
  await notice([build.wang])
  for (let day = 0; day < 2; day++) {
    await post()
    later(24 * 60)
  }
  expect(mails.taken.length).toBe(taken)
  expect(await dispatches()).toMatchObject([{ failure, sentAt: null, attempts: 1 }])
})

test('what a killed process had begun is told after ten minutes, and never sent again', async () => {
  const { build, prefer, notice, post, later, mails, dispatches, clock } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  await notice([build.wang])
  await build.look((db) => db.update(noticeDispatches).set({ claimedAt: clock.at }))
  later(10)
  await post()
  expect(await dispatches()).toMatchObject([{ failedAt: null }])
  later(0.1)
  await post()
  expect(await dispatches()).toMatchObject([{ failure: '发送时服务器中断，可能已发出，没有确认，不再重发' }])
  expect(mails.taken).toEqual([])
})

test('an installation without the channel says so', async () => {
  const { build, prefer, notice, post, dispatches } = await ground({ mail: false })
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  await notice([build.wang])
  await post()
  expect(await dispatches()).toMatchObject([{ failure: '本校没有开通这个渠道' }])
})

test('an address whose key is gone is told, and the others go', async () => {
  const { build, prefer, notice, post, mails, dispatches } = await ground()
  await prefer(build.wang, { email: 'wang@example.edu.cn' })
  await prefer(build.li, { email: 'li@example.edu.cn' })
  await build.look((db) =>
    db.update(noticePreferences).set({ emailSealed: 'k9.x.y.z' }).where(eq(noticePreferences.personId, build.wang.id)),
  )
  await notice([build.wang, build.li])
  await post()
  expect(mails.taken.map((it) => it.to)).toEqual(['li@example.edu.cn'])
  expect((await dispatches()).map((it) => it.failure).sort()).toEqual([null, '保存的地址无法读取，请本人重新填写'])
})

describe('many', () => {
  async function manyPersons(it: Awaited<ReturnType<typeof ground>>, count: number): Promise<BuiltPerson[]> {
    const persons: BuiltPerson[] = []
    for (let at = 0; at < count; at++) {
      const person = await it.build.person(it.build.branch, { name: '同学' })
      await it.prefer(person, { email: `p${at}@example.edu.cn` })
      persons.push(person)
    }
    return persons
  }

  test('each goes once, by few connections, where two processes send at the same time', async () => {
    const it = await ground()
    const persons = await manyPersons(it, 60)
    await it.notice(persons)
    await Promise.all([it.office().post(), it.office().post()])
    const to = it.mails.taken.map((mail) => mail.to)
    expect([to.length, new Set(to).size]).toEqual([60, 60])
    expect(it.mails.counts.connections).toBeLessThanOrEqual(8)
  })

  test('a server that is down does not use up the attempts of all', async () => {
    const it = await ground()
    const persons = await manyPersons(it, 30)
    await it.notice(persons)
    await it.mails.close()
    await it.post()
    const attempts = (await it.dispatches()).map((row) => row.attempts)
    expect(attempts.filter((count) => count > 0).length).toBeLessThanOrEqual(8)
    expect(Math.max(...attempts)).toBe(1)
  })

  test('stopped, it lets those end that were begun, and leaves the others', async () => {
    const it = await ground()
    const persons = await manyPersons(it, 30)
    await it.notice(persons)
    const office = it.office()
    const running = office.post()
    await office.stop()
    await running
    const rows = await it.dispatches()
    expect(rows.filter((row) => row.claimedAt !== null && row.sentAt === null)).toEqual([])
    expect(rows.filter((row) => row.sentAt !== null).length).toBe(it.mails.taken.length)
  })
})

describe('the robot of a group', () => {
  const everybody = { offices: [], stages: [] }
  type Audience = (typeof notices.$inferInsert)['audience']
  type Build = Awaited<ReturnType<typeof ground>>['build']
  const audienceOf = (groups: Audience['groups'], rest: Partial<Audience> = {}): Audience => ({
    ...{ groups, personIds: [], exceptIds: [] },
    ...rest,
  })

  test.each<[string, (it: Build) => Audience, string[]]>([
    [
      'a notice to everybody of its organisation',
      ({ branch }) => audienceOf([{ ...everybody, organizationIds: [branch.id] }]),
      ['wecom robot'],
    ],
    [
      'one to all below an organisation above',
      ({ college }) => audienceOf([{ ...everybody, organizationIds: [college.id] }]),
      ['dingtalk robot', 'wecom robot'],
    ],
    [
      'one to some offices there',
      ({ branch }) => audienceOf([{ ...everybody, organizationIds: [branch.id], offices: ['secretary'] }]),
      [],
    ],
    [
      'one to a stage',
      ({ branch }) => audienceOf([{ ...everybody, organizationIds: [branch.id], stages: ['applicant'] }]),
      [],
    ],
    [
      'one with exceptions',
      ({ branch, wang }) => audienceOf([{ ...everybody, organizationIds: [branch.id] }], { exceptIds: [wang.id] }),
      [],
    ],
    ['one to persons', ({ li }) => audienceOf([], { personIds: [li.id] }), []],
    ['one elsewhere', ({ distant }) => audienceOf([{ ...everybody, organizationIds: [distant.id] }]), []],
  ])('%s', async (_, audience, by) => {
    const it = await ground({ robots: true })
    await it.notice([it.build.li], { audience: audience(it.build), deliveredAt: it.clock.at })
    await it.post()
    await it.post()
    expect(it.messengers.state.taken.map((card) => card.by).sort()).toEqual(by)
  })

  test('posts title, organisation, day and link, and no name; nothing before all deliveries are written, nothing of a day ago', async () => {
    const it = await ground({ robots: true })
    const audience = audienceOf([{ ...everybody, organizationIds: [it.build.branch.id] }])
    await it.notice([it.build.li], { audience })
    const old = new Date(it.clock.at.getTime() - 25 * 3_600_000)
    await it.notice([it.build.li], { audience, sentAt: old, deliveredAt: old })
    await it.post()
    expect(it.messengers.state.taken).toEqual([])
    const id = await it.notice([it.build.li], { audience, deliveredAt: it.clock.at, happensOn: '2026-12-01' })
    await it.post()
    expect(it.messengers.state.taken.map((card) => card.body)).toEqual([
      `【通知】关于交思想汇报的通知\n云山学院本科生第一党支部\n时间：2026 年 12 月 1 日\n${baseUrl}/n/${id}`,
    ])
  })

  test('too many are posted later, and what ended without an answer is not posted again', async () => {
    const it = await ground({ robots: true })
    const audience = audienceOf([{ ...everybody, organizationIds: [it.build.branch.id] }])
    await it.notice([it.build.li], { audience, deliveredAt: it.clock.at })
    it.messengers.state.busy = 1
    await it.post()
    await it.post()
    expect(it.messengers.state.taken.length).toBe(0)
    it.later(1)
    it.messengers.state.mute = 1
    await it.post()
    it.later(24 * 60)
    await it.post()
    expect(it.messengers.state.taken.length).toBe(1)
  })
})

test('what could not be sent is seen by the sender of the notice, with the reason', async () => {
  const [mails, messengers] = [await startSmtpServer(), await startMessengers()]
  const robots = messengers.robots.slice(0, 1).map((it) => ({ ...it, organization: '云山学院本科生第一党支部' }))
  const outgoing = openOutgoing({ mail: mails.settings, wecom: null, dingtalk: null, robots, officialAccount: null })
  afterwards(async () => {
    outgoing.close()
    await Promise.all([mails.close(), messengers.close()])
  })
  messengers.state.status = 403
  const world = await testApp({}, { outgoing })
  const { build, database, accounts } = world
  const prefers = (personId: string, address: string) => ({
    ...{ tenantId: build.tenantId, personId, choices: { email: 'atOnce', wecom: 'never', dingtalk: 'never' } as const },
    emailSealed: encryption.sealField(address, placeOfAddress('email', personId)),
  })
  await build.look((db) =>
    db
      .insert(noticePreferences)
      .values([
        prefers(build.wang.id, 'gone@example.edu.cn'),
        prefers(build.zhao.id, 'lost@example.edu.cn'),
        prefers(build.li.id, 'li@example.edu.cn'),
      ]),
  )
  const organiser = await world.signedIn(accounts.organiser)
  const audience = { groups: [{ organizationIds: [build.college.id], offices: [], stages: [] }] }
  const draft = { organizationId: build.college.id, audience, kind: 'information', title: '通知', body: '正文' }
  const { id: noticeId } = await (await organiser.post('/api/notices', draft)).json()
  expect((await organiser.post(`/api/notices/${noticeId}/sending`, {}, { 'if-match': '"1"' })).status).toBe(204)
  await deliver(database, { tenantId: build.tenantId, noticeId })
  await openPostOffice({ database, encryption, outgoing, baseUrl, log: pino({ level: 'silent' }) }).post()

  const receipts = await (await organiser.get(`/api/notices/${noticeId}/receipts?only=failed`)).json()
  expect(receipts.items.map((it: { name: string; failures: unknown }) => [it.name, it.failures])).toEqual([
    ['王一舟', [{ channel: 'email', why: '邮箱地址不存在或拒绝接收（550）' }]],
    ['赵思远', [{ channel: 'email', why: '邮件服务器收到邮件后连接中断，可能已发出，没有确认' }]],
  ])
  expect(mails.taken.map((it) => it.to).sort()).toEqual(['li@example.edu.cn', 'lost@example.edu.cn'])
  expect(receipts.groupFailures).toEqual([
    { organization: { id: build.branch.id, name: build.branch.name }, channel: 'wecom', why: '对方服务器拒绝（403）' },
  ])
})
