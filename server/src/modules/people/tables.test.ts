import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { newId } from '../../platform/ids.ts'
import { moves, persons } from './tables.ts'

const database = await freshDatabase()
const it = await smallUniversity(database)
await it.as(it.actors.organiser, (ctx) =>
  ctx.db.insert(moves).values({
    tenantId: it.tenantId,
    id: newId(),
    personId: it.wang.id,
    path: it.wang.path,
    fromOrganizationId: it.sibling.id,
    toOrganizationId: it.branch.id,
    on: '2026-03-01',
    movedBy: it.actors.organiser.accountId,
  }),
)

describe('without a scope no row is seen', () => {
  test.each(['persons', 'moves'])('%s', async (table) => {
    expect((await database.app.execute(sql`select * from ${sql.identifier(table)}`)).rows).toEqual([])
    expect((await it.look((db) => db.execute(sql`select * from ${sql.identifier(table)}`))).rows).not.toEqual([])
  })
})

test.each([
  ['the secretary', it.actors.secretary, ['李晓岚', '王一舟'], 1],
  ['the secretary of another branch', it.actors.siblingSecretary, ['赵思远'], 0],
  ['the organiser', it.actors.organiser, ['李晓岚', '王一舟', '赵思远'], 1],
  ['the organiser of another college', it.actors.otherOrganiser, ['孙知微'], 0],
  ['the person concerned', it.actors.applicant, ['王一舟'], 1],
  ['an administrator', it.actors.auditor, [], 0],
  ['a helper', await it.helper([it.wang, it.sun], ['phone']), ['孙知微', '王一舟'], 1],
  ['a helper whose task has ended', await it.helper([it.wang], ['phone'], '2020-01-01'), [], 0],
])('%s sees rows within reach only', async (_who, actor, names, moveCount) => {
  const seen = await it.as(actor, async (ctx) => ({
    names: (await ctx.db.select({ name: persons.name }).from(persons)).map((row) => row.name).sort(),
    moveCount: await ctx.db.$count(moves),
  }))
  expect(seen).toEqual({ names: [...names].sort(), moveCount })
})
