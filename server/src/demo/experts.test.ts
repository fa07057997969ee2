import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { listInvitations } from '../modules/experts/invitation-views.ts'
import { listExperts, readOwn } from '../modules/experts/queries.ts'
import type { Actor } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { keepExperts } from './experts.ts'

test('the demonstration has experts with and without a consent, and invitations that wait, that clash and that were spoken of', async () => {
  const build = await smallUniversity(await freshDatabase())
  const { tenantId, look } = build
  const cast = await demoCast(build)
  const as = <T>(actor: Actor, work: (ctx: Parameters<typeof keepExperts>[0]) => Promise<T>) =>
    look((db) => work({ db, tenantId, actor, today, requestId: newId(), encryption }))
  await as(cast.college.organiser, (ctx) => keepExperts(ctx, cast))
  const experts = await as(cast.branch.secretary, (ctx) => listExperts(ctx, { order: 'name', limit: 50 }))
  const asked = await as(cast.college.organiser, listInvitations)
  const own = await as(cast.university.department, readOwn)
  expect({
    experts: experts.items
      .map((it) => `${it.name} ${it.state}`)
      .filter((it) => !it.startsWith(cast.university.department.name)),
    asked: asked.items.map((it) => it.state).sort(),
    own: [own.entries.length, own.invitations.map((it) => it.topic)],
  }).toEqual({
    experts: ['葛怀瑾 listed', '戚云帆 listed', '卫长风 kept'],
    asked: ['asked', 'asked', 'asked', 'evaluated'],
    own: [1, ['发展材料里最常见的十个问题']],
  })
})
