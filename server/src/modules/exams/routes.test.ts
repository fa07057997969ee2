import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { encryption, statementsOf } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import type { NewQuestion } from '../quizzes/schema.ts'
import type { AttemptView, PaperAnswer } from './attempt-schema.ts'
import type { BankReading, BankView } from './bank-schema.ts'
import { setCandidates } from './candidates.ts'
import { collectOverdue } from './jobs.ts'
import { graceMs } from './names-schema.ts'
import { resultsOf } from './results.ts'
import type { CandidateRow, ExamList, ExamSettings, ExamView, OwnExam, ResultsImport } from './schema.ts'
import * as tables from './tables.ts'

const app = await testApp()
const { build, clock } = app
const { look } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/exams'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = clock.at.getTime()
const after = (ms: number) => new Date(start + ms).toISOString()

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
}
/** At another time; the clock is put back. */
async function when<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const before = clock.at
  const sessions = { ...as }
  clock.at = new Date(start + ms)
  // A session does not last a day.
  for (const actor of ['secretary', 'applicant'] as const) as[actor] = await app.signedIn(app.accounts[actor])
  try {
    return await work()
  } finally {
    clock.at = before
    Object.assign(as, sessions)
  }
}

const options = (...texts: string[]) => texts.map((it) => ({ text: it.replace('*', ''), isRight: it.startsWith('*') }))
const single: NewQuestion = {
  ...{ kind: 'single', text: '党的基层委员会每届任期几年？', options: options('三年', '*五年', '十年'), accepted: [] },
  ...{ explanation: '基层委员会任期五年。', source: '党章第三十一条' },
}
const multiple: NewQuestion = {
  ...single,
  kind: 'multiple',
  text: '哪些是三会一课？',
  options: options('*党课', '*支部委员会', '茶话会'),
}
const judgement: NewQuestion = {
  ...single,
  kind: 'judgement',
  text: '预备党员有表决权。',
  options: options('正确', '*错误'),
}
const blank: NewQuestion = { ...single, kind: 'blank', text: '预备期为____年。', options: [], accepted: ['一', '1'] }
const four = [single, multiple, judgement, blank]

async function banked(questions: readonly NewQuestion[] = four, organization = build.branch, by = as.secretary) {
  const { id } = await json<{ id: string }>(
    await by.post(`${at}/banks`, { organizationId: organization.id, title: '党章题库', summary: '' }),
    201,
  )
  await json(
    await by.post(`${at}/banks/${id}/questions`, {
      questions: questions.map((question) => ({ topic: '党章', question })),
    }),
    204,
  )
  return id
}
const bank = async (id: string) => json<BankView>(await as.secretary.get(`${at}/banks/${id}`))

const settings = (
  bankId: string,
  more: Partial<ExamSettings> = {},
  paper: Partial<ExamSettings['paper']> = {},
): ExamSettings => ({
  ...{
    title: '积极分子结业考试',
    summary: '闭卷。',
    form: 'online',
    minutes: 60,
    attempts: 2,
    passAt: 6,
    explains: 'afterEach',
  },
  ...{ opensAt: after(-hourMs), closesAt: after(24 * hourMs) },
  ...more,
  paper: {
    ...{ way: 'drawn', bankIds: [bankId], questionIds: [], isShuffled: false },
    draws: (['single', 'multiple', 'judgement', 'blank'] as const).map((kind) => ({ topic: '党章', kind, count: 1 })),
    worth: { single: 2, multiple: 3, judgement: 1, blank: 4 },
    ...paper,
  },
})
async function drafted(more: Partial<ExamSettings> = {}, paper: Partial<ExamSettings['paper']> = {}) {
  const bankId = await banked()
  const { id } = await json<{ id: string }>(
    await as.secretary.post(at, { organizationId: build.branch.id, ...settings(bankId, more, paper) }),
    201,
  )
  return { id, bankId }
}
async function published(
  more: Partial<ExamSettings> = {},
  candidates = [build.wang.id],
  paper: Partial<ExamSettings['paper']> = {},
) {
  const made = await drafted(more, paper)
  await json(await as.secretary.post(`${at}/${made.id}/candidates`, { personIds: candidates }), 204)
  await json(await as.secretary.request('PUT', `${at}/${made.id}/publication`), 204)
  return made
}
const own = async (id: string, by = as.applicant) => json<OwnExam>(await by.get(`${at}/${id}/own`))
const exam = async (id: string) => json<ExamView>(await as.secretary.get(`${at}/${id}`))
const candidates = async (id: string, by = as.secretary) =>
  (await json<{ items: CandidateRow[] }>(await by.get(`${at}/${id}/candidates`))).items
const begun = async (id: string, by = as.applicant) =>
  (await json<{ id: string }>(await by.post(`${at}/${id}/attempts`, {}), 201)).id
const seated = async (attemptId: string, by = as.applicant) =>
  (await json<{ seat: string }>(await by.post(`${at}/attempts/${attemptId}/seat`, {}))).seat
const view = async (attemptId: string, by = as.applicant) =>
  json<AttemptView>(await by.get(`${at}/attempts/${attemptId}`))
const save = (attemptId: string, seat: string, answers: PaperAnswer[], by = as.applicant) =>
  by.request('PUT', `${at}/attempts/${attemptId}/answers`, { seat, answers })
const handIn = (attemptId: string, seat: string, by = as.applicant) =>
  by.post(`${at}/attempts/${attemptId}/handing-in`, { seat })

/** Answers all that is right, but what is left out. */
async function rightly(attemptId: string, without: readonly NewQuestion['kind'][] = []): Promise<PaperAnswer[]> {
  const { questions } = await view(attemptId)
  return questions
    .filter((it) => !without.includes(it.kind))
    .map(({ id, kind, options: texts }) => {
      const question = four.find((it) => it.kind === kind) ?? single
      const choices = texts.flatMap((text, place) =>
        question.options.some((it) => it.text === text && it.isRight) ? [place] : [],
      )
      return { questionId: id, choices, text: kind === 'blank' ? '１' : '' }
    })
}
async function sat(id: string, without: readonly NewQuestion['kind'][] = []) {
  const attemptId = await begun(id)
  const seat = await seated(attemptId)
  await json(await save(attemptId, seat, await rightly(attemptId, without)), 204)
  await json(await handIn(attemptId, seat), 204)
  return attemptId
}

describe('a bank', () => {
  test('is read by whoever keeps it, and is nowhere for others', async () => {
    const id = await banked()
    const seen = async (actor: TestActor) => (await as[actor].get(`${at}/banks/${id}`)).status
    const all = await Promise.all(
      (['secretary', 'organiser', 'partySchool', 'siblingSecretary', 'applicant', 'publicity', 'auditor'] as const).map(
        seen,
      ),
    )
    expect(all).toEqual([200, 200, 200, 404, 404, 404, 403])
    expect(await bank(id)).toMatchObject({
      ...{ questionCount: 4, supply: four.map(({ kind }) => ({ topic: '党章', kind, count: 1 })) },
      questions: four.map((question) => ({ topic: '党章', question })),
    })
  })

  test('takes a file as a proposal, with topics, and names what it has already', async () => {
    const id = await banked()
    const file = '$CATEGORY: $course$/top/组织生活\n\n党小组会多久一次？{=每月 ~每年}\n\n预备期为{=一 =1}年。\n\n坏题{'
    const reading = await json<BankReading>(
      await as.secretary.send('POST', `${at}/banks/${id}/readings?form=gift`, file, {}),
    )
    expect(reading.questions.map((it) => [it.topic, it.question.text, it.repeats])).toEqual([
      ['组织生活', '党小组会多久一次？', null],
      ['组织生活', '预备期为____年。', { in: 'set', at: '第 4 题', isAnsweredOtherwise: false }],
    ])
    expect([reading.problems.length, (await bank(id)).questionCount]).toEqual([1, 4])
  })

  test('a question that is changed is another one: what was asked stays, what is drawn later is new', async () => {
    const { id, bankId } = await published({ passAt: 2 }, [build.wang.id], {
      draws: [{ topic: null, kind: 'single', count: 1 }],
    })
    const attemptId = await begun(id)
    const [before] = (await bank(bankId)).questions
    const changed = { topic: '党章', question: { ...single, text: '新的问法？' } }
    const put = () => as.secretary.request('PUT', `${at}/banks/${bankId}/questions/${before?.id}`, changed)
    await json(await put(), 204)
    // Whoever had read it before is told that it is another one now.
    expect((await put()).status).toBe(412)
    expect((await view(attemptId)).questions.map((it) => it.text)).toEqual([single.text])
    const [now] = (await bank(bankId)).questions
    expect([now?.question.text, now?.lineId, now?.id === before?.id]).toEqual(['新的问法？', before?.lineId, false])
    await json(await handIn(attemptId, await seated(attemptId)), 204)
    expect((await view(await begun(id))).questions.map((it) => it.text)).toEqual(['新的问法？'])
  })

  test('keeps what an examination that goes on needs', async () => {
    const { bankId } = await published()
    const [question] = (await bank(bankId)).questions
    const refused = await as.secretary.delete(`${at}/banks/${bankId}/questions/${question?.id}`)
    expect([refused.status, (await refused.json()).detail]).toEqual([
      409,
      expect.stringContaining('“党章”的单选题要 1 题，题库里有 0 题'),
    ])
    expect((await as.secretary.delete(`${at}/banks/${bankId}`)).status).toBe(409)
    expect((await bank(bankId)).questionCount).toBe(4)
    await when(25 * hourMs, async () =>
      json(await as.secretary.delete(`${at}/banks/${bankId}/questions/${question?.id}`), 204),
    )
  })
})

describe('an examination', () => {
  test('is seen by its candidates once it is published, and by nobody else', async () => {
    const { id } = await drafted()
    await json(await as.secretary.post(`${at}/${id}/candidates`, { personIds: [build.wang.id] }), 204)
    const seen = async () =>
      Promise.all(
        (['applicant', 'stranger', 'siblingSecretary'] as const).map(
          async (it) => (await as[it].get(`${at}/${id}/own`)).status,
        ),
      )
    expect(await seen()).toEqual([404, 404, 404])
    await json(await as.secretary.request('PUT', `${at}/${id}/publication`), 204)
    expect(await seen()).toEqual([200, 404, 404])
    const list = await json<ExamList>(await as.applicant.get(at))
    expect([list.own.find((it) => it.id === id)?.state, list.run, list.organizations]).toEqual(['open', [], []])
    expect(await own(id)).toMatchObject({ questionCount: 4, total: 10, attemptsLeft: 2, whyNot: null, best: null })
    expect((await as.applicant.get(`${at}/${id}`)).status).toBe(403)
  })

  test.each<[string, Partial<ExamSettings>, Partial<ExamSettings['paper']>, RegExp]>([
    ['no questions to draw', {}, { draws: [] }, /还没有填写抽哪些题/],
    [
      'too many to draw',
      {},
      { draws: [{ topic: null, kind: 'single', count: 2 }] },
      /单选题一共要 2 题，题库里有 1 题/,
    ],
    ['a pass mark out of reach', { passAt: 11 }, {}, /满分只有 10 分/],
  ])('is not published with %s', async (_, more, paper, message) => {
    const { id } = await drafted(more, paper)
    const { status, detail, fields } = await (await as.secretary.request('PUT', `${at}/${id}/publication`)).json()
    expect([
      status === 409 || status === 400,
      [detail, ...fields.map((it: { message: string }) => it.message)].join(),
    ]).toEqual([true, expect.stringMatching(message)])
  })

  test.each<[string, object, string]>([
    ['an end before its beginning', { closesAt: after(-2 * hourMs) }, 'closesAt'],
    ['no name', { title: ' ' }, 'title'],
    ['four minutes', { minutes: 4 }, 'minutes'],
    ['eleven attempts', { attempts: 11 }, 'attempts'],
    ['half a mark', { passAt: 1.5 }, 'passAt'],
  ])('with %s is refused at the field', async (_, more, path) => {
    const body = { organizationId: build.branch.id, ...settings(await banked()), ...more }
    const { status, fields } = await (await as.secretary.post(at, body)).json()
    expect([status, fields.map((it: { path: string }) => it.path)]).toEqual([400, [path]])
  })

  test('takes no questions out of a bank that somebody else keeps', async () => {
    const bankId = await banked(four, build.college, as.organiser)
    const { status, fields } = await (
      await as.secretary.post(at, { organizationId: build.branch.id, ...settings(bankId) })
    ).json()
    expect([status, fields[0].path]).toEqual([400, 'paper.bankIds'])
  })

  test('loses nothing where two change it at once, and is fair once somebody has begun', async () => {
    const { id, bankId } = await published()
    const { revision } = await exam(id)
    const change = (by: Browser, more: Partial<ExamSettings>, read = revision) =>
      by.request('PUT', `${at}/${id}`, settings(bankId, more), { 'if-match': `"${read}"` })
    expect(
      (await Promise.all([change(as.secretary, { summary: '甲' }), change(as.organiser, { summary: '乙' })]))
        .map((it) => it.status)
        .sort(),
    ).toEqual([204, 412])
    await begun(id)
    const now = (await exam(id)).revision
    const refused = async (more: Partial<ExamSettings>) =>
      (await (await change(as.secretary, more, now)).json()).fields?.[0]?.path
    expect([
      await refused({ minutes: 90 }),
      await refused({ passAt: 5 }),
      await refused({ attempts: 1 }),
      await refused({ closesAt: after(hourMs) }),
    ]).toEqual(['minutes', 'passAt', 'attempts', 'closesAt'])
    await json(await change(as.secretary, { closesAt: after(48 * hourMs), attempts: 3 }, now), 204)
    expect((await as.secretary.delete(`${at}/${id}/publication`)).status).toBe(409)
  })
})

describe('taking it', () => {
  test('tells nothing of what is right before it is handed in, and everything after it where that is shown', async () => {
    const { id } = await published()
    const attemptId = await begun(id)
    const asked = await view(attemptId)
    expect(asked.questions.map((it) => [it.kind, it.text, it.options, it.worth])).toEqual([
      ['single', single.text, ['三年', '五年', '十年'], 2],
      ['multiple', multiple.text, ['党课', '支部委员会', '茶话会'], 3],
      ['judgement', judgement.text, ['正确', '错误'], 1],
      ['blank', blank.text, [], 4],
    ])
    expect(JSON.stringify(asked)).not.toMatch(/isRight|accepted|基层委员会任期五年|党章第三十一条/)
    expect(JSON.stringify(await own(id))).not.toMatch(/isRight|accepted|任期五年/)
    const seat = await seated(attemptId)
    await json(await save(attemptId, seat, await rightly(attemptId, ['blank'])), 204)
    await json(await handIn(attemptId, seat), 204)
    const { handedIn } = await view(attemptId)
    expect(handedIn).toMatchObject({ by: 'person', earned: 6, total: 10, isPassed: true })
    expect(handedIn?.solved?.map((it) => [it.isRight, it.solution])).toEqual([
      [true, { choices: [1], accepted: [], explanation: '基层委员会任期五年。', source: '党章第三十一条' }],
      [true, expect.objectContaining({ choices: [0, 1] })],
      [true, expect.objectContaining({ choices: [1] })],
      [false, expect.objectContaining({ accepted: ['一', '1'] })],
    ])
  })

  test.each<[ExamSettings['explains'], boolean, boolean]>([
    ['afterEach', true, true],
    ['afterEnd', false, true],
    ['never', false, false],
  ])('shows what is right %s: at once %s, at the end %s', async (explains, atOnce, atEnd) => {
    const { id } = await published({ explains })
    const attemptId = await sat(id)
    const isShown = async () => (await view(attemptId)).handedIn?.solved !== null
    const end = 24 * hourMs + graceMs
    expect([await isShown(), await when(end, isShown), await when(end + 1_000, isShown)]).toEqual([
      atOnce,
      atOnce,
      atEnd,
    ])
  })

  test('keeps answers as they come: over a lost window, changed, taken back, and twice at once', async () => {
    const { id } = await published()
    // Pressed twice, it is begun once.
    const [attemptId = '', same] = await Promise.all([begun(id), begun(id)])
    expect(same).toBe(attemptId)
    const seat = await seated(attemptId)
    const [first, second] = (await view(attemptId)).questions
    const of = (questionId = '', choices: number[] = []): PaperAnswer => ({ questionId, choices, text: '' })
    await json(await save(attemptId, seat, [of(first?.id, [0]), of(second?.id, [0])]), 204)
    await json(await save(attemptId, seat, [of(first?.id, [2]), of(first?.id, [1]), of(second?.id)]), 204)
    expect((await view(attemptId)).answers).toEqual([of(first?.id, [1])])

    // Another window takes the paper over: it shows what was kept, and the first one is told.
    const other = await seated(attemptId)
    const refused = await save(attemptId, seat, [of(first?.id, [0])])
    expect([refused.status, (await refused.json()).detail]).toEqual([412, expect.stringContaining('另一个窗口')])
    expect((await handIn(attemptId, seat)).status).toBe(412)
    expect((await view(attemptId)).answers).toEqual([of(first?.id, [1])])
    await json(await handIn(attemptId, other), 204)
    await json(await handIn(attemptId, other), 204)
    expect((await save(attemptId, other, [of(first?.id, [0])])).status).toBe(409)
    expect(await own(id)).toMatchObject({ attemptsLeft: 1, best: { earned: 2, total: 10, isPassed: false } })
  })

  test.each<[string, (questions: AttemptView['questions']) => object, string]>([
    [
      'a question of another paper',
      () => ({ questionId: build.wang.id, choices: [0], text: '' }),
      'answers.0.questionId',
    ],
    ['two options of a 单选题', ([it]) => ({ questionId: it?.id, choices: [0, 1], text: '' }), 'answers.0.choices'],
    ['an option that there is not', ([, it]) => ({ questionId: it?.id, choices: [3], text: '' }), 'answers.0.choices'],
    ['words for a 判断题', ([, , it]) => ({ questionId: it?.id, choices: [], text: '对' }), 'answers.0.text'],
    ['an option of a 填空题', ([, , , it]) => ({ questionId: it?.id, choices: [0], text: '' }), 'answers.0.choices'],
  ])('takes no answer with %s', async (_, answer, path) => {
    const attemptId = await begun((await published()).id)
    const { status, fields } = await (
      await save(attemptId, await seated(attemptId), [answer((await view(attemptId)).questions) as PaperAnswer])
    ).json()
    expect([status, fields[0].path]).toEqual([400, path])
  })

  test('is over by the clock of the server: what is there is handed in, by whoever asks first or by itself', async () => {
    const { id } = await published()
    const attemptId = await begun(id)
    const seat = await seated(attemptId)
    const answers = await rightly(attemptId)
    await json(await save(attemptId, seat, answers.slice(0, 2)), 204)
    const end = 60 * minuteMs
    // An answer that was on its way still counts.
    await when(end + graceMs, async () => json(await save(attemptId, seat, answers.slice(2, 3)), 204))
    await when(end + graceMs + 1_000, async () => {
      expect((await save(attemptId, seat, answers)).status).toBe(409)
      await collectOverdue(app.database, clock.at)
      await collectOverdue(app.database, clock.at)
    })
    expect((await view(attemptId)).handedIn).toMatchObject({ by: 'time', earned: 6, at: after(end) })

    const second = await begun(id)
    await when(end + 1_000, async () => json(await handIn(second, '00000000-0000-4000-8000-000000000000'), 204))
    expect((await view(second)).handedIn).toMatchObject({ by: 'time', earned: 0 })
  })

  test.each<[string, number, number, number | null]>([
    ['before its beginning', -hourMs - 1_000, 409, null],
    ['at its beginning', -hourMs, 201, 60],
    ['half an hour before its end', 23.5 * hourMs, 201, 30],
    ['at its end', 24 * hourMs, 409, null],
  ])('begun %s', async (_, ms, status, minutes) => {
    const { id } = await published()
    await when(ms, async () => {
      const response = await as.applicant.post(`${at}/${id}/attempts`, {})
      expect(response.status).toBe(status)
      if (minutes === null) return
      const { startedAt, endsAt } = await view((await response.json()).id)
      expect((Date.parse(endsAt) - Date.parse(startedAt)) / minuteMs).toBe(minutes)
    })
  })

  test.each<[string, number | null, number]>([
    ['in the minutes that are left of theirs', 60, 23.5 * hourMs + 60 * minuteMs],
    ['until then, where only the end counts', null, 30 * hourMs],
  ])('goes on %s where the end is put off while somebody is writing', async (_, minutes, end) => {
    const { id, bankId } = await published({ minutes })
    await when(23.5 * hourMs, async () => {
      const attemptId = await begun(id)
      expect((await view(attemptId)).endsAt).toBe(after(24 * hourMs))
      const later = settings(bankId, { minutes, closesAt: after(30 * hourMs) })
      const tag = { 'if-match': `"${(await exam(id)).revision}"` }
      await json(await as.secretary.request('PUT', `${at}/${id}`, later, tag), 204)
      expect((await view(attemptId)).endsAt).toBe(after(end))
    })
  })

  test('is done as often as it may be, and no more; nobody else opens the paper', async () => {
    const { id } = await published()
    const attemptId = await sat(id, ['blank', 'multiple'])
    await sat(id)
    expect((await as.applicant.post(`${at}/${id}/attempts`, {})).status).toBe(409)
    expect(await own(id)).toMatchObject({
      attemptsLeft: 0,
      best: { earned: 10 },
      whyNot: '这场考试可以参加 2 次，您已经用完。',
    })
    const others = await Promise.all(
      (['secretary', 'organiser', 'partySchool', 'stranger'] as const).map(
        async (it) => (await as[it].get(`${at}/attempts/${attemptId}`)).status,
      ),
    )
    expect(others).toEqual([404, 404, 404, 404])
  })
})

describe('what is arranged for one candidate', () => {
  const arrangement = { moreMinutes: 30, opensAt: null, closesAt: null, isOnPaper: false, reason: '手腕骨折' }
  const path = (id: string) => `${at}/${id}/candidates/${build.wang.id}/arrangement`

  test('gives more minutes, also behind the end for all', async () => {
    const { id } = await published()
    await json(await as.secretary.request('PUT', path(id), arrangement), 204)
    const minutesAt = (ms: number) =>
      when(ms, async () => {
        const { startedAt, endsAt } = await view(await begun(id))
        return (Date.parse(endsAt) - Date.parse(startedAt)) / minuteMs
      })
    expect(await minutesAt(23.5 * hourMs)).toBe(60)
    expect((await own(id)).minutes).toBe(90)
  })

  test('gives more minutes to whoever is writing, and takes none away', async () => {
    const { id } = await published()
    const [attemptId, end] = [await begun(id), async () => Date.parse((await view(attemptId)).endsAt) - start]
    expect(await end()).toBe(60 * minuteMs)
    await json(await as.secretary.request('PUT', path(id), arrangement), 204)
    expect(await end()).toBe(90 * minuteMs)
    await json(await as.secretary.request('PUT', path(id), { ...arrangement, moreMinutes: 10 }), 204)
    await json(await as.secretary.delete(path(id)), 204)
    expect(await end()).toBe(90 * minuteMs)
  })

  test('gives other times, and paper', async () => {
    const { id } = await published()
    await json(
      await as.secretary.request('PUT', path(id), {
        ...arrangement,
        moreMinutes: null,
        opensAt: after(30 * hourMs),
        closesAt: after(31 * hourMs),
      }),
      204,
    )
    expect([(await own(id)).whyNot, await when(30 * hourMs, async () => (await own(id)).whyNot)]).toEqual([
      '考试还没有开始。',
      null,
    ])
    await json(await as.secretary.request('PUT', path(id), { ...arrangement, isOnPaper: true }), 204)
    expect(await own(id)).toMatchObject({ isOnPaper: true, whyNot: '这场考试您用纸笔作答，不在网上进行。' })
    await json(await as.secretary.delete(path(id)), 204)
    expect((await own(id)).whyNot).toBe(null)
  })

  test('has a reason that stands in no list, no file and no row in the clear; who reads it is written down', async () => {
    const { id } = await published()
    await json(await as.secretary.request('PUT', path(id), arrangement), 204)
    const list = await candidates(id)
    expect(list[0]?.arrangement).toEqual({ moreMinutes: 30, opensAt: null, closesAt: null, isOnPaper: false })
    const exported = await as.secretary.post(`${at}/${id}/exports`, {})
    const sheet = Buffer.from(await exported.arrayBuffer()).toString('latin1')
    const rows = await look((db) =>
      db.select().from(tables.examArrangements).where(eq(tables.examArrangements.examId, id)),
    )
    const written = await look((db) => db.select().from(journal).where(eq(journal.subjectId, id)))
    expect(JSON.stringify([list, rows, written, await own(id), sheet])).not.toContain('手腕')
    expect(await json(await as.secretary.post(`${path(id)}/readings`, {}))).toEqual({ reason: '手腕骨折' })
    const readings = await look((db) =>
      db
        .select()
        .from(journal)
        .where(and(eq(journal.subjectId, id), eq(journal.event, 'journal.read'))),
    )
    expect(readings.map((it) => [it.personId, it.details])).toEqual([[build.wang.id, { what: '考试便利安排的原因' }]])
    const others = await Promise.all(
      (['siblingSecretary', 'applicant', 'stranger'] as const).map(
        async (it) => (await as[it].post(`${path(id)}/readings`, {})).status,
      ),
    )
    expect(others).toEqual([404, 403, 404])
  })

  test.each<[string, object, string]>([
    ['nothing', { moreMinutes: null }, 'moreMinutes'],
    ['no reason', { reason: ' ' }, 'reason'],
    ['an end before its beginning', { opensAt: after(hourMs), closesAt: after(0) }, 'closesAt'],
  ])('is refused with %s', async (_, more, field) => {
    const { id } = await published()
    const { status, fields } = await (await as.secretary.request('PUT', path(id), { ...arrangement, ...more })).json()
    expect([status, fields[0].path]).toEqual([400, field])
  })
})

describe('what came of it', () => {
  test('is a fact once somebody has confirmed it, and may be taken back with a reason', async () => {
    const { id } = await published()
    await sat(id)
    await sat(id, ['blank'])
    const row = async () => (await candidates(id))[0]
    const satOn = '2026-11-23'
    expect(await row()).toMatchObject({
      attempts: 2,
      best: { earned: 10, isPassed: true, satOn },
      last: { earned: 6 },
      confirmed: null,
    })
    const known = (by: typeof build.actors.secretary) => look((db) => resultsOf({ ...contextOf(db), actor: by }, id))
    expect(await known(build.actors.secretary)).toEqual([
      { personId: build.wang.id, earned: 10, total: 10, isPassed: true, confirmedSatOn: null, passedOn: null },
    ])
    const confirm = () => as.secretary.post(`${at}/${id}/confirmations`, { personIds: [build.wang.id] })
    await json(await confirm(), 204)
    expect((await confirm()).status).toBe(409)
    expect((await row())?.confirmed).toMatchObject({
      earned: 10,
      isPassed: true,
      satOn,
      confirmedBy: build.li.name,
      confirmedOn: satOn,
    })
    expect((await known(build.actors.secretary))[0]?.passedOn).toBe(satOn)
    expect(await own(id)).toMatchObject({ isConfirmed: true })
    await json(
      await as.secretary.post(`${at}/${id}/confirmations/${build.wang.id}/withdrawal`, { reason: '登记错了人' }),
      204,
    )
    expect([(await row())?.confirmed, (await known(build.actors.secretary))[0]?.passedOn]).toEqual([null, null])
    await expect(known(build.actors.siblingSecretary)).rejects.toThrow('没有找到')
  })

  test('of one’s own is confirmed, arranged and entered by somebody else', async () => {
    const { id } = await published({}, [build.li.id])
    const attemptId = await begun(id, as.secretary)
    await json(await handIn(attemptId, await seated(attemptId, as.secretary), as.secretary), 204)
    const personIds = [build.li.id]
    expect([
      (await as.secretary.post(`${at}/${id}/confirmations`, { personIds })).status,
      (
        await as.secretary.post(`${at}/${id}/imports`, {
          fileName: '成绩.xlsx',
          satOn: '2026-11-23',
          results: [{ personId: build.li.id, earned: 10 }],
        })
      ).status,
      (
        await as.secretary.request('PUT', `${at}/${id}/candidates/${build.li.id}/arrangement`, {
          moreMinutes: 30,
          opensAt: null,
          closesAt: null,
          isOnPaper: false,
          reason: '手腕骨折',
        })
      ).status,
      (await as.organiser.post(`${at}/${id}/confirmations`, { personIds })).status,
    ]).toEqual([403, 403, 403, 204])
    expect((await candidates(id))[0]?.confirmed).toMatchObject({ earned: 0, isPassed: false })
  })

  test('nobody is confirmed who has no result, and nobody removed who has begun', async () => {
    const { id } = await published()
    expect((await as.secretary.post(`${at}/${id}/confirmations`, { personIds: [build.wang.id] })).status).toBe(409)
    await begun(id)
    expect((await as.secretary.delete(`${at}/${id}/candidates/${build.wang.id}`)).status).toBe(409)
  })

  test('a list of candidates is set as a whole, but for those who have begun; nobody out of reach comes onto it', async () => {
    const { id } = await published({}, [build.wang.id, build.li.id])
    await begun(id)
    const set = (by: typeof build.actors.secretary, ids: string[]) =>
      look((db) => setCandidates({ ...contextOf(db), actor: by }, id, ids))
    await set(build.actors.organiser, [build.zhao.id])
    expect((await candidates(id)).map((it) => it.person.name).toSorted()).toEqual(
      [build.wang.name, build.zhao.name].toSorted(),
    )
    await expect(set(build.actors.secretary, [build.sun.id])).rejects.toThrow('有 1 人没有找到')
    expect((await as.secretary.post(`${at}/${id}/candidates`, { personIds: [build.sun.id] })).status).toBe(404)
  })

  test('a list of many costs no more statements than one of few', async () => {
    const few = await published({}, [build.wang.id])
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, n) => build.person(build.branch, { name: `考生${n}` })),
    )
    const many = await published(
      {},
      people.map((it) => it.id),
    )
    const cost = (id: string) => statementsOf(() => candidates(id))
    expect(await cost(many.id)).toBe(await cost(few.id))
  })
})

describe('a paper for the hall', () => {
  const entered = (id: string, results: object[], by = as.secretary) =>
    by.post(`${at}/${id}/imports`, { fileName: '成绩.xlsx', satOn: '2026-11-23', results })

  test('is made once, printed with or without what is right, and its results come from a list that can be undone', async () => {
    const { id } = await published({ form: 'paper' }, [build.wang.id, build.li.id])
    expect((await as.secretary.get(`${at}/${id}/print.docx`)).status).toBe(409)
    await json(await as.secretary.post(`${at}/${id}/print`, {}), 204)
    const paper = await as.secretary.get(`${at}/${id}/print.docx`)
    expect([paper.status, paper.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('.docx')])
    expect(await own(id)).toMatchObject({ isOnPaper: true, whyNot: '这场考试您用纸笔作答，不在网上进行。' })
    expect((await as.applicant.post(`${at}/${id}/attempts`, {})).status).toBe(409)

    const read = await json<{ results: object[]; problems: object[] }>(
      await as.organiser.send(
        'POST',
        `${at}/${id}/readings`,
        `姓名,成绩\n${build.wang.name},8\n${build.li.name},11\n`,
        {},
      ),
    )
    expect(read).toMatchObject({
      results: [{ personId: build.wang.id, earned: 8, before: null }],
      problems: [{ at: '第 3 行“成绩”', message: '11 超过满分 10。请核对' }],
    })
    await json(await entered(id, [{ personId: build.wang.id, earned: 5 }]), 201)
    const { id: importId } = await json<{ id: string }>(
      await entered(id, [{ personId: build.wang.id, earned: 8 }]),
      201,
    )
    const wang = async () => (await candidates(id)).find((it) => it.person.id === build.wang.id)
    expect((await wang())?.best).toEqual({ earned: 8, total: 10, isPassed: true, satOn: '2026-11-23' })
    expect((await own(id)).best?.earned).toBe(8)
    expect((await as.secretary.post(`${at}/${id}/print`, {})).status).toBe(409)
    await json(await as.secretary.post(`${at}/${id}/confirmations`, { personIds: [build.wang.id] }), 204)
    const undo = () => as.secretary.post(`${at}/${id}/imports/${importId}/undo`, {})
    expect((await undo()).status).toBe(409)
    await json(
      await as.secretary.post(`${at}/${id}/confirmations/${build.wang.id}/withdrawal`, { reason: '要更正成绩' }),
      204,
    )
    await json(await undo(), 204)
    expect((await undo()).status).toBe(409)
    // What was there before counts again.
    expect((await wang())?.best).toMatchObject({ earned: 5, isPassed: false })
    const { items } = await json<{ items: ResultsImport[] }>(await as.secretary.get(`${at}/${id}/imports`))
    expect(items.map((it) => [it.results, it.undoneAt !== null, it.can.undo])).toEqual([
      [1, true, false],
      [1, false, true],
    ])
  })

  test('of a list that was undone leaves nothing that keeps somebody on the list of candidates', async () => {
    const { id } = await published({ form: 'paper' }, [build.wang.id, build.li.id])
    const results = [{ personId: build.wang.id, earned: 8 }]
    const { id: importId } = await json<{ id: string }>(await entered(id, results), 201)
    const remove = () => as.secretary.delete(`${at}/${id}/candidates/${build.wang.id}`)
    const canRemove = async () => (await candidates(id)).find((it) => it.person.id === build.wang.id)?.can.remove
    expect([await canRemove(), (await remove()).status]).toEqual([false, 409])
    await json(await as.secretary.post(`${at}/${id}/imports/${importId}/undo`, {}), 204)
    expect([await canRemove(), (await remove()).status]).toEqual([true, 204])
    expect((await candidates(id)).map((it) => it.person.name)).toEqual([build.li.name])
  })

  test.each<[string, () => object[], number]>([
    ['more than there is', () => [{ personId: build.wang.id, earned: 11 }], 400],
    ['somebody who does not take it', () => [{ personId: build.zhao.id, earned: 8 }], 409],
    [
      'somebody twice',
      () => [
        { personId: build.wang.id, earned: 8 },
        { personId: build.wang.id, earned: 9 },
      ],
      400,
    ],
  ])('takes no result of %s, and none of the others', async (_, results, status) => {
    const { id } = await published({ form: 'paper' })
    expect((await entered(id, results())).status).toBe(status)
    expect((await candidates(id))[0]?.best).toBe(null)
  })
})

test('no line of the log tells what somebody has answered', async () => {
  const { id } = await published()
  const lines = app.lines.length
  await sat(id)
  expect(JSON.stringify(app.lines.slice(lines))).not.toMatch(/choices|１|earned/)
})

/** The whole university, for what a training asks for. */
function contextOf(db: Parameters<Parameters<typeof look>[0]>[0]) {
  const { tenantId } = build
  return { db, tenantId, today: '2026-11-23' as const, requestId: 'test', encryption }
}
