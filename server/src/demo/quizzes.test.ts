import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { listQuizzes } from '../modules/quizzes/queries.ts'
import { listRooms } from '../modules/quizzes/room-queries.ts'
import { newQuestion } from '../modules/quizzes/schema.ts'
import { publishQuiz } from '../modules/quizzes/service.ts'
import { quizAnswers, quizRooms } from '../modules/quizzes/tables.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { branchLifeQuestions, draftedQuestions, recruitmentQuestions } from './quiz-questions.ts'
import { askQuestions } from './quizzes.ts'

describe.each([
  ['发展党员工作基本知识', recruitmentQuestions, 33],
  ['支部组织生活', branchLifeQuestions, 23],
] as const)('%s', (_, questions, count) => {
  test('each question is one, with an explanation and its article, and none is asked twice', () => {
    expect(questions.map((it) => newQuestion.parse(it))).toEqual(questions)
    expect(
      questions.filter((it) => it.explanation === '' || !/^《.+第[一二三四五六七八九十、]+条$/.test(it.source)),
    ).toEqual([])
    expect([questions.length, new Set(questions.map((it) => it.text)).size]).toEqual([count, count])
  })

  test('there are some of each kind', () => {
    expect(new Set(questions.map((it) => it.kind))).toEqual(new Set(['single', 'multiple', 'judgement', 'blank']))
  })

  test('the place of what is right tells nothing', () => {
    const places = questions
      .filter((it) => it.kind === 'single')
      .map((it) => it.options.findIndex((one) => one.isRight))
    expect(new Set(places).size).toBeGreaterThan(2)
    const judged = questions.filter((it) => it.kind === 'judgement').map((it) => it.options[0]?.isRight)
    expect(new Set(judged)).toEqual(new Set([true, false]))
  })
})

describe('whoever signs in to the demonstration', () => {
  let ctx: Context
  let branchSecretary: Actor
  let member: Actor
  let look: Awaited<ReturnType<typeof smallUniversity>>['look']

  beforeAll(async () => {
    const build = await smallUniversity(await freshDatabase())
    const { tenantId } = build
    const cast = await demoCast(build)
    branchSecretary = cast.branch.secretary
    member = cast.members[0] ?? branchSecretary
    look = build.look
    await look((db) => {
      ctx = { db, tenantId, actor: cast.university.department, today, requestId: newId(), encryption }
      return askQuestions(ctx, cast)
    })
  })

  const titlesFor = (actor: Actor) =>
    look(async (db) => {
      const { items } = await listQuizzes({ ...ctx, db, actor })
      return items.map((it) => [it.title, it.questionCount, it.isPublished]).toSorted()
    })

  test('finds two sets to answer, and the draft where they write it', async () => {
    const published = [
      ['发展党员工作基本知识', 33, true],
      ['支部组织生活', 23, true],
    ]
    expect(await titlesFor(member)).toEqual(published)
    expect(await titlesFor(branchSecretary)).toEqual(
      [...published, ['本支部应知应会', draftedQuestions.length, false]].toSorted(),
    )
  })

  test('is told which question of the draft does not say yet where it can be looked up', async () => {
    await look(async (db) => {
      const as = { ...ctx, db, actor: branchSecretary }
      const draft = (await listQuizzes(as)).items.find((it) => !it.isPublished)
      await expect(publishQuiz(as, draft?.id ?? '')).rejects.toThrow('第 3 题没有填写出处')
    })
  })

  test('finds how a room went that was played in two teams, and who took part finds their own answers', async () => {
    const [room, ...more] = await look((db) => db.select().from(quizRooms))
    expect(more).toEqual([])
    expect(room).toMatchObject({
      title: '支部组织生活',
      phase: 'ended',
      position: 3,
      teams: ['红队', '蓝队'],
      players: 6,
    })
    expect(room?.results.map((it) => [it.answers, it.right])).toEqual([
      [6, 5],
      [6, 5],
      [6, 4],
      [6, 4],
    ])
    expect(await look((db) => db.$count(quizAnswers))).toBe(24)
    expect(
      (await look((db) => listRooms({ ...ctx, db, actor: branchSecretary }))).past.map((it) => it.players),
    ).toEqual([6])
  })
})
