import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { listExams } from '../modules/exams/queries.ts'
import { resultsOf } from '../modules/exams/results.ts'
import type { Actor } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { holdExams } from './exams.ts'

test('the demonstration has an examination that goes on, with results, and one for the hall that is to come', async () => {
  const build = await smallUniversity(await freshDatabase())
  const { tenantId, look } = build
  const cast = await demoCast(build)
  const as = <T>(actor: Actor, work: (ctx: Parameters<typeof holdExams>[0]) => Promise<T>) =>
    look((db) => work({ db, tenantId, actor, today, requestId: newId(), encryption }))
  await as(cast.branch.secretary, (ctx) => holdExams(ctx, cast))
  const now = new Date(`${today}T02:00:00Z`)
  const { run } = await as(cast.branch.secretary, (ctx) => listExams(ctx, now))
  expect(run.map((it) => [it.title, it.state, it.candidateCount])).toEqual([
    ['发展对象集中培训结业考试', 'announced', 6],
    ['入党积极分子学习小结', 'open', 6],
  ])
  const results = await as(cast.branch.secretary, (ctx) => resultsOf(ctx, run[1]?.id ?? ''))
  expect([
    results.filter((it) => it.earned !== null).length,
    results.filter((it) => it.confirmedSatOn !== null).length,
  ]).toEqual([4, 3])
  const last = cast.members.at(-1) ?? cast.branch.secretary
  const { own } = await as(last, (ctx) => listExams(ctx, now))
  expect(own.map((it) => [it.title, it.attemptsLeft, it.best])).toEqual(
    [
      ['入党积极分子学习小结', 2, null],
      ['发展对象集中培训结业考试', 1, null],
    ].toSorted((a, b) => (a[0] === own[0]?.title ? -1 : b[0] === own[0]?.title ? 1 : 0)),
  )
})
