import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { type Browser, type TestActor, testActors, testApp } from '../../../test/app.ts'
import { listening } from '../../../test/event-stream.ts'
import { statementsOf } from '../../../test/factories.ts'
import { writeLines } from '../../platform/spreadsheet/export-table.ts'
import { tidyRooms } from './jobs.ts'
import { largestFileMb } from './names-schema.ts'
import type { NewRoom, RoomChange, RoomList, RoomView } from './room-schema.ts'
import type { Answer, NewQuestion, Outcome, QuestionRow, QuizList, QuizView, Reading } from './schema.ts'
import * as tables from './tables.ts'

const app = await testApp()
const { build } = app
const { look } = build
const as: Record<TestActor, Browser> = {} as Record<TestActor, Browser>
for (const actor of testActors) as[actor] = await app.signedIn(app.accounts[actor])
const at = '/api/quizzes'

async function json<T>(response: Response, status = 200): Promise<T> {
  const body = response.status === 204 ? undefined : await response.json()
  expect({ status: response.status, body }).toMatchObject({ status })
  return body
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
const choose = (...choices: number[]): Answer => ({ choices, text: '' })
const write = (text: string): Answer => ({ choices: [], text })

async function drafted(
  questions: readonly NewQuestion[] = four,
  organization: { id: string } = build.branch,
  by = as.secretary,
) {
  const body = { organizationId: organization.id, title: '党章知识', summary: '' }
  const { id } = await json<{ id: string }>(await by.post(at, body), 201)
  if (questions.length > 0) await json(await by.post(`${at}/${id}/questions`, { questions }), 204)
  return id
}
async function published(questions?: readonly NewQuestion[], organization?: { id: string }, by = as.secretary) {
  const id = await drafted(questions, organization, by)
  await json(await by.request('PUT', `${at}/${id}/publication`), 204)
  return id
}
const view = async (by: Browser, id: string) => json<QuizView>(await by.get(`${at}/${id}`))
const stored = async (id: string) =>
  (await json<{ items: QuestionRow[] }>(await as.secretary.get(`${at}/${id}/questions`))).items
const answered = async (by: Browser, id: string, questionId: string | undefined, answer: Answer) =>
  json<Outcome>(await by.post(`${at}/${id}/answers`, { questionId, ...answer }))
const changed = (by: Browser, path: string, body: unknown, revision: number, method = 'PUT') =>
  by.request(method, `${at}${path}`, body, { 'if-match': `"${revision}"` })

describe('a set of questions', () => {
  test('is seen by whoever writes it, and once it is published by whoever belongs there', async () => {
    const id = await drafted()
    const seen = async () =>
      Promise.all(
        (['secretary', 'organiser', 'applicant', 'stranger'] as const).map(
          async (it) => (await as[it].get(`${at}/${id}`)).status,
        ),
      )
    expect(await seen()).toEqual([200, 200, 404, 404])
    await json(await as.secretary.request('PUT', `${at}/${id}/publication`), 204)
    expect(await seen()).toEqual([200, 200, 200, 404])
    expect((await as.secretary.request('PUT', `${at}/${id}/publication`)).status).toBe(409)
    const list = await json<QuizList>(await as.applicant.get(at))
    expect([list.items.find((it) => it.id === id), list.organizations]).toEqual([
      {
        ...{ id, title: '党章知识', summary: '', questionCount: 4, isPublished: true },
        organization: { id: build.branch.id, name: build.branch.name },
      },
      [],
    ])
    expect((await view(as.applicant, id)).can).toEqual({ write: false, play: false })
    expect((await as.secretary.delete(`${at}/${id}`)).status).toBe(409)
    await json(await as.secretary.delete(`${at}/${id}/publication`), 204)
    expect(await seen()).toEqual([200, 200, 404, 404])
    await json(await as.secretary.delete(`${at}/${id}`), 204)
    expect(await seen()).toEqual([404, 404, 404, 404])
  })

  test('tells whoever answers it nothing of what is right', async () => {
    const id = await published()
    const read = await view(as.applicant, id)
    expect(read.questions).toEqual(
      (await stored(id)).map(({ id, kind, text, options }) => ({
        id,
        kind,
        text,
        options: options.map((it) => it.text),
      })),
    )
    expect(JSON.stringify(read)).not.toMatch(/isRight|accepted|基层委员会任期五年|党章第三十一条/)
    expect((await as.applicant.get(`${at}/${id}/questions`)).status).toBe(403)
  })

  test('is published only with questions, each of which says where it stands', async () => {
    const empty = await drafted([])
    const incomplete = { status: 409, reason: 'incomplete', title: '内容还不完整' }
    expect(await (await as.secretary.request('PUT', `${at}/${empty}/publication`)).json()).toMatchObject({
      ...incomplete,
      detail: '还不能发布：题集里还没有题目。请先添加题目，再发布。',
    })
    const id = await drafted([single, { ...blank, source: '' }, { ...judgement, source: '' }])
    expect(await (await as.secretary.request('PUT', `${at}/${id}/publication`)).json()).toMatchObject({
      ...incomplete,
      detail: '还不能发布：第 2、3 题没有填写出处。请补上，再发布。',
    })
    const [, second, third] = await stored(id)
    await json(await changed(as.secretary, `/${id}/questions/${second?.id}`, blank, 1), 204)
    await json(await as.secretary.delete(`${at}/${id}/questions/${third?.id}`), 204)
    await json(await as.secretary.request('PUT', `${at}/${id}/publication`), 204)
    expect((await as.secretary.post(`${at}/${id}/questions`, { questions: [{ ...single, source: '' }] })).status).toBe(
      400,
    )
    expect((await changed(as.secretary, `/${id}/questions/${second?.id}`, { ...blank, source: '' }, 2)).status).toBe(
      400,
    )
  })

  test('loses nothing where two write it at once', async () => {
    const id = await drafted([single])
    const [question] = await stored(id)
    const path = `/${id}/questions/${question?.id}`
    const statuses = await Promise.all([
      changed(as.secretary, path, { ...single, text: '第一种问法？' }, 1),
      changed(as.organiser, path, { ...single, text: '第二种问法？' }, 1),
    ])
    expect(statuses.map((it) => it.status).sort()).toEqual([204, 412])
    const { revision } = await view(as.secretary, id)
    const text = { title: '新的名称', summary: '说明' }
    expect((await changed(as.secretary, `/${id}`, text, revision - 1, 'PATCH')).status).toBe(412)
    await json(await changed(as.secretary, `/${id}`, text, revision, 'PATCH'), 204)
    expect(await view(as.organiser, id)).toMatchObject(text)
  })

  test('is taken over as a set of another organisation, without being published there', async () => {
    const id = await published(undefined, build.college, as.organiser)
    const body = { organizationId: build.branch.id, title: '支部用', summary: '', copyOf: id }
    const { id: copy } = await json<{ id: string }>(await as.secretary.post(at, body), 201)
    expect([await view(as.secretary, copy), (await stored(copy)).map(({ text }) => text)]).toMatchObject([
      { isPublished: false, questionCount: 4, title: '支部用' },
      four.map(({ text }) => text),
    ])
    const hidden = await drafted(undefined, build.college, as.organiser)
    expect((await as.secretary.post(at, { ...body, copyOf: hidden })).status).toBe(404)
    expect((await as.secretary.post(at, { ...body, organizationId: build.college.id })).status).toBe(403)
  })

  test('names twenty questions without a source, and how many there are', async () => {
    const id = await drafted(Array.from({ length: 21 }, (_, n) => ({ ...blank, text: `第 ${n} 个空____`, source: '' })))
    expect((await (await as.secretary.request('PUT', `${at}/${id}/publication`)).json()).detail).toContain(
      '、19、20 题等 21 题没有填写出处',
    )
  })

  test.each<[string, number, number, string[]]>([
    ['the first to the end', 0, 4, ['二', '三', '四', '一']],
    ['the last to the beginning', 3, 1, ['四', '一', '二', '三']],
    ['one step down', 1, 3, ['一', '三', '二', '四']],
    ['where it is', 1, 2, ['一', '二', '三', '四']],
  ])('is put in another order: %s', async (_, from, place, texts) => {
    const id = await published(['一', '二', '三', '四'].map((it) => ({ ...blank, text: `${it}____` })))
    const asked = (await view(as.applicant, id)).questions
    await answered(as.applicant, id, asked[from]?.id, write('一'))
    await json(await changed(as.secretary, `/${id}/questions/${asked[from]?.id}/place`, { place }, 3), 204)
    const after = await view(as.applicant, id)
    expect([after.questions.map((it) => it.text.charAt(0)), after.own.map((it) => it.questionId)]).toEqual([
      texts,
      [asked[from]?.id],
    ])
    await json(await as.secretary.post(`${at}/${id}/questions`, { questions: [single] }), 204)
    expect((await stored(id)).at(-1)?.text).toBe(single.text)
  })

  test('is put in another order only as it was read, and by whoever writes it', async () => {
    const id = await published([single, multiple])
    const list = await as.secretary.get(`${at}/${id}/questions`)
    const tag = { 'if-match': list.headers.get('etag') ?? '' }
    const { items } = await json<{ items: QuestionRow[] }>(list)
    const [first, second] = items.map((it) => `${at}/${id}/questions/${it.id}/place`)
    const move = async (by: Browser, path: string | undefined, place: number, headers: Record<string, string>) =>
      (await by.request('PUT', path ?? '', { place }, headers)).status
    expect(await Promise.all([move(as.secretary, first, 2, tag), move(as.organiser, second, 1, tag)])).toEqual(
      expect.arrayContaining([204, 412]),
    )
    const now = { 'if-match': (await as.secretary.get(`${at}/${id}/questions`)).headers.get('etag') ?? '' }
    expect([
      await move(as.secretary, first, 2, {}),
      await move(as.secretary, first, 0, now),
      await move(as.secretary, first, 3, now),
      await move(as.applicant, first, 1, now),
      await move(as.secretary, `${at}/${id}/questions/${id}/place`, 1, now),
    ]).toEqual([412, 400, 400, 403, 404])
    expect((await stored(id)).map((it) => it.id)).toEqual([items[1]?.id, items[0]?.id])
  })

  test('keeps its last question while it is published', async () => {
    const id = await published([single])
    const [question] = await stored(id)
    expect((await as.secretary.delete(`${at}/${id}/questions/${question?.id}`)).status).toBe(409)
  })

  test('has 500 questions at most: all that come together, or none', async () => {
    const id = await drafted(Array.from({ length: 499 }, (_, n) => ({ ...blank, text: `第 ${n} 个空____` })))
    expect((await as.secretary.post(`${at}/${id}/questions`, { questions: [single, single] })).status).toBe(409)
    expect(await stored(id)).toHaveLength(499)
    await json(await as.secretary.post(`${at}/${id}/questions`, { questions: [single] }), 204)
    expect((await stored(id)).at(-1)?.text).toBe(single.text)
  })
})

describe.each<[string, object, string]>([
  ['no option', { options: [] }, 'options'],
  ['one option', { options: options('*甲') }, 'options'],
  ['nothing right', { options: options('甲', '乙') }, 'options'],
  ['two that are right in a 单选题', { options: options('*甲', '*乙') }, 'options'],
  ['one that is right in a 多选题', { kind: 'multiple', options: options('*甲', '乙') }, 'options'],
  ['two options alike', { options: options('*甲', '甲') }, 'options'],
  ['nine options', { options: options('*1', '2', '3', '4', '5', '6', '7', '8', '9') }, 'options'],
  ['other words in a 判断题', { kind: 'judgement', options: options('*是', '否') }, 'options'],
  ['no answer in a 填空题', { kind: 'blank', options: [] }, 'accepted'],
  ['options in a 填空题', { kind: 'blank', accepted: ['一'] }, 'options'],
  ['accepted words in a 单选题', { accepted: ['一'] }, 'accepted'],
  ['no text', { text: ' ' }, 'text'],
])('a question with %s', (_, more, path) => {
  test(`is refused at ${path}`, async () => {
    const id = await drafted([])
    const answer = await as.secretary.post(`${at}/${id}/questions`, { questions: [{ ...single, ...more }] })
    const { status, fields } = await answer.json()
    expect([status, fields[0].path]).toEqual([400, `questions.0.${path}`])
  })
})

describe('alone', () => {
  test.each<[NewQuestion, Answer, boolean]>([
    [single, choose(1), true],
    [single, choose(0), false],
    [multiple, choose(1, 0), true],
    [multiple, choose(0), false],
    [multiple, choose(0, 1, 2), false],
    [judgement, choose(1), true],
    [judgement, choose(0), false],
    [blank, write('１'), true],
    [blank, write(' 一 '), true],
    [blank, write('一年'), false],
  ])('%j answered with %j is right: %s', async (question, answer, isRight) => {
    const id = await published([question])
    const [asked] = (await view(as.applicant, id)).questions
    const { options, accepted, explanation, source } = question
    expect(await answered(as.applicant, id, asked?.id, answer)).toEqual({
      isRight,
      solution: { choices: options.flatMap((it, n) => (it.isRight ? [n] : [])), accepted, explanation, source },
    })
  })

  test.each<[NewQuestion, Answer, string]>([
    [single, choose(), 'choices'],
    [single, choose(0, 1), 'choices'],
    [single, choose(3), 'choices'],
    [multiple, choose(), 'choices'],
    [blank, write(''), 'text'],
  ])('%j is not answered by %j', async (question, answer, path) => {
    const id = await published([question])
    const [asked] = (await view(as.applicant, id)).questions
    const { status, fields } = await (
      await as.applicant.post(`${at}/${id}/answers`, { questionId: asked?.id, ...answer })
    ).json()
    expect([status, fields[0].path]).toEqual([400, path])
  })

  test('what was answered is the own matter of whoever answered it, and forgotten where they want', async () => {
    const id = await published()
    const [first, second] = (await view(as.applicant, id)).questions
    await answered(as.applicant, id, first?.id, choose(0))
    await answered(as.applicant, id, first?.id, choose(1))
    await answered(as.applicant, id, second?.id, choose(2))
    await answered(as.organiser, id, first?.id, choose(2))
    const own = async (by: Browser) => (await view(by, id)).own.map((it) => [it.questionId, it.choices, it.isRight])
    expect(await own(as.applicant)).toEqual([
      [first?.id, [1], true],
      [second?.id, [2], false],
    ])
    expect([await own(as.secretary), await own(as.organiser)]).toEqual([[], [[first?.id, [2], false]]])
    await json(await as.applicant.delete(`${at}/${id}/answers`), 204)
    expect([await own(as.applicant), (await own(as.organiser)).length]).toEqual([[], 1])
  })

  test('an answer is let go of where something else is right now, and stays where only words have changed', async () => {
    const id = await published([single])
    const [question] = await stored(id)
    await answered(as.applicant, id, question?.id, choose(1))
    const path = `/${id}/questions/${question?.id}`
    await json(await changed(as.secretary, path, { ...single, explanation: '换一种说法。' }, 1), 204)
    expect((await view(as.applicant, id)).own).toHaveLength(1)
    await json(await changed(as.secretary, path, { ...single, options: options('*三年', '五年') }, 2), 204)
    expect((await view(as.applicant, id)).own).toEqual([])
  })

  test('no row and no line of the log tells whose an answer is', async () => {
    const id = await published([single])
    const [question] = (await view(as.applicant, id)).questions
    const lines = app.lines.length
    await answered(as.applicant, id, question?.id, choose(1))
    expect(app.lines.slice(lines)).toEqual([])
    const rows = await look((db) => db.select().from(tables.quizAnswers).where(eq(tables.quizAnswers.quizId, id)))
    expect(rows).toEqual([
      {
        ...{ tenantId: build.tenantId, quizId: id, questionId: question?.id, mark: expect.any(String) },
        ...{ answer: choose(1), isRight: true },
      },
    ])
    expect(JSON.stringify(rows)).not.toContain(build.wang.id)
  })
})

describe('a file', () => {
  const read = async (id: string, form: string, body: Uint8Array<ArrayBuffer>, status = 200) =>
    json<Reading>(await as.secretary.send('POST', `${at}/${id}/readings?form=${form}`, body, {}), status)

  test('of what was written out is read as the same questions, and nothing is kept of it', async () => {
    const id = await drafted()
    const file = await as.secretary.get(`${at}/${id}/questions.xlsx`)
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect(await read(id, 'xlsx', bytes)).toEqual({
      questions: four.map((question, at) => ({
        ...{ at: `第 ${at + 2} 行`, question },
        repeats: { in: 'set', at: `第 ${at + 1} 题`, isAnsweredOtherwise: false },
      })),
      problems: [],
    })
    expect(await stored(id)).toHaveLength(4)
  })

  test('in GIFT is read, and what cannot be taken is named with its line', async () => {
    const id = await drafted([])
    const gift = new TextEncoder().encode(
      '预备期为 {=一} 年。####见章程。\n出处：党章第七条\n\n配对 {=甲 -> 乙 =丙 -> 丁}',
    )
    const { questions, problems } = await read(id, 'gift', gift)
    expect([questions.length, problems.length, problems[0]?.at]).toEqual([1, 1, expect.stringMatching(/4/)])
  })

  test.each<[string, string, string, number]>([
    ['an empty one', 'xlsx', '', 400],
    ['one that is cut off', 'xlsx', 'PK\u0003\u0004', 422],
    ['of another kind', 'pdf', '预备期为{=一}年。', 400],
  ])('%s is refused', async (_, form, text, status) => {
    await read(await drafted([]), form, new TextEncoder().encode(text), status)
  })

  test('is as large as is said, and refused beyond it', async () => {
    const id = await drafted([])
    const most = largestFileMb * 1024 ** 2
    const file = (bytes: number) => {
      const lines = new Uint8Array(bytes).fill(10)
      lines.set(new TextEncoder().encode('预备期为{=一}年。'))
      return lines
    }
    expect((await read(id, 'gift', file(most))).questions).toHaveLength(1)
    expect(await read(id, 'gift', file(most + 1), 413)).toMatchObject({
      detail: `提交的内容超过 ${largestFileMb} MB，请拆分后再提交。`,
    })
  })

  test('with a long text is read no further than that may be', async () => {
    const id = await drafted([])
    const sheet = (text: string) =>
      writeLines([
        ['题目', '选项A', '选项B', '答案'],
        [text, '甲', '乙', 'A'],
      ])
    const bytesOf = async (text: string) => new Uint8Array(await sheet(text))
    const { problems } = await read(id, 'xlsx', await bytesOf('ﷺ'.repeat(32_767)))
    expect(problems).toEqual([{ at: '第 2 行', message: expect.stringContaining('不超过 500 个字') }])
  })

  test('is a template to begin with, whose examples are not taken', async () => {
    const id = await drafted([])
    const template = new Uint8Array(await (await as.secretary.get(`${at}/template`)).arrayBuffer())
    expect((await read(id, 'xlsx', template)).questions).toEqual([])
  })
})

test('a set is read in a fixed number of statements', async () => {
  const [few, many] = [await published([single]), await published(Array.from({ length: 60 }, () => blank))]
  const statements = await statementsOf(() => as.applicant.get(`${at}/${few}`))
  expect(await statementsOf(() => as.applicant.get(`${at}/${many}`))).toBe(statements)
})

describe('a room', () => {
  const players: TestActor[] = ['applicant', 'organiser', 'department', 'publicity', 'partySchool']

  async function opened(more: Partial<NewRoom> = {}, questions: readonly NewQuestion[] = [single, multiple]) {
    const quizId = await published(questions)
    const body = { quizId, organizationId: build.branch.id, teams: [], seconds: null, ...more }
    return {
      quizId,
      ...(await json<{ id: string; code: string }>(await as.secretary.post(`${at}/rooms`, body), 201)),
    }
  }
  const room = async (by: Browser, id: string) => json<RoomView>(await by.get(`${at}/rooms/${id}`))
  const step = (what: 'asking' | 'showing', id: string, position: number, by = as.secretary) =>
    by.post(`${at}/rooms/${id}/${what}`, { position })
  const sit = (by: Browser, id: string, team: number | null = null) => by.put(`${at}/rooms/${id}/seat`, { team })
  const say = (by: Browser, id: string, position: number, answer: Answer) =>
    by.put(`${at}/rooms/${id}/answers/${position}`, answer)

  test('is played from the code to the end: what is right is told to all together', async () => {
    const { id, code, quizId } = await opened()
    expect(code).toMatch(/^\d{6}$/)
    for (const it of players) {
      expect(await json(await as[it].get(`${at}/rooms/codes/${code}`))).toEqual({ id })
      await json(await sit(as[it], id), 204)
    }
    expect((await room(as.secretary, id)).state).toMatchObject({ phase: 'gathering', players: 5, question: null })
    expect((await say(as.applicant, id, 0, choose(1))).status).toBe(409)

    await json(await step('asking', id, 0), 204)
    for (const [n, it] of players.entries()) await json(await say(as[it], id, 0, choose(n < 3 ? 1 : 0)), 204)
    const during = await room(as.applicant, id)
    expect(during).toMatchObject({
      state: { phase: 'asking', position: 0, answered: 5, solution: null, result: null },
      own: { isIn: true, answer: choose(1), isRight: null, right: 0, answered: 0 },
      can: { lead: false },
    })
    expect(JSON.stringify(during)).not.toMatch(/党章第三十一条|"isRight":true/)
    await json(await step('showing', id, 0), 204)
    expect(await room(as.applicant, id)).toMatchObject({
      state: {
        ...{ phase: 'shown', solution: { choices: [1], source: '党章第三十一条' } },
        result: { answers: 5, right: 3, byOption: [2, 3, 0] },
      },
      own: { isRight: true, right: 1, answered: 1 },
    })
    expect((await say(as.applicant, id, 0, choose(0))).status).toBe(409)

    await json(await step('asking', id, 1), 204)
    await json(await say(as.applicant, id, 1, choose(0)), 204)
    await json(await step('showing', id, 1), 204)
    expect((await room(as.applicant, id)).state.result).toEqual({ answers: 1, right: null, byOption: null })
    expect((await step('asking', id, 2)).status).toBe(409)
    await json(await as.secretary.post(`${at}/rooms/${id}/ending`), 204)
    expect(await room(as.applicant, id)).toMatchObject({
      state: {
        ...{ phase: 'ended', players: 5, question: null, solution: null },
        results: [
          { text: single.text, answers: 5, right: 3, byOption: [2, 3, 0] },
          { text: multiple.text, answers: 1, right: null, byOption: null },
        ],
      },
      own: { right: 1, answered: 2 },
    })
    expect((await view(as.applicant, quizId)).own.map((it) => it.isRight)).toEqual([true, false])
    expect((await as.stranger.get(`${at}/rooms/codes/${code}`)).status).toBe(404)
  })

  test('is led by whoever holds the activities there, and comes into by everybody who has its address', async () => {
    const { id } = await opened()
    for (const by of [as.applicant, as.stranger]) {
      expect((await step('asking', id, 0, by)).status).toBe(403)
      expect((await by.post(`${at}/rooms/${id}/ending`)).status).toBe(403)
      await json(await sit(by, id), 204)
    }
    await json(await step('asking', id, 0, as.organiser), 204)
    const listed = async (by: Browser) => (await json<RoomList>(await by.get(`${at}/rooms`))).open.map((it) => it.id)
    expect([(await listed(as.applicant)).includes(id), (await listed(as.stranger)).includes(id)]).toEqual([true, false])
    const body = { quizId: await published(), organizationId: build.branch.id, teams: [], seconds: null }
    expect((await as.applicant.post(`${at}/rooms`, body)).status).toBe(403)
    expect((await as.secretary.post(`${at}/rooms`, { ...body, organizationId: build.college.id })).status).toBe(403)
  })

  test('goes one step where two who lead it press at once, and none out of turn', async () => {
    const { id } = await opened()
    expect([(await step('showing', id, 0)).status, (await step('asking', id, 1)).status]).toEqual([409, 409])
    const pressed = await Promise.all([step('asking', id, 0), step('asking', id, 0, as.organiser)])
    expect(pressed.map((it) => it.status)).toEqual([204, 204])
    const shown = await Promise.all([step('showing', id, 0), step('showing', id, 0, as.organiser)])
    expect(shown.map((it) => it.status)).toEqual([204, 204])
    await json(await as.secretary.post(`${at}/rooms/${id}/ending`), 204)
    expect((await room(as.secretary, id)).state.results).toHaveLength(1)
    expect((await step('asking', id, 1)).status).toBe(409)
  })

  test('takes one answer of each, the same one sent twice included', async () => {
    const { id } = await opened()
    expect((await say(as.applicant, id, 0, choose(1))).status).toBe(409)
    await json(await step('asking', id, 0), 204)
    expect(await (await say(as.applicant, id, 0, choose(1))).json()).toMatchObject({
      detail: expect.stringContaining('还没有参加'),
    })
    await json(await sit(as.applicant, id), 204)
    const sent = await Promise.all([say(as.applicant, id, 0, choose(1)), say(as.applicant, id, 0, choose(1))])
    expect(sent.map((it) => it.status)).toEqual([204, 204])
    expect((await say(as.applicant, id, 0, choose(0))).status).toBe(409)
    expect((await say(as.applicant, id, 1, choose(0))).status).toBe(409)
    expect((await room(as.secretary, id)).state.answered).toBe(1)
  })

  test('has teams that are chosen before it begins', async () => {
    const { id } = await opened({ teams: ['红旗队', '星火队'] })
    expect((await sit(as.applicant, id)).status).toBe(400)
    expect((await sit(as.applicant, id, 2)).status).toBe(400)
    await json(await sit(as.applicant, id, 1), 204)
    await json(await sit(as.applicant, id, 0), 204)
    await json(await step('asking', id, 0), 204)
    expect((await sit(as.applicant, id, 1)).status).toBe(409)
    expect((await room(as.applicant, id)).own.team).toBe(0)
  })

  /** Who sits in which team, and how many of each answer one question after another; the first of them rightly. */
  test.each<[string, [number, number], [number, number][], [number | null, number | null]]>([
    ['three and three who all answer', [3, 3], [[3, 3]], [1 / 3, 1 / 3]],
    ['three and two', [3, 2], [[3, 2]], [null, null]],
    ['three, of whom one answers, and three', [3, 3], [[1, 3]], [null, null]],
    ['three and nobody', [3, 0], [[3, 0]], [1 / 3, null]],
    [
      'a second question that too few answer',
      [3, 3],
      [
        [3, 3],
        [3, 2],
      ],
      [1 / 3, 1 / 3],
    ],
    [
      'a second question that all answer',
      [3, 3],
      [
        [3, 3],
        [3, 3],
      ],
      [1 / 3, 1 / 3],
    ],
  ])('of teams of %s shows no figure of a person, nor one that is left over', async (_, sizes, given, shares) => {
    const { id } = await opened({ teams: ['红旗队', '星火队'] }, [single, single])
    const people = [as.applicant, as.organiser, as.department, as.publicity, as.partySchool, as.stranger]
    const seated = sizes.map((size, team) => people.slice(3 * team, 3 * team + size))
    for (const [team, all] of seated.entries()) for (const by of all) await json(await sit(by, id, team), 204)
    for (const [position, many] of given.entries()) {
      await json(await step('asking', id, position), 204)
      for (const [team, all] of seated.entries())
        for (const [n, by] of all.slice(0, many[team]).entries())
          await json(await say(by, id, position, choose(n === 0 ? 1 : 0)), 204)
      await json(await step('showing', id, position), 204)
    }
    const teams = async () => (await room(as.secretary, id)).state.teams
    const expected = ['红旗队', '星火队'].map((name, at) => ({ name, players: sizes[at], share: shares[at] }))
    expect(await teams()).toEqual(expected)
    await json(await as.secretary.post(`${at}/rooms/${id}/ending`), 204)
    expect(await teams()).toEqual(expected)
  })

  test('takes no answer after its time, but for one that was on its way', async () => {
    const { id } = await opened({ seconds: 30 })
    for (const it of players) await json(await sit(as[it], id), 204)
    await json(await step('asking', id, 0), 204)
    const { endsAt } = (await room(as.applicant, id)).state
    const left = new Date(endsAt ?? 0).getTime() - Date.now()
    expect(left > 25_000 && left <= 30_000).toBe(true)
    const setEnd = (ago: number) =>
      look((db) =>
        db
          .update(tables.quizRooms)
          .set({ endsAt: new Date(Date.now() - ago) })
          .where(eq(tables.quizRooms.id, id)),
      )
    await setEnd(100)
    await json(await say(as.applicant, id, 0, choose(1)), 204)
    await setEnd(2_100)
    expect((await say(as.organiser, id, 0, choose(1))).status).toBe(409)
  })

  test('asks its questions under ids of their own, by which the set tells nothing', async () => {
    const { id, quizId } = await opened({}, [single])
    await json(await step('asking', id, 0), 204)
    const { question } = (await room(as.applicant, id)).state
    const asked = { questionId: question?.id, ...choose(1) }
    expect((await as.applicant.post(`${at}/${quizId}/answers`, asked)).status).toBe(404)
  })

  test('keeps no answer to a question that asks something else in the set meanwhile', async () => {
    const { id, quizId } = await opened({}, [single])
    const [question] = await stored(quizId)
    await json(await sit(as.applicant, id), 204)
    await json(await step('asking', id, 0), 204)
    const other = { ...single, options: options('*三年', '五年') }
    await json(await changed(as.secretary, `/${quizId}/questions/${question?.id}`, other, 1), 204)
    await json(await say(as.applicant, id, 0, choose(1)), 204)
    expect([(await view(as.applicant, quizId)).own, (await room(as.applicant, id)).own.answer]).toEqual([[], choose(1)])
  })

  test('stands in no line of the log, also where what was sent is refused', async () => {
    const { id, quizId } = await opened()
    const lines = app.lines.length
    expect((await say(as.applicant, id, 0, write('长'.repeat(101)))).status).toBe(400)
    expect((await as.applicant.put(`${at}/rooms/${id}/seat`, { team: 'x' })).status).toBe(400)
    expect((await as.applicant.post(`${at}/${quizId}/answers`, {})).status).toBe(400)
    expect(app.lines.slice(lines)).toEqual([])
  })

  test('is one of twenty at most that an organisation has open', async () => {
    const { sibling } = build
    const quizId = await published(undefined, sibling, as.siblingSecretary)
    const body = { quizId, organizationId: sibling.id, teams: [], seconds: null }
    const open = () => as.siblingSecretary.post(`${at}/rooms`, body)
    for (let n = 0; n < 19; n++) await json(await open(), 201)
    const { id } = await json<{ id: string }>(await open(), 201)
    expect((await open()).status).toBe(409)
    await json(await as.siblingSecretary.post(`${at}/rooms/${id}/ending`), 204)
    await json(await open(), 201)
  })

  test('plays what was drawn, whatever becomes of the set meanwhile', async () => {
    const { id, quizId } = await opened({ draw: 3 }, four)
    expect((await room(as.secretary, id)).state.questionCount).toBe(3)
    await json(await as.secretary.delete(`${at}/${quizId}/publication`), 204)
    await json(await as.secretary.delete(`${at}/${quizId}`), 204)
    await json(await sit(as.applicant, id), 204)
    await json(await step('asking', id, 0), 204)
    const { question } = (await room(as.applicant, id)).state
    await json(await say(as.applicant, id, 0, question?.kind === 'blank' ? write('一') : choose(0)), 204)
    expect(await look((db) => db.$count(tables.quizAnswers, eq(tables.quizAnswers.quizId, quizId)))).toBe(0)
    const tooMany = await published(Array.from({ length: 51 }, () => single))
    const body = { quizId: tooMany, organizationId: build.branch.id, teams: [], seconds: null }
    expect((await as.secretary.post(`${at}/rooms`, body)).status).toBe(409)
    await json(await as.secretary.post(`${at}/rooms`, { ...body, draw: 50 }), 201)
  })

  test('is ended after half a day by itself, and a day later nobody is left in it', async () => {
    const { id } = await opened()
    await json(await sit(as.applicant, id), 204)
    await json(await step('asking', id, 0), 204)
    await json(await say(as.applicant, id, 0, choose(1)), 204)
    const left = () =>
      look(async (db) => [
        await db.$count(tables.quizSeats, eq(tables.quizSeats.roomId, id)),
        await db.$count(tables.quizRoomAnswers, eq(tables.quizRoomAnswers.roomId, id)),
      ])
    const hours = (many: number) => new Date(Date.now() + many * 3_600_000)
    await tidyRooms(app.database, hours(11.9))
    expect((await room(as.secretary, id)).state.phase).toBe('asking')
    await tidyRooms(app.database, hours(12.1))
    expect((await room(as.secretary, id)).state).toMatchObject({ phase: 'ended', players: 1, results: [] })
    await tidyRooms(app.database, hours(23.9))
    expect(await left()).toEqual([1, 1])
    await tidyRooms(app.database, hours(24.1))
    expect(await left()).toEqual([0, 0])
    expect((await room(as.applicant, id)).state.players).toBe(1)
  })

  test('tells every open page the same, without anybody in it', async () => {
    const { id } = await opened({ teams: ['红旗队', '星火队'] })
    const page = await listening<RoomChange>(app, as.applicant, `${at}/rooms/${id}/live`, 'zhibu_quiz_rooms', id)
    await json(await sit(as.stranger, id, 0), 204)
    expect(await page.until((it) => it.state?.players === 1)).toMatchObject({ state: { phase: 'gathering' } })
    await json(await step('asking', id, 0), 204)
    const told = await page.until((it) => it.state?.phase === 'asking')
    expect(told.state?.question?.text).toBe(single.text)
    expect(JSON.stringify(told)).not.toContain('党章第三十一条')
    await page.leave()
  })

  test('is found by nobody who tries out codes', async () => {
    const tried = await Promise.all(
      Array.from({ length: 25 }, (_, n) => as.siblingSecretary.get(`${at}/rooms/codes/${String(n).padStart(6, '0')}`)),
    )
    expect(new Set(tried.map((it) => it.status))).toEqual(new Set([404, 429]))
  })

  test('is read in a fixed number of statements', async () => {
    const { id } = await opened()
    const few = await statementsOf(() => as.applicant.get(`${at}/rooms/${id}`))
    await look((db) =>
      db
        .insert(tables.quizSeats)
        .values(
          Array.from({ length: 200 }, (_, n) => ({ tenantId: build.tenantId, mark: `m${n}`, roomId: id, team: null })),
        ),
    )
    expect((await room(as.applicant, id)).state.players).toBe(200)
    expect(await statementsOf(() => as.applicant.get(`${at}/rooms/${id}`))).toBe(few)
  })
})
