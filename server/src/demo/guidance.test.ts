import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { instantOf } from '../modules/activities/when.ts'
import { listBookings, nextStepsOf, readOffers } from '../modules/guidance/queries.ts'
import { guide } from './guidance.ts'

test('the demonstration has free times, a talk to come, and one with a record and what was agreed', async () => {
  const build = await smallUniversity(await freshDatabase())
  const cast = await demoCast(build)
  const now = instantOf(today, 9 * 60)
  const [first, second, third] = cast.members
  const seen = await build.look(async (db) => {
    const ctx = (actor = third ?? cast.branch.secretary) => ({
      ...{ db, tenantId: build.tenantId, today, requestId: 'demo', encryption, actor },
    })
    await guide(ctx(), cast)
    const states = async (actor = first) =>
      [
        ...(await listBookings(ctx(actor), { only: 'coming', limit: 50 }, now)).items,
        ...(await listBookings(ctx(actor), { only: 'past', limit: 50 }, now)).items,
      ].map((it) => it.state)
    const offers = await readOffers(ctx(), now)
    return {
      mentors: offers.mentors.length,
      times: offers.times.length,
      states: [await states(first), await states(second), await states(cast.branch.secretary)],
      steps: [(await nextStepsOf(ctx(first))).length, (await nextStepsOf(ctx(cast.branch.secretary))).length],
    }
  })
  expect(seen).toEqual({
    ...{ mentors: 2, times: 8, states: [['recorded'], ['coming'], ['coming', 'recorded']], steps: [1, 1] },
  })
})
