import type { ActKind } from '@zhibu/rules'
import { inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity, statementsOf } from '../../../test/factories.ts'
import { journal } from '../../platform/journal.ts'
import { persons } from '../people/tables.ts'
import { factsOf } from './facts.ts'
import { actsByImport, type ImportedAct, recordActs, strikeOutImport, withActsBeside } from './imported.ts'
import { correctAct, recordAct } from './service.ts'
import { developmentStandings } from './tables.ts'

const database = await freshDatabase()

test('the acts of an import are in the files, stated and journalled, one row a person', async () => {
  const { it, wang, sun } = await imported()
  expect(await actsOf(it, it.wang.id)).toEqual([
    ['applicantTalk', '2026-01-20'],
    ['application', '2026-01-05'],
  ])
  const standings = await it.look((db) =>
    db.select({ personId: developmentStandings.personId }).from(developmentStandings),
  )
  expect(standings.map((row) => row.personId).sort()).toEqual([wang, sun].sort())
  const rows = await it.look((db) => db.select({ event: journal.event, personId: journal.personId }).from(journal))
  expect(rows.map((row) => row.event)).toEqual(['development.acts-imported', 'development.acts-imported'])
})

test('a later import corrects and strikes out', async () => {
  const { it, importId } = await imported()
  const brought = await it.as(it.actors.organiser, (ctx) => actsByImport(ctx, importId))
  const idOf = (kind: ActKind) => brought.find((act) => act.kind === kind)?.id ?? ''
  const acts: ImportedAct[] = [
    {
      personId: it.wang.id,
      path: it.wang.path,
      act: { kind: 'application', on: '2026-01-06' },
      corrects: { id: idOf('application'), kind: 'application', reason: '导入更正' },
    },
    {
      personId: it.wang.id,
      path: it.wang.path,
      corrects: { id: idOf('applicantTalk'), kind: 'applicantTalk', reason: '导入更正' },
    },
  ]
  const later = crypto.randomUUID()
  await it.as(it.actors.organiser, (ctx) => recordActs(ctx, later, acts))
  expect(await actsOf(it, it.wang.id)).toEqual([['application', '2026-01-06']])

  await it.as(it.actors.organiser, (ctx) => strikeOutImport(ctx, later))
  expect(await actsOf(it, it.wang.id)).toEqual([
    ['applicantTalk', '2026-01-20'],
    ['application', '2026-01-05'],
  ])
})

describe('undoing an import', () => {
  test('strikes out what it brought in', async () => {
    const { it, importId } = await imported()
    expect(await it.as(it.actors.department, (ctx) => strikeOutImport(ctx, importId))).toBe(3)
    expect([await actsOf(it, it.wang.id), await actsOf(it, it.sun.id)]).toEqual([[], []])
    expect(await it.look((db) => db.$count(developmentStandings))).toBe(0)
  })

  test('is told which acts were corrected since and who has other acts, and leaves them alone', async () => {
    const { it, importId } = await imported()
    const { secretary, department } = it.actors
    const brought = await it.as(secretary, (ctx) => actsByImport(ctx, importId))
    const application = brought.find((act) => act.kind === 'application')
    const correctedBy = await it.as(secretary, (ctx) =>
      correctAct(ctx, it.wang.id, application?.id ?? '', 2, {
        act: { kind: 'application', on: '2026-01-07' },
        reason: '核对原件',
      }),
    )
    const acts = await it.as(department, (ctx) => actsByImport(ctx, importId))
    expect(new Map(acts.map((act) => [`${act.personId} ${act.kind}`, act.correctedBy]))).toEqual(
      new Map([
        [`${it.wang.id} application`, correctedBy],
        [`${it.wang.id} applicantTalk`, null],
        [`${it.sun.id} application`, null],
      ]),
    )
    await it.look((db) =>
      db
        .update(persons)
        .set({ importId })
        .where(inArray(persons.id, [it.wang.id, it.sun.id])),
    )
    expect(await it.as(department, (ctx) => withActsBeside(ctx, importId))).toEqual([it.wang.id])
    expect(await it.as(department, (ctx) => strikeOutImport(ctx, importId))).toBe(2)
    expect(await actsOf(it, it.wang.id)).toEqual([['application', '2026-01-07']])
  })

  test('somebody without the files in hand may neither import nor undo', async () => {
    const { it, importId } = await imported()
    const reader = it.officer('publicityMember', it.university)
    await expect(it.as(reader, (ctx) => strikeOutImport(ctx, importId))).rejects.toMatchObject({ reason: 'forbidden' })
    const acts: ImportedAct[] = [{ personId: it.li.id, path: it.li.path, act: { kind: 'application' } }]
    await expect(it.as(reader, (ctx) => recordActs(ctx, importId, acts))).rejects.toMatchObject({ reason: 'forbidden' })
    await expect(it.as(it.actors.otherOrganiser, (ctx) => recordActs(ctx, importId, acts))).rejects.toMatchObject({
      reason: 'forbidden',
    })
  })
})

test('nobody imports into the own file, nor takes back what others imported into it', async () => {
  const { it, importId } = await imported()
  const own = it.officer('organiser', it.college, it.wang)
  const acts: ImportedAct[] = [it.li, it.wang].map(({ id, path }) => ({
    personId: id,
    path,
    act: { kind: 'thoughtReport', on: '2026-02-01' },
  }))
  await expect(it.as(own, (ctx) => recordActs(ctx, crypto.randomUUID(), acts))).rejects.toMatchObject({
    reason: 'forbidden',
    message: expect.stringMatching(/^这是您本人的档案。/),
  })
  await expect(it.as(own, (ctx) => strikeOutImport(ctx, importId))).rejects.toMatchObject({
    reason: 'forbidden',
    message: expect.stringMatching(/^这次导入记录了您本人的发展过程/),
  })
  await it.as(own, (ctx) => recordActs(ctx, crypto.randomUUID(), acts.slice(0, 1)))
  expect([await actsOf(it, it.li.id), (await actsOf(it, it.wang.id))?.length]).toEqual([
    [['thoughtReport', '2026-02-01']],
    2,
  ])
})

test('an import makes an older reading of the file stale', async () => {
  const { it } = await imported()
  await expect(
    it.as(it.actors.secretary, (ctx) =>
      recordAct(ctx, it.wang.id, 1, { act: { kind: 'thoughtReport', on: '2026-02-01' } }),
    ),
  ).rejects.toMatchObject({ reason: 'changed' })
})

test('takes as many statements for one act as for many', async () => {
  const it = await smallUniversity(database)
  const count = (persons: { id: string; path: string }[]) =>
    statementsOf(() =>
      it.as(it.actors.department, (ctx) =>
        recordActs(
          ctx,
          crypto.randomUUID(),
          persons.map(({ id, path }) => ({ personId: id, path, act: { kind: 'thoughtReport', on: '2026-01-05' } })),
        ),
      ),
    )
  expect(await count([it.wang, it.sun, it.li, it.zhao])).toBe(await count([it.wang]))
})

/** A university into which an import has brought three acts. */
async function imported() {
  const it = await smallUniversity(database)
  const importId = crypto.randomUUID()
  await it.as(it.actors.department, (ctx) =>
    recordActs(ctx, importId, [
      { personId: it.wang.id, path: it.wang.path, act: { kind: 'application', on: '2026-01-05' } },
      { personId: it.wang.id, path: it.wang.path, act: { kind: 'applicantTalk', on: '2026-01-20' } },
      { personId: it.sun.id, path: it.sun.path, act: { kind: 'application' } },
    ]),
  )
  return { it, importId, wang: it.wang.id, sun: it.sun.id }
}

async function actsOf(it: Awaited<ReturnType<typeof smallUniversity>>, personId: string) {
  const [file] = await it.as(it.actors.department, (ctx) => factsOf(ctx, [personId]))
  return file?.facts.acts.map((act) => [act.kind, act.on]).sort()
}
