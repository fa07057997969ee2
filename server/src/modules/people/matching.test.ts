import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { findCandidates, findNamesakes, mostAlike } from './matching.ts'
import { persons } from './tables.ts'

const database = await freshDatabase()
const u = await smallUniversity(database)
const { organiser } = u.actors

test('matching among any number of persons with the same name and birth grows with the rows, not with the namesakes', async () => {
  const namesakes = 20_000
  await u.look((db) =>
    db.execute(sql`insert into persons (tenant_id, id, organization_id, path, name, pinyin, initials, student_number, born_on)
      select ${u.tenantId}, gen_random_uuid(), ${u.sibling.id}, ${u.sibling.path}, '同名', 'tongming', 'tm', 'S' || n, '2004-04-04'
      from generate_series(1, ${namesakes}) n`),
  )
  await u.look((db) =>
    db.insert(persons).values({
      ...{ tenantId: u.tenantId, id: newId(), organizationId: u.sibling.id, path: u.sibling.path },
      ...{ name: '同名', pinyin: 'tongming', initials: 'tm', bornOn: '2004-04-04', major: '无号' },
    }),
  )
  const likenesses = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: '同名', bornOn: '2004-04-04', studentNumber: `T${at}` }))
  const looked = async (count: number) => {
    let compared = 0
    const statements = await statementsOf(() =>
      u.as(organiser, async (ctx) => {
        const found = await findCandidates(ctx, likenesses(count))
        // Who has no number may be any of them: that one is never among those left out.
        expect(found.every((it) => it.some(({ person }) => person.major === '无号'))).toBe(true)
        compared = found.reduce((sum, it) => sum + it.length, 0)
      }),
    )
    return { compared, statements }
  }
  const [few, many] = [await looked(1_000), await looked(namesakes)]
  expect(few.compared).toBe(1_000 * mostAlike)
  expect(many).toEqual({ compared: namesakes * mostAlike, statements: few.statements * (namesakes / 1_000) })

  const sameBranch = await u.as(organiser, (ctx) =>
    findNamesakes(ctx, [{ organizationId: u.sibling.id, name: '同名' }]),
  )
  expect([...sameBranch.values()].map((it) => it.length)).toEqual([mostAlike])
})
