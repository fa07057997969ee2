import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { listProgrammes } from '../modules/training/queries.ts'
import type { Actor } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { train } from './training.ts'

test('the demonstration has trainings that are planned, under way and closed, with results that were looked at', async () => {
  const build = await smallUniversity(await freshDatabase())
  const { tenantId, look } = build
  const cast = await demoCast(build)
  const as = <T>(actor: Actor, work: (ctx: Parameters<typeof train>[0]) => Promise<T>) =>
    look((db) => work({ db, tenantId, actor, today, requestId: newId(), encryption }))
  await as(cast.college.organiser, (ctx) => train(ctx, cast))
  const list = async (actor: Actor, only: 'own' | 'past' | 'mine') => {
    const { items } = await as(actor, (ctx) => listProgrammes(ctx, { only, limit: 50 }))
    return items.map((it) => [it.title, it.state, it.sessionCount, it.hours, it.own?.place ?? null]).sort()
  }
  expect(await list(cast.college.organiser, 'own')).toEqual([
    ['入党积极分子培训班', 'underWay', 4, 8, null],
    ['宣传委员写稿练习', 'planned', 1, 2, null],
  ])
  expect(await list(cast.college.organiser, 'past')).toEqual([['支部骨干培训班', 'closed', 2, 4, null]])
  const [member] = cast.members
  expect(await list(member ?? cast.branch.secretary, 'mine')).toEqual([['支部骨干培训班', 'closed', 2, 4, 'taken']])
})
