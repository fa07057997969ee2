import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption } from '../../../test/factories.ts'
import type { JobData } from '../../platform/jobs.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import { nothingOutgoing } from '../../platform/outgoing.ts'
import type { PostGround } from '../notices/post-ground.ts'
import { placeOfAddress } from '../notices/preferences.ts'
import { noticePreferences } from '../notices/tables.ts'
import { markMentioned } from './jobs.ts'
import { documentOf } from './paragraphs.ts'
import { tellFollowers, tellMentioned } from './telling.ts'

const app = await testApp()
const { build, database } = app
const { tenantId } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/discussion'
/** Tuesday, Monday, and Tuesday within the quiet hours of the night, in China. */
const inChina = (at: string) => new Date(`${at}+08:00`)
const [tuesday, monday] = [inChina('2026-11-24T18:00'), inChina('2026-11-30T18:00')]
const night = inChina('2026-11-24T23:30')

const mails: Mail[] = []
const groundAt = (now: Date): PostGround => {
  const email = {
    send: async (mail: Mail) => {
      mails.push(mail)
      return { kind: 'sent' as const }
    },
    close: () => undefined,
  }
  return {
    ...{ database, encryption, outgoing: { ...nothingOutgoing, email }, baseUrl: 'http://zhibu.test' },
    ...{ log: pino({ level: 'silent' }), now: () => now },
  }
}
const sent = () => mails.splice(0).map(({ to, subject, text }) => ({ to, subject, text }))
const told = async (when: 'atOnce' | 'daily', now = tuesday) => {
  await tellFollowers(groundAt(now), when)
  return sent().map(({ to, subject, text }) => ({
    ...{ to, subject },
    names: [...text.matchAll(/^(.+)（(\d+) 条）$/gm)].map((it) => `${it[1]} ${it[2]}`),
  }))
}

async function reach(
  personId: string,
  email: string,
  choice: 'atOnce' | 'weekly' | 'never',
  quietHours: { from: number; until: number } | null = null,
) {
  const choices = { email: choice, wecom: 'never', dingtalk: 'never' } as const
  const row = {
    tenantId,
    personId,
    choices,
    quietHours,
    emailSealed: encryption.sealField(email, placeOfAddress('email', personId)),
  }
  const target = [noticePreferences.tenantId, noticePreferences.personId]
  await build.look((db) => db.insert(noticePreferences).values(row).onConflictDoUpdate({ target, set: row }))
}

async function begin(title: string, more: object = {}): Promise<string> {
  const topic = {
    organizationId: build.branch.id,
    kind: 'discussion',
    title,
    body: documentOf('大家怎么看？'),
    ...more,
  }
  const answer = await as.applicant.post(`${at}/topics`, topic)
  expect(answer.status).toBe(201)
  return (await answer.json()).id
}
async function reply(by: Browser, id: string): Promise<string> {
  const answer = await by.post(`${at}/topics/${id}/posts`, { body: documentOf('原话不写在邮件里') })
  expect(answer.status).toBe(201)
  return (await answer.json()).id
}
const followed = async (by: Browser, id: string, way: string) =>
  expect((await by.put(`${at}/topics/${id}/following`, { way })).status).toBe(204)

test('who is told at once hears once of a topic until they have looked, and never of what they wrote themselves', async () => {
  await reach(build.wang.id, 'wang@example.edu.cn', 'atOnce')
  const id = await begin('晚上的读书会')
  await followed(as.applicant, id, 'atOnce')
  const seen = [await told('atOnce')]
  await reply(as.secretary, id)
  await reply(as.partySchool, id)
  seen.push(await told('atOnce'), await told('atOnce'))
  await reply(as.secretary, id)
  seen.push(await told('atOnce'))
  await as.applicant.post(`${at}/topics/${id}/reading`, { seq: 4 })
  await reply(as.secretary, id)
  seen.push(await told('atOnce'))
  const mail = (count: number) => [
    { to: 'wang@example.edu.cn', subject: '【交流】您关注或被提到的话题有新发言', names: [`晚上的读书会 ${count}`] },
  ]
  expect(seen).toEqual([[], mail(2), [], [], mail(1)])
  await followed(as.applicant, id, 'never')
})

test('who wants it daily gets one message of all topics, outside the quiet hours, on Monday where they want it weekly', async () => {
  await reach(build.wang.id, 'wang@example.edu.cn', 'atOnce', { from: 22 * 60, until: 7 * 60 })
  const [one, other] = [await begin('打印机又坏了'), await begin('周末去哪里')]
  for (const id of [one, other]) await reply(as.secretary, id)
  expect(await told('atOnce')).toEqual([])
  expect(await told('daily', night)).toEqual([])
  expect(await told('daily')).toEqual([
    {
      to: 'wang@example.edu.cn',
      subject: '【交流】您关注或被提到的 2 个话题有新发言',
      names: ['周末去哪里 1', '打印机又坏了 1'],
    },
  ])
  expect(await told('daily')).toEqual([])
  await reach(build.wang.id, 'wang@example.edu.cn', 'weekly')
  await reply(as.secretary, one)
  expect([await told('daily'), (await told('daily', monday)).length]).toEqual([[], 1])
  await reach(build.wang.id, 'wang@example.edu.cn', 'never')
  await reply(as.secretary, one)
  expect(await told('daily', monday)).toEqual([])
})

test('nobody is told of what they may not read any more, nor what a complaint is about', async () => {
  await reach(build.wang.id, 'wang@example.edu.cn', 'atOnce')
  const complaint = await begin('截图打卡太多', { kind: 'complaint', organizationId: build.college.id })
  const step = await as.organiser.post(
    `${at}/topics/${complaint}/steps`,
    { state: 'looking', words: '正在核实。' },
    { 'if-match': '"1"' },
  )
  expect(step.status).toBe(204)
  expect(await told('daily')).toMatchObject([{ names: expect.arrayContaining(['您参与的一件投诉反映 1']) }])

  await reach(build.sun.id, 'sun@example.edu.cn', 'atOnce')
  const ofUniversity = await begin('校史馆讲解', { organizationId: build.university.id })
  await followed(as.distantSecretary, ofUniversity, 'daily')
  const first = (await (await as.applicant.get(`${at}/topics/${ofUniversity}/posts`)).json()).items[0]
  await reply(as.applicant, ofUniversity)
  expect((await as.department.post(`${at}/moderation/posts/${first.id}/hiding`, { reason: '内容有误' })).status).toBe(
    204,
  )
  expect(await told('daily')).toEqual([])
})

test('who is mentioned is told at once, in the first post as in a later one of a topic that they have never opened', async () => {
  await reach(build.li.id, 'li@example.edu.cn', 'atOnce')
  const mention = { type: 'mention', attrs: { personId: build.li.id, label: '李晓岚' } }
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [mention] }] }
  const markedIn = async (topicId: string, seq: number) => {
    const { items } = await (await as.applicant.get(`${at}/topics/${topicId}/posts?at=first`)).json()
    await markMentioned(database, { tenantId, topicId, postId: items[seq - 1].id })
  }
  const first = await begin('请您看看活动方案', { body })
  await markedIn(first, 1)
  const later = await begin('图书角怎么布置')
  await reply(as.partySchool, later)
  expect((await as.applicant.post(`${at}/topics/${later}/posts`, { body })).status).toBe(201)
  await markedIn(later, 3)
  expect((await told('atOnce')).filter((it) => it.to === 'li@example.edu.cn')).toEqual([
    {
      to: 'li@example.edu.cn',
      subject: '【交流】您关注或被提到的 2 个话题有新发言',
      names: ['图书角怎么布置 3', '请您看看活动方案 1'],
    },
  ])
  expect((await told('atOnce')).filter((it) => it.to === 'li@example.edu.cn')).toEqual([])
})

test('nobody is told of posts that were deleted or hidden meanwhile, and no number counts them', async () => {
  await reach(build.wang.id, 'wang@example.edu.cn', 'atOnce')
  const [taken, shortened] = [await begin('拔河比赛几点开始'), await begin('羽毛球场地怎么约')]
  const deleted = await reply(as.secretary, taken)
  expect((await as.secretary.delete(`${at}/posts/${deleted}`)).status).toBe(204)
  const hidden = await reply(as.secretary, shortened)
  await reply(as.secretary, shortened)
  const hiding = await as.organiser.post(`${at}/moderation/posts/${hidden}/hiding`, { reason: '内容有误' })
  expect(hiding.status).toBe(204)
  expect((await told('daily')).filter((it) => it.to === 'wang@example.edu.cn')).toMatchObject([
    { names: ['羽毛球场地怎么约 1'] },
  ])
})

describe('who is mentioned in a topic', () => {
  const to = 'zhao@example.edu.cn'
  const mentioning = { type: 'mention', attrs: { personId: build.zhao.id, label: '赵思远' } }
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [mentioning] }] }
  /** What was put into the queue last, and when it begins. */
  const queued = () =>
    build.look(async (db) => {
      const { rows } = await db.execute<{ data: JobData; startAfter: Date }>(
        sql`select data->'data' as data, start_after as "startAfter" from jobs.job
          where data->>'kind' = 'discussion.tell-mentioned' order by created_on desc limit 1`,
      )
      return rows.map((it) => ({ ...it, startAfter: new Date(it.startAfter) }))[0]
    })
  /** A topic of the college in which somebody has written who follows it in this way, and is mentioned now. */
  async function mentioned(title: string, way: string) {
    const topicId = await begin(title, { organizationId: build.college.id })
    await reply(as.siblingSecretary, topicId)
    await followed(as.siblingSecretary, topicId, way)
    return { topicId, mention: await mentionIn(topicId) }
  }
  async function mentionIn(topicId: string): Promise<JobData> {
    const answer = await as.applicant.post(`${at}/topics/${topicId}/posts`, { body })
    const post = await answer.json()
    expect({ status: answer.status, post }).toMatchObject({ status: 201 })
    await markMentioned(database, { tenantId, topicId, postId: post.id })
    const mention = { tenantId, topicId, personId: build.zhao.id, seq: post.seq }
    expect((await queued())?.data).toEqual(mention)
    return mention
  }
  const tellNow = async (mention: JobData, now = tuesday) => {
    await tellMentioned(groundAt(now), mention)
    return sent()
  }
  const mail = (title: string, topicId: string) => ({
    ...{ to, subject: '【交流】有人在话题里提到了您' },
    text: expect.stringContaining(
      `有人在下面的话题里提到了您：\n\n${title}\nhttp://zhibu.test/discussion/topics/${topicId}\n`,
    ),
  })
  const ofZhao = async (when: 'atOnce' | 'daily') => (await told(when)).filter((it) => it.to === to)

  test('is told at once where they follow it daily, and not a second time with the rest of the day', async () => {
    await reach(build.zhao.id, to, 'atOnce')
    const { topicId, mention } = await mentioned('书架摆在哪里', 'daily')
    expect([await tellNow(mention), await tellNow(mention)]).toEqual([[mail('书架摆在哪里', topicId)], []])
    expect([await ofZhao('atOnce'), await ofZhao('daily')]).toEqual([[], []])
    // They have not looked: the next mention is told all the same, and what nobody named them in once a day.
    expect(await tellNow(await mentionIn(topicId))).toEqual([mail('书架摆在哪里', topicId)])
    await reply(as.applicant, topicId)
    expect([await ofZhao('daily'), await ofZhao('daily')]).toMatchObject([[{ names: ['书架摆在哪里 1'] }], []])
  })

  test('is told in the end of the quiet hours, unless they have read it until then', async () => {
    await reach(build.zhao.id, to, 'atOnce', { from: 22 * 60, until: 7 * 60 })
    const { topicId, mention } = await mentioned('早读几点开始', 'daily')
    const [late, morning] = [inChina('2099-11-24T23:30'), inChina('2099-11-25T07:00')]
    expect([await tellNow(mention, late), await queued()]).toEqual([[], { data: mention, startAfter: morning }])
    expect(await tellNow(mention, morning)).toEqual([mail('早读几点开始', topicId)])
    const read = await begin('晚自习在哪里', { organizationId: build.college.id })
    await reply(as.siblingSecretary, read)
    await as.applicant.post(`${at}/topics/${read}/posts`, { body })
    await as.siblingSecretary.post(`${at}/topics/${read}/reading`, { seq: 3 })
    expect(await tellNow({ ...mention, topicId: read, seq: 3 }, morning)).toEqual([])
  })

  test('is not told where they want to hear nothing of it, have no such channel, or the post was taken back', async () => {
    await reach(build.zhao.id, to, 'atOnce')
    const never = await mentioned('谁来值周', 'never')
    expect(await tellNow(never.mention)).toEqual([])
    const { topicId, mention } = await mentioned('谁来写黑板报', 'daily')
    const { items } = await (await as.applicant.get(`${at}/topics/${topicId}/posts?at=first`)).json()
    expect((await as.applicant.delete(`${at}/posts/${items[2].id}`)).status).toBe(204)
    expect(await tellNow(mention)).toEqual([])
    await reach(build.zhao.id, to, 'weekly')
    expect(await tellNow(await mentionIn(topicId))).toEqual([])
  })

  test('is not told where the post names them no more', async () => {
    await reach(build.zhao.id, to, 'atOnce')
    const { topicId, mention } = await mentioned('谁来管花草', 'daily')
    const { items } = await (await as.applicant.get(`${at}/topics/${topicId}/posts?at=first`)).json()
    const { id, revision } = items[2]
    const changed = await as.applicant.put(
      `${at}/posts/${id}`,
      { body: documentOf('不用了。') },
      { 'if-match': `"${revision}"` },
    )
    expect(changed.status).toBe(204)
    expect(await tellNow(mention)).toEqual([])
  })

  test('is told once where they were named when a post was changed that they had read, and those named before are not told again', async () => {
    await reach(build.zhao.id, to, 'atOnce')
    const topicId = await begin('谁来借话筒', { organizationId: build.college.id })
    await reply(as.siblingSecretary, topicId)
    const { id: postId, seq } = await (
      await as.applicant.post(`${at}/topics/${topicId}/posts`, { body: documentOf('明天要用。') })
    ).json()
    expect((await as.siblingSecretary.post(`${at}/topics/${topicId}/reading`, { seq })).status).toBe(204)
    const change = async (revision: number, written: object) => {
      const changed = await as.applicant.put(
        `${at}/posts/${postId}`,
        { body: written },
        { 'if-match': `"${revision}"` },
      )
      expect(changed.status).toBe(204)
      return build.look(async (db) => {
        const { rows } = await db.execute<{ data: JobData }>(sql`select data->'data' as data from jobs.job
          where data->>'kind' = 'discussion.mark-mentioned' and data->'data'->>'postId' = ${postId} order by created_on`)
        return rows.map((it) => it.data)
      })
    }
    const named = { tenantId, topicId, postId, added: build.zhao.id }
    expect(await change(1, body)).toEqual([named])
    await markMentioned(database, named)
    const mention = { tenantId, topicId, personId: build.zhao.id, seq }
    expect((await queued())?.data).toEqual(mention)
    expect([await tellNow(mention), await tellNow(mention)]).toEqual([[mail('谁来借话筒', topicId)], []])
    const later = [...(await ofZhao('atOnce')), ...(await ofZhao('daily'))].flatMap((it) => it.names)
    expect(later).not.toContainEqual(expect.stringContaining('谁来借话筒'))
    const again = { ...body, content: [...body.content, ...documentOf('谢谢！').content] }
    expect(await change(2, again)).toEqual([named])
  })

  test('has a measure: who has named forty within an hour names nobody more, and writes on without', async () => {
    const topicId = await begin('谁都来看看', { organizationId: build.college.id })
    await reply(as.siblingSecretary, topicId)
    const post = async (written: object) =>
      (await as.secretary.post(`${at}/topics/${topicId}/posts`, { body: written })).status
    const statuses: number[] = []
    for (let count = 0; count <= 40; count++) statuses.push(await post(body))
    expect(statuses).toEqual([...Array(40).fill(201), 429])
    expect(await post(documentOf('好。'))).toBe(201)
  })
})
