import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { type ImportedAct, recordActs } from '../development/imported.ts'
import { changeMany, registerMany } from '../people/bulk.ts'
import type { PersonChange } from '../people/schema.ts'
import { opened, type StoredPerson } from '../people/sealing.ts'
import { groundOf, type Judgement, judgeRows } from './judging.ts'
import { dropFile } from './kept-file.ts'
import { type ImportRowStored, keptRows, readAgain } from './kept-rows.ts'
import { may } from './policy.ts'
import type { Desk } from './preview.ts'
import { findImport } from './queries.ts'
import type { CommitChoice } from './schema.ts'
import { importRows, imports, rememberedLayouts } from './tables.ts'
import { takeCommitLock } from './under-way.ts'

/** What a commit has written. */
export interface Written {
  registered: number
  changed: number
  acts: number
  leftOut: number
}

/** A row on its way into the register. */
interface Taken {
  row: ImportRowStored
  judgement: Judgement
}

/**
 * Writes an import in one transaction, all or nothing; how far it is can be seen from outside. A second commit of the same
 * import at the same time, or later, does nothing. A row whose person was changed since the preview goes to doubt instead.
 */
export async function commit(desk: Desk, importId: string, choice: CommitChoice): Promise<void> {
  await desk.transaction(async (ctx) => {
    if (!(await takeCommitLock(ctx, importId))) return
    const it = found(await findImport(ctx, importId), '次导入')
    authorize(may(ctx.actor, it).commit, '提交导入')
    if (it.committedAt !== null || it.undoneAt !== null || it.discardedAt !== null) return
    if (it.layout === null || it.previewedAt === null)
      throw new Refusal('conflict', '文件还没有读完，请等预览完成后再提交。')

    const { columns } = it.layout
    const of = { id: it.id, path: it.path, columns }
    const ground = await groundOf(ctx, { ...it, columns })
    const written: Written = { registered: 0, changed: 0, acts: 0, leftOut: 0 }
    const met = new Set<string>()
    let done = 0
    for await (const rows of keptRows(ctx, importId, inArray(importRows.effect, ['new', 'changed']))) {
      const wanted = rows.filter((row) => choice.takesFaulty || row.errorCount === 0)
      const again = wanted.map((row) => ({ ...readAgain(ctx, of, row), decided: row.decided }))
      const judged = await judgeRows(ctx, ground, again, { withFindings: false })
      const taken = wanted.flatMap((row, at): Taken[] => {
        const judgement = judged[at]
        return judgement ? [{ row, judgement }] : []
      })
      const fresh: Taken[] = []
      const doubtful = new Map<number, string>()
      for (const one of taken) {
        const doubt = doubtAbout(one, met)
        if (doubt === null) fresh.push(one)
        else doubtful.set(one.row.row, doubt)
        if (one.judgement.person) met.add(one.judgement.person.id)
      }
      await writeRows(ctx, importId, fresh, written, doubtful)
      await leaveInDoubt(ctx, importId, doubtful)
      written.leftOut += rows.length - wanted.length + doubtful.size
      done += rows.length
      await tell(desk, importId, done)
    }
    await forgetWritten(ctx, importId, choice)
    await dropFile(ctx, importId)
    await rememberLayout(ctx, it.layout)
    await ctx.db
      .update(imports)
      .set({ committedAt: new Date(), commitStartedAt: null, failure: null, written })
      .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId)))
    await record(
      ctx,
      'intake.committed',
      { kind: 'import', id: importId, orgPath: it.path },
      { fileName: it.fileName, ...written },
    )
  })
}

/** Why a row is not written as the preview showed it; null where it is. */
function doubtAbout({ row, judgement }: Taken, met: ReadonlySet<string>): string | null {
  const { effect, person, doubt } = judgement
  if (effect === 'doubt') return doubt ?? changedSince
  if (person && met.has(person.id)) return '本文件另一行是同一位人员，已写入那一行，请核对后再导入这一行'
  if ((person?.id ?? null) !== row.personId) return changedSince
  if (person && person.revision !== row.revision) return changedSince
  return null
}

const changedSince = '预览之后系统中的资料已被他人修改，没有写入这一行，请核对后重新导入'

async function writeRows(
  ctx: Context,
  importId: string,
  taken: readonly Taken[],
  written: Written,
  doubtful: Map<number, string>,
): Promise<void> {
  const entered = await enter(ctx, importId, taken, doubtful)
  const changed = await change(ctx, importId, taken, doubtful)
  const acts: ImportedAct[] = []
  for (const { row, judgement } of taken) {
    if (doubtful.has(row.row)) continue
    const { organization, person, write } = judgement
    const personId = person?.id ?? entered.get(row.row)
    const path = person?.path ?? organization?.path
    if (personId === undefined || path === undefined) continue
    for (const it of write.acts) acts.push({ personId, path, ...it })
  }
  if (acts.length > 0) await recordActs(ctx, importId, acts)
  const ofChanged = taken.filter(({ row, judgement }) => judgement.person !== null && !doubtful.has(row.row))
  await keepUndo(ctx, importId, changed)
  written.registered += entered.size
  written.changed += ofChanged.filter(({ judgement }) => judgement.effect === 'changed').length
  written.acts += acts.length
}

/** Enters the new persons. Rows whose number stands in the register already, out of sight, are left in doubt. */
async function enter(
  ctx: Context,
  importId: string,
  taken: readonly Taken[],
  doubtful: Map<number, string>,
): Promise<Map<number, string>> {
  for (;;) {
    const rows = taken.filter(({ row, judgement }) => judgement.person === null && !doubtful.has(row.row))
    const registrations = rows.flatMap(({ judgement: { organization, write } }) => {
      const { name, ...fields } = write.fields
      return organization && name !== undefined
        ? [{ organizationId: organization.id, fields: { name, ...fields } }]
        : []
    })
    if (registrations.length === 0) return new Map()
    const tried = await attempt(ctx, () => registerMany(ctx, registrations, importId))
    if ('done' in tried) return new Map(rows.map(({ row }, at) => [row.row, tried.done[at] ?? '']))
    const places = tried.refused.fields.map(({ path, message }) => ({ row: rows[Number(path.slice(5))]?.row, message }))
    if (places.every(({ row }) => row === undefined)) throw tried.refused
    for (const { row, message } of places) if (row) doubtful.set(row.row, message)
  }
}

/** Changes persons; returns those changed. Where a number belongs to somebody else the row is left in doubt. */
async function change(
  ctx: Context,
  importId: string,
  taken: readonly Taken[],
  doubtful: Map<number, string>,
): Promise<{ row: number; person: StoredPerson; change: PersonChange }[]> {
  const rows = taken.flatMap(({ row, judgement: { person, write } }) =>
    person && write.change && !doubtful.has(row.row) ? [{ row: row.row, person, change: write.change }] : [],
  )
  const amend = (some: typeof rows) =>
    changeMany(
      ctx,
      some.map(({ person, change }) => ({ personId: person.id, change })),
      importId,
    )
  if (rows.length === 0) return []
  const together = await attempt(ctx, () => amend(rows))
  if ('done' in together) return rows
  const changed: typeof rows = []
  for (const row of rows) {
    const alone = await attempt(ctx, () => amend([row]))
    if ('done' in alone) changed.push(row)
    else doubtful.set(row.row, alone.refused.message)
  }
  return changed
}

/** Does something so that the transaction goes on where it is refused. */
async function attempt<Result>(
  { db }: Context,
  act: () => Promise<Result>,
): Promise<{ done: Result } | { refused: Refusal }> {
  await db.execute(sql`savepoint attempt`)
  try {
    const done = await act()
    await db.execute(sql`release savepoint attempt`)
    return { done }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await db.execute(sql`rollback to savepoint attempt`)
    return { refused: error }
  }
}

/** How the fields of a person are put back, and what the import wrote. */
export interface Undo {
  back: PersonChange
  wrote: PersonChange
}

export const undoPlace = (importId: string, row: number) => `import_rows.undo:${importId}:${row}`

async function keepUndo(
  ctx: Context,
  importId: string,
  changed: readonly { row: number; person: StoredPerson; change: PersonChange }[],
): Promise<void> {
  if (changed.length === 0) return
  const kept = changed.map(({ row, person, change }) => {
    const undo: Undo = { back: backOf(ctx, person, change), wrote: change }
    return { row, undo: ctx.encryption.sealField(JSON.stringify(undo), undoPlace(importId, row)) }
  })
  await ctx.db.execute(sql`
    update import_rows as kept set undo = given.undo
    from json_to_recordset(${JSON.stringify(kept)}::json) as given(row int, undo text)
    where kept.tenant_id = ${ctx.tenantId} and kept.import_id = ${importId} and kept.row = given.row`)
}

function backOf(ctx: Context, person: StoredPerson, { set }: PersonChange): PersonChange {
  const back: Record<string, unknown> = {}
  const clear: PersonChange['clear'] = []
  for (const key of Object.keys(set)) {
    const before: unknown =
      key === 'idNumber' || key === 'phone' ? opened(ctx.encryption, person, key) : Reflect.get(person, key)
    if (before !== null && before !== undefined) back[key] = before
    else if (isClearable(key)) clear.push(key)
  }
  return { set: back, clear }
}

const isClearable = (key: string): key is PersonChange['clear'][number] => key !== 'name'

async function leaveInDoubt(ctx: Context, importId: string, doubtful: ReadonlyMap<number, string>): Promise<void> {
  if (doubtful.size === 0) return
  const rows = [...doubtful].map(([row, doubt]) => ({ row, doubt }))
  await ctx.db.execute(sql`
    update import_rows as kept set effect = 'doubt', doubt = given.doubt
    from json_to_recordset(${JSON.stringify(rows)}::json) as given(row int, doubt text)
    where kept.tenant_id = ${ctx.tenantId} and kept.import_id = ${importId} and kept.row = given.row`)
}

/** Tells how far it is, outside the transaction, so that others see it. */
async function tell(desk: Desk, importId: string, rowsDone: number): Promise<void> {
  await desk.transaction((ctx) =>
    ctx.db
      .update(imports)
      .set({ rowsDone })
      .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId))),
  )
}

/** Rows that were written say nothing more; of changed ones only how they are put back is kept. */
async function forgetWritten(ctx: Context, importId: string, { takesFaulty }: CommitChoice): Promise<void> {
  const clean = takesFaulty ? undefined : eq(importRows.errorCount, 0)
  const written = (effect: 'new' | 'changed') => and(eq(importRows.effect, effect), clean)
  const here = and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId))
  await ctx.db.delete(importRows).where(and(here, or(eq(importRows.effect, 'unchanged'), written('new'))))
  await ctx.db
    .update(importRows)
    .set({ cells: {}, sealed: null })
    .where(and(here, written('changed')))
}

async function rememberLayout(
  { db, tenantId }: Context,
  layout: NonNullable<(typeof imports.$inferSelect)['layout']>,
): Promise<void> {
  const columns = Object.fromEntries(layout.columns.map(({ letter, field }) => [letter, field]))
  await db
    .insert(rememberedLayouts)
    .values({ tenantId, fingerprint: layout.fingerprint, columns })
    .onConflictDoUpdate({
      target: [rememberedLayouts.tenantId, rememberedLayouts.fingerprint],
      set: { columns, rememberedAt: sql`now()` },
    })
}
