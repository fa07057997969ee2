import { addDays, addWorkingDays, seededCalendar } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { today } from '../../../test/factories.ts'
import { notices } from '../notices/tables.ts'
import { markAnswering } from './jobs.ts'
import { documentOf } from './paragraphs.ts'
import { remindFor } from './reminding.ts'
import type { DiscussionCounts, Hiding, Outcome, Posts, Report, TopicRow, TopicView } from './schema.ts'
import { discussionMarks, discussionSupports } from './tables.ts'

const app = await testApp()
const { build } = app
const { tenantId } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/discussion'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

let count = 0
async function suggest(by: Browser, more: object = {}): Promise<string> {
  const body = documentOf('自习室晚上能不能开到十点半？')
  const topic = { organizationId: build.branch.id, kind: 'suggestion', title: `建议第 ${++count} 件`, body, ...more }
  return (await json<{ id: string }>(await by.post(`${at}/topics`, topic), 201)).id
}
const view = async (by: Browser, topicId: string) => json<TopicView>(await by.get(`${at}/topics/${topicId}`))
/** As it is now, for an officer who has just read it. */
const current = async (topicId: string) => {
  const { headers } = await as.department.get(`${at}/topics/${topicId}`)
  return { 'if-match': headers.get('etag') ?? '' }
}
const enter = async (by: Browser, topicId: string, state: string, words = '情况说明') =>
  by.post(`${at}/topics/${topicId}/steps`, { state, words }, await current(topicId))
const support = (by: Browser, topicId: string, supports = true) =>
  by.put(`${at}/topics/${topicId}/support`, { supports })
/** Lets a topic and what was said in it have been written today by the clock of these tests. */
const writtenToday = async (topicId: string) => {
  const noon = `${today}T12:00:00+08:00`
  await build.look((db) =>
    db.execute(sql`with topic as (update discussion_topics set created_at = ${noon} where id = ${topicId})
      update discussion_posts set created_at = ${noon} where topic_id = ${topicId}`),
  )
}
const remind = (on: typeof today) => build.look((db) => remindFor({ db, tenantId, today: on }, async () => undefined))
const drafts = async () =>
  (
    await build.look((db) =>
      db
        .select()
        .from(notices)
        .where(sql`tenant_id = ${tenantId} and source = 'suggestion'`)
        .orderBy(notices.createdAt),
    )
  ).map(({ title, audience, droppedAt, path, body }) => ({
    title,
    body,
    path,
    to: audience.personIds,
    isDropped: droppedAt !== null,
  }))

describe('a suggestion', () => {
  test('is promised an answer ten working days later by the office that answers there', async () => {
    const id = await suggest(as.applicant)
    expect(await view(as.applicant, id)).toMatchObject({
      state: 'received',
      promisedOn: addWorkingDays(seededCalendar, today, 10).day,
      answeredBy: { organization: { id: build.branch.id }, office: 'secretary' },
      supportCount: 0,
      can: { enter: [], promise: false, support: false },
    })
    expect((await view(as.secretary, id)).can).toMatchObject({
      enter: ['looking', 'accepted', 'declined'],
      promise: true,
    })
  })

  test('goes step by step, each with a day, words and who; nobody skips one, and only officers go', async () => {
    const id = await suggest(as.applicant)
    const tried: Record<string, number> = {}
    for (const [who, state] of [
      ['applicant', 'looking'],
      ['partySchool', 'looking'],
      ['stranger', 'looking'],
      ['secretary', 'done'],
      ['secretary', 'looking'],
      ['organiser', 'accepted'],
      ['secretary', 'doing'],
      ['secretary', 'done'],
    ] as const)
      tried[`${who} ${state}`] = (await enter(as[who], id, state)).status
    expect(tried).toEqual({
      'applicant looking': 403,
      'partySchool looking': 403,
      'stranger looking': 404,
      'secretary done': 204,
      'secretary looking': 204,
      'organiser accepted': 204,
      'secretary doing': 204,
    })
    const { items } = await json<Posts>(await as.applicant.get(`${at}/topics/${id}/posts?at=first`))
    expect(items.slice(1).map((it) => [it.step, it.authorName, it.officeName, it.can.edit, it.can.delete])).toEqual([
      ['looking', '李晓岚', '云山学院本科生第一党支部书记', false, false],
      ['accepted', '吴远舟', '云山学院党委组织员', false, false],
      ['doing', '李晓岚', '云山学院本科生第一党支部书记', false, false],
      ['done', '李晓岚', '云山学院本科生第一党支部书记', false, false],
    ])
    expect((await view(as.applicant, id)).steps).toEqual(
      items
        .slice(1)
        .map((it) => ({ step: it.step, seq: it.seq, at: it.createdAt, officeName: it.officeName, promise: null })),
    )
    const [step] = items.slice(1)
    expect((await as.secretary.delete(`${at}/posts/${step?.id}`)).status).toBe(409)
  })

  test('stands on the list of what is to be answered until it is, and on the list of nobody else', async () => {
    const [open, answered, done] = [
      await suggest(as.applicant),
      await suggest(as.applicant),
      await suggest(as.applicant),
    ]
    await json(await enter(as.secretary, open, 'looking'), 204)
    await json(await enter(as.secretary, answered, 'accepted'), 204)
    await json(await enter(as.secretary, done, 'declined'), 204)
    const listed = async (by: Browser) => {
      const { items } = await json<{ items: TopicRow[] }>(await by.get(`${at}/topics?only=toAnswer&limit=200`))
      return [open, answered, done].map((id) => items.some((it) => it.id === id))
    }
    expect(await listed(as.secretary)).toEqual([true, false, false])
    expect(await listed(as.organiser)).toEqual([true, false, false])
    for (const by of [as.applicant, as.stranger, as.partySchool])
      expect(await listed(by)).toEqual([false, false, false])
  })

  test('is followed by whoever has to answer it, and by no other officer', async () => {
    const id = await suggest(as.partySchool)
    const silent = await suggest(as.partySchool)
    await json(await as.secretary.put(`${at}/topics/${silent}/following`, { way: 'never' }), 204)
    const now = new Date(`${today}T12:00:00+08:00`)
    for (const topicId of [id, silent]) await markAnswering(app.database, { tenantId, topicId }, now)
    const follows = (of: string) =>
      Promise.all(
        ([as.secretary, as.organiser, as.partySchool, as.applicant] as const).map(
          async (by) => (await view(by, of)).follow,
        ),
      )
    expect([await follows(id), await follows(silent)]).toEqual([
      ['daily', 'never', 'daily', 'never'],
      ['never', 'never', 'daily', 'never'],
    ])
  })

  test('skips no step', async () => {
    const id = await suggest(as.applicant)
    const answer = await enter(as.secretary, id, 'done')
    expect([answer.status, (await answer.json()).detail]).toEqual([
      409,
      '这个话题现在是“已收到”，不能登记为“已办结”。请刷新页面查看。',
    ])
  })

  test('is supported once by each, the number is shown and no name is told to anybody', async () => {
    const id = await suggest(as.applicant)
    for (const who of ['secretary', 'organiser', 'secretary'] as const) await json(await support(as[who], id), 204)
    expect((await support(as.applicant, id)).status).toBe(403)
    expect([(await view(as.applicant, id)).supportCount, (await view(as.secretary, id)).supports]).toEqual([2, true])
    await json(await support(as.secretary, id, false), 204)
    await json(await support(as.secretary, id, false), 204)
    expect((await view(as.applicant, id)).supportCount).toBe(1)
    const all = await Promise.all([
      as.department.get(`${at}/topics/${id}`),
      as.department.get(`${at}/topics/${id}/posts`),
      as.department.get(`${at}/topics`),
    ])
    for (const answer of all) expect(await answer.text()).not.toContain('吴远舟')
    const journal = await build.look((db) =>
      db.execute(
        sql`select details::text, event from journal where tenant_id = ${tenantId} and event like '%support%'`,
      ),
    )
    expect(journal.rows).toEqual([])
  })

  test('is merged into another one: supporters are joined, each counted once, and follow the other', async () => {
    const [from, into] = [await suggest(as.applicant), await suggest(as.secretary)]
    for (const who of ['organiser', 'department', 'secretary'] as const) await support(as[who], from)
    for (const who of ['organiser', 'applicant'] as const) await support(as[who], into)
    const words = '两条说的是同一件事，一并办理。'
    const merge = async (by: Browser) =>
      by.post(`${at}/topics/${from}/merging`, { intoId: into, words }, await current(from))
    expect([
      (await merge(as.applicant)).status,
      (await merge(as.partySchool)).status,
      (await merge(as.secretary)).status,
    ]).toEqual([403, 403, 204])
    expect(await view(as.applicant, into)).toMatchObject({ supportCount: 3, merged: [{ id: from }] })
    expect(await view(as.applicant, from)).toMatchObject({
      mergedInto: { id: into },
      can: { reply: false, support: false },
    })
    expect((await merge(as.secretary)).status).toBe(409)
    const marks = await build.look((db) =>
      db.select().from(discussionMarks).where(sql`topic_id = ${into} and way = 'daily'`),
    )
    expect(marks.length).toBe(4)
    // The author of the one that stays supports it already.
    const supports = await build.look((db) => db.select().from(discussionSupports).where(sql`topic_id = ${into}`))
    expect(supports.some((it) => it.personId === build.li.id)).toBe(false)
  })

  test('that is done has an outcome which all readers see: what was asked, what was done, by whom and when', async () => {
    const id = await suggest(as.applicant)
    const outcome = {
      asked: '自习室晚上延长开放',
      done: '自下周一起开放到二十二时三十分',
      responsible: '学院办公室',
      doneOn: today,
    }
    const publish = async (by: Browser, more: object = {}) =>
      by.put(`${at}/topics/${id}/outcome`, { ...outcome, ...more }, await current(id))
    expect((await publish(as.secretary)).status).toBe(409)
    for (const state of ['accepted', 'done']) await json(await enter(as.secretary, id, state), 204)
    await writtenToday(id)
    expect({
      author: (await publish(as.applicant)).status,
      tomorrow: (await publish(as.secretary, { doneOn: addDays(today, 1) })).status,
      today: (await publish(as.secretary)).status,
    }).toEqual({ author: 403, tomorrow: 400, today: 204 })
    const list = async (by: Browser) => (await json<{ items: Outcome[] }>(await by.get(`${at}/outcomes`))).items
    expect(await list(as.applicant)).toMatchObject([
      { ...outcome, topicId: id, publishedBy: '云山学院本科生第一党支部书记' },
    ])
    expect(await list(as.stranger)).toEqual([])
    expect((await list(as.applicant))[0]?.resumedAt).toBe(null)
    await json(await enter(as.secretary, id, 'doing', '有同学反映没有执行，重新办理。'), 204)
    const { steps, outcome: shown } = await view(as.applicant, id)
    expect([(await list(as.applicant))[0]?.resumedAt, shown?.resumedAt]).toEqual([steps.at(-1)?.at, steps.at(-1)?.at])
    await json(await enter(as.secretary, id, 'done'), 204)
    await json(await publish(as.secretary), 204)
    expect((await list(as.applicant))[0]?.resumedAt).toBe(null)
  })

  test('has the form of its outcome filled with what is known, and no day before it was written', async () => {
    const id = await suggest(as.partySchool, { title: '自习室开到十点半' })
    const complaint = await suggest(as.partySchool, { kind: 'complaint', title: '材料重复抄写三遍' })
    for (const it of [id, complaint])
      for (const state of ['accepted', 'done'])
        await json(await enter(as.secretary, it, state, '自下周起开到十点半。'), 204)
    for (const it of [id, complaint]) await writtenToday(it)
    const responsible = '云山学院本科生第一党支部书记'
    expect([
      (await view(as.secretary, id)).outcomeDraft,
      (await view(as.secretary, complaint)).outcomeDraft,
      (await view(as.partySchool, id)).outcomeDraft,
    ]).toEqual([
      { asked: '自习室开到十点半', done: '自下周起开到十点半。', responsible, doneOn: today },
      { asked: '', done: '', responsible, doneOn: today },
      null,
    ])
    const outcome = { asked: '延长开放', done: '已延长', responsible, doneOn: addDays(today, -1) }
    const answer = await as.secretary.put(`${at}/topics/${id}/outcome`, outcome, await current(id))
    expect([answer.status, await answer.json()]).toMatchObject([400, { fields: [{ path: 'doneOn' }] }])
  })

  test('declined needs words, and may be taken up again', async () => {
    const id = await suggest(as.applicant)
    expect((await enter(as.secretary, id, 'declined', '')).status).toBe(400)
    await json(await enter(as.secretary, id, 'declined', '场地夜间需要保洁，暂不具备条件。'), 204)
    await json(await enter(as.secretary, id, 'looking', '学校新增了夜间保洁，重新研究。'), 204)
    expect((await view(as.applicant, id)).state).toBe('looking')
  })

  test('that is taken up again is promised an answer anew and stands on the list of what is to be answered', async () => {
    const id = await suggest(as.applicant)
    const listed = async () => {
      const { items } = await json<{ items: TopicRow[] }>(
        await as.secretary.get(`${at}/topics?only=toAnswer&limit=200`),
      )
      return items.find((it) => it.id === id)?.promisedOn ?? null
    }
    await json(await enter(as.secretary, id, 'declined'), 204)
    await build.look((db) => db.execute(sql`update discussion_topics set promised_on = '2026-01-05' where id = ${id}`))
    const declined = await listed()
    await json(await enter(as.secretary, id, 'looking'), 204)
    expect([declined, await listed()]).toEqual([null, addWorkingDays(seededCalendar, today, 10).day])
    await json(await enter(as.secretary, id, 'accepted'), 204)
    expect([await listed(), (await view(as.secretary, id)).can.promise]).toEqual([null, false])
  })

  test('that somebody else has answered meanwhile is not answered on: what was read is not what stands there', async () => {
    const id = await suggest(as.applicant)
    const read = await current(id)
    await json(await as.organiser.post(`${at}/topics/${id}/steps`, { state: 'accepted', words: '采纳。' }, read), 204)
    const other = await suggest(as.applicant)
    const statuses = []
    for (const [method, path, body] of [
      ['post', 'steps', { state: 'declined', words: '不采纳。' }],
      ['put', 'promise', { promisedOn: addDays(today, 20), office: 'secretary', words: '需要商量。' }],
      ['put', 'outcome', { asked: '延长', done: '延长了', responsible: '学院', doneOn: today }],
      ['post', 'merging', { intoId: other, words: '一并办理。' }],
    ] as const)
      for (const headers of [read, {}])
        statuses.push((await as.secretary[method](`${at}/topics/${id}/${path}`, body, headers)).status)
    expect(statuses).toEqual([412, 412, 412, 412, 412, 412, 412, 412])
    expect((await view(as.applicant, id)).state).toBe('accepted')
  })

  test('has its answer promised anew, by another office and day, in words', async () => {
    const id = await suggest(as.applicant)
    const words = '需要同后勤商量。'
    const promise = async (by: Browser, more: object = {}) => {
      const body = { promisedOn: addDays(today, 20), office: 'secretary', words, ...more }
      return by.put(`${at}/topics/${id}/promise`, body, await current(id))
    }
    expect({
      author: (await promise(as.applicant)).status,
      past: (await promise(as.secretary, { promisedOn: addDays(today, -1) })).status,
      office: (await promise(as.secretary, { office: 'partySchool' })).status,
      officer: (await promise(as.secretary)).status,
    }).toEqual({ author: 403, past: 400, office: 400, officer: 204 })
    expect(await view(as.applicant, id)).toMatchObject({ promisedOn: addDays(today, 20), lastSeq: 2 })
  })

  test('keeps each day that was promised, and by when the university would have an answer is told to whoever promises', async () => {
    const id = await suggest(as.partySchool)
    const usual = addWorkingDays(seededCalendar, today, 10).day
    expect([(await view(as.secretary, id)).usualAnswerOn, (await view(as.partySchool, id)).usualAnswerOn]).toEqual([
      usual,
      null,
    ])
    for (const promisedOn of [addDays(today, 40), addDays(today, 60), addDays(today, 60)])
      await json(
        await as.secretary.put(
          `${at}/topics/${id}/promise`,
          { promisedOn, office: 'secretary', words: '需要同后勤商量。' },
          await current(id),
        ),
        204,
      )
    await json(await enter(as.secretary, id, 'declined'), 204)
    await json(await enter(as.secretary, id, 'looking'), 204)
    expect((await view(as.partySchool, id)).steps.map((it) => [it.step, it.promise])).toEqual([
      ['promised', { on: addDays(today, 40), before: usual }],
      ['promised', { on: addDays(today, 60), before: addDays(today, 40) }],
      ['promised', { on: addDays(today, 60), before: null }],
      ['declined', null],
      ['looking', { on: usual, before: null }],
    ])
  })

  test('keeps what it was called before, who changed it and why, how many supported it then and whether its outcome stood', async () => {
    const id = await suggest(as.partySchool, { title: '自习室开到十点半' })
    const retitle = async (by: Browser, title: string, reason?: string) =>
      by.put(`${at}/topics/${id}/title`, { title, ...(reason && { reason }) }, await current(id))
    await json(await retitle(as.partySchool, '自习室开到十一点'), 204)
    await json(await support(as.applicant, id), 204)
    const unreasoned = await retitle(as.secretary, '自习室不开到十一点')
    expect([unreasoned.status, await unreasoned.json()]).toMatchObject([400, { fields: [{ path: 'reason' }] }])
    await json(await retitle(as.secretary, '自习室延长到几点', '原标题写错了时间'), 204)
    for (const state of ['accepted', 'done']) await json(await enter(as.secretary, id, state), 204)
    await writtenToday(id)
    const outcome = { asked: '延长开放', done: '已延长', responsible: '学院办公室', doneOn: today }
    await json(await as.secretary.put(`${at}/topics/${id}/outcome`, outcome, await current(id)), 204)
    await json(await retitle(as.partySchool, '自习室延长到十一点'), 204)
    // The same again is no change.
    await json(await retitle(as.partySchool, '自习室延长到十一点'), 204)
    const { title, earlierTitles } = await view(as.applicant, id)
    expect([title, ...earlierTitles.map((it) => [it.title, it.by, it.reason, it.supportCount, it.hasOutcome])]).toEqual(
      [
        '自习室延长到十一点',
        ['自习室开到十点半', '褚知行', null, 0, false],
        ['自习室开到十一点', '李晓岚', '原标题写错了时间', 1, false],
        ['自习室延长到几点', '褚知行', null, 1, true],
      ],
    )
  })
})

test('what waits for somebody is listed and counted for them alone: their answer, something new where they take part, or that they have to answer', async () => {
  const [answered, followed, silent, foreign] = [
    await suggest(as.partySchool),
    await suggest(as.secretary, { kind: 'discussion' }),
    await suggest(as.secretary, { kind: 'discussion' }),
    await suggest(as.secretary, { kind: 'discussion' }),
  ]
  const topics = [answered, followed, silent, foreign]
  const waiting = async (by: Browser) => {
    const { items } = await json<{ items: TopicRow[] }>(await by.get(`${at}/topics?only=concerning&limit=200`))
    const counted = (await json<DiscussionCounts>(await by.get(`${at}/counts`))).concerning
    expect(counted).toBe(items.length)
    return topics.map((id) => items.some((it) => it.id === id))
  }
  const follow = (id: string, way: string) => as.partySchool.put(`${at}/topics/${id}/following`, { way })
  const say = (id: string) => as.secretary.post(`${at}/topics/${id}/posts`, { body: documentOf('补充一点。') })
  for (const [id, way] of [
    [followed, 'daily'],
    [silent, 'never'],
  ] as const) {
    await json(await as.partySchool.post(`${at}/topics/${id}/reading`, { seq: 1 }), 204)
    await json(await follow(id, way), 204)
  }
  const before = [await waiting(as.partySchool), await waiting(as.secretary), await waiting(as.stranger)]
  await json(await enter(as.secretary, answered, 'accepted'), 204)
  for (const id of [followed, silent, foreign]) await json(await say(id), 201)
  const after = [await waiting(as.partySchool), await waiting(as.secretary)]
  await json(await as.partySchool.post(`${at}/topics/${answered}/reading`, { seq: 2 }), 204)
  expect([...before, ...after, await waiting(as.partySchool)]).toEqual([
    // The suggestion waits for the secretary who answers, and for nobody else.
    [false, false, false, false],
    [true, false, false, false],
    [false, false, false, false],
    // Answered, it waits for its author to look.
    [true, true, false, false],
    [false, false, false, false],
    [false, true, false, false],
  ])
})

describe('a reminder of a promised answer', () => {
  test('is drafted before the day and again after it, for those who answer, and dropped when they have', async () => {
    await build.look((db) =>
      db.execute(sql`update discussion_topics set answered_at = now() where tenant_id = ${tenantId}`),
    )
    const id = await suggest(as.applicant, { title: '阅览室的灯太暗' })
    const { promisedOn } = await view(as.applicant, id)
    if (promisedOn === null) throw new Error('nothing was promised')
    const before = addWorkingDays(seededCalendar, promisedOn, -2).day
    const seen = []
    for (const on of [addDays(before, -1), before, promisedOn, addDays(promisedOn, 1)]) {
      await remind(on)
      await remind(on)
      seen.push((await drafts()).filter((it) => !it.isDropped).map((it) => it.title))
    }
    expect(seen).toEqual([[], ['有一件建议临近答复日期'], ['有一件建议临近答复日期'], ['有一件建议已过答复日期']])
    const [last] = (await drafts()).filter((it) => !it.isDropped)
    expect(last).toMatchObject({ to: [build.li.id], path: build.college.path })
    expect(last?.body).toContain('阅览室的灯太暗')
    await json(await enter(as.secretary, id, 'accepted'), 204)
    await remind(addDays(promisedOn, 1))
    expect((await drafts()).filter((it) => !it.isDropped)).toEqual([])
  })

  test('of a complaint does not say what it is about', async () => {
    const id = await suggest(as.applicant, {
      kind: 'complaint',
      title: '反复要求截图打卡',
      organizationId: build.college.id,
    })
    const { promisedOn } = await view(as.applicant, id)
    if (promisedOn === null) throw new Error('nothing was promised')
    await remind(promisedOn)
    const waiting = (await drafts()).filter((it) => !it.isDropped)
    expect(waiting.length).toBe(1)
    expect(JSON.stringify(waiting)).not.toContain('打卡')
  })
})

test('a complaint is read by its author and by those who answer there, and by nobody else', async () => {
  const id = await suggest(as.applicant, {
    kind: 'complaint',
    title: '报表一周要报三遍',
    organizationId: build.college.id,
  })
  const statuses = Object.fromEntries(
    await Promise.all(testActors.map(async (actor) => [actor, (await as[actor].get(`${at}/topics/${id}`)).status])),
  )
  expect(statuses).toEqual({
    ...Object.fromEntries(testActors.map((actor) => [actor, 404])),
    ...{ sysadmin: 403, secadmin: 403, auditor: 403 },
    ...{ applicant: 200, organiser: 200, department: 200, publicity: 200 },
  })
  for (const who of ['department', 'secretary', 'applicant'] as const) {
    const found = await json<{ items: object[] }>(
      await as[who].get(
        `${at}/search?q=${encodeURIComponent('自习室晚上能不能开')}&organizationId=${build.college.id}`,
      ),
    )
    expect(JSON.stringify(found.items)).not.toContain(id)
  }
  expect(await view(as.applicant, id)).toMatchObject({ promisedOn: addWorkingDays(seededCalendar, today, 7).day })
})

describe('a call for ideas', () => {
  const call = (more: object = {}) => ({
    organizationId: build.branch.id,
    title: '毕业季主题党日怎么办',
    body: '欢迎提出时间、地点和内容，采纳的由支部委员会办理。',
    fromOn: today,
    untilOn: addDays(today, 14),
    ...more,
  })

  test('takes ideas between its days, which are answered like suggestions', async () => {
    expect((await as.applicant.post(`${at}/calls`, call())).status).toBe(403)
    const { id } = await json<{ id: string }>(await as.secretary.post(`${at}/calls`, call()), 201)
    const later = await json<{ id: string }>(
      await as.secretary.post(`${at}/calls`, call({ fromOn: addDays(today, 1) })),
      201,
    )
    const idea = (callId: string | null, kind = 'idea') =>
      as.applicant.post(`${at}/topics`, {
        organizationId: build.branch.id,
        kind,
        title: '去校史馆做一次讲解',
        body: documentOf('大家轮流讲一个展柜。'),
        callId,
      })
    expect([(await idea(null)).status, (await idea(id, 'discussion')).status, (await idea(later.id)).status]).toEqual([
      400, 400, 409,
    ])
    const given = await json<{ id: string }>(await idea(id), 201)
    expect(await view(as.applicant, given.id)).toMatchObject({ state: 'received', call: { id } })
    expect(await json(await as.applicant.get(`${at}/calls/${id}`))).toMatchObject({
      ideaCount: 1,
      isOpen: true,
      can: { change: false, answer: true },
    })
    expect((await as.stranger.get(`${at}/calls/${id}`)).status).toBe(404)
    const change = (revision: string) =>
      as.secretary.put(`${at}/calls/${id}`, call({ untilOn: addDays(today, 20) }), { 'if-match': revision })
    expect([(await change('"3"')).status, (await change('"1"')).status]).toEqual([412, 204])
  })
})

describe('what is written', () => {
  const begin = async (by: Browser, organization: { id: string }) =>
    suggest(by, { kind: 'discussion', organizationId: organization.id })
  const hide = (by: Browser, postId: string) =>
    by.post(`${at}/moderation/posts/${postId}/hiding`, { reason: '含有他人的联系方式' })
  const firstOf = async (by: Browser, topicId: string) =>
    (await json<Posts>(await by.get(`${at}/topics/${topicId}/posts?at=first`))).items[0]

  test('is pointed out to officers, who decide; who has pointed it out stays unknown', async () => {
    const id = await begin(as.applicant, build.college)
    const first = await firstOf(as.applicant, id)
    const report = (by: Browser) =>
      by.post(`${at}/moderation/posts/${first?.id}/reports`, { reason: '写了别人的手机号' })
    expect({
      own: (await report(as.applicant)).status,
      another: (await report(as.siblingSecretary)).status,
      twice: (await report(as.siblingSecretary)).status,
      outside: (await report(as.stranger)).status,
    }).toEqual({ own: 409, another: 204, twice: 409, outside: 404 })
    const listed = async (by: Browser) =>
      (await json<{ items: { id: string }[] }>(await by.get(`${at}/moderation/reports`))).items
    expect([
      await listed(as.siblingSecretary),
      await listed(as.applicant),
      (await listed(as.organiser)).length,
    ]).toEqual([[], [], 1])
    expect(JSON.stringify(await listed(as.organiser))).not.toContain('赵思远')
    const [one] = await listed(as.organiser)
    const unread = async (by: Browser) => (await (await by.get(`${at}/topics/${id}`)).json()).detail
    const decide = (by: Browser) =>
      by.post(`${at}/moderation/reports/${one?.id}/decision`, { decision: 'hidden', reason: '含有他人的联系方式' })
    expect([
      (await decide(as.secretary)).status,
      (await decide(as.organiser)).status,
      (await decide(as.department)).status,
    ]).toEqual([404, 204, 409])
    expect([
      (await as.siblingSecretary.get(`${at}/topics/${id}`)).status,
      (await as.applicant.get(`${at}/topics/${id}`)).status,
    ]).toEqual([404, 200])
    // Who has read it is told, and to whom it was never open nothing is.
    expect([await unread(as.siblingSecretary), await unread(as.stranger)]).toEqual([
      expect.stringContaining('已由管理人员隐藏'),
      expect.stringContaining('没有找到这个话题'),
    ])
  })

  test('is pointed out by every reader who has not written it, in their own topic as well, and told to them alone', async () => {
    const id = await begin(as.partySchool, build.branch)
    const { id: postId } = await json<{ id: string }>(
      await as.applicant.post(`${at}/topics/${id}/posts`, { body: documentOf('这里写了别人的电话') }),
      201,
    )
    const [first] = (await json<Posts>(await as.partySchool.get(`${at}/topics/${id}/posts?at=first`))).items
    const seen = async (by: Browser, of: string) => {
      const { items } = await json<Posts>(await by.get(`${at}/topics/${id}/posts?at=first`))
      const post = items.find((it) => it.id === of)
      return [post?.can.report, post?.reported]
    }
    // The one who has written it, and the three who have not.
    expect(
      await Promise.all(
        (
          [
            [as.partySchool, first?.id],
            [as.partySchool, postId],
            [as.applicant, postId],
            [as.secretary, postId],
          ] as const
        ).map(([by, of]) => seen(by, of ?? '')),
      ),
    ).toEqual([
      [false, null],
      [true, null],
      [false, null],
      [true, null],
    ])
    const report = () => as.partySchool.post(`${at}/moderation/posts/${postId}/reports`, { reason: '别人的联系方式' })
    await json(await report(), 204)
    const waiting = { decision: null, decisionReason: null }
    expect([await seen(as.partySchool, postId), await seen(as.secretary, postId)]).toEqual([
      [false, waiting],
      [true, null],
    ])
    const { items } = await json<{ items: Report[] }>(await as.secretary.get(`${at}/moderation/reports`))
    const one = items.find((it) => it.postId === postId)
    const decision = { decision: 'kept', reason: '是公开的办公电话' }
    await json(await as.secretary.post(`${at}/moderation/reports/${one?.id}/decision`, decision), 204)
    expect([await seen(as.partySchool, postId), await seen(as.secretary, postId)]).toEqual([
      [true, { decision: 'kept', decisionReason: '是公开的办公电话' }],
      [true, null],
    ])
  })

  test('and hidden is told to its author with the reason; the organisation above decides on the appeal, never who hid it', async () => {
    const id = await begin(as.applicant, build.branch)
    const { id: postId } = await json<{ id: string }>(
      await as.applicant.post(`${at}/topics/${id}/posts`, { body: documentOf('隐藏的原话是海棠依旧') }),
      201,
    )
    expect([
      (await hide(as.applicant, postId)).status,
      (await hide(as.secretary, postId)).status,
      (await hide(as.secretary, postId)).status,
    ]).toEqual([403, 204, 409])
    const seen = async (by: Browser) =>
      (await json<Posts>(await by.get(`${at}/topics/${id}/posts?at=first`))).items.find((it) => it.id === postId)
    expect(await seen(as.partySchool)).toMatchObject({ body: null, isHidden: true, hiding: null })
    expect(await seen(as.applicant)).toMatchObject({
      body: documentOf('隐藏的原话是海棠依旧'),
      hiding: { reason: '含有他人的联系方式', hiddenBy: '李晓岚' },
    })
    const found = await json<{ items: object[] }>(
      await as.secretary.get(`${at}/search?q=${encodeURIComponent('海棠依旧')}`),
    )
    expect(found.items).toEqual([])

    const own = async (by: Browser) =>
      (await json<{ items: Hiding[] }>(await by.get(`${at}/moderation/own-hidings`))).items
        .filter((it) => it.postId === postId)
        .map((it) => [it.postSeq, it.reason, it.decision, it.can.appeal])
    expect([await own(as.applicant), await own(as.secretary), await own(as.partySchool)]).toEqual([
      [[2, '含有他人的联系方式', null, true]],
      [],
      [],
    ])
    const hidingId = (await seen(as.applicant))?.hiding?.id
    const appeal = (by: Browser) =>
      by.post(`${at}/moderation/hidings/${hidingId}/appeal`, { words: '这不是联系方式，是一句词。' })
    expect([(await appeal(as.partySchool)).status, (await appeal(as.secretary)).status]).toEqual([404, 403])
    const twice = await Promise.all([appeal(as.applicant), appeal(as.applicant)])
    expect(twice.map((it) => it.status).sort()).toEqual([204, 409])
    expect((await appeal(as.applicant)).status).toBe(409)
    const decide = (by: Browser) =>
      by.post(`${at}/moderation/hidings/${hidingId}/decision`, { decision: 'restored', reason: '确实不是联系方式。' })
    const restore = (by: Browser) => by.post(`${at}/moderation/hidings/${hidingId}/restoration`, { reason: '看错了。' })
    expect({
      author: (await decide(as.applicant)).status,
      hider: (await decide(as.secretary)).status,
      hiderAgain: (await restore(as.secretary)).status,
      otherCollege: (await decide(as.otherOrganiser)).status,
      above: (await decide(as.organiser)).status,
    }).toEqual({ author: 403, hider: 403, hiderAgain: 409, otherCollege: 404, above: 204 })
    expect(await seen(as.partySchool)).toMatchObject({
      ...{ body: documentOf('隐藏的原话是海棠依旧'), isHidden: false, hiding: null },
    })
    expect(await seen(as.applicant)).toMatchObject({
      hiding: { decision: 'restored', decidedBy: '吴远舟', decisionReason: '确实不是联系方式。' },
    })
    expect(await own(as.applicant)).toEqual([[2, '含有他人的联系方式', 'restored', false]])
    await build.look((db) =>
      db.execute(sql`update discussion_hidings set hidden_at = hidden_at - interval '31 days', decided_at = decided_at - interval '31 days'
        where id = ${hidingId}`),
    )
    expect(await own(as.applicant)).toEqual([])
    const log = await json<{ items: object[] }>(await as.organiser.get(`${at}/moderation/hidings?open=false`))
    expect(log.items).toContainEqual(
      expect.objectContaining({ decision: 'restored', decidedBy: '吴远舟', appeal: '这不是联系方式，是一句词。' }),
    )
  })

  test('by an officer is judged by another one: a report on the own post is neither seen nor decided', async () => {
    const id = await begin(as.secretary, build.branch)
    const first = await firstOf(as.secretary, id)
    await as.applicant.post(`${at}/moderation/posts/${first?.id}/reports`, { reason: '写了别人的手机号' })
    const listed = async (by: Browser) =>
      (await json<{ items: { id: string; postId: string }[] }>(await by.get(`${at}/moderation/reports`))).items
        .filter((it) => it.postId === first?.id)
        .map((it) => it.id)
    const [report] = await listed(as.organiser)
    expect([await listed(as.secretary), typeof report]).toEqual([[], 'string'])
    const decide = async (by: Browser) =>
      (await by.post(`${at}/moderation/reports/${report}/decision`, { decision: 'kept', reason: '没有什么' })).status
    expect([await decide(as.secretary), await decide(as.organiser)]).toEqual([403, 204])

    await json(await hide(as.organiser, first?.id ?? ''), 204)
    const { items } = await json<{ items: { id: string; postId: string }[] }>(
      await as.organiser.get(`${at}/moderation/hidings?open=false`),
    )
    const hiding = items.find((it) => it.postId === first?.id)?.id
    const restore = async (by: Browser) =>
      (await by.post(`${at}/moderation/hidings/${hiding}/restoration`, { reason: '没有什么' })).status
    expect([await restore(as.secretary), await restore(as.organiser)]).toEqual([403, 204])
  })

  test('in a topic that is hidden is not found, and found again when it is shown again', async () => {
    const id = await begin(as.applicant, build.branch)
    const first = await firstOf(as.applicant, id)
    const body = documentOf('槐序这个词只在这里出现')
    await json(await as.secretary.post(`${at}/topics/${id}/posts`, { body, quotedPostId: null }), 201)
    const found = async () =>
      (await json<{ items: object[] }>(await as.applicant.get(`${at}/search?q=${encodeURIComponent('槐序')}`))).items
        .length
    expect(await found()).toBe(1)
    await json(await hide(as.organiser, first?.id ?? ''), 204)
    expect(await found()).toBe(0)
    const { items } = await json<{ items: { id: string; postId: string }[] }>(
      await as.organiser.get(`${at}/moderation/hidings?open=false`),
    )
    const hiding = items.find((it) => it.postId === first?.id)?.id
    await json(await as.organiser.post(`${at}/moderation/hidings/${hiding}/restoration`, { reason: '看错了。' }), 204)
    expect(await found()).toBe(1)
  })

  const counts = async (by: Browser) => json<DiscussionCounts>(await by.get(`${at}/counts`))
  const hidingOf = async (postId: string | undefined) => {
    const { items } = await json<{ items: Hiding[] }>(
      await as.organiser.get(`${at}/moderation/hidings?open=false&limit=200`),
    )
    return items.find((it) => it.postId === postId)
  }

  test('and hidden is counted nowhere as open: neither the suggestion nor the reports of it', async () => {
    const id = await suggest(as.applicant)
    const first = await firstOf(as.applicant, id)
    const before = await counts(as.secretary)
    const reason = '写了别人的手机号'
    await json(await as.partySchool.post(`${at}/moderation/posts/${first?.id}/reports`, { reason }), 204)
    expect(await counts(as.secretary)).toEqual({ ...before, toDecide: before.toDecide + 1 })
    await json(await hide(as.secretary, first?.id ?? ''), 204)
    const [toAnswer, concerning] = [before.toAnswer - 1, before.concerning - 1]
    expect(await counts(as.secretary)).toEqual({ ...before, toAnswer, concerning })
    const { items } = await json<{ items: Report[] }>(await as.secretary.get(`${at}/moderation/reports?open=false`))
    expect(items.find((it) => it.postId === first?.id)).toMatchObject({
      decision: 'hidden',
      decisionReason: '含有他人的联系方式',
      can: { decide: false },
    })
    const refused = await as.applicant.post(`${at}/topics/${id}/posts`, { body: documentOf('为什么隐藏？') })
    expect([refused.status, (await refused.json()).detail]).toEqual([409, '这个话题已被隐藏，不能再回复。'])
  })

  test('and reported is open no more when its author has deleted it, and counted for nobody who may not decide', async () => {
    const id = await begin(as.secretary, build.branch)
    const first = await firstOf(as.secretary, id)
    const before = [await counts(as.secretary), await counts(as.organiser)]
    await json(await as.applicant.post(`${at}/moderation/posts/${first?.id}/reports`, { reason: '内容有误' }), 204)
    const [own, above] = [await counts(as.secretary), await counts(as.organiser)]
    expect([own.toDecide, above.toDecide]).toEqual([before[0]?.toDecide, (before[1]?.toDecide ?? 0) + 1])
    await json(await as.secretary.delete(`${at}/posts/${first?.id}`), 204)
    expect((await counts(as.organiser)).toDecide).toBe(before[1]?.toDecide)
  })

  test('by an officer who has appealed offers no decision to that officer', async () => {
    const id = await begin(as.organiser, build.branch)
    const first = await firstOf(as.organiser, id)
    await json(await hide(as.secretary, first?.id ?? ''), 204)
    expect((await hidingOf(first?.id))?.can).toEqual({ appeal: true, decide: false, restore: false })
    const hidingId = (await hidingOf(first?.id))?.id
    const before = (await counts(as.organiser)).toDecide
    await json(await as.organiser.post(`${at}/moderation/hidings/${hidingId}/appeal`, { words: '没有联系方式。' }), 204)
    expect([(await hidingOf(first?.id))?.can.decide, (await counts(as.organiser)).toDecide]).toEqual([false, before])
  })

  test('by others comes back with the topic whose first post was hidden, although its author has deleted that one', async () => {
    const id = await begin(as.applicant, build.branch)
    const first = await firstOf(as.applicant, id)
    const body = documentOf('荼蘼花事这句话留着')
    await json(await as.partySchool.post(`${at}/topics/${id}/posts`, { body }), 201)
    await json(await hide(as.secretary, first?.id ?? ''), 204)
    await json(await as.applicant.delete(`${at}/posts/${first?.id}`), 204)
    const hidingId = (await hidingOf(first?.id))?.id
    await json(await as.organiser.post(`${at}/moderation/hidings/${hidingId}/restoration`, { reason: '看错了。' }), 204)
    const found = await json<{ items: object[] }>(
      await as.partySchool.get(`${at}/search?q=${encodeURIComponent('荼蘼花事')}`),
    )
    expect([(await view(as.partySchool, id)).isHidden, found.items.length]).toEqual([false, 1])
  })

  test('as a suggestion and hidden takes no other one in, and is merged into none', async () => {
    const [one, other] = [await suggest(as.applicant), await suggest(as.applicant)]
    await json(await hide(as.secretary, (await firstOf(as.applicant, one))?.id ?? ''), 204)
    const merge = async (from: string, intoId: string) =>
      (await as.secretary.post(`${at}/topics/${from}/merging`, { intoId, words: '一并办理。' }, await current(from)))
        .status
    expect([await merge(one, other), await merge(other, one)]).toEqual([409, 400])
  })

  test('as a suggestion is merged into what may be merged alone, and the reason stands at the field', async () => {
    const [from, into, merged, elsewhere] = [
      await suggest(as.partySchool),
      await suggest(as.partySchool),
      await suggest(as.partySchool),
      await suggest(as.partySchool, { organizationId: build.college.id }),
    ]
    const complaint = await suggest(as.partySchool, { kind: 'complaint' })
    const merge = async (id: string, intoId: string) => {
      const headers = await current(id)
      const answer = await as.organiser.post(`${at}/topics/${id}/merging`, { intoId, words: '一并办理。' }, headers)
      return answer.status === 204 ? 204 : ((await answer.json()).fields?.[0]?.message ?? answer.status)
    }
    await json(
      await as.organiser.post(
        `${at}/topics/${merged}/merging`,
        { intoId: into, words: '一并办理。' },
        await current(merged),
      ),
      204,
    )
    // What stands under protection is a suggestion that only those who answer read.
    const hidden = await suggest(as.partySchool)
    await build.look((db) =>
      db.execute(sql`update discussion_topics set is_confidential = true, is_protected = true where id = ${hidden}`),
    )
    expect({
      itself: await merge(from, from),
      elsewhere: await merge(from, elsewhere),
      kind: await merge(from, complaint),
      protected: await merge(from, hidden),
      merged: await merge(from, merged),
      complaint: await merge(complaint, from),
      another: await merge(from, into),
    }).toEqual({
      itself: '不能并入自己',
      elsewhere: '只能并入同一组织的同类话题',
      kind: '只能并入同一组织的同类话题',
      protected: '这一条隐去身份、不公开，不能并入。请另选一条',
      merged: '这一条已并入另一条，请选它并入的那一条',
      complaint: 409,
      another: 204,
    })
  })

  test('in a complaint holds no pictures, which would lie where the one who is complained about looks', async () => {
    const picture = { type: 'picture', attrs: { mediaId: crypto.randomUUID(), alt: '', caption: '', width: 'full' } }
    const topic = { organizationId: build.branch.id, kind: 'complaint', title: '反映一件事' }
    const answer = await as.applicant.post(`${at}/topics`, { ...topic, body: { type: 'doc', content: [picture] } })
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([400, expect.stringContaining('不能放图片')])

    const id = (
      await json<{ id: string }>(await as.applicant.post(`${at}/topics`, { ...topic, body: documentOf('补签到') }), 201)
    ).id
    const body = { type: 'doc', content: [picture] }
    const first = await firstOf(as.applicant, id)
    const refused = [
      await as.applicant.post(`${at}/topics/${id}/posts`, { body }),
      await as.secretary.post(`${at}/topics/${id}/posts`, { body }),
      await as.applicant.put(`${at}/posts/${first?.id}`, { body }, { 'if-match': '"1"' }),
    ]
    for (const each of refused)
      expect([each.status, JSON.stringify(await each.json())]).toEqual([400, expect.stringContaining('不能放图片')])
  })
})
