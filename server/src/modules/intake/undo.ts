import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { countTied } from '../accounts/queries.ts'
import { actsByImport, strikeOutImport, withActsBeside } from '../development/imported.ts'
import { changeMany, differencesOf, withdrawMany } from '../people/bulk.ts'
import { persons } from '../people/tables.ts'
import { actName } from './act-changes.ts'
import { keptRows } from './kept-rows.ts'
import { may } from './policy.ts'
import { behindTheAnswer, type Desk } from './preview.ts'
import { findImport, type ImportStored } from './queries.ts'
import type { UndoConflict } from './schema.ts'
import { importRows, imports } from './tables.ts'
import { takeCommitLock, tellNowAndThen } from './under-way.ts'
import { type Undo, undoPlace } from './writing.ts'

/**
 * Begins to take a committed import back; the work goes on behind the answer. Refused, with what stands against it, as soon
 * as something later depends on it; a second call changes nothing.
 */
export async function beginUndo(desk: Desk, importId: string): Promise<void> {
  const begins = await desk.transaction(async (ctx) => {
    const it = await undoable(ctx, importId)
    if (it === undefined) return false
    await refuseConflicts(ctx, it)
    await ctx.db
      .update(imports)
      .set({ undoStartedAt: new Date(), failure: null, rowsDone: 0 })
      .where(thisOne(ctx, importId))
    return true
  })
  if (begins) behindTheAnswer(desk, importId, () => undo(desk, importId))
}

/**
 * Takes a committed import back in one transaction: persons it entered leave the register, fields and acts are as they were
 * before. Looks again whether anything depends on it, now that nobody can change the persons any more.
 */
async function undo(desk: Desk, importId: string): Promise<void> {
  await desk.transaction(async (ctx) => {
    if (!(await takeCommitLock(ctx, importId))) return
    const it = await undoable(ctx, importId)
    if (it === undefined) return
    await ctx.db.execute(sql`
      select from persons where tenant_id = ${ctx.tenantId} and import_id = ${importId} order by id for update`)
    await refuseConflicts(ctx, it)

    const tell = tellNowAndThen(desk, importId)
    await strikeOutImport(ctx, importId, tell)
    for await (const rows of keptRows(ctx, importId, isNotNull(importRows.undo))) {
      const amendments = rows.flatMap((row) => {
        const undo = undoOf(ctx, row)
        return undo && row.personId ? [{ personId: row.personId, change: undo.back }] : []
      })
      await changeMany(ctx, amendments, importId)
    }
    await withdrawMany(ctx, await enteredBy(ctx, importId), importId, refuseTied)
    await ctx.db
      .update(imports)
      .set({ undoneAt: new Date(), undoStartedAt: null, failure: null })
      .where(thisOne(ctx, importId))
    await record(ctx, 'intake.undone', { kind: 'import', id: importId, orgPath: it.path }, { fileName: it.fileName })
  })
}

/** The import, if it is there to be undone; nothing where it has been undone already. */
async function undoable(ctx: Context, importId: string): Promise<ImportStored | undefined> {
  const it = found(await findImport(ctx, importId), '次导入')
  authorize(may(ctx.actor, it).undo, '撤销导入')
  if (it.undoneAt !== null) return undefined
  if (it.committedAt === null) throw new Refusal('conflict', '这次导入没有提交，不需要撤销；不再需要时可以放弃。')
  return it
}

async function refuseConflicts(ctx: Context, it: ImportStored): Promise<void> {
  const conflicts = await undoConflicts(ctx, it)
  if (conflicts.length === 0) return
  throw new Refusal('conflict', `有 ${conflicts.length} 处后来的记录依赖这次导入，不能整体撤销。请先处理这些记录。`, {
    fields: conflicts
      .slice(0, 100)
      .map(({ personId, name, what }) => ({ path: personId, message: `${name}：${what}` })),
  })
}

/** Nobody with an account or a delegation leaves the register. */
async function refuseTied(ctx: Context, personIds: readonly string[]): Promise<void> {
  const { accounts, delegations } = await countTied(ctx, personIds)
  if (accounts + delegations === 0) return
  throw new Refusal('conflict', '其中有人刚刚开通了账号或列入了授权，不能撤回登记。请核对后重试。')
}

/** What later depends on an import: the person, what, and by whom it was done. */
export async function undoConflicts(ctx: Context, it: ImportStored): Promise<UndoConflict[]> {
  const found = new Map<string, Set<string>>()
  const note = (personId: string, what: string) => found.set(personId, (found.get(personId) ?? new Set()).add(what))

  for (const act of await actsByImport(ctx, it.id, { correctedOnly: true })) {
    note(act.personId, `“${actName(act.kind)}”后来被更正`)
  }
  for (const personId of await enteredBy(ctx, it.id, { changedOnly: true })) note(personId, '资料后来被修改')
  for (const personId of await withActsBeside(ctx, it.id)) note(personId, '后来又记录了发展过程')
  for (const { personId, what } of await dependents(ctx, it.id)) note(personId, what)
  for await (const rows of keptRows(ctx, it.id, isNotNull(importRows.undo))) {
    const ids = rows.flatMap((row) => row.personId ?? [])
    const stored = await ctx.db
      .select()
      .from(persons)
      .where(and(eq(persons.tenantId, ctx.tenantId), sql`${persons.id} = any(${sql.param(ids)}::uuid[])`))
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

/** The persons whom an import brought in; only those that were changed since where asked for. */
async function enteredBy({ db, tenantId }: Context, importId: string, { changedOnly = false } = {}): Promise<string[]> {
  const rows = await db
    .select({ id: persons.id })
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        eq(persons.importId, importId),
        changedOnly ? gt(persons.revision, 1) : undefined,
      ),
    )
    .orderBy(persons.id)
  return rows.map(({ id }) => id)
}

/** Offices, accounts and delegations of the persons whom an import brought in. */
async function dependents({ db, tenantId }: Context, importId: string) {
  const among = (table: string) => sql`${sql.identifier(table)} it join persons p on p.tenant_id = it.tenant_id
    and p.id = it.person_id where p.tenant_id = ${tenantId} and p.import_id = ${importId}`
  const { rows } = await db.execute<{ personId: string; what: string }>(sql`
    select p.id as "personId", '后来登记了任职' as what from ${among('offices')}
    union all select p.id, '后来开通了账号' from ${among('accounts')}
    union all select p.id, '后来列入了授权' from ${among('delegation_persons')}`)
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

const thisOne = ({ tenantId }: Context, importId: string) =>
  and(eq(imports.tenantId, tenantId), eq(imports.id, importId), isNull(imports.undoneAt))
