import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { actsByImport, strikeOutImport, withActsBeside } from '../development/imported.ts'
import { changeMany, differencesOf, withdrawMany } from '../people/bulk.ts'
import { persons } from '../people/tables.ts'
import { actName } from './act-changes.ts'
import { type Undo, undoPlace } from './commit.ts'
import { keptRows } from './kept-rows.ts'
import { may } from './policy.ts'
import { findImport, type ImportStored } from './queries.ts'
import type { UndoConflict } from './schema.ts'
import { importRows, imports } from './tables.ts'

/**
 * Takes a committed import back: persons it entered leave the register, fields and acts are as they were before. Refused,
 * with what stands against it, as soon as something later depends on it.
 */
export async function undoImport(ctx: Context, importId: string): Promise<void> {
  const it = found(await findImport(ctx, importId, { lock: true }), '次导入')
  authorize(may(ctx.actor, it).undo, '撤销导入')
  if (it.undoneAt !== null) return
  if (it.committedAt === null) throw new Refusal('conflict', '这次导入没有提交，不需要撤销；不再需要时可以放弃。')
  const conflicts = await undoConflicts(ctx, it)
  if (conflicts.length > 0) {
    throw new Refusal('conflict', `有 ${conflicts.length} 处后来的记录依赖这次导入，不能整体撤销。请先处理这些记录。`, {
      fields: conflicts
        .slice(0, 100)
        .map(({ personId, name, what }) => ({ path: personId, message: `${name}：${what}` })),
    })
  }

  await strikeOutImport(ctx, importId)
  for await (const rows of keptRows(ctx, importId, isNotNull(importRows.undo))) {
    const amendments = rows.flatMap((row) => {
      const undo = undoOf(ctx, row)
      return undo && row.personId ? [{ personId: row.personId, change: undo.back }] : []
    })
    await changeMany(ctx, amendments, importId)
  }
  const entered = await enteredBy(ctx, importId)
  if (entered.length > 0) {
    await withdrawMany(
      ctx,
      entered.map(({ id }) => id),
      importId,
    )
  }
  await ctx.db
    .update(imports)
    .set({ undoneAt: new Date() })
    .where(and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId)))
  await record(ctx, 'intake.undone', { kind: 'import', id: importId, orgPath: it.path }, { fileName: it.fileName })
}

/** What later depends on an import: the person, what, and by whom it was done. */
export async function undoConflicts(ctx: Context, it: ImportStored): Promise<UndoConflict[]> {
  const found = new Map<string, Set<string>>()
  const note = (personId: string, what: string) => found.set(personId, (found.get(personId) ?? new Set()).add(what))

  for (const act of await actsByImport(ctx, it.id)) {
    if (act.correctedBy !== null) note(act.personId, `“${actName(act.kind)}”后来被更正`)
  }
  const entered = await enteredBy(ctx, it.id)
  for (const { id, revision } of entered) if (revision > 1) note(id, '资料后来被修改')
  const ids = entered.map(({ id }) => id)
  for (const personId of await withActsBeside(ctx, it.id, ids)) note(personId, '后来又记录了发展过程')
  for (const { personId, what } of await dependents(ctx, ids)) note(personId, what)
  for await (const rows of keptRows(ctx, it.id, isNotNull(importRows.undo))) {
    const stored = await ctx.db
      .select()
      .from(persons)
      .where(
        and(
          eq(persons.tenantId, ctx.tenantId),
          isAnyOf(
            persons.id,
            rows.flatMap((row) => row.personId ?? []),
          ),
        ),
      )
    const byId = new Map(stored.map((person) => [person.id, person]))
    for (const row of rows) {
      const undo = undoOf(ctx, row)
      const person = byId.get(row.personId ?? '')
      if (!undo || !person) continue
      if (Object.keys(differencesOf(ctx, person, undo.wrote)).length > 0) note(person.id, '导入的内容后来又被修改')
    }
  }
  return named(ctx, it.id, found)
}

function undoOf(ctx: Context, row: { importId: string; row: number; undo: string | null }): Undo | undefined {
  return row.undo === null
    ? undefined
    : JSON.parse(ctx.encryption.openField(row.undo, undoPlace(row.importId, row.row)))
}

const enteredBy = ({ db, tenantId }: Context, importId: string) =>
  db
    .select({ id: persons.id, revision: persons.revision })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.importId, importId)))

const isAnyOf = (column: typeof persons.id, ids: readonly string[]) =>
  sql`${column} = any(${sql.param([...ids])}::uuid[])`

/** Offices, accounts and delegations of persons. */
async function dependents({ db, tenantId }: Context, personIds: readonly string[]) {
  if (personIds.length === 0) return []
  const among = sql`tenant_id = ${tenantId} and person_id = any(${sql.param([...personIds])}::uuid[])`
  const { rows } = await db.execute<{ personId: string; what: string }>(sql`
    select person_id as "personId", '后来登记了任职' as what from offices where ${among}
    union all select person_id, '后来开通了账号' from accounts where ${among}
    union all select person_id, '后来列入了授权' from delegation_persons where ${among}`)
  return rows
}

/** The names of the persons, and who did the last thing to them that was not this import. */
async function named(
  { db, tenantId }: Context,
  importId: string,
  found: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<UndoConflict[]> {
  const ids = [...found.keys()]
  if (ids.length === 0) return []
  const { rows } = await db.execute<{ id: string; name: string; by: string | null }>(sql`
    select p.id, p.name, (select j.actor_name from journal j where j.tenant_id = p.tenant_id and j.person_id = p.id
      and j.event <> 'journal.read' and j.details ->> 'importId' is distinct from ${importId}
      order by j.id desc limit 1) as by
    from persons p where p.tenant_id = ${tenantId} and p.id = any(${sql.param(ids)}::uuid[]) order by p.pinyin, p.id`)
  return rows.flatMap(({ id, name, by }) =>
    [...(found.get(id) ?? [])].map((what) => ({ personId: id, name, what, by })),
  )
}
