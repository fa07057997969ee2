import { and, eq, gte, lte, notInArray, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import type { KeptCells } from './reading.ts'
import { openSlice, sealSlice } from './sealed-cells.ts'
import { importSlices } from './tables.ts'

/** So many rows are sealed together: seldom enough for a large file, and one page of the preview opens few rows in vain. */
const rowsPerSlice = 100

/** Keeps the cells of rows, in their order: `cells` is JSON of `KeptCells`. */
export async function keepCells(
  ctx: Pick<Context, 'db' | 'tenantId' | 'encryption'>,
  of: { id: string; path: OrgPath },
  lines: readonly { row: number; cells: string }[],
): Promise<void> {
  const slices: (typeof importSlices.$inferInsert)[] = []
  for (let from = 0; from < lines.length; from += rowsPerSlice) {
    const slice = lines.slice(from, from + rowsPerSlice)
    const firstRow = slice[0]?.row ?? 0
    const json = `{${slice.map(({ row, cells }) => `"${row}":${cells}`).join()}}`
    slices.push({
      tenantId: ctx.tenantId,
      importId: of.id,
      firstRow,
      lastRow: slice.at(-1)?.row ?? firstRow,
      path: of.path,
      sealed: await sealSlice(ctx.encryption, of.id, firstRow, json),
    })
  }
  if (slices.length > 0) await ctx.db.insert(importSlices).values(slices)
}

/** The cells of rows as they stand in the file, by row. Rows that were written have none any more. */
export async function cellsInFile(
  ctx: Context,
  importId: string,
  rows: readonly { row: number }[],
): Promise<Map<number, KeptCells>> {
  const wanted = rows.map(({ row }) => row)
  const cells = new Map<number, KeptCells>()
  if (wanted.length === 0) return cells
  const slices = await ctx.db
    .select({ firstRow: importSlices.firstRow, sealed: importSlices.sealed })
    .from(importSlices)
    .where(and(ofImport(ctx, importId), holdsOneOf(wanted)))
  for (const slice of slices) {
    const opened = openSlice(ctx.encryption, importId, slice)
    for (const row of wanted) {
      const kept = opened[row]
      if (kept) cells.set(row, kept)
    }
  }
  return cells
}

/** Forgets all cells of an import but those of some rows. */
export async function forgetCells(ctx: Context, importId: string, except: readonly number[] = []): Promise<void> {
  const kept =
    except.length === 0
      ? []
      : await ctx.db
          .select()
          .from(importSlices)
          .where(and(ofImport(ctx, importId), holdsOneOf(except)))
  const stay = new Set(except.map(String))
  for (const slice of kept) {
    const cells = Object.entries(openSlice(ctx.encryption, importId, slice)).filter(([row]) => stay.has(row))
    const sealed = await sealSlice(ctx.encryption, importId, slice.firstRow, JSON.stringify(Object.fromEntries(cells)))
    await ctx.db
      .update(importSlices)
      .set({ sealed })
      .where(and(ofImport(ctx, importId), eq(importSlices.firstRow, slice.firstRow)))
  }
  const first = kept.map(({ firstRow }) => firstRow)
  await ctx.db
    .delete(importSlices)
    .where(and(ofImport(ctx, importId), first.length === 0 ? undefined : notInArray(importSlices.firstRow, first)))
}

const ofImport = ({ tenantId }: Context, importId: string) =>
  and(eq(importSlices.tenantId, tenantId), eq(importSlices.importId, importId))

/** The ends are named beside the rows, so that neighbours are found without looking at every slice. */
const holdsOneOf = (rows: readonly number[]) =>
  and(
    gte(importSlices.lastRow, Math.min(...rows)),
    lte(importSlices.firstRow, Math.max(...rows)),
    sql`exists (select from unnest(${sql.param([...rows])}::int[]) as wanted(row)
      where wanted.row between ${importSlices.firstRow} and ${importSlices.lastRow})`,
  )
