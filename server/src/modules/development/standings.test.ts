import { type ActKind, actKinds, addDays, type Day, repeatableKinds } from '@zhibu/rules'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, statementsOf, today } from '../../../test/factories.ts'
import { changePerson, movePerson } from '../people/service.ts'
import { actFrom } from './facts.ts'
import { recordActs } from './imported.ts'
import { restateAll, restateUniversities } from './jobs.ts'
import { correctAct, recordAct } from './service.ts'
import { restate } from './standings.ts'
import { developmentActs, developmentDues, developmentStandings } from './tables.ts'

const database = await freshDatabase()

/** What is stored, without the day on which it was written. */
const stored = (it: Awaited<ReturnType<typeof smallUniversity>>) =>
  it.look(async (db) => ({
    standings: (await db.select().from(developmentStandings).orderBy(developmentStandings.personId)).map(
      ({ restatedOn: _, ...row }) => row,
    ),
    dues: await db.select().from(developmentDues).orderBy(developmentDues.personId, developmentDues.kind),
  }))

const repeatable: readonly ActKind[] = repeatableKinds

const anyAct = fc
  .record({ kind: fc.constantFrom(...actKinds), daysAgo: fc.integer({ min: 0, max: 1500 }), isDated: fc.boolean() })
  .map(({ kind, daysAgo, isDated }) =>
    actFrom({ id: '', kind, on: isDated ? addDays(today, -daysAgo) : null, details: {} }),
  )

/** At most one act of a kind that happens once. */
const anyFile = fc
  .array(anyAct, { maxLength: 25 })
  .map((acts) =>
    acts.filter(({ kind }, at) => repeatable.includes(kind) || acts.findIndex((act) => act.kind === kind) === at),
  )

test('what is stored after any acts is what is worked out from scratch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, { minLength: 4, maxLength: 4 }), async (files) => {
      const it = await smallUniversity(database)
      const people = [it.li, it.wang, it.zhao, it.sun]
      const acts = people.flatMap((person, at) =>
        (files[at] ?? []).map((act) => ({ personId: person.id, path: person.path, act })),
      )
      await it.as(it.actors.department, (ctx) => recordActs(ctx, crypto.randomUUID(), acts))
      const after = await stored(it)
      await it.look(async (db) => {
        await db.delete(developmentStandings)
        await db.delete(developmentDues)
      })
      await restateAll(database, it.tenantId, today)
      expect(await stored(it)).toEqual(after)
    }),
    { numRuns: 15 },
  )
})

test('recording, correcting, moving and renaming keep it so', async () => {
  const it = await smallUniversity(database)
  const { organiser } = it.actors
  const id = await it.as(organiser, (ctx) =>
    recordAct(ctx, it.wang.id, 1, { act: { kind: 'application', on: '2026-01-05' } }),
  )
  await it.as(organiser, (ctx) => recordAct(ctx, it.wang.id, 2, { act: { kind: 'applicantTalk', on: '2026-01-20' } }))
  await it.as(organiser, (ctx) =>
    correctAct(ctx, it.wang.id, id, 3, { act: { kind: 'application', on: '2026-01-07' }, reason: '核对原件' }),
  )
  await it.as(organiser, (ctx) => movePerson(ctx, it.wang.id, 4, { organizationId: it.sibling.id, on: '2026-11-01' }))
  await it.as(organiser, (ctx) => changePerson(ctx, it.wang.id, 5, { set: { name: '汪一舟' }, clear: [] }))
  const after = await stored(it)
  expect(after.standings).toMatchObject([{ personId: it.wang.id, path: it.sibling.path, stage: 'applicant' }])
  expect(after.standings[0]?.pinyin).toMatch(/^wang/)
  const paths = await it.look((db) => db.selectDistinct({ path: developmentActs.path }).from(developmentActs))
  expect(paths).toEqual([{ path: it.sibling.path }])
  await restateAll(database, it.tenantId, today)
  expect(await stored(it)).toEqual(after)
})

test('a new day states anew what has become overdue, and writes nothing where nothing has changed', async () => {
  const it = await smallUniversity(database)
  await it.as(it.actors.secretary, (ctx) =>
    recordAct(ctx, it.wang.id, 1, { act: { kind: 'application', on: '2026-11-01' } }),
  )
  const restatedOn = () =>
    it.look((db) => db.select({ on: developmentStandings.restatedOn }).from(developmentStandings))
  const after = await stored(it)
  await restateAll(database, it.tenantId, '2026-11-24')
  expect([await stored(it), await restatedOn()]).toEqual([after, [{ on: '2026-11-23' }]])
  const year: Day = '2027-11-24'
  await restateAll(database, it.tenantId, year)
  expect((await stored(it)).dues.map((row) => row.kind)).toContain('applicantTalk')
})

test('the nightly job states all universities anew, a changed setting its own', async () => {
  const both = [await smallUniversity(database), await smallUniversity(database)]
  for (const it of both) {
    await it.as(it.actors.secretary, (ctx) =>
      recordAct(ctx, it.wang.id, 1, { act: { kind: 'application', on: '2026-11-01' } }),
    )
  }
  const empty = () => both.map((it) => it.look((db) => db.delete(developmentStandings)))
  const counts = () => Promise.all(both.map((it) => it.look((db) => db.$count(developmentStandings))))
  await Promise.all(empty())
  await restateUniversities(database, { tenantId: both[1]?.tenantId ?? '' })
  expect(await counts()).toEqual([0, 1])
  await Promise.all(empty())
  await restateUniversities(database, {})
  expect(await counts()).toEqual([1, 1])
})

test('any number of persons takes the same number of statements', async () => {
  const it = await smallUniversity(database)
  const ids = [it.li.id, it.wang.id, it.zhao.id]
  const count = (some: string[]) => statementsOf(() => it.as(it.actors.organiser, (ctx) => restate(ctx, some)))
  expect([await count(ids.slice(0, 1)), await count(ids)]).toEqual([5, 5])
})
