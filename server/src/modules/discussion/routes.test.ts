import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { statementsOf } from '../../../test/factories.ts'
import { upload } from '../../../test/uploads.ts'
import { dayInChina } from '../../platform/today.ts'
import { markMentioned } from './jobs.ts'
import { documentOf } from './paragraphs.ts'
import type { Post, Posts, PostsFound, TopicRow, TopicView } from './schema.ts'

const app = await testApp()
const { build, database } = app
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
const topicAt = (organization: { id: string }, more: object = {}) => ({
  organizationId: organization.id,
  kind: 'discussion',
  title: `话题第 ${++count} 号`,
  body: documentOf('大家怎么看？'),
  ...more,
})

const begin = async (by: Browser, body: object): Promise<string> =>
  (await json<{ id: string }>(await by.post(`${at}/topics`, body), 201)).id
const reply = (by: Browser, topicId: string, words: string, more: object = {}) =>
  by.post(`${at}/topics/${topicId}/posts`, { body: documentOf(words), ...more })
const replied = async (by: Browser, topicId: string, words: string, more: object = {}) =>
  json<{ id: string; seq: number }>(await reply(by, topicId, words, more), 201)
const view = async (by: Browser, topicId: string) => json<TopicView>(await by.get(`${at}/topics/${topicId}`))
const postsOf = async (by: Browser, topicId: string, query = 'at=first') =>
  json<Posts>(await by.get(`${at}/topics/${topicId}/posts?${query}`))
const titles = async (by: Browser, query = '') =>
  (await json<{ items: TopicRow[] }>(await by.get(`${at}/topics?${query}`))).items.map((it) => it.title)

describe('a topic', () => {
  const readersOf: [place: 'branch' | 'college' | 'university', readers: TestActor[]][] = [
    ['branch', ['secretary', 'organiser', 'department', 'publicity', 'partySchool', 'applicant']],
    ['college', ['secretary', 'siblingSecretary', 'organiser', 'department', 'publicity', 'partySchool', 'applicant']],
    [
      'university',
      [
        ...(['secretary', 'siblingSecretary', 'distantSecretary', 'organiser', 'otherOrganiser'] as const),
        ...(['department', 'publicity', 'partySchool', 'applicant', 'stranger'] as const),
      ],
    ],
  ]

  test.each(readersOf)(
    'of the %s is read, answered and found by those who belong there or hold an office above, and by nobody else',
    async (place, readers) => {
      const words = { branch: '银杏大道清扫', college: '图书角整理', university: '校史馆讲解' }[place]
      const id = await begin(as.department, topicAt(build[place], { title: `${words}的安排`, body: documentOf(words) }))
      const answered: Record<string, unknown> = {}
      for (const actor of testActors) {
        const [topic, list, posts, found, answer] = [
          await as[actor].get(`${at}/topics/${id}`),
          await as[actor].get(`${at}/topics`),
          await as[actor].get(`${at}/topics/${id}/posts`),
          await as[actor].get(`${at}/search?q=${encodeURIComponent(words)}`),
          await reply(as[actor], id, '收到'),
        ]
        const listed = list.status === 200 && (await list.text()).includes(id)
        const isFound = found.status === 200 && (await found.text()).includes(id)
        answered[actor] = [topic.status, listed, posts.status, isFound, answer.status]
      }
      const administrators: readonly string[] = ['sysadmin', 'secadmin', 'auditor']
      expect(answered).toEqual(
        Object.fromEntries(
          testActors.map((actor) => [
            actor,
            administrators.includes(actor)
              ? [403, false, 403, false, 403]
              : readers.includes(actor)
                ? [200, true, 200, true, 201]
                : [404, false, 404, false, 404],
          ]),
        ),
      )
    },
  )

  test('is not found by the search of files, whose readers may be others', async () => {
    await begin(as.applicant, topicAt(build.branch, { body: documentOf('蒲公英计划的筹备') }))
    const found = await json<{ items: object[] }>(
      await as.department.get(`/api/search?q=${encodeURIComponent('蒲公英')}`),
    )
    expect(found.items).toEqual([])
  })

  test('is read page by page both ways, from the first unread post on', async () => {
    const id = await begin(as.secretary, topicAt(build.branch))
    await database.transaction({ ...whole, ranges: [{ lo: '.', hi: '~' }] }, async (db) => {
      await db.execute(sql`insert into discussion_posts (tenant_id, id, topic_id, path, seq, author_name, body, plain, created_at)
        select ${tenantId}, gen_random_uuid(), ${id}::uuid, ${build.branch.path}, seq, '李晓岚', '{"type":"doc","content":[]}', '第' || seq, now()
        from generate_series(2, 95) as seq`)
      await db.execute(sql`update discussion_topics set last_seq = 95 where tenant_id = ${tenantId} and id = ${id}`)
    })
    const seqs = async (query: string) => {
      const { items, hasBefore, hasAfter } = await postsOf(as.applicant, id, `${query}&limit=10`)
      return [items[0]?.seq, items.at(-1)?.seq, hasBefore, hasAfter]
    }
    expect(await seqs('at=unread')).toEqual([1, 10, false, true])
    await json(await as.applicant.post(`${at}/topics/${id}/reading`, { seq: 40 }), 204)
    expect({
      unread: await seqs('at=unread'),
      after: await seqs('after=49'),
      before: await seqs('before=40'),
      last: await seqs('at=last'),
      around: await seqs('around=70'),
      end: await seqs('after=90'),
      beginning: await seqs('before=4'),
      behind: await seqs('after=95'),
    }).toEqual({
      unread: [40, 49, true, true],
      after: [50, 59, true, true],
      before: [30, 39, true, true],
      last: [86, 95, true, false],
      around: [65, 74, true, true],
      end: [91, 95, true, false],
      beginning: [1, 3, false, true],
      behind: [undefined, undefined, true, false],
    })
    expect(await view(as.applicant, id)).toMatchObject({ readSeq: 40, unreadCount: 55 })
    // Nobody else sees how far somebody has read, and nothing goes back.
    await json(await as.applicant.post(`${at}/topics/${id}/reading`, { seq: 12 }), 204)
    expect([(await view(as.applicant, id)).readSeq, (await view(as.department, id)).readSeq]).toEqual([40, 0])
  })

  test('stands among what the reader has not seen as long as something of it is, also where they have never opened it', async () => {
    const id = await begin(as.secretary, topicAt(build.branch))
    const isUnread = async () => {
      const { items } = await json<{ items: TopicRow[] }>(await as.applicant.get(`${at}/topics?only=unread&limit=200`))
      expect(items.filter((it) => it.unreadCount === 0)).toEqual([])
      return items.some((it) => it.id === id)
    }
    const seen = [await isUnread()]
    await json(await as.applicant.post(`${at}/topics/${id}/reading`, { seq: 1 }), 204)
    seen.push(await isUnread())
    await replied(as.secretary, id, '还有一件事')
    expect([...seen, await isUnread()]).toEqual([true, false, true])
  })

  test('keeps what a post said before, and the place of what its author deletes', async () => {
    const id = await begin(as.applicant, topicAt(build.branch, { body: documentOf('最初写的是桂花') }))
    const [first] = (await postsOf(as.applicant, id)).items
    const answer = await replied(as.secretary, id, '我看可以', { quotedPostId: first?.id })
    const change = (by: Browser, revision: string, words: string) =>
      by.put(`${at}/posts/${first?.id}`, { body: documentOf(words) }, { 'if-match': revision })
    expect({
      another: (await change(as.secretary, '"1"', '替人改写')).status,
      stale: (await change(as.applicant, '"7"', '改成海棠')).status,
      own: (await change(as.applicant, '"1"', '改成海棠')).status,
    }).toEqual({ another: 403, stale: 412, own: 204 })
    const edits = await json<{ items: object[] }>(await as.secretary.get(`${at}/posts/${first?.id}/edits`))
    expect(edits.items).toMatchObject([{ revision: 1, body: documentOf('最初写的是桂花'), editedBy: '王一舟' }])
    const found = async (q: string) =>
      (await json<{ items: object[] }>(await as.secretary.get(`${at}/search?q=${encodeURIComponent(q)}`))).items.length
    expect([await found('桂花'), await found('海棠')]).toEqual([0, 1])

    expect((await as.applicant.delete(`${at}/posts/${answer.id}`)).status).toBe(403)
    await json(await as.applicant.delete(`${at}/posts/${first?.id}`), 204)
    const { items } = await postsOf(as.secretary, id)
    expect(items.map((it: Post) => [it.seq, it.isDeleted, it.body, it.quoted?.excerpt])).toEqual([
      [1, true, null, undefined],
      [2, false, documentOf('我看可以'), null],
    ])
    expect([
      await found('海棠'),
      (await json<{ items: object[] }>(await as.secretary.get(`${at}/posts/${first?.id}/edits`))).items,
    ]).toEqual([0, []])
  })

  test('that asks something has the answer that its author or an officer chooses', async () => {
    const id = await begin(as.applicant, topicAt(build.branch, { kind: 'question' }))
    const answer = await replied(as.secretary, id, '在一楼服务台领取')
    const accept = (by: Browser, postId: string | null) => by.put(`${at}/topics/${id}/accepted-answer`, { postId })
    const [first] = (await postsOf(as.applicant, id)).items
    expect({
      ofNobody: (await accept(as.partySchool, answer.id)).status,
      itself: (await accept(as.applicant, first?.id ?? '')).status,
      own: (await accept(as.applicant, answer.id)).status,
    }).toEqual({ ofNobody: 403, itself: 400, own: 204 })
    expect(await view(as.partySchool, id)).toMatchObject({ acceptedPostId: answer.id, isAnswered: true })
    await json(await accept(as.secretary, null), 204)
    expect(await view(as.partySchool, id)).toMatchObject({ acceptedPostId: null, isAnswered: false })
  })

  test('has no answer any more where it was hidden, and takes none from elsewhere', async () => {
    const id = await begin(as.applicant, topicAt(build.branch, { kind: 'question' }))
    const { id: answerId } = await replied(as.partySchool, id, '到学院办公室补')
    const accept = (postId: string) => as.applicant.put(`${at}/topics/${id}/accepted-answer`, { postId })
    await json(await accept(answerId), 204)
    await json(await as.secretary.post(`${at}/moderation/posts/${answerId}/hiding`, { reason: '内容有误' }), 204)
    expect(await view(as.applicant, id)).toMatchObject({ acceptedPostId: null, isAnswered: false })
    const refused = await accept(answerId)
    expect([refused.status, (await refused.json()).fields]).toEqual([
      400,
      [{ path: 'postId', message: '这条发言已经不在这个话题里，请另选一条' }],
    ])
  })

  test('is pinned and closed by the officers of its place', async () => {
    const older = await begin(as.applicant, topicAt(build.branch))
    const newer = await begin(as.applicant, topicAt(build.branch))
    expect((await as.applicant.put(`${at}/topics/${older}/pin`, { isPinned: true })).status).toBe(403)
    await json(await as.secretary.put(`${at}/topics/${older}/pin`, { isPinned: true }), 204)
    const { items } = await json<{ items: TopicRow[] }>(
      await as.applicant.get(`${at}/topics?organizationId=${build.branch.id}`),
    )
    expect(items.filter((it) => [older, newer].includes(it.id)).map((it) => [it.id, it.isPinned])).toEqual([
      [older, true],
      [newer, false],
    ])
    // In the list of everything as well, for whoever belongs there; what is asked for by kind stands in its order.
    const among = async (by: Browser, query: string) => {
      const page = await json<{ items: TopicRow[] }>(await by.get(`${at}/topics?limit=200${query}`))
      return page.items.flatMap((it) => ([older, newer].includes(it.id) ? [it.id] : []))
    }
    expect([
      await among(as.applicant, ''),
      await among(as.organiser, ''),
      await among(as.applicant, '&kind=discussion'),
    ]).toEqual([
      [older, newer],
      [newer, older],
      [newer, older],
    ])
    await json(await as.secretary.put(`${at}/topics/${newer}/closing`, { reason: '已经有结论了' }), 204)
    expect([(await reply(as.applicant, newer, '还想说')).status, await view(as.applicant, newer)]).toMatchObject([
      409,
      { isClosed: true, closedReason: '已经有结论了' },
    ])
    await json(await as.secretary.put(`${at}/topics/${newer}/closing`, { reason: null }), 204)
    expect((await reply(as.applicant, newer, '还想说')).status).toBe(201)
  })

  test('with another title is found by it and not by the old one, and by its title alone where the first post is deleted', async () => {
    const id = await begin(as.applicant, topicAt(build.branch, { title: '鹿鸣读书会', body: documentOf('每周四晚上') }))
    await replied(as.secretary, id, '我来领读')
    const foundBy = async (q: string) =>
      (await json<PostsFound>(await as.secretary.get(`${at}/search?q=${encodeURIComponent(q)}`))).items
        .filter((it) => it.topicId === id)
        .map((it) => it.seq)
    const before = [await foundBy('鹿鸣'), await foundBy('领读')]
    await json(await as.applicant.put(`${at}/topics/${id}/title`, { title: '蒹葭读书会' }, { 'if-match': '"1"' }), 204)
    const [first] = (await postsOf(as.applicant, id)).items
    const after = [await foundBy('鹿鸣'), await foundBy('蒹葭'), await foundBy('每周四晚上')]
    await json(await as.applicant.delete(`${at}/posts/${first?.id}`), 204)
    expect([...before, ...after, await foundBy('蒹葭'), await foundBy('每周四晚上')]).toEqual([
      [1],
      [2],
      [],
      [1],
      [1],
      [1],
      [],
    ])
  })

  test('is pinned beside nineteen others at most: more are not shown', async () => {
    const [one, other] = [
      await begin(as.siblingSecretary, topicAt(build.sibling)),
      await begin(as.siblingSecretary, topicAt(build.sibling)),
    ]
    await build.look((db) =>
      db.execute(sql`insert into discussion_topics
        (tenant_id, id, organization_id, path, kind, title, author_name, created_at, last_post_at, last_seq, pinned_at)
        select tenant_id, gen_random_uuid(), organization_id, path, kind, title, author_name, created_at, last_post_at, 0, now()
        from discussion_topics, generate_series(1, 19) where id = ${one}`),
    )
    const pin = async (id: string, isPinned = true) =>
      (await as.siblingSecretary.put(`${at}/topics/${id}/pin`, { isPinned })).status
    expect([await pin(one), await pin(other), await pin(one), await pin(one, false), await pin(other)]).toEqual([
      204, 409, 204, 204, 204,
    ])
  })

  test('pages of topics hold each once, the one with the last post first', async () => {
    const ids = []
    for (let at = 0; at < 5; at++) ids.push(await begin(as.stranger, topicAt(build.distant)))
    await replied(as.stranger, ids[1] ?? '', '再说一句')
    const seen: string[] = []
    let next: string | undefined
    do {
      const query: string = `organizationId=${build.distant.id}&limit=2${next ? `&cursor=${next}` : ''}`
      const page: { items: TopicRow[]; next?: string } = await json(await as.stranger.get(`${at}/topics?${query}`))
      seen.push(...page.items.map((it) => it.id))
      next = page.next
    } while (next !== undefined)
    expect(seen).toEqual([ids[1], ids[4], ids[3], ids[2], ids[0]])
    expect(await titles(as.applicant, `organizationId=${build.distant.id}`)).toEqual([])
  })

  test('is listed and read in a number of statements that does not grow with it', async () => {
    const id = await begin(as.secretary, topicAt(build.branch))
    const ask = async () => {
      await as.applicant.get(`${at}/topics`)
      await as.applicant.get(`${at}/topics/${id}/posts?at=first`)
    }
    const few = await statementsOf(ask)
    for (let more = 0; more < 4; more++) await replied(as.secretary, id, `第 ${more} 条`)
    for (let more = 0; more < 3; more++) await begin(as.secretary, topicAt(build.branch))
    const many = await statementsOf(ask)
    expect(many).toBe(few)
  })
})

test('what is found bears the day in China on which it was written', async () => {
  const id = await begin(as.applicant, topicAt(build.branch, { body: documentOf('子夜之后写的蜡梅') }))
  const found = await json<PostsFound>(await as.secretary.get(`${at}/search?q=${encodeURIComponent('蜡梅')}`))
  expect(found.items).toMatchObject([{ topicId: id, seq: 1, on: dayInChina(new Date()), authorName: '王一舟' }])
})

describe('a mention', () => {
  const mention = (person: { id: string }, label = '随便写的名字') => ({
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'mention', attrs: { personId: person.id, label } },
          { type: 'text', text: '看一下' },
        ],
      },
    ],
  })
  const named = async (by: Browser, topicId: string, q = '') =>
    (
      await json<{ items: { name: string }[] }>(
        await by.get(`${at}/topics/${topicId}/mentionable?q=${encodeURIComponent(q)}`),
      )
    ).items.map((it) => it.name)

  test('names only who may read the topic, of the own branch, its officers and who has written in it', async () => {
    const ofBranch = await begin(as.applicant, topicAt(build.branch))
    const ofUniversity = await begin(as.applicant, topicAt(build.university))
    expect({
      ofBranch: await named(as.applicant, ofBranch),
      ofUniversity: await named(as.applicant, ofUniversity),
      byPinyin: await named(as.applicant, ofBranch, 'lixiao'),
      stranger: await named(as.applicant, ofUniversity, '卫南星'),
    }).toEqual({
      ofBranch: ['陈书白', '褚知行', '冯景行', '李晓岚', '吴远舟'],
      ofUniversity: ['陈书白', '褚知行', '冯景行', '李晓岚'],
      byPinyin: ['李晓岚'],
      stranger: [],
    })
    await replied(as.stranger, ofUniversity, '我也来说说')
    expect(await named(as.applicant, ofUniversity, '卫南星')).toEqual(['卫南星'])
  })

  test('of somebody who may not read the topic is refused, and bears the name of the register', async () => {
    const id = await begin(as.applicant, topicAt(build.branch))
    const refused = await as.applicant.post(`${at}/topics/${id}/posts`, { body: mention(build.zhao) })
    expect([refused.status, await refused.json()]).toMatchObject([400, { fields: [{ path: 'body' }] }])
    const { id: postId } = await json<{ id: string }>(
      await as.applicant.post(`${at}/topics/${id}/posts`, { body: mention(build.li) }),
      201,
    )
    const { items } = await postsOf(as.secretary, id)
    expect(items.at(-1)?.body).toEqual(mention(build.li, '李晓岚'))
    await markMentioned(database, { tenantId, topicId: id, postId })
    expect(await view(as.secretary, id)).toMatchObject({ follow: 'atOnce', readSeq: 0 })
  })

  test('is offered before a topic is begun, by the place where it will stand', async () => {
    const before = async (by: Browser, organizationId: string, q = '') => {
      const answer = await by.get(`${at}/mentionable?organizationId=${organizationId}&q=${encodeURIComponent(q)}`)
      return answer.status === 200 ? (await answer.json()).items.map((it: { name: string }) => it.name) : answer.status
    }
    expect({
      ofBranch: await before(as.applicant, build.branch.id),
      ofUniversity: await before(as.applicant, build.university.id, 'lixiao'),
      ofAnother: await before(as.applicant, build.sibling.id),
      administrator: await before(as.auditor, build.branch.id),
    }).toEqual({
      ofBranch: ['陈书白', '褚知行', '冯景行', '李晓岚', '吴远舟'],
      ofUniversity: ['李晓岚'],
      ofAnother: 403,
      administrator: 403,
    })
    const id = await begin(as.applicant, topicAt(build.branch, { body: mention(build.li) }))
    expect((await postsOf(as.secretary, id)).items[0]?.body).toEqual(mention(build.li, '李晓岚'))
  })

  test('that cannot be is refused by the name that was written, and more than twenty at once are, too', async () => {
    const refusal = async (topic: object) => {
      const answer = await as.applicant.post(`${at}/topics`, topic)
      return [answer.status, (await answer.json()).fields[0]?.message]
    }
    const { content: [paragraph] = [] } = mention(build.li)
    const crowd = Array.from({ length: 21 }, () => mention({ id: crypto.randomUUID() }).content[0])
    expect([
      await refusal(topicAt(build.branch, { body: mention(build.zhao, '赵思远') })),
      await refusal(topicAt(build.branch, { kind: 'complaint', body: { type: 'doc', content: [paragraph] } })),
      await refusal(topicAt(build.branch, { body: { type: 'doc', content: crowd } })),
    ]).toEqual([
      [400, '这个话题里不能提到赵思远：可能看不到它，或者不是您支部的人。请去掉后再发'],
      [400, '投诉反映只有您和负责答复的人看得到，不能提到别人。请去掉后再发'],
      [400, '一条发言里最多提到 20 人，请去掉一些后再发'],
    ])
  })

  test('does not wake who has chosen not to hear of the topic', async () => {
    const id = await begin(as.applicant, topicAt(build.branch))
    await json(await as.secretary.put(`${at}/topics/${id}/following`, { way: 'never' }), 204)
    const { id: postId } = await json<{ id: string }>(
      await as.applicant.post(`${at}/topics/${id}/posts`, { body: mention(build.li) }),
      201,
    )
    await markMentioned(database, { tenantId, topicId: id, postId })
    expect((await view(as.secretary, id)).follow).toBe('never')
  })
})

describe('a picture', () => {
  test('in a post is seen by whoever may read it, as long as it is said or was said there, and nobody puts in those of others', async () => {
    const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const uploadId = await upload(as.applicant, new Uint8Array(bytes), '合影.png', 'media')
    const { id: mediaId } = await json<{ id: string }>(await as.applicant.post('/api/media/items', { uploadId }), 201)
    const body = { type: 'doc', content: [{ type: 'picture', attrs: { mediaId, alt: '合影', caption: '' } }] }
    const foreign = await as.partySchool.post(`${at}/topics`, topicAt(build.branch, { body }))
    expect(foreign.status).toBe(404)

    const id = await begin(as.applicant, topicAt(build.branch, { body }))
    const [first] = (await postsOf(as.applicant, id)).items
    const seen = async () => {
      const statuses: [TestActor, number][] = []
      for (const actor of ['applicant', 'secretary', 'organiser', 'siblingSecretary', 'stranger', 'auditor'] as const)
        statuses.push([actor, (await as[actor].get(`${at}/posts/${first?.id}/pictures/${mediaId}`)).status])
      return Object.fromEntries(statuses)
    }
    const readers = {
      applicant: 200,
      secretary: 200,
      organiser: 200,
      siblingSecretary: 404,
      stranger: 404,
      auditor: 403,
    }
    expect(await seen()).toEqual(readers)
    await json(
      await as.applicant.put(`${at}/posts/${first?.id}`, { body: documentOf('照片撤掉了') }, { 'if-match': '"1"' }),
      204,
    )
    // What it said before is still there to be read, with the picture.
    expect(await seen()).toEqual(readers)
    await json(await as.applicant.delete(`${at}/posts/${first?.id}`), 204)
    expect(await seen()).toEqual({ ...readers, applicant: 404, secretary: 404, organiser: 404 })
  })
})

test('whoever writes too much waits', async () => {
  const id = await begin(as.distantSecretary, topicAt(build.distant))
  let written = 0
  while (written < 80 && (await reply(as.otherOrganiser, id, `第 ${written} 句`)).status === 201) written++
  // They have written once before; every ten seconds there is one more.
  expect(written).toBeGreaterThanOrEqual(59)
  expect(written).toBeLessThan(80)
})

const whole = { tenantId, accountId: null, personId: null, helper: false }
