import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { demoCast } from '../../test/demo-cast.ts'
import { encryption, smallUniversity, today } from '../../test/factories.ts'
import { readEstablishment } from '../modules/talent/establishment.ts'
import { listPosts } from '../modules/talent/posts.ts'
import { listCorrections, listStaff, readOwn } from '../modules/talent/queries.ts'
import { knowStaff } from './talent.ts'

test('the demonstration has records, a correction that waits, posts with a vacancy, and a skill that one person has alone', async () => {
  const build = await smallUniversity(await freshDatabase())
  const cast = await demoCast(build)
  const seen = await build.look(async (db) => {
    const ctx = (actor = cast.college.organiser) => ({
      ...{ db, tenantId: build.tenantId, today, requestId: 'demo', encryption, actor },
    })
    await knowStaff(ctx(), cast)
    const { units } = await readEstablishment(ctx())
    return {
      staff: (await listStaff(ctx(), { limit: 50 })).items.map((it) => it.person.name).sort(),
      corrections: (await listCorrections(ctx())).items.map((it) => it.field),
      vacant: (await listPosts(ctx())).items.map((it) => it.vacant),
      alone: units.flatMap((it) => it.gaps.filter((one) => one.onlyOne !== null).map((one) => one.name)).length,
      isAsked: [(await readOwn(ctx())).isStale, (await readOwn(ctx(cast.branch.secretary))).isStale],
    }
  })
  expect(seen).toEqual({
    staff: ['何泓', '何洁', '何淳'],
    corrections: ['title'],
    vacant: [2, 1],
    alone: 3,
    isAsked: [false, true],
  })
})
