import { addDays } from '@zhibu/rules'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { afterwards } from '../../../test/database.ts'
import { encryption, today } from '../../../test/factories.ts'
import { bodyOf, startSmtpServer, subjectOf } from '../../../test/smtp-server.ts'
import { openOutgoing } from '../../platform/outgoing.ts'
import { accounts } from '../accounts/tables.ts'
import { sendByThemselves } from '../notices/by-themselves.ts'
import { openPostOffice } from '../notices/posting.ts'
import { placeOfAddress } from '../notices/preferences.ts'
import { deliver } from '../notices/sending.ts'
import { noticePreferences, notices } from '../notices/tables.ts'
import { handOver } from './handing-over.ts'
import { remindFor } from './reminding.ts'
import type { Opening, OwnProtected, Posts, TopicView } from './schema.ts'
import * as tables from './tables.ts'
import { tellFollowers } from './telling.ts'

const app = await testApp()
const { build, database } = app
const { tenantId } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])

const at = '/api/discussion'
const now = new Date(`${today}T06:30:00+08:00`)

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const text = '每天要在三个群里打卡截图，希望减一减。'
async function write(by: Browser, more: object = {}): Promise<string> {
  const letter = { organizationId: build.college.id, kind: 'complaint', title: '打卡截图太多', text, ...more }
  return (await json<{ id: string }>(await by.post(`${at}/protected`, letter), 201)).id
}
const own = async (by: Browser) => (await json<OwnProtected>(await by.get(`${at}/protected`))).items
const asAuthor = async (by: Browser, topicId: string) => json<TopicView>(await by.get(`${at}/protected/${topicId}`))
const settle = async (openers: object | null) => {
  const { status, headers } = await as.department.get(`${at}/settings`)
  expect(status).toBe(200)
  const days = { suggestionDays: 10, complaintDays: 7, remindBeforeDays: 2, remindAfterEveryDays: 3, openingDays: 5 }
  return as.department.put(`${at}/settings`, { ...days, openers }, { 'if-match': headers.get('etag') ?? '' })
}

/** Every row of every table in which a text stands, as the keeper of backups reads them. */
async function everythingAbout(words: string): Promise<{ table: string; row: string }[]> {
  return database.asKeeper(async (db) => {
    const { rows: all } = await db.execute<{ name: string }>(sql`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`)
    const found = []
    for (const { name } of all) {
      const from = sql.identifier(name)
      const { rows } = await db.execute<{ row: string }>(
        sql`select to_jsonb(it)::text as row from ${from} as it where strpos(to_jsonb(it)::text, ${words}) > 0`,
      )
      found.push(...rows.map(({ row }) => ({ table: name, row })))
    }
    return found
  })
}

describe('a protected letter', () => {
  test('is seen by nobody until it is handed over with the others of the day, and then by those who answer', async () => {
    const id = await write(as.applicant)
    expect(await own(as.applicant)).toMatchObject([
      { id, title: '打卡截图太多', isHandedOver: false, organization: { id: build.college.id } },
    ])
    for (const actor of testActors)
      expect([actor, (await as[actor].get(`${at}/topics/${id}`)).status]).not.toEqual([actor, 200])
    expect(await own(as.organiser)).toEqual([])

    await handOver(database, encryption, now)
    const statuses = Object.fromEntries(
      await Promise.all(testActors.map(async (actor) => [actor, (await as[actor].get(`${at}/topics/${id}`)).status])),
    )
    expect(statuses).toEqual({
      ...Object.fromEntries(testActors.map((actor) => [actor, 404])),
      ...{ sysadmin: 403, secadmin: 403, auditor: 403, organiser: 200, department: 200, publicity: 200 },
    })
    const ofOthers = await Promise.all(
      testActors.map(async (actor) => [actor, (await as[actor].get(`${at}/protected/${id}`)).status]),
    )
    expect(Object.fromEntries(ofOthers)).toEqual({
      ...Object.fromEntries(testActors.map((actor) => [actor, 404])),
      ...{ sysadmin: 403, secadmin: 403, auditor: 403, applicant: 200 },
    })
  })

  test('is answered and replied to under a pseudonym of this topic', async () => {
    const id = await write(as.applicant)
    await handOver(database, encryption, now)
    const { authorName } = await asAuthor(as.applicant, id)
    const words = { state: 'looking', words: '已请学院核实。' }
    await json(await as.organiser.post(`${at}/topics/${id}/steps`, words, { 'if-match': '"1"' }), 204)
    for (const more of ['第一点补充', '第二点补充'])
      await json(await as.applicant.post(`${at}/protected/${id}/letters`, { text: more }), 204)
    expect((await as.organiser.post(`${at}/protected/${id}/letters`, { text: '冒名' })).status).toBe(404)
    expect(
      (await as.applicant.post(`${at}/topics/${id}/posts`, { body: { type: 'doc', content: [{ type: 'paragraph' }] } }))
        .status,
    ).toBe(404)
    expect((await own(as.applicant)).find((it) => it.id === id)?.waitingLetters).toEqual([
      { kind: 'reply', text: '第一点补充' },
      { kind: 'reply', text: '第二点补充' },
    ])
    await handOver(database, encryption, now)
    const seen = async (path: string, by: Browser) =>
      (await json<Posts>(await by.get(`${path}/posts?at=first`))).items.map((it) => [
        it.seq,
        it.authorName,
        it.isOwn,
        it.step,
      ])
    const posts = (isOwn: boolean) => [
      [1, authorName, isOwn, null],
      [2, '吴远舟', !isOwn, 'looking'],
      [3, authorName, isOwn, null],
      [4, authorName, isOwn, null],
    ]
    expect(await seen(`${at}/topics/${id}`, as.organiser)).toEqual(posts(false))
    expect(await seen(`${at}/protected/${id}`, as.applicant)).toEqual(posts(true))
  })

  test('leaves neither the moment nor the order of its writing: all of a day stand at its beginning, by ids that do not sort', async () => {
    const ids = [
      await write(as.applicant),
      await write(as.stranger, { organizationId: build.university.id }),
      await write(as.secretary),
    ]
    await handOver(database, encryption, now)
    const rows = await build.look((db) =>
      db.execute<{
        id: string
        at: Date
        last: Date
      }>(sql`select t.id, t.created_at as at, p.created_at as last from discussion_topics t
        join discussion_posts p on p.tenant_id = t.tenant_id and p.topic_id = t.id and p.seq = 1
        where t.tenant_id = ${tenantId} and t.is_protected`),
    )
    const midnight = new Date(`${today}T00:00:00+08:00`).getTime()
    for (const it of rows.rows)
      expect([new Date(it.at).getTime(), new Date(it.last).getTime()]).toEqual([midnight, midnight])
    // The 13th character tells how an id was made: 4 is by chance, 7 by the clock.
    expect(ids.map((it) => it[14])).toEqual(['4', '4', '4'])
    const columns = [tables.discussionIdentities, tables.discussionOwnProtected, tables.discussionLetters].map(
      (table) => Object.values(getTableColumns(table)).map((it) => it.name),
    )
    expect(columns).toEqual([
      ['tenant_id', 'topic_id', 'sealed'],
      ['tenant_id', 'owner_key', 'sealed'],
      ['tenant_id', 'id', 'topic_id', 'sealed'],
    ])
    const identities = await build.look((db) => db.select().from(tables.discussionIdentities))
    expect(new Set(identities.map((it) => it.sealed.length)).size).toBe(1)
  })

  test('is known to nobody: not in the log, the journal, the backup, notices, the search, an ETag or any answer', async () => {
    const secretWords = '后勤处窗口的梧桐絮语'
    const before = app.lines.length
    const id = await write(as.applicant, { title: '窗口服务态度', text: secretWords, kind: 'suggestion' })
    await own(as.applicant)
    const logged = JSON.stringify(app.lines.slice(before))
    expect(logged).toBe('[]')
    const entries = async () =>
      (await build.look((db) => db.execute(sql`select * from journal where tenant_id = ${tenantId} order by id`))).rows
    const written = (await entries()).length
    await handOver(database, encryption, now)
    await asAuthor(as.applicant, id)
    await json(await as.applicant.post(`${at}/protected/${id}/letters`, { text: '再补充一点' }), 204)
    await handOver(database, encryption, now)
    await build.look((db) => remindFor({ db, tenantId, today: addDays(today, 60) }, async () => undefined))

    const added = (await entries()).slice(written)
    expect(added.map((it) => [it.event, it.account_id, it.person_id, it.actor_name])).toEqual(
      expect.arrayContaining([
        ['discussion.protected-handed-over', null, null, '系统'],
        ['discussion.letter-handed-over', null, null, '系统'],
      ]),
    )
    const secrets = [build.wang.id, app.accounts.applicant.id, '王一舟', app.accounts.applicant.userId]
    // Whatever stands in any table about the topic, in the queue of jobs too, names nobody: so neither does a backup.
    const about = await everythingAbout(id)
    expect(about.map((it) => it.table).sort()).toEqual([
      ...['discussion_identities', 'discussion_posts', 'discussion_posts', 'discussion_topics', 'journal', 'journal'],
      'notices',
    ])
    for (const { table, row } of about)
      expect({ table, holds: secrets.filter((it) => row.includes(it)) }).toEqual({ table, holds: [] })
    expect(about.find((it) => it.table === 'notices')?.row).not.toContain('窗口服务态度')
    const named = await everythingAbout(build.wang.id)
    expect(named.filter(({ table }) => table.startsWith('discussion'))).toEqual([])
    const index = await database.asOwner((db) =>
      db.execute(sql`select count(*)::int as count from search_entries where body like ${`%${secretWords}%`}`),
    )
    expect(index.rows).toEqual([{ count: 0 }])

    const asOfficer = [`${at}/topics/${id}`, `${at}/topics/${id}/posts`, `${at}/topics`, `${at}/counts`]
    for (const path of asOfficer) {
      const answer = await as.organiser.get(path)
      const seen = `${await answer.text()}${[...answer.headers].join()}`
      expect({ path, holds: secrets.filter((it) => seen.includes(it)) }).toEqual({ path, holds: [] })
    }
  })

  test('is told by mail to those who answer alone, without its words, and to its author not at all', async () => {
    const mails = await startSmtpServer()
    afterwards(mails.close)
    const outgoing = openOutgoing({
      mail: mails.settings,
      wecom: null,
      dingtalk: null,
      officialAccount: null,
      robots: [],
    })
    const [officer] = await build.look((db) =>
      db.select().from(accounts).where(eq(accounts.id, app.accounts.organiser.id)),
    )
    const choices = { email: 'atOnce', wecom: 'never', dingtalk: 'never' } as const
    await build.look((db) =>
      db.insert(noticePreferences).values(
        [
          [officer?.personId ?? '', 'officer'],
          [build.zhao.id, 'author'],
        ].map(([personId = '', name]) => ({
          ...{ tenantId, personId, choices },
          emailSealed: encryption.sealField(`${name}@example.edu.cn`, placeOfAddress('email', personId)),
        })),
      ),
    )
    const [title, words] = ['食堂窗口的排队', '三号窗口的师傅总是迟到的梧桐树']
    const id = await write(as.siblingSecretary, { title, text: words, kind: 'suggestion' })
    await handOver(database, encryption, now)
    expect((await as.organiser.put(`${at}/topics/${id}/following`, { way: 'atOnce' })).status).toBe(403)
    await json(await as.siblingSecretary.post(`${at}/protected/${id}/letters`, { text: words }), 204)
    await handOver(database, encryption, now)
    const ground = { database, encryption, outgoing, baseUrl: 'http://zhibu.test', log: pino({ level: 'silent' }) }
    await tellFollowers(ground, 'atOnce')
    await tellFollowers(ground, 'daily')
    await build.look((db) => remindFor({ db, tenantId, today: addDays(today, 60) }, async () => undefined))
    const reminders = await build.look(async (db) => {
      const rows = await db
        .select({ id: notices.id })
        .from(notices)
        .where(sql`source_key like ${`suggestion:${id}:%`}`)
      const ids = rows.map((it) => it.id)
      await sendByThemselves(db, tenantId, ids)
      return ids
    })
    for (const noticeId of reminders) await deliver(database, { tenantId, noticeId })
    await openPostOffice(ground).post()
    outgoing.close()

    expect(mails.taken.map((it) => it.to)).toEqual(['officer@example.edu.cn'])
    const [mail] = mails.taken
    const secrets = [
      title,
      words,
      '赵思远',
      build.zhao.id,
      app.accounts.siblingSecretary.id,
      app.accounts.siblingSecretary.userId,
    ]
    const read = `${subjectOf(mail)}\n${bodyOf(mail)}\n${mail?.raw}`
    expect(secrets.filter((it) => read.includes(it))).toEqual([])
  })

  test('takes no pictures: whoever brings one in is written down with it', async () => {
    const picture = {
      type: 'doc',
      content: [{ type: 'picture', attrs: { mediaId: build.wang.id, alt: '', caption: '' } }],
    }
    const answer = await as.applicant.post(`${at}/protected`, {
      organizationId: build.college.id,
      kind: 'complaint',
      title: '有图为证',
      body: picture,
    })
    expect(answer.status).toBe(400)
  })

  test('is answered without pictures and links, which the page of its author would fetch or follow', async () => {
    const id = await write(as.applicant)
    await handOver(database, encryption, now)
    const said = (marks: object[]) => ({
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: '请看这里', marks }] }],
    })
    const reply = async (body: object) =>
      (await as.organiser.post(`${at}/topics/${id}/posts`, { body, quotedPostId: null })).status
    const picture = { type: 'picture', attrs: { mediaId: crypto.randomUUID(), alt: '', caption: '', width: 'full' } }
    expect([
      await reply(said([{ type: 'link', attrs: { href: 'https://example.edu.cn/only-for-you' } }])),
      await reply({ type: 'doc', content: [picture] }),
      await reply(said([])),
    ]).toEqual([400, 400, 201])
  })

  test('keeps no number of the transaction in which its author wrote', async () => {
    await write(as.applicant)
    await write(as.siblingSecretary)
    const transactions = async () => {
      const { rows } = await database.asKeeper((db) =>
        db.execute<{ at: string }>(sql`select xmin::text as at from discussion_identities
          union select xmin::text from discussion_own_protected`),
      )
      return rows.map((it) => it.at)
    }
    const written = await transactions()
    expect(written.length).toBeGreaterThan(1)
    await handOver(database, encryption, now)
    const kept = await transactions()
    expect([kept.length, kept.filter((it) => written.includes(it))]).toEqual([1, []])
  })

  test('comes ten times a day at most', async () => {
    const statuses = []
    for (let at = 0; at < 11; at++)
      statuses.push(
        (
          await as.partySchool.post('/api/discussion/protected', {
            organizationId: build.university.id,
            kind: 'suggestion',
            title: `第 ${at} 件建议`,
            text: '希望增加一场讲座，时间放在周末。',
          })
        ).status,
      )
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 201), 429])
  })

  test('hidden by an officer is appealed against under the pseudonym', async () => {
    const id = await write(as.secretary, { organizationId: build.college.id })
    await handOver(database, encryption, now)
    const [first] = (await json<Posts>(await as.organiser.get(`${at}/topics/${id}/posts`))).items
    await json(await as.organiser.post(`${at}/moderation/posts/${first?.id}/hiding`, { reason: '与事实不符' }), 204)
    const [seen] = (await json<Posts>(await as.secretary.get(`${at}/protected/${id}/posts`))).items
    expect(seen?.hiding).toMatchObject({ reason: '与事实不符', can: { appeal: true } })
    const appeal = (by: Browser) =>
      by.post(`${at}/protected/${id}/hidings/${seen?.hiding?.id}/appeal`, { words: '所说属实，请核实。' })
    expect((await appeal(as.applicant)).status).toBe(404)
    const twice = await Promise.all([appeal(as.secretary), appeal(as.secretary)])
    expect(twice.map((it) => it.status).sort()).toEqual([204, 409])
    expect((await appeal(as.secretary)).status).toBe(409)
    const waiting = async () => {
      const [post] = (await json<Posts>(await as.secretary.get(`${at}/protected/${id}/posts`))).items
      const listed = (await own(as.secretary)).find((it) => it.id === id)
      return [post?.hiding?.appeal, post?.hiding?.can.appeal, listed?.waitingLetters, listed?.hiddenCount]
    }
    expect(await waiting()).toEqual(['所说属实，请核实。', false, [{ kind: 'appeal', text: '所说属实，请核实。' }], 1])
    await handOver(database, encryption, now)
    const log = await json<{ items: object[] }>(await as.department.get(`${at}/moderation/hidings`))
    expect(log.items).toMatchObject([{ appeal: '所说属实，请核实。', can: { decide: true } }])
    expect(JSON.stringify(log)).not.toContain('李晓岚')
    expect([(await appeal(as.secretary)).status, ...(await waiting())]).toEqual([
      409,
      '所说属实，请核实。',
      false,
      [],
      1,
    ])
  })
})

test('a protected letter to an organisation that was abolished overnight goes to the one above it, and says so', async () => {
  const id = await write(as.siblingSecretary, { organizationId: build.sibling.id, text: '材料要抄三遍，希望减少。' })
  expect((await own(as.siblingSecretary)).find((it) => it.id === id)?.waitingText).toBe('材料要抄三遍，希望减少。')
  const dissolve = (on: string | null) =>
    build.look((db) => db.execute(sql`update organizations set dissolved_on = ${on} where id = ${build.sibling.id}`))
  await dissolve(today)
  await handOver(database, encryption, now)
  await dissolve(null)
  const topic = await json<TopicView>(await as.organiser.get(`${at}/topics/${id}`))
  const [first] = (await json<Posts>(await as.organiser.get(`${at}/topics/${id}/posts`))).items
  expect([topic.organization.id, JSON.stringify(first?.body)]).toEqual([
    build.college.id,
    expect.stringContaining('该组织已经撤销，转交云山学院党委'),
  ])
  expect(JSON.stringify(first?.body)).toContain('材料要抄三遍，希望减少。')
})

describe('an identity', () => {
  test('is opened by two people of two named offices together; the author sees it, the journal says no name', async () => {
    const id = await write(as.siblingSecretary, { organizationId: build.university.id })
    await handOver(database, encryption, now)
    const ask = (by: Browser) => by.post(`${at}/openings`, { topicId: id, reason: '来信涉及人身安全，需当面核实。' })
    expect((await ask(as.department)).status).toBe(403)
    const openers = [
      { organizationId: build.university.id, office: 'orgDepartment' },
      { organizationId: build.university.id, office: 'publicityDepartment' },
    ]
    expect((await settle([openers[0], openers[0]])).status).toBe(400)
    await json(await settle(openers), 204)
    const mayOpen = async (by: Browser) =>
      (await json<{ can: { open: boolean } }>(await by.get(`${at}/settings`))).can.open
    expect([await mayOpen(as.department), await mayOpen(as.organiser)]).toEqual([true, false])
    expect([
      (await ask(as.organiser)).status,
      (await as.sysadmin.post(`${at}/openings`, { topicId: id, reason: '查一下' })).status,
    ]).toEqual([403, 403])
    const { id: openingId } = await json<{ id: string }>(await ask(as.department), 201)
    expect((await ask(as.department)).status).toBe(409)
    const agree = (by: Browser) => by.post(`${at}/openings/${openingId}/agreement`)
    const identity = (by: Browser) => by.get(`${at}/openings/${openingId}/identity`)
    expect({
      before: (await identity(as.department)).status,
      oneself: (await agree(as.department)).status,
      another: (await agree(as.organiser)).status,
    }).toEqual({ before: 403, oneself: 403, another: 404 })
    expect(await asAuthor(as.siblingSecretary, id)).toMatchObject({
      openings: [{ reason: '来信涉及人身安全，需当面核实。', askedBy: '冯景行', agreedAt: null }],
    })
    await json(await agree(as.publicity), 204)
    expect({
      asked: await (await identity(as.department)).json(),
      agreed: await (await identity(as.publicity)).json(),
      others: (await identity(as.organiser)).status,
      author: (await identity(as.siblingSecretary)).status,
    }).toEqual({
      asked: { name: '赵思远', organization: '云山学院本科生第二党支部' },
      agreed: { name: '赵思远', organization: '云山学院本科生第二党支部' },
      others: 404,
      author: 404,
    })
    const [opened] = (await asAuthor(as.siblingSecretary, id)).openings
    expect([opened?.agreedBy, opened?.readings.map((it) => [it.by, it.office])]).toEqual([
      '陈书白',
      [
        ['冯景行', 'orgDepartment'],
        ['陈书白', 'publicityDepartment'],
      ],
    ])
    const journal = await build.look((db) =>
      db.execute(
        sql`select event, actor_name, person_id, details from journal where tenant_id = ${tenantId} and (event like '%opening%' or event like '%identity-read') order by id`,
      ),
    )
    expect(journal.rows).toEqual([
      {
        event: 'discussion.opening-asked',
        actor_name: '冯景行',
        person_id: null,
        details: { reason: '来信涉及人身安全，需当面核实。' },
      },
      { event: 'discussion.opening-agreed', actor_name: '陈书白', person_id: null, details: {} },
      { event: 'discussion.identity-read', actor_name: '冯景行', person_id: null, details: {} },
      { event: 'discussion.identity-read', actor_name: '陈书白', person_id: null, details: {} },
    ])
  })

  test('stays closed where the other office declines, or says nothing until the last day', async () => {
    const id = await write(as.stranger, { organizationId: build.university.id })
    await handOver(database, encryption, now)
    const ask = async () =>
      (
        await json<{ id: string }>(
          await as.publicity.post(`${at}/openings`, { topicId: id, reason: '想了解情况' }),
          201,
        )
      ).id
    const first = await ask()
    await json(await as.department.post(`${at}/openings/${first}/refusal`, { reason: '理由不充分' }), 204)
    expect((await as.department.post(`${at}/openings/${first}/agreement`)).status).toBe(409)
    const second = await ask()
    await build.look((db) =>
      db.execute(sql`update discussion_openings set until_on = ${addDays(today, -1)} where id = ${second}`),
    )
    expect((await as.department.post(`${at}/openings/${second}/agreement`)).status).toBe(409)
    const { items } = await json<{ items: Opening[] }>(await as.department.get(`${at}/openings`))
    expect(items.filter((it) => it.topicId === id).map((it) => [it.declineReason, it.can])).toEqual([
      [null, { decide: false, read: false, openTopic: true }],
      ['理由不充分', { decide: false, read: false, openTopic: true }],
    ])
    await ask()
    const again = { topicId: id, reason: '再申请一次' }
    expect((await as.publicity.post(`${at}/openings`, again)).status).toBe(409)
    expect((await json<{ items: Opening[] }>(await as.organiser.get(`${at}/openings`))).items).toEqual([])
  })

  test('is asked for once, although two of the office ask at the same moment; an office that does not answer there sees no way in', async () => {
    const id = await write(as.applicant, { organizationId: build.branch.id })
    await handOver(database, encryption, now)
    const ask = (by: Browser) => by.post(`${at}/openings`, { topicId: id, reason: '来信涉及人身安全，需当面核实。' })
    const statuses = (await Promise.all([as.department, as.publicity, as.department].map(ask))).map((it) => it.status)
    expect(statuses.sort()).toEqual([201, 409, 409])

    const openers = [
      { organizationId: build.university.id, office: 'orgDepartment' },
      { organizationId: build.university.id, office: 'partySchool' },
    ]
    await json(await settle(openers), 204)
    await json(await ask(as.department), 201)
    const { items } = await json<{ items: Opening[] }>(await as.partySchool.get(`${at}/openings`))
    expect(items[0]?.can).toEqual({ decide: true, read: false, openTopic: false })
  })
})
