import { addDays } from '@zhibu/rules'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { listSuccessions } from '../modules/talent/succession-views.ts'
import { changeOffices } from './successions.ts'

test('the demonstration has an office that changes hands, and one that ended without a successor', async () => {
  const build = await smallUniversity(await freshDatabase())
  const cast = await demoCast(build)
  const { path, id: organizationId } = build.branch
  for (const [at, office] of (['publicityMember', 'deputySecretary', 'disciplineMember'] as const).entries()) {
    const { name = '', personId = null } = cast.members[at] ?? {}
    await build.office({ id: personId ?? '', name, path, organizationId }, build.branch, office)
  }
  const seen = await build.look(async (db) => {
    const ctx = { db, tenantId: build.tenantId, today, requestId: 'demo', encryption, actor: cast.college.organiser }
    await changeOffices(ctx, cast)
    return (await listSuccessions(ctx)).items
  })
  expect(seen.map((it) => [it.office, it.state, it.outgoing.name, it.incoming?.name, it.lastOn, it.task])).toEqual([
    ['publicityMember', 'preparing', '何洁', '何泽', null, 'settle'],
    ['orgMember', 'finished', '何润', undefined, addDays(today, -6), null],
  ])
})
