import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testApp } from '../../../test/app.ts'
import { statementsOf, today } from '../../../test/factories.ts'
import { trainings } from '../../../test/trainings.ts'
import { newId } from '../../platform/ids.ts'
import { journal } from '../../platform/journal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { examBanks, examCandidates, examConfirmations, exams } from '../exams/tables.ts'
import { notices } from '../notices/tables.ts'
import type { AcceptedView } from './acceptance-schema.ts'
import type {
  AssignmentFields,
  AssignmentsView,
  OwnReflection,
  Prompt,
  QuotationShelf,
  ReflectionRow,
  ReflectionView,
} from './reflection-schema.ts'
import {
  trainingProgrammes,
  trainingQuotations,
  trainingReflections,
  trainingReflectionVersions,
  trainingRemarks,
} from './tables.ts'

const app = await testApp()
const { build } = app
const { tenantId, look, wang, zhao, sun, li } = build
const { as, at, json, tagged, programme, decide, close } = await trainings(app)
beforeEach(() => {
  app.clock.at = new Date(app.clock.at.getTime() + 60_000)
})

const textOf = (...paragraphs: string[]): RichText => ({
  type: 'doc',
  content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})
const prompt = (title = '学党章的体会', more: Partial<Prompt> = {}): Prompt => ({
  ...{ id: randomUUID(), title, about: '', hintCharacters: null },
  ...more,
})
const settle = (id: string, fields: Partial<AssignmentFields>, by = as.partySchool) =>
  tagged(by, 'PUT', `${at}/${id}/assignments`, `${at}/${id}/assignments`, { prompts: [], examId: null, ...fields })
const assigned = async (by: Browser, id: string) => json<AssignmentsView>(await by.get(`${at}/${id}/assignments`))
const ownAt = (id: string, of: Prompt) => `${at}/${id}/reflections/own/${of.id}`
const own = async (by: Browser, id: string, of: Prompt) => json<OwnReflection>(await by.get(ownAt(id, of)))
const write = (by: Browser, id: string, of: Prompt, text: RichText) =>
  tagged(by, 'PUT', ownAt(id, of), ownAt(id, of), { text })
const handIn = (by: Browser, id: string, of: Prompt) => tagged(by, 'POST', `${ownAt(id, of)}/handing-in`, ownAt(id, of))
const listed = async (by: Browser, id: string, query = '') =>
  json<{ items: ReflectionRow[]; next?: string }>(await by.get(`${at}/${id}/reflections?${query}`))
const read = async (by: Browser, id: string, version?: number) =>
  json<ReflectionView>(await by.get(`${at}/reflections/${id}${version ? `?version=${version}` : ''}`))
const remark = (by: Browser, id: string, more: object = {}) =>
  by.post(`${at}/reflections/${id}/remarks`, {
    ...{ version: 1, block: 0, quote: '', text: '这里请写得具体一些' },
    ...more,
  })
const answer = (by: Browser, id: string, text = '已经补上') =>
  by.post(`${at}/reflections/remarks/${id}/answers`, { text })
const offer = (by: Browser, id: string, more: object = {}) =>
  by.post(`${at}/reflections/${id}/quotations`, { quote, isSigned: false, consents: true, ...more })
const quote = '入党誓词的每一句都要落在行动上'

/** A programme with one prompt, of whose participants the applicant has handed in, and in which two assess. */
async function handedIn(text = textOf('第一段写过程。', `我想，${quote}。`)) {
  const id = await programme([wang, li])
  const asked = prompt()
  await json(await settle(id, { prompts: [asked] }), 204)
  await json(await as.partySchool.put(`${at}/${id}/acceptance/assessors`, { personIds: [zhao.id, sun.id] }), 204)
  await json(await write(as.applicant, id, asked, text), 204)
  await json(await handIn(as.applicant, id, asked), 204)
  const [row] = (await listed(as.partySchool, id)).items
  return { id, asked, reflectionId: row?.id ?? '' }
}

describe('a prompt', () => {
  test('is settled by whoever runs the programme, read by its participants, and stays once somebody has handed in', async () => {
    const { id, asked } = await handedIn()
    expect(await assigned(as.applicant, id)).toMatchObject({
      prompts: [asked],
      own: [{ promptId: asked.id, versions: 1, unanswered: 0 }],
      ...{ handedIn: null, notCandidates: null, can: { settle: false, read: false, write: true } },
    })
    expect(await assigned(as.partySchool, id)).toMatchObject({
      ...{ own: null, handedIn: [{ promptId: asked.id, people: 1 }], can: { settle: true, read: true, write: false } },
    })
    expect((await settle(id, { prompts: [] })).status).toBe(400)
    await json(await settle(id, { prompts: [{ ...asked, title: '学党章的新体会' }, prompt('实践的收获')] }), 204)
    expect((await settle(id, { prompts: [asked] }, as.applicant)).status).toBe(403)
    expect((await as.stranger.get(`${at}/${id}/assignments`)).status).toBe(404)
    expect((await as.publicity.get(`${at}/${id}/reflections`)).status).toBe(403)
  })

  test('goes with a copy of the programme, without what was written to it and without the examination', async () => {
    const { id, asked } = await handedIn()
    const wanted = { title: '春季培训班', year: 2027, term: 'spring', firstOn: '2027-03-01' }
    const copy = await json<{ id: string }>(await as.partySchool.post(`${at}/${id}/copies`, wanted), 201)
    const view = await assigned(as.partySchool, copy.id)
    expect(view).toMatchObject({ prompts: [{ title: asked.title }], exam: null, handedIn: [{ people: 0 }] })
    expect(view.prompts[0]?.id).not.toBe(asked.id)
  })

  test('written on an older reading is refused', async () => {
    const id = await programme([wang])
    const body = { prompts: [prompt()], examId: null }
    const put = () => as.partySchool.request('PUT', `${at}/${id}/assignments`, body, { 'if-match': '"0"' })
    await json(await put(), 204)
    expect((await put()).status).toBe(412)
  })

  test.each<[what: string, prompts: object[]]>([
    ['seven of them', Array.from({ length: 7 }, () => prompt())],
    ['one twice', [prompt('同一题', { id: newId() })].flatMap((it) => [it, it])],
    ['without a title', [prompt(' ')]],
    ['with a hint of 99', [prompt('题目', { hintCharacters: 99 })]],
    ['with a hint of 20001', [prompt('题目', { hintCharacters: 20_001 })]],
  ])('is refused: %s', async (_, prompts) => {
    const id = await programme([])
    expect((await settle(id, { prompts: prompts as Prompt[] })).status).toBe(400)
    expect((await settle(id, { prompts: [prompt('题目', { hintCharacters: 100 })] })).status).toBe(204)
  })
})

describe('what is written', () => {
  test('is read by its author alone before it is handed in, and leaves no trace of when it was written', async () => {
    const id = await programme([wang, li])
    const asked = prompt()
    await json(await settle(id, { prompts: [asked] }), 204)
    const before = await look((db) => db.$count(journal))
    await json(await write(as.applicant, id, asked, textOf('只有我知道')), 204)
    expect(await look((db) => db.$count(journal))).toBe(before)
    expect((await own(as.applicant, id, asked)).text).toEqual(textOf('只有我知道'))
    expect((await own(as.secretary, id, asked)).text).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] })
    const [row] = await look((db) =>
      db.select().from(trainingReflections).where(eq(trainingReflections.programmeId, id)),
    )
    for (const by of [as.applicant, as.partySchool, as.secretary, as.siblingSecretary])
      expect((await by.get(`${at}/reflections/${row?.id}`)).status).toBe(404)
    expect((await listed(as.partySchool, id)).items).toEqual([])
  })

  test('from two windows is not overwritten', async () => {
    const id = await programme([wang])
    const asked = prompt()
    await json(await settle(id, { prompts: [asked] }), 204)
    const put = (text: string, revision: number) =>
      as.applicant.request('PUT', ownAt(id, asked), { text: textOf(text) }, { 'if-match': `"${revision}"` })
    const first = await Promise.all([put('左窗', 0), put('右窗', 0)])
    expect(first.map((it) => it.status).sort()).toEqual([204, 412])
    const second = await Promise.all([put('左窗二', 1), put('右窗二', 1)])
    expect(second.map((it) => it.status).sort()).toEqual([204, 412])
    expect((await put('旧的', 1)).status).toBe(412)
    expect(second.find((it) => it.status === 204)?.headers.get('etag')).toBe('"2"')
  })

  test.each<[what: string, by: 'siblingSecretary' | 'applicant', text: RichText, status: number]>([
    ['by who has no place', 'siblingSecretary', textOf('我也想写'), 409],
    [
      'with a picture',
      'applicant',
      { type: 'doc', content: [{ type: 'picture', attrs: { mediaId: newId(), alt: '', caption: '', width: 'full' } }] },
      400,
    ],
    [
      'with what the editor never makes',
      'applicant',
      { type: 'doc', content: [{ type: 'script' }] } as unknown as RichText,
      400,
    ],
    ['plain', 'applicant', textOf('我的体会'), 204],
  ])('%s', async (_, by, text, status) => {
    const id = await programme([wang])
    const asked = prompt()
    await json(await settle(id, { prompts: [asked] }), 204)
    expect((await as[by].request('PUT', ownAt(id, asked), { text }, { 'if-match': '"0"' })).status).toBe(status)
  })

  test('is handed in again and again, each time as it was; not blank, not unchanged, and not once the programme is closed', async () => {
    const id = await programme([wang])
    const asked = prompt()
    await json(await settle(id, { prompts: [asked] }), 204)
    expect((await handIn(as.applicant, id, asked)).status).toBe(409)
    await json(await write(as.applicant, id, asked, textOf(' ')), 204)
    expect((await handIn(as.applicant, id, asked)).status).toBe(409)
    for (const text of ['第一稿', '第二稿']) {
      await json(await write(as.applicant, id, asked, textOf(text)), 204)
      await json(await handIn(as.applicant, id, asked), 204)
      expect((await handIn(as.applicant, id, asked)).status).toBe(409)
    }
    const [row] = (await listed(as.partySchool, id)).items
    expect(row?.versions).toBe(2)
    expect((await read(as.partySchool, row?.id ?? '')).text).toEqual(textOf('第二稿'))
    expect((await read(as.partySchool, row?.id ?? '', 1)).text).toEqual(textOf('第一稿'))
    expect((await as.partySchool.get(`${at}/reflections/${row?.id}?version=3`)).status).toBe(404)
    await decide(id, [wang])
    await close(id)
    expect((await write(as.applicant, id, asked, textOf('第三稿'))).status).toBe(409)
    expect((await handIn(as.applicant, id, asked)).status).toBe(409)
    expect((await read(as.applicant, row?.id ?? '')).text).toEqual(textOf('第二稿'))
  })

  test('of one and of many is listed in as many statements', async () => {
    const { id, asked } = await handedIn()
    const ask = () => statementsOf(() => as.partySchool.get(`${at}/${id}/reflections`))
    const one = await ask()
    await json(await write(as.secretary, id, asked, textOf('另一位的')), 204)
    await json(await handIn(as.secretary, id, asked), 204)
    expect(await ask()).toBe(one)
    const first = await listed(as.partySchool, id, 'limit=1')
    const second = await listed(as.partySchool, id, `limit=1&cursor=${first.next}`)
    expect([...first.items, ...second.items].map((it) => it.person)).toEqual([wang.name, li.name])
    expect((await listed(as.partySchool, id, `promptId=${newId()}`)).items).toEqual([])
  })
})

describe('what was handed in', () => {
  test('is read by its author, those who assess and who run the programme, and for everybody else it is not there', async () => {
    const { id, reflectionId } = await handedIn()
    for (const by of [
      as.applicant,
      as.siblingSecretary,
      as.distantSecretary,
      as.partySchool,
      as.organiser,
      as.department,
    ])
      expect((await by.get(`${at}/reflections/${reflectionId}`)).status).toBe(200)
    // The secretary of the branch takes part; who takes part reads no others, unless they run the programme.
    for (const by of [as.otherOrganiser, as.publicity]) {
      expect((await by.get(`${at}/reflections/${reflectionId}`)).status).toBe(404)
      expect((await remark(by, reflectionId)).status).toBe(404)
    }
    expect((await listed(as.siblingSecretary, id)).items).toHaveLength(1)
    const cancelled = (cancelledAt: Date | null) =>
      look((db) => db.update(trainingProgrammes).set({ cancelledAt }).where(eq(trainingProgrammes.id, id)))
    await cancelled(new Date())
    expect((await as.siblingSecretary.get(`${at}/reflections/${reflectionId}`)).status).toBe(404)
    await cancelled(null)
    await json(await as.partySchool.put(`${at}/${id}/acceptance/assessors`, { personIds: [] }), 204)
    expect((await as.distantSecretary.get(`${at}/reflections/${reflectionId}`)).status).toBe(404)
  })

  test('lies in rows that no office opens', async () => {
    const { reflectionId } = await handedIn()
    await json(await remark(as.siblingSecretary, reflectionId), 201)
    await json(await offer(as.applicant, reflectionId), 201)
    const tables = [trainingReflections, trainingReflectionVersions, trainingRemarks, trainingQuotations]
    const seen = (actor: typeof build.actors.secretary) =>
      Promise.all(tables.map((table) => build.as(actor, (ctx) => ctx.db.$count(table, eq(table.personId, wang.id)))))
    expect(await seen(build.actors.department)).toEqual([0, 0, 0, 0])
    expect((await seen(build.actors.applicant)).every((it) => it > 0)).toBe(true)
    expect((await seen(build.actors.siblingSecretary)).map((it) => it > 0)).toEqual([false, false, true, false])
  })

  test('has remarks to a passage, with answers, and its author is told once of each version and reader', async () => {
    const { id, asked, reflectionId } = await handedIn()
    const { id: first } = await json<{ id: string }>(
      await remark(as.siblingSecretary, reflectionId, { block: 1, quote: '落在行动上', text: '举一个例子' }),
      201,
    )
    await json(await remark(as.siblingSecretary, reflectionId), 201)
    expect((await assigned(as.applicant, id)).own).toMatchObject([{ unanswered: 2 }])
    await json(await answer(as.applicant, first, '补了志愿服务的例子'), 201)
    await json(await answer(as.siblingSecretary, first, '很好'), 201)
    expect((await assigned(as.applicant, id)).own).toMatchObject([{ unanswered: 1 }])
    await json(await write(as.applicant, id, asked, textOf('改过的')), 204)
    await json(await handIn(as.applicant, id, asked), 204)
    const { remarks, version } = await read(as.distantSecretary, reflectionId)
    expect(version).toBe(2)
    expect(remarks).toMatchObject([
      {
        ...{ version: 1, block: 1, quote: '落在行动上', text: '举一个例子', by: zhao.name, isAuthor: false },
        answers: [
          { by: wang.name, isAuthor: true, text: '补了志愿服务的例子' },
          { by: zhao.name, isAuthor: false, text: '很好' },
        ],
      },
      { version: 1, block: 0, quote: '', answers: [] },
    ])
    const told = await look((db) => db.select().from(notices).where(eq(notices.title, '心得有旁注：秋季培训班')))
    const ofThis = told.filter((it) => it.sourceKey?.includes(reflectionId))
    expect(ofThis.map((it) => [it.audience.personIds, it.body.includes('举一个例子')])).toEqual([[[wang.id], false]])
  })

  test.each<[what: string, by: 'applicant' | 'partySchool', body: object, status: number]>([
    ['by its author', 'applicant', {}, 409],
    ['to a version that is none', 'partySchool', { version: 2 }, 404],
    ['to a paragraph behind the last', 'partySchool', { block: 2 }, 400],
    ['to the last paragraph', 'partySchool', { block: 1 }, 201],
    ['to words of another paragraph', 'partySchool', { block: 0, quote: '落在行动上' }, 400],
    ['of one letter', 'partySchool', { text: '好' }, 400],
  ])('takes no remark or one %s', async (_, by, body, status) => {
    const { reflectionId } = await handedIn()
    expect((await remark(as[by], reflectionId, body)).status).toBe(status)
  })

  test('an answer is to a remark, and not to an answer', async () => {
    const { reflectionId } = await handedIn()
    const { id } = await json<{ id: string }>(await remark(as.partySchool, reflectionId), 201)
    const { id: said } = await json<{ id: string }>(await answer(as.applicant, id), 201)
    expect((await answer(as.partySchool, said)).status).toBe(409)
    expect((await answer(as.publicity, id)).status).toBe(404)
    expect((await answer(as.applicant, newId())).status).toBe(404)
  })
})

describe('a passage', () => {
  const shelf = async (by: Browser, id: string) =>
    (await json<QuotationShelf>(await by.get(`${at}/${id}/quotations`))).items
  const show = (by: Browser, id: string, isShown = true) =>
    by.put(`${at}/reflections/quotations/${id}/shelf`, { isShown })
  const withdraw = (by: Browser, id: string) => by.post(`${at}/reflections/quotations/${id}/withdrawal`)

  test('is shown with the consent of its author, with or without the name, until it is taken back', async () => {
    const { id, reflectionId } = await handedIn()
    const { id: quotationId } = await json<{ id: string }>(await offer(as.applicant, reflectionId), 201)
    expect([await shelf(as.organiser, id), (await shelf(as.applicant, id)).length]).toEqual([
      [{ id: quotationId, quote, signature: '', consentedOn: today, isShown: false, isOwn: false }],
      1,
    ])
    expect(await shelf(as.publicity, id)).toEqual([])
    expect((await show(as.applicant, quotationId)).status).toBe(403)
    expect((await show(as.publicity, quotationId)).status).toBe(404)
    await json(await show(as.partySchool, quotationId), 204)
    expect(await shelf(as.publicity, id)).toMatchObject([{ quote, signature: '', isShown: true }])
    expect((await withdraw(as.partySchool, quotationId)).status).toBe(403)
    await json(await withdraw(as.applicant, quotationId), 204)
    expect((await withdraw(as.applicant, quotationId)).status).toBe(409)
    expect((await show(as.partySchool, quotationId)).status).toBe(409)
    expect([await shelf(as.publicity, id), await shelf(as.partySchool, id), await shelf(as.applicant, id)]).toEqual([
      [],
      [],
      [],
    ])
    expect((await read(as.applicant, reflectionId)).quotations).toMatchObject([
      { consentedOn: today, withdrawnOn: today, shownSince: null },
    ])
    expect((await read(as.partySchool, reflectionId)).quotations).toEqual([])
    await json(await offer(as.applicant, reflectionId, { isSigned: true }), 201)
    expect(await shelf(as.applicant, id)).toMatchObject([{ signature: wang.name, isOwn: true }])
  })

  test('that is offered twice at once is offered once, so that taking it back takes it back', async () => {
    const { reflectionId } = await handedIn()
    const twice = await Promise.all([1, 2, 3].map(() => offer(as.applicant, reflectionId)))
    expect(twice.map((it) => it.status).sort()).toEqual([201, 400, 400])
    expect((await read(as.applicant, reflectionId)).quotations).toHaveLength(1)
  })

  test.each<[what: string, more: object, status: number]>([
    ['without consent', { consents: false }, 400],
    ['that was never written', { quote: '这句话我从来没有写过，是别人加的' }, 400],
    ['of nine characters', { quote: quote.slice(0, 9) }, 400],
    ['of ten characters', { quote: quote.slice(0, 10) }, 201],
  ])('%s', async (_, more, status) => {
    const { reflectionId } = await handedIn()
    expect((await offer(as.applicant, reflectionId, more)).status).toBe(status)
    expect((await offer(as.partySchool, reflectionId)).status).toBe(403)
    expect((await offer(as.publicity, reflectionId)).status).toBe(404)
  })
})

describe('beside a decision', () => {
  /** An examination of the college. */
  async function exam(): Promise<string> {
    const [bankId, examId] = [newId(), newId()]
    const { id: organizationId, path } = build.college
    await look(async (db) => {
      await db
        .insert(examBanks)
        .values({ tenantId, id: bankId, organizationId, path, title: '题库', summary: '', createdBy: '某' })
      await db.insert(exams).values({
        ...{ tenantId, id: examId, organizationId, path, title: '结业考试', summary: '', form: 'online', minutes: 60 },
        ...{
          attempts: 1,
          passAt: 5,
          explains: 'afterEach',
          createdBy: '某',
          opensAt: new Date(),
          closesAt: new Date(),
        },
        paper: {
          ...{ way: 'fixed', bankIds: [bankId], draws: [], questionIds: [], isShuffled: false },
          worth: { single: 10, multiple: 10, judgement: 10, blank: 10 },
        },
      })
    })
    return examId
  }
  const confirm = (examId: string, isPassed: boolean, takenBackAt: Date | null = null) =>
    look((db) =>
      db.insert(examConfirmations).values({
        ...{ tenantId, id: newId(), examId, personId: wang.id, earned: 97, total: 100, isPassed, satOn: '2026-11-20' },
        ...{ confirmedAt: new Date(), confirmedBy: '某', takenBackAt },
      }),
    )
  const preconditions = async (id: string) =>
    (
      await json<AcceptedView>(await as.partySchool.get(`${at}/${id}/acceptance/participants/${wang.id}`))
    ).preconditions.map((it) => [it.isMet, it.text])

  test('stands whether everything asked was handed in, and never how it is', async () => {
    const id = await programme([wang])
    expect(await preconditions(id)).toEqual([])
    const [first, second] = [prompt('第一题'), prompt('第二题')]
    await json(await settle(id, { prompts: [first, second] }), 204)
    expect(await preconditions(id)).toEqual([[false, '学习心得 2 篇，已交 0 篇。']])
    for (const [at, asked] of [first, second].entries()) {
      await json(await write(as.applicant, id, asked, textOf('体会')), 204)
      expect((await preconditions(id))[0]?.[1]).toBe(`学习心得 2 篇，已交 ${at} 篇。`)
      await json(await handIn(as.applicant, id, asked), 204)
    }
    expect(await preconditions(id)).toEqual([[true, '学习心得 2 篇，已交 2 篇。']])
    expect(
      (await json<{ own: { preconditions: object[] } }>(await as.applicant.get(`${at}/${id}/acceptance`))).own
        .preconditions,
    ).toHaveLength(1)
    // It never passes or fails anybody.
    await decide(id, [wang])
  })

  test('stands whether somebody confirmed that the examination was passed, and never the grade', async () => {
    const id = await programme([wang, li])
    const examId = await exam()
    await json(await settle(id, { examId }), 204)
    const open = [[false, '考试“结业考试”还没有确认合格的成绩。']]
    expect(await preconditions(id)).toEqual(open)
    await confirm(examId, true, new Date())
    expect(await preconditions(id)).toEqual(open)
    await confirm(examId, false)
    expect(await preconditions(id)).toEqual(open)
    await look((db) => db.delete(examConfirmations).where(eq(examConfirmations.examId, examId)))
    await confirm(examId, true)
    expect(await preconditions(id)).toEqual([[true, '考试“结业考试”合格，2026年11月20日，已确认。']])
    const page = await (await as.partySchool.get(`${at}/${id}/acceptance/participants`)).text()
    expect(page).not.toContain('97')
  })

  test('the participants become the candidates of the examination, and again after the list has changed', async () => {
    const id = await programme([wang])
    const examId = await exam()
    const candidates = async () =>
      (await look((db) => db.select().from(examCandidates).where(eq(examCandidates.examId, examId)))).map(
        (it) => it.personId,
      )
    await json(await settle(id, { examId }), 204)
    expect(await candidates()).toEqual([wang.id])
    await json(await as.partySchool.post(`${at}/${id}/participants`, { personIds: [li.id], reason: '补录' }), 201)
    expect((await assigned(as.partySchool, id)).notCandidates).toBe(1)
    await json(await as.partySchool.post(`${at}/${id}/assignments/candidates`), 204)
    expect((await candidates()).sort()).toEqual([wang.id, li.id].sort())
    expect((await assigned(as.partySchool, id)).notCandidates).toBe(0)
    const none = await programme([wang])
    expect((await as.partySchool.post(`${at}/${none}/assignments/candidates`)).status).toBe(409)
    expect((await settle(none, { examId: newId() })).status).toBe(404)
  })

  test('many participants are listed in as many statements as one', async () => {
    const ask = async (who: (typeof wang)[]) => {
      const id = await programme(who)
      await json(await settle(id, { prompts: [prompt()], examId: await exam() }), 204)
      return statementsOf(() => as.partySchool.get(`${at}/${id}/acceptance/participants`))
    }
    expect(await ask([wang, zhao, li])).toBe(await ask([wang]))
  })
})
