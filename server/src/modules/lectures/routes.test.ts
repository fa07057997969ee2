import { getTableColumns, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { listening } from '../../../test/event-stream.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { mp4 } from '../../../test/media-files.ts'
import { upload } from '../../../test/uploads.ts'
import { wholeUniversity } from '../../platform/database.ts'
import { journal } from '../../platform/journal.ts'
import type { PersonsShown } from '../media/schema.ts'
import { deliver } from '../notices/sending.ts'
import { noticeDeliveries, notices } from '../notices/tables.ts'
import { remindOfLectures } from './jobs.ts'
import type { Change, FeedbackView, LectureView, NotesView, RecordingRow } from './schema.ts'
import * as tables from './tables.ts'

const app = await testApp()
const { build } = app
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/lectures'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}

const fields = (more: object = {}) => ({
  ...{ kind: 'lecture', title: '怎样读原著', summary: '', dayKey: null, fromOn: today, untilOn: null },
  ...{
    startMinute: 14 * 60,
    endMinute: 15 * 60,
    place: '三教 201',
    link: 'https://meeting.example/1',
    speaker: '林教授',
  },
  ...{ aboutSpeaker: '', plan: { aim: '', steps: [], materials: [], noticeText: '' }, attachments: [], signUp: null },
  ...more,
})

async function announced(more: object = {}, organization: { id: string } = build.branch, by = as.secretary) {
  const { id } = await json<{ id: string }>(
    await by.post('/api/activities', { organizationId: organization.id, ...fields(more) }),
    201,
  )
  await json(await by.request('POST', `/api/activities/${id}/announcement`, undefined, { 'if-match': '"1"' }), 204)
  return id
}
const opened = async ({ isModerated = false, ...more }: { isModerated?: boolean; title?: string } = {}) => {
  const id = await announced(more)
  await json(await as.secretary.post(`${at}/${id}/opening`, { isModerated }), 204)
  return id
}
const view = async (by: Browser, id: string) => json<LectureView>(await by.get(`${at}/${id}`))
const ask = async (by: Browser, id: string, text: string, isNamed = false) =>
  (await json<{ id: string }>(await by.post(`${at}/${id}/questions`, { text, isNamed }), 201)).id
const look = app.build.look

describe('the live page', () => {
  test('is opened and closed by whoever holds the lecture, and read by whoever may read the activity', async () => {
    const id = await announced()
    expect((await as.applicant.post(`${at}/${id}/questions`, { text: '可以提问吗？', isNamed: false })).status).toBe(
      409,
    )
    expect((await as.applicant.post(`${at}/${id}/opening`, { isModerated: true })).status).toBe(403)
    expect((await as.stranger.get(`${at}/${id}`)).status).toBe(404)
    await json(await as.secretary.post(`${at}/${id}/opening`, { isModerated: true }), 204)
    expect((await as.secretary.post(`${at}/${id}/opening`, { isModerated: true })).status).toBe(409)
    const read = await view(as.applicant, id)
    expect([read.session.isOpen, read.session.isModerated, read.link]).toEqual([
      true,
      true,
      'https://meeting.example/1',
    ])
    expect(read.can).toEqual({
      ...{ hold: false, open: false, close: false, ask: true, write: false, putRecording: false, giveFeedback: false },
    })
    await json(await as.secretary.post(`${at}/${id}/closing`), 204)
    expect((await view(as.applicant, id)).session.isOpen).toBe(false)
    expect((await as.applicant.post(`${at}/${id}/questions`, { text: '还能提问吗？', isNamed: false })).status).toBe(
      409,
    )
  })

  test('is for lectures and exchanges only, and not for what is prepared or cancelled', async () => {
    const other = await announced({ kind: 'other' })
    expect((await as.secretary.get(`${at}/${other}`)).status).toBe(404)
    const { id: planned } = await json<{ id: string }>(
      await as.secretary.post('/api/activities', { organizationId: build.branch.id, ...fields() }),
      201,
    )
    expect((await as.secretary.post(`${at}/${planned}/opening`, { isModerated: true })).status).toBe(409)
    const id = await announced({ kind: 'exchange' })
    await json(await as.secretary.post(`/api/activities/${id}/cancellation`, { reason: '改期举办' }), 204)
    expect((await as.secretary.post(`${at}/${id}/opening`, { isModerated: true })).status).toBe(409)
  })
})

describe('a question', () => {
  test('waits for whoever holds the lecture, and is read by its author alone until then', async () => {
    const id = await opened({ isModerated: true })
    const [one, two] = [await ask(as.applicant, id, '第一章从哪里读起？'), await ask(as.applicant, id, '无关的话')]
    const before = await Promise.all([view(as.secretary, id), view(as.applicant, id), view(as.organiser, id)])
    expect(before.map((it) => [it.questions.length, it.waiting.length, it.own.questions.length])).toEqual([
      [0, 2, 0],
      [0, 0, 2],
      [0, 2, 0],
    ])
    expect((await as.applicant.post(`${at}/${id}/questions/${one}/release`)).status).toBe(403)
    await json(await as.secretary.post(`${at}/${id}/questions/${one}/release`), 204)
    await json(await as.secretary.post(`${at}/${id}/questions/${two}/decline`, { reason: '与主题无关' }), 204)
    await json(await as.secretary.put(`${at}/${id}/questions/${one}/answer`, { answer: '从序言读起。' }), 204)
    const read = await view(as.applicant, id)
    expect(read.questions).toMatchObject([{ id: one, askerName: null, state: 'answered', answer: '从序言读起。' }])
    expect(read.own.questions.map((it) => [it.id, it.state, it.declineReason]).sort()).toEqual(
      [
        [one, 'answered', null],
        [two, 'declined', '与主题无关'],
      ].sort(),
    )
    const held = await view(as.secretary, id)
    expect([held.waiting, JSON.stringify(held).includes('与主题无关')]).toEqual([[], false])
  })

  test('has the name of its author only where they wanted it', async () => {
    const id = await opened()
    await ask(as.applicant, id, '有名字的提问', true)
    await ask(as.applicant, id, '没有名字的提问')
    const { questions } = await view(as.secretary, id)
    expect(questions.map((it) => [it.text, it.askerName])).toEqual([
      ['有名字的提问', build.wang.name],
      ['没有名字的提问', null],
    ])
  })

  test('without a name stands with its author in no row, no line of the log and no entry of the journal', async () => {
    const id = await opened()
    const [lines, entries] = [app.lines.length, await look((db) => db.$count(journal))]
    const asked = await ask(as.applicant, id, '谁也不知道是谁问的')
    await json(await as.applicant.delete(`${at}/${id}/questions/${asked}`), 204)
    expect([app.lines.length, await look((db) => db.$count(journal))]).toEqual([lines, entries])
    const columns = Object.values(tables).flatMap((table) => Object.values(getTableColumns(table)).map((it) => it.name))
    expect(columns.filter((it) => /person|account|created|asked_at/.test(it))).toEqual([])
    await ask(as.applicant, id, '再问一次')
    const { rows } = await look((db) =>
      db.execute(sql`select to_jsonb(q)::text as row from lecture_questions q where activity_id = ${id}`),
    )
    for (const own of [build.wang.id, build.wang.name, app.accounts.applicant.id])
      expect(JSON.stringify(rows)).not.toContain(own)
  })

  test('is taken back by its author alone, until it is answered', async () => {
    const id = await opened()
    const question = await ask(as.applicant, id, '这条要撤回')
    expect((await as.secretary.delete(`${at}/${id}/questions/${question}`)).status).toBe(404)
    const other = await opened()
    expect((await as.applicant.delete(`${at}/${other}/questions/${question}`)).status).toBe(404)
    await json(await as.applicant.delete(`${at}/${id}/questions/${question}`), 204)
    const answered = await ask(as.applicant, id, '这条已经回答')
    await json(await as.secretary.put(`${at}/${id}/questions/${answered}/answer`, { answer: '' }), 204)
    expect((await as.applicant.delete(`${at}/${id}/questions/${answered}`)).status).toBe(409)
  })

  test('is supported once by each, never by its author, and only the number is seen', async () => {
    const id = await opened()
    const question = await ask(as.applicant, id, '哪个译本好？')
    const support = (by: Browser, supports: boolean) =>
      by.put(`${at}/${id}/questions/${question}/support`, { supports })
    expect((await support(as.applicant, true)).status).toBe(403)
    await Promise.all([support(as.secretary, true), support(as.organiser, true), support(as.organiser, true)])
    await json(await support(as.department, true), 204)
    await json(await support(as.department, false), 204)
    const [read, own] = [await view(as.applicant, id), await view(as.organiser, id)]
    expect([read.questions[0]?.supportCount, read.own.supports, own.own.supports]).toEqual([2, [], [question]])
  })

  test('comes from one person only so often', async () => {
    const id = await opened()
    const statuses = []
    for (let n = 0; n < 6; n++)
      statuses.push(
        (await as.department.post(`${at}/${id}/questions`, { text: `第 ${n} 个问题`, isNamed: false })).status,
      )
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429])
  })
})

describe('a show of hands', () => {
  const ofFive = ['secretary', 'organiser', 'department', 'publicity', 'partySchool'] as const

  test('tells how many from five on, for what when it is over, and keeps nobody', async () => {
    const id = await opened()
    const body = { question: '下次什么时候？', options: ['周三', '周五'] }
    const { id: pollId } = await json<{ id: string }>(await as.secretary.post(`${at}/${id}/polls`, body), 201)
    expect((await as.secretary.post(`${at}/${id}/polls`, body)).status).toBe(409)
    const raise = async (by: TestActor, choice: number) =>
      json(await as[by].put(`${at}/${id}/polls/${pollId}/hand`, { choice }), 204)
    for (const by of ofFive.slice(0, 4)) await raise(by, 0)
    const pollOf = async () => (await view(as.applicant, id)).polls[0]
    expect(await pollOf()).toMatchObject({ answers: null, counts: null, closedAt: null })
    await raise('partySchool', 0)
    await raise('partySchool', 1)
    expect(await pollOf()).toMatchObject({ answers: 5, counts: null })
    expect((await view(as.partySchool, id)).own.hands).toEqual([{ pollId, choice: 1 }])
    expect((await as.applicant.put(`${at}/${id}/polls/${pollId}/hand`, { choice: 2 })).status).toBe(400)
    await json(await as.secretary.post(`${at}/${id}/polls/${pollId}/closing`), 204)
    expect(await pollOf()).toMatchObject({ answers: 5, counts: [4, 1] })
    expect(await look((db) => db.$count(tables.lectureHands))).toBe(0)
    expect((await as.applicant.put(`${at}/${id}/polls/${pollId}/hand`, { choice: 0 })).status).toBe(409)
  })

  test('of fewer than five tells nothing, and is over when the lecture is', async () => {
    const id = await opened()
    const body = { question: '听得清吗？', options: ['听得清', '听不清'] }
    const { id: pollId } = await json<{ id: string }>(await as.secretary.post(`${at}/${id}/polls`, body), 201)
    for (const by of ofFive.slice(0, 4)) await as[by].put(`${at}/${id}/polls/${pollId}/hand`, { choice: 0 })
    await json(await as.secretary.post(`${at}/${id}/closing`), 204)
    const [poll] = (await view(as.secretary, id)).polls
    expect(poll).toMatchObject({ answers: null, counts: null, closedAt: expect.any(String) })
    const [stored] = await look((db) => db.select().from(tables.lecturePolls).where(sql`id = ${pollId}`))
    expect([stored?.counts, await look((db) => db.$count(tables.lectureHands))]).toEqual([null, 0])
  })
})

test('notes are saved by whoever holds the lecture as they were read, and nothing is overwritten', async () => {
  const id = await opened()
  const save = (by: Browser, text: string, tag: string) =>
    by.request('PUT', `${at}/${id}/notes`, { text }, { 'if-match': tag })
  expect((await save(as.applicant, '我来写', '"0"')).status).toBe(403)
  await json(await save(as.secretary, '一、为什么读', '"0"'), 204)
  expect((await save(as.organiser, '另一份', '"0"')).status).toBe(412)
  await json(await save(as.organiser, '一、为什么读\n二、怎样读', '"1"'), 204)
  const notes = await json<NotesView>(await as.applicant.get(`${at}/${id}/notes`))
  expect([notes.text, notes.revision, notes.can.write]).toEqual(['一、为什么读\n二、怎样读', 2, false])
  expect(notes.history.map((it) => it.revision)).toEqual([2, 1])
})

test('feedback is shown from three on, without names, once from each', async () => {
  const id = await opened()
  const say = (by: Browser, gained: string) => by.post(`${at}/${id}/feedback`, { gained, suggested: '' })
  expect((await say(as.applicant, '太早')).status).toBe(409)
  await json(await as.secretary.post(`${at}/${id}/closing`), 204)
  await json(await say(as.applicant, '知道从哪里读起'), 204)
  expect((await say(as.applicant, '再说一次')).status).toBe(409)
  await json(await say(as.organiser, '举例生动'), 204)
  const read = async () => json<FeedbackView>(await as.secretary.get(`${at}/${id}/feedback`))
  expect(await read()).toEqual({ items: null })
  await json(await say(as.department, '可以再长一些'), 204)
  expect((await read()).items?.map((it) => it.gained).sort()).toEqual(
    ['知道从哪里读起', '举例生动', '可以再长一些'].sort(),
  )
  expect((await as.applicant.get(`${at}/${id}/feedback`)).status).toBe(403)
  expect((await view(as.applicant, id)).own.hasGivenFeedback).toBe(true)
})

describe('a recording', () => {
  const film = async (by: Browser, showsPersons: PersonsShown = 'nobody') => {
    const uploadId = await upload(by, new Uint8Array(mp4()), '讲座录像.mp4', 'media')
    const { id } = await json<{ id: string }>(
      await by.post('/api/media/items', { uploadId, description: { showsPersons } }),
      201,
    )
    const captions = '1\n00:01:23,000 --> 00:01:25,000\n先读《序言》\n'
    await json(await by.put(`/api/media/items/${id}/texts/captions`, { text: captions }), 204)
    return id
  }

  test('is found by title, speaker and what is said in it, and seen in parts by whoever may read the lecture', async () => {
    const [id, hidden] = [await announced({ title: '读书方法漫谈' }), await announced({}, build.college, as.organiser)]
    expect((await as.secretary.put(`${at}/${hidden}/recording`, { mediaId: await film(as.secretary) })).status).toBe(
      403,
    )
    const mediaId = await film(as.secretary)
    await json(await as.secretary.put(`${at}/${id}/recording`, { mediaId }), 204)
    const found = async (by: Browser, q: string) =>
      (await json<{ items: RecordingRow[] }>(await by.get(`${at}/recordings?q=${encodeURIComponent(q)}`))).items
    for (const q of ['漫谈', '林教授', '序言'])
      expect(
        (await found(as.applicant, q)).map((it) => it.activityId),
        q,
      ).toEqual([id])
    expect((await found(as.applicant, '序言'))[0]?.hits).toEqual([{ seconds: 83, text: '先读《序言》' }])
    expect([await found(as.applicant, '没有这样的话'), await found(as.stranger, '序言')]).toEqual([[], []])
    expect((await view(as.applicant, id)).recording).toMatchObject({ mediaId, kind: 'video', hasCaptions: true })

    const part = await as.applicant.request('GET', `${at}/${id}/recording/content`, undefined, { range: 'bytes=2-5' })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4])
    expect(await (await as.applicant.get(`${at}/${id}/recording/texts/captions`)).text()).toContain('序言')
    expect((await as.applicant.get(`/api/media/items/${mediaId}/content`)).status).toBe(404)
    expect((await as.stranger.get(`${at}/${id}/recording/content`)).status).toBe(404)
    await json(await as.secretary.delete(`${at}/${id}/recording`), 204)
    expect([(await view(as.applicant, id)).recording, await found(as.applicant, '序言')]).toEqual([null, []])
  })

  test('of many is read page by page, each once', async () => {
    const mediaId = await film(as.secretary)
    const made = []
    for (const title of ['第一讲', '第二讲', '第三讲'].map((it) => `系列讲座${it}`)) {
      made.push(await announced({ title }))
      await json(await as.secretary.put(`${at}/${made.at(-1)}/recording`, { mediaId }), 204)
    }
    const read: string[] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const query: string = `q=${encodeURIComponent('系列讲座')}&limit=2${next && `&cursor=${next}`}`
      const page: { items: RecordingRow[]; next?: string } = await json(
        await as.applicant.get(`${at}/recordings?${query}`),
      )
      read.push(...page.items.map((it) => it.activityId))
      next = page.next
    }
    expect(read.toSorted()).toEqual(made.toSorted())
    expect((await as.applicant.get(`${at}/recordings?cursor=bm9uc2Vuc2U`)).status).toBe(400)
  })

  test('is put up only where those in it were asked', async () => {
    const id = await announced()
    const mediaId = await film(as.secretary, 'unknown')
    const put = async () => (await (await as.secretary.put(`${at}/${id}/recording`, { mediaId })).json()).detail
    expect(await put()).toContain('“讲座录像.mp4”里的人还没有问过是否同意公开。')
    const said = {
      altText: '读书方法漫谈全程',
      credit: '',
      showsPersons: 'unknown',
      consentNote: null,
      consentOn: null,
    }
    const { headers } = await as.secretary.get(`/api/media/items/${mediaId}`)
    const tag = { 'if-match': headers.get('etag') ?? '' }
    expect((await as.secretary.request('PATCH', `/api/media/items/${mediaId}`, said, tag)).status).toBe(204)
    expect(await put()).toContain('“读书方法漫谈全程”里的人还没有问过是否同意公开。')
  })

  test('that was withdrawn is shown no longer', async () => {
    const id = await announced()
    const mediaId = await film(as.secretary)
    await json(await as.secretary.put(`${at}/${id}/recording`, { mediaId }), 204)
    await json(await as.secretary.post(`/api/media/items/${mediaId}/withdrawal`, { reason: '主讲人要求' }), 204)
    expect((await view(as.applicant, id)).recording).toBeNull()
    const { items } = await json<{ items: RecordingRow[] }>(await as.applicant.get(`${at}/recordings`))
    expect(items.map((it) => it.activityId)).not.toContain(id)
    expect((await as.applicant.get(`${at}/${id}/recording/content`)).status).toBe(409)
  })
})

describe('what changes', () => {
  test('is told to all pages, and of what waits only that it is not shown', async () => {
    const id = await opened({ isModerated: true })
    const page = await listening<Change>(app, as.applicant, `${at}/${id}/live`, 'zhibu_lectures', id)
    const { until } = page
    const question = await ask(as.secretary, id, '还没有公开的提问')
    expect(await until((it) => !it.anew)).toEqual({ questions: [], gone: [question] })
    await as.secretary.post(`${at}/${id}/questions/${question}/release`)
    expect(await until((it) => !it.anew)).toMatchObject({ questions: [{ id: question, askerName: null }], gone: [] })
    await as.secretary.request('PUT', `${at}/${id}/notes`, { text: '记一笔' }, { 'if-match': '"0"' })
    expect(await until((it) => !it.anew)).toEqual({ notes: 1 })
    await as.secretary.post(`${at}/${id}/closing`)
    expect(await until((it) => !it.anew)).toMatchObject({ session: { isOpen: false } })
    await page.leave()
  })

  test('of one account is told to six pages at most', async () => {
    const id = await opened()
    const answers = await Promise.all(Array.from({ length: 7 }, () => as.organiser.get(`${at}/${id}/live`)))
    expect(answers.map((it) => it.status).sort()).toEqual([...Array(6).fill(200), 429])
    await Promise.all(answers.map((it) => it.body?.cancel()))
  })
})

test('a page is read in a fixed number of statements', async () => {
  const id = await opened()
  await ask(as.applicant, id, '第一个问题')
  const few = await statementsOf(() => as.applicant.get(`${at}/${id}`))
  const [row] = await look((db) => db.select().from(tables.lectureQuestions).where(sql`activity_id = ${id}`))
  if (!row) throw new Error('nothing was asked')
  await look((db) =>
    db
      .insert(tables.lectureQuestions)
      .values(Array.from({ length: 40 }, (_, n) => ({ ...row, id: crypto.randomUUID(), seq: n + 2 }))),
  )
  expect((await view(as.secretary, id)).questions).toHaveLength(41)
  expect(await statementsOf(() => as.applicant.get(`${at}/${id}`))).toBe(few)
})

describe('a reminder', () => {
  const remind = (clock: string, on: string = today) =>
    remindOfLectures(app.database, {
      ...{ now: new Date(`${on}T${clock}:00+08:00`), baseUrl: 'http://zhibu.test' },
    })
  const remindersOf = async (id: string) => {
    const { tenantId } = build
    return app.database.transaction(wholeUniversity(tenantId), async (db) => {
      const sent = await db
        .select()
        .from(notices)
        .where(sql`source = 'lecture' and source_key like ${`lecture:${id}:%`}`)
      for (const it of sent) await deliver(app.database, { tenantId, noticeId: it.id })
      return sent
    })
  }

  test('goes once, within the hour before, to those who have a place', async () => {
    const id = await announced({ title: '提醒的讲座', signUp: { capacity: 1, untilOn: null } })
    await json(await as.applicant.request('PUT', `/api/activities/${id}/sign-ups/own`), 204)
    await json(await as.secretary.request('PUT', `/api/activities/${id}/sign-ups/own`), 204)
    await remind('12:59')
    await remind('14:00')
    expect(await remindersOf(id)).toEqual([])
    await Promise.all([remind('13:00'), remind('13:01')])
    await remind('13:59')
    const [sent, ...others] = await remindersOf(id)
    expect([others, sent?.title, sent?.sentAt === null]).toEqual([[], '即将开始：提醒的讲座', false])
    expect(sent?.tellUntilAt).toEqual(new Date(`${today}T14:00:00+08:00`))
    const told = await app.database.transaction(wholeUniversity(build.tenantId), (db) =>
      db
        .select()
        .from(noticeDeliveries)
        .where(sql`notice_id = ${sent?.id ?? ''}`),
    )
    expect(told.map((it) => it.personId)).toEqual([build.wang.id])
  })

  test('goes to nobody where nobody has signed up, or it is cancelled', async () => {
    const [empty, off] = [
      await announced({ signUp: { capacity: null, untilOn: null } }),
      await announced({ signUp: { capacity: null, untilOn: null } }),
    ]
    await json(await as.applicant.request('PUT', `/api/activities/${off}/sign-ups/own`), 204)
    await json(await as.secretary.post(`/api/activities/${off}/cancellation`, { reason: '场地被占用' }), 204)
    await remind('13:30')
    expect([await remindersOf(empty), await remindersOf(off)]).toEqual([[], []])
  })
})
