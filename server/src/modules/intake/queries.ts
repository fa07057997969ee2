import { and, asc, count, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { branchKinds, kindsBelow } from '../organization/kinds-schema.ts'
import { organizations } from '../organization/tables.ts'
import { fields } from './fields.ts'
import { cellsInFile } from './kept-cells.ts'
import { withEdits } from './kept-rows.ts'
import { may } from './policy.ts'
import { isBeingRead } from './preview.ts'
import { type PrivateNumber, privateNumberNames } from './private-numbers.ts'
import type { CountedImport, ImportItem, ImportState, ImportsQuery, ImportView } from './schema.ts'
import { openEdits, shownCells } from './sealed-cells.ts'
import { importRows, imports } from './tables.ts'
import { isBeingCommitted, isTakenUp } from './under-way.ts'

export type ImportStored = typeof imports.$inferSelect

/** The imports into the parts of the tree in which the actor imports, the last one first. */
export async function listImports(ctx: Context, { cursor, limit }: ImportsQuery): Promise<Page<ImportItem>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select({ it: imports, organization: organizations.name, isCommitting: isBeingCommitted(sql`${imports.id}`) })
    .from(imports)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, imports.tenantId), eq(organizations.id, imports.organizationId)),
    )
    .where(
      and(
        eq(imports.tenantId, ctx.tenantId),
        within(imports.path, ctx.actor.rootsOf('import')),
        isNull(imports.discardedAt),
        after === undefined ? undefined : lt(imports.id, after),
      ),
    )
    .orderBy(desc(imports.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(itemOf)
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** One import with all that the wizard shows. */
export async function readImport(ctx: Context, importId: string): Promise<ImportView> {
  const [row] = await ctx.db
    .select({ it: imports, organization: organizations.name, isCommitting: isBeingCommitted(importId) })
    .from(imports)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, imports.tenantId), eq(organizations.id, imports.organizationId)),
    )
    .where(ofActor(ctx, importId))
  const { it, ...beside } = found(row, '次导入')
  const item = itemOf({ it, ...beside })
  const isOpen = item.state === 'preview' || item.state === 'unrecognised' || item.state === 'interrupted'
  const isWorking = item.state === 'reading' || item.state === 'committing' || item.state === 'undoing'
  const can = may(ctx.actor, it)
  const unknownBranches = isOpen ? await unknownIn(ctx, importId) : []
  const { branches, parents } = isOpen && unknownBranches.length > 0 ? await places(ctx, it) : noPlaces
  return {
    ...item,
    organizationId: it.organizationId,
    fileBytes: it.fileBytes,
    sheets: it.sheets.map((sheet) => ({ ...sheet })),
    layout: it.layout && {
      sheet: it.layout.sheet,
      headerRow: it.layout.headerRow,
      columns: await samplesOf(ctx, it.id, it.layout),
    },
    fields: fields.map(({ code, name }) => ({ code, name })),
    rowsDone: it.rowsDone,
    rowsToDo: (item.state === 'committing' ? it.rowsToWrite : null) ?? it.rowsTotal,
    failure: it.failure,
    counts: isWorking ? null : await countsOf(ctx, importId),
    unknownBranches,
    branches,
    parents,
    can: {
      change: can.change && isOpen,
      commit: can.commit && (item.state === 'preview' || (item.state === 'interrupted' && it.previewedAt !== null)),
      undo: can.undo && item.state === 'committed',
      discard: can.change && (isOpen || item.state === 'reading'),
    },
  }
}

/** An import within the actor's reach; locked against changes by others where asked for. */
export async function findImport(
  ctx: Context,
  importId: string,
  { lock = false } = {},
): Promise<ImportStored | undefined> {
  const query = ctx.db.select().from(imports).where(ofActor(ctx, importId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

const ofActor = (ctx: Context, importId: string) =>
  and(eq(imports.tenantId, ctx.tenantId), eq(imports.id, importId), within(imports.path, ctx.actor.rootsOf('import')))

interface Listed {
  it: ImportStored
  organization: string
  isCommitting: boolean
}

const itemOf = ({ it, organization, isCommitting }: Listed): ImportItem => ({
  id: it.id,
  fileName: it.fileName,
  organization,
  createdBy: it.createdByName,
  createdAt: it.createdAt.toISOString(),
  state: stateOf(it, isCommitting),
  rowsTotal: it.rowsTotal,
  written: it.written,
})

/** How far an import has come, by its days and by what is under way at this moment. */
function stateOf(it: ImportStored, isCommitting: boolean): ImportState {
  if (it.discardedAt) return 'discarded'
  if (it.undoneAt) return 'undone'
  if (it.committedAt) {
    return isCommitting || (it.undoStartedAt && isTakenUp(it.undoStartedAt)) ? 'undoing' : 'committed'
  }
  if (it.layout === null) return 'unrecognised'
  if (isCommitting) return 'committing'
  if (it.commitStartedAt) return isTakenUp(it.commitStartedAt) ? 'committing' : 'interrupted'
  if (it.previewedAt) return 'preview'
  return isBeingRead(it.id) ? 'reading' : 'interrupted'
}

async function countsOf({ db, tenantId }: Context, importId: string): Promise<CountedImport['counts']> {
  const rows = await db
    .select({
      effect: importRows.effect,
      rows: count(),
      noted: sql<number>`(count(*) filter (where ${importRows.noteCount} > 0))::int`,
      faulty: sql<number>`(count(*) filter (where ${importRows.errorCount} > 0))::int`,
    })
    .from(importRows)
    .where(and(eq(importRows.tenantId, tenantId), eq(importRows.importId, importId)))
    .groupBy(importRows.effect)
  const counts = { new: 0, changed: 0, unchanged: 0, doubt: 0, skipped: 0, noted: 0, faulty: 0 }
  for (const { effect, rows: some, noted, faulty } of rows) {
    counts[effect] = some
    counts.noted += noted
    if (effect === 'new' || effect === 'changed') counts.faulty += faulty
  }
  return counts
}

/** Each column with what stands in the first rows that fill it. */
async function samplesOf(ctx: Context, importId: string, layout: NonNullable<ImportStored['layout']>) {
  const rows = await ctx.db
    .select({ row: importRows.row, edits: importRows.edits })
    .from(importRows)
    .where(and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId)))
    .orderBy(asc(importRows.row))
    .limit(20)
  const cells = await cellsInFile(ctx, importId, rows)
  const shown = rows.map((row) =>
    shownCells(layout, withEdits(cells.get(row.row) ?? {}, openEdits(ctx.encryption, importId, row))),
  )
  return layout.columns.map(({ letter, header, field, holds }) => ({
    letter,
    header,
    field,
    samples: [...new Set(shown.flatMap((cells) => cells[letter] ?? []))].slice(0, 3),
    warning: field !== null || holds === undefined ? null : warningOf(holds),
  }))
}

const warningOf = (holds: PrivateNumber): string =>
  `这一列看起来是${privateNumberNames[holds]}，请指定对应项目，否则不导入`

async function unknownIn({ db, tenantId }: Context, importId: string): Promise<ImportView['unknownBranches']> {
  const rows = await db
    .select({ name: importRows.branch, rows: count() })
    .from(importRows)
    .where(
      and(
        eq(importRows.tenantId, tenantId),
        eq(importRows.importId, importId),
        isNull(importRows.organizationId),
        inArray(importRows.effect, ['doubt']),
      ),
    )
    .groupBy(importRows.branch)
    .orderBy(desc(count()), asc(importRows.branch))
    .limit(200)
  return rows
}

const noPlaces = { branches: [], parents: [] }

async function places(ctx: Context, it: ImportStored): Promise<Pick<ImportView, 'branches' | 'parents'>> {
  const rows = await ctx.db
    .select({ id: organizations.id, name: organizations.name, kind: organizations.kind, path: organizations.path })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, ctx.tenantId),
        within(organizations.path, [it.path]),
        isNull(organizations.dissolvedOn),
      ),
    )
    .orderBy(asc(organizations.path))
    .limit(2_000)
  const named = ({ id, name }: (typeof rows)[number]) => ({ id, name })
  return {
    branches: rows
      .filter(({ kind }) => branchKinds.includes(kind))
      .slice(0, 500)
      .map(named),
    parents: rows
      .filter(({ kind, path }) => kindsBelow[kind].includes('branch') && ctx.actor.holds('manage-organization', path))
      .slice(0, 200)
      .map(named),
  }
}
