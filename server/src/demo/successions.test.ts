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
  const [outgoing] = cast.members
  const { name, personId: id } = outgoing ?? {}
  if (!name || !id) throw new Error('the cast has members')
  const { path, id: organizationId } = build.branch
  await build.office({ id, name, path, organizationId }, build.branch, 'publicityMember')
  const seen = await build.look(async (db) => {
    const ctx = { db, tenantId: build.tenantId, today, requestId: 'demo', encryption, actor: cast.college.organiser }
    await changeOffices(ctx, cast)
    return (await listSuccessions(ctx)).items
  })
  expect(seen.map((it) => [it.office, it.state, it.outgoing.name, it.incoming?.name, it.lastOn, it.task])).toEqual([
    ['publicityMember', 'preparing', '何洁', '何滢', null, 'settle'],
    ['orgMember', 'finished', '何渊', undefined, addDays(today, -184), null],
  ])
})
