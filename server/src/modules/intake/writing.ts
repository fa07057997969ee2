import type { DevelopmentFacts, Setting } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type ImportedAct, recordActs } from '../development/imported.ts'
import { changeMany, registerMany } from '../people/bulk.ts'
import type { PersonChange } from '../people/schema.ts'
import { opened, type StoredPerson } from '../people/sealing.ts'
import type { Judgement } from './judgement.ts'
import type { ImportRowStored } from './kept-rows.ts'

/** What a commit has written. */
export interface Written {
  registered: number
  changed: number
  acts: number
  leftOut: number
}

/** A row on its way into the register. */
export interface Taken {
  row: ImportRowStored
  judgement: Judgement
}

/**
 * Writes rows into the register: persons entered, persons changed, acts. A row that the register refuses becomes doubtful
 * instead; `written` is counted up.
 */
export async function writeRows(
  ctx: Context,
  { importId, setting }: { importId: string; setting: Setting },
  taken: readonly Taken[],
  written: Written,
  doubtful: Map<number, string>,
): Promise<void> {
  const entered = await enter(ctx, importId, taken, doubtful)
  const changed = await change(ctx, importId, taken, doubtful)
  const acts: ImportedAct[] = []
  const facts = new Map<string, DevelopmentFacts>()
  for (const { row, judgement } of taken) {
    if (doubtful.has(row.row)) continue
    const { organization, person, write } = judgement
    const personId = person?.id ?? entered.get(row.row)
    const path = person?.path ?? organization?.path
    if (personId === undefined || path === undefined) continue
    for (const it of write.acts) acts.push({ personId, path, ...it })
    if (person === null && write.acts.length > 0) facts.set(personId, judgement.facts)
  }
  if (acts.length > 0) await recordActs(ctx, importId, acts, { facts, setting })
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

/** Leaves rows in doubt, each with its reason. */
export async function leaveInDoubt(
  ctx: Context,
  importId: string,
  doubtful: ReadonlyMap<number, string>,
): Promise<void> {
  if (doubtful.size === 0) return
  const rows = [...doubtful].map(([row, doubt]) => ({ row, doubt }))
  await ctx.db.execute(sql`
    update import_rows as kept set effect = 'doubt', doubt = given.doubt
    from json_to_recordset(${JSON.stringify(rows)}::json) as given(row int, doubt text)
    where kept.tenant_id = ${ctx.tenantId} and kept.import_id = ${importId} and kept.row = given.row`)
}
