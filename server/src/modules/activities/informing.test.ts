import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testApp } from '../../../test/app.ts'
import { mostRowsOf, today } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import type { NoticeView } from '../notices/schema.ts'
import { notices } from '../notices/tables.ts'
import { type ActivityFields, type ActivityView, blankPlan, type OwnSignUps, type SignUps } from './schema.ts'
import { activities, activitySignUps } from './tables.ts'

const app = await testApp()
const { build } = app
const people = {
  secretary: build.li,
  applicant: build.wang,
  siblingSecretary: build.zhao,
  distantSecretary: build.sun,
} satisfies Partial<Record<TestActor, unknown>>
type Person = keyof typeof people
const names: readonly Person[] = ['secretary', 'applicant', 'siblingSecretary', 'distantSecretary']
const as = {} as Record<Person | 'department' | 'organiser' | 'sysadmin', Browser>
for (const actor of [...names, 'department', 'organiser', 'sysadmin'] as const)
  as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/activities'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const fields = (more: Partial<ActivityFields> = {}): ActivityFields => ({
  ...{ kind: 'other', title: '一起读书', summary: '', dayKey: null, fromOn: '2026-12-04', untilOn: null },
  ...{ startMinute: 14 * 60, endMinute: 15 * 60, place: '三教 201', link: '', speaker: '', aboutSpeaker: '' },
  ...{ plan: blankPlan, attachments: [], signUp: { capacity: null, untilOn: null }, ...more },
})
const write = async (method: string, id: string, path: string, body?: object) =>
  as.department.request(method, `${at}/${id}${path}`, body, {
    'if-match': (await as.department.get(`${at}/${id}`)).headers.get('etag') ?? '',
  })
const change = async (id: string, more: Partial<ActivityFields>) => json(await write('PUT', id, '', fields(more)), 204)

/** An announced activity of the university for which these have signed up, in their order. */
async function announced(more: Partial<ActivityFields>, ...came: Person[]): Promise<string> {
  const body = { organizationId: build.university.id, ...fields(more) }
  const { id } = await json<{ id: string }>(await as.department.post(at, body), 201)
  await json(await write('POST', id, '/announcement'), 204)
  for (const actor of came) await json(await as[actor].put(`${at}/${id}/sign-ups/own`, {}), 204)
  return id
}
const leave = async (actor: Person, id: string) => json(await as[actor].delete(`${at}/${id}/sign-ups/own`), 204)

/** What was told of an activity by itself, and to whom, in the order in which it was written. */
async function told(id: string) {
  const rows = await build.look((db) =>
    db
      .select()
      .from(notices)
      .where(sql`source = 'activity' and source_key like ${`activity:${id}:%`}`)
      .orderBy(notices.createdAt, notices.title),
  )
  return rows.map(({ title, body, audience, sentAt }) => {
    expect(sentAt).not.toBe(null)
    return { title, body, to: names.filter((it) => audience.personIds.includes(people[it].id)) }
  })
}
const headings = async (id: string) => (await told(id)).map((it) => [it.title, ...it.to])

const two = { signUp: { capacity: 2, untilOn: null } }

test('whom it concerns is shown to nobody else, and nobody takes it back', async () => {
  const id = await announced(two, 'applicant', 'secretary', 'siblingSecretary')
  await leave('applicant', id)
  const [row] = await build.look((db) =>
    db
      .select()
      .from(notices)
      .where(sql`source_key like ${`activity:${id}:%`}`),
  )
  const view = await json<NoticeView>(await as.department.get(`/api/notices/${row?.id}`))
  const can = { change: false, send: false, drop: false, recall: false, correct: false, seeReceipts: false }
  expect([view.audience, view.can]).toEqual([null, can])
  expect((await as.department.get(`/api/notices/${row?.id}/receipts`)).status).toBe(403)
})

describe('who waits', () => {
  test('is told of the place that somebody leaves, each time anew, and nobody else is', async () => {
    const id = await announced(two, 'applicant', 'secretary', 'siblingSecretary', 'distantSecretary')
    await leave('distantSecretary', id)
    expect(await told(id)).toEqual([])
    await leave('applicant', id)
    expect(await told(id)).toEqual([
      {
        ...{ title: '有名额了：一起读书', to: ['siblingSecretary'] },
        body: [
          '您候补的“一起读书”有了名额，您已从候补转为已报名。',
          '时间：12月4日 14:00—15:00',
          '地点：三教 201',
          '来不了的，请在活动页面取消报名，把名额让给后面的人。',
          `活动页面：http://zhibu.test/activities/${id}`,
        ].join('\n'),
      },
    ])
    await json(await as.applicant.put(`${at}/${id}/sign-ups/own`, {}), 204)
    await leave('secretary', id)
    await json(await as.secretary.put(`${at}/${id}/sign-ups/own`, {}), 204)
    await leave('applicant', id)
    expect(await headings(id)).toEqual([
      ['有名额了：一起读书', 'siblingSecretary'],
      ['有名额了：一起读书', 'applicant'],
      ['有名额了：一起读书', 'secretary'],
    ])
  })

  test.each<[string, ActivityFields['signUp'], string[][]]>([
    ['raised', { capacity: 3, untilOn: null }, [['有名额了：一起读书', 'siblingSecretary']]],
    ['taken away', { capacity: null, untilOn: null }, [['有名额了：一起读书', 'siblingSecretary', 'distantSecretary']]],
    ['taken away with the rule', null, [['不用报名了：一起读书', ...names]]],
    ['lowered', { capacity: 1, untilOn: null }, [['转为候补：一起读书', 'applicant']]],
    ['left as it is', { capacity: 2, untilOn: today }, []],
  ])('where the limit is %s is told where they stand', async (_, signUp, expected) => {
    const id = await announced(two, 'secretary', 'applicant', 'siblingSecretary', 'distantSecretary')
    await change(id, { signUp })
    expect(await headings(id)).toEqual(expected)
  })
})

describe('once it has ended, on its last day', () => {
  /** At ten in the morning in China, as the clock of these tests stands. */
  const at10 = 10 * 60
  const soon = { ...two, fromOn: today, startMinute: 8 * 60, endMinute: at10 + 1 }
  const ended = async (...came: Person[]) => {
    const id = await announced(soon, ...came)
    await build.look((db) => db.update(activities).set({ endMinute: at10 }).where(eq(activities.id, id)))
    return id
  }

  test.each<[string, (id: string) => Promise<Response>]>([
    ['nobody signs off', (id) => as.applicant.delete(`${at}/${id}/sign-ups/own`)],
    ['nobody signs up', (id) => as.distantSecretary.put(`${at}/${id}/sign-ups/own`, {})],
    [
      'nobody is taken off',
      (id) => as.department.post(`${at}/${id}/sign-ups/${people.applicant.id}/removal`, { reason: '没有来' }),
    ],
  ])('%s, and nobody is told of a place', async (_, write) => {
    const came = ['applicant', 'secretary', 'siblingSecretary'] as const
    expect((await write(await announced(soon, ...came))).status).toBe(204)
    const id = await ended(...came)
    const answer = await write(id)
    expect([answer.status, (await answer.json()).detail]).toEqual([409, expect.stringContaining('已经结束')])
    const { signUp, can } = await json<ActivityView>(await as.department.get(`${at}/${id}`))
    expect(signUp).toMatchObject({ taken: 2, waiting: 1, isOpen: false, isOver: true })
    expect([can.removeSignUps, await told(id)]).toEqual([false, []])
  })

  test('nobody is told of changes and of a cancelling that come too late, but of a new hour that is to come', async () => {
    const [changed, cancelled] = [await ended('applicant', 'secretary'), await ended('applicant', 'secretary')]
    const one = { signUp: { capacity: 1, untilOn: null } }
    await change(changed, { ...soon, ...one, endMinute: at10 - 30, place: '二教 208' })
    await json(await as.department.post(`${at}/${cancelled}/cancellation`, { reason: '讲课人没有来' }), 204)
    expect([await told(changed), await told(cancelled)]).toEqual([[], []])
    await change(changed, { ...soon, ...two, endMinute: at10 + 30 })
    expect((await headings(changed)).map(([title]) => title).sort()).toEqual([
      '有名额了：一起读书',
      '活动有变动：一起读书',
    ])
  })
})

test('who signs off reads their own sign-up and that of the next one, however many there are', async () => {
  const id = await announced({ signUp: { capacity: 40, untilOn: null } }, 'applicant')
  const crowd = Array.from({ length: 300 }, (_, at) => ({ personId: newId(), seq: at + 2 }))
  await build.look((db) =>
    db
      .insert(activitySignUps)
      .values(crowd.map((it) => ({ ...it, tenantId: build.tenantId, activityId: id, path: build.university.path }))),
  )
  // A change is told to all of them: so are rows counted.
  const moved = { place: '二教 208', signUp: { capacity: 40, untilOn: null } }
  expect(await mostRowsOf(() => change(id, moved))).toBe(1 + crowd.length)
  expect(await mostRowsOf(() => leave('applicant', id))).toBeLessThan(10)
  const [row] = await build.look((db) =>
    db
      .select({ audience: notices.audience })
      .from(notices)
      .where(sql`source_key like ${`activity:${id}:place:%`}`),
  )
  expect(row?.audience.personIds).toEqual([crowd[39]?.personId])
})

describe('who has signed up', () => {
  test.each<[string, Partial<ActivityFields>, string[]]>([
    ['the hour', { startMinute: 15 * 60, endMinute: null }, ['时间：12月4日 14:00—15:00 → 12月4日 15:00']],
    ['the year alone', { fromOn: '2027-12-04' }, ['时间：2026年12月4日 14:00—15:00 → 2027年12月4日 14:00—15:00']],
    [
      'day and place',
      { fromOn: '2026-12-05', place: '' },
      ['时间：12月4日 14:00—15:00 → 12月5日 14:00—15:00', '地点：三教 201 → 未定'],
    ],
    ['the link', { link: 'https://meeting.example.cn/1' }, ['线上会议：网址有变动，以活动页面上的为准']],
  ])('is told that %s has changed, in one notice', async (_, more, changes) => {
    const id = await announced({}, 'applicant', 'secretary')
    await change(id, more)
    expect(await told(id)).toEqual([
      {
        ...{ title: '活动有变动：一起读书', to: ['secretary', 'applicant'] },
        body: [
          '您报名的“一起读书”有变动：',
          ...changes,
          '来不了的，请在活动页面取消报名。',
          `活动页面：http://zhibu.test/activities/${id}`,
        ].join('\n'),
      },
    ])
  })

  test('is told nothing of a change of words, and of nothing that was written down of what is over', async () => {
    const id = await announced({ fromOn: today }, 'applicant')
    await change(id, { fromOn: today, summary: '带一本书来', title: '一起读一本书' })
    expect(await told(id)).toEqual([])
    await change(id, { fromOn: '2026-11-22' })
    await change(id, { fromOn: '2026-11-22', place: '二教 208' })
    expect(await headings(id)).toEqual([['活动有变动：一起读书', 'applicant']])
  })

  test('is told that it is not held, and why; with nobody on the list nobody is', async () => {
    const [id, empty] = [await announced(two, 'applicant', 'secretary'), await announced({})]
    for (const it of [id, empty])
      await json(await as.department.post(`${at}/${it}/cancellation`, { reason: '场地检修' }), 204)
    expect([await told(id), await told(empty)]).toEqual([
      [
        {
          ...{ title: '活动取消：一起读书', to: ['secretary', 'applicant'] },
          body: [
            '您报名的“一起读书”不办了。',
            '原因：场地检修',
            '原定时间：12月4日 14:00—15:00',
            '原定地点：三教 201',
            `活动页面：http://zhibu.test/activities/${id}`,
          ].join('\n'),
        },
      ],
      [],
    ])
  })

  test('is told nothing of a change that was refused; a long title is cut between two characters', async () => {
    const title = `${'读'.repeat(73)}😀书`
    const id = await announced({ title }, 'applicant')
    const refused = await as.department.request('PUT', `${at}/${id}`, fields({ place: '二教 208' }), {
      'if-match': '"1"',
    })
    expect([refused.status, await told(id)]).toEqual([412, []])
    await change(id, { title, place: '二教 208' })
    expect((await told(id)).map((it) => it.title)).toEqual([`活动有变动：${'读'.repeat(73)}`])
  })
})

describe('whoever holds the activity', () => {
  const removal = (by: Browser, id: string, person: Person, body: object = { reason: '名单报重了' }) =>
    by.post(`${at}/${id}/sign-ups/${people[person].id}/removal`, body)

  test('takes somebody off the list with a reason that they are told, and the next one has the place', async () => {
    const id = await announced(two, 'applicant', 'secretary', 'siblingSecretary')
    await json(await removal(as.department, id, 'applicant'), 204)
    expect((await told(id)).map(({ title, body, to }) => [title, body.split('\n')[1], ...to]).sort()).toEqual([
      ['报名被取消：一起读书', '原因：名单报重了', 'applicant'],
      ['有名额了：一起读书', '时间：12月4日 14:00—15:00', 'siblingSecretary'],
    ])
    const { items } = await json<SignUps>(await as.department.get(`${at}/${id}/sign-ups`))
    expect(items.map((it) => it.person.id)).toEqual([build.li.id, build.zhao.id])
    await json(await removal(as.department, id, 'applicant'), 404)
  })

  test.each<[string, () => Promise<Response>, number]>([
    ['without a reason', async () => removal(as.department, await announced({}, 'applicant'), 'applicant', {}), 400],
    ['by whoever has signed up', async () => removal(as.applicant, await announced({}, 'secretary'), 'secretary'), 403],
    ['by the officers below', async () => removal(as.organiser, await announced({}, 'applicant'), 'applicant'), 403],
    [
      'once it is over',
      async () => {
        const id = await announced({ fromOn: today }, 'applicant')
        await change(id, { fromOn: '2026-11-22' })
        return removal(as.department, id, 'applicant')
      },
      409,
    ],
  ])('%s nobody is taken off', async (_, remove, status) => {
    expect((await remove()).status).toBe(status)
  })
})

test('the own sign-ups are those to come, the next one first, with the place in each, cancelled ones too', async () => {
  const own = async (by: Browser) =>
    (await json<OwnSignUps>(await by.get(`${at}/sign-ups/own`))).items.map((it) => [it.id, it.state, it.own])
  const before = await own(as.siblingSecretary)
  const one = { signUp: { capacity: 1, untilOn: null } }
  const later = await announced({ fromOn: '2026-12-30' }, 'siblingSecretary')
  const waiting = await announced(
    { ...one, fromOn: '2026-12-29' },
    ...(['applicant', 'secretary', 'siblingSecretary'] as const),
  )
  const past = await announced({ fromOn: today }, 'siblingSecretary')
  const off = await announced({ fromOn: '2026-12-31' }, 'siblingSecretary')
  await announced({ fromOn: '2026-12-28' }, 'applicant')
  const open = await announced({}, 'siblingSecretary')
  await change(open, { signUp: null })
  await change(past, { fromOn: '2026-11-22' })
  await json(await as.department.post(`${at}/${off}/cancellation`, { reason: '场地检修' }), 204)
  expect(await own(as.siblingSecretary)).toEqual([
    ...before,
    [waiting, 'announced', { place: 'waiting', queue: 2 }],
    [later, 'announced', { place: 'taken', queue: 0 }],
    [off, 'cancelled', { place: 'taken', queue: 0 }],
  ])
  expect((await as.sysadmin.get(`${at}/sign-ups/own`)).status).toBe(403)
  const view = await json<ActivityView>(await as.siblingSecretary.get(`${at}/${waiting}`))
  expect(view.signUp?.own).toEqual({ place: 'waiting', queue: 2 })
})
