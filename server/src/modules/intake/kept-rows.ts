import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { manyRows } from '../../platform/many-rows.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { type Judgement, storedAlike, storedText } from './judgement.ts'
import { cellsOf, type KeptCells, type RowReading, readRow, shownText } from './reading.ts'
import type { Layout } from './recognition.ts'
import type { ProblemCode } from './row-draft.ts'
import { type KeptEdits, openEdits, sealEdits } from './sealed-cells.ts'
import { importRows } from './tables.ts'

export type ImportRowStored = typeof importRows.$inferSelect

/** The import to which rows belong. */
export interface RowsOf {
  id: string
  path: OrgPath
  layout: Pick<Layout, 'columns' | 'dateSystem'>
}

/** New texts of cells by column letter; an empty text empties the cell. */
export type CellEdits = Readonly<Record<string, string>>

/** A row that has been judged. */
export interface JudgedRow {
  reading: RowReading
  edits: KeptEdits
  decided: string | null
  judgement: Judgement
}

/** Keeps judged rows of an import, those that are kept already in place of what was there. */
export async function keepRows(ctx: Context, of: RowsOf, rows: readonly JudgedRow[]): Promise<void> {
  await keepTexts(
    ctx,
    of,
    rows.map((row) => textOfRow(ctx, of, row)),
  )
}

/** A judged row as it is kept, as JSON. */
export const textOfRow = ({ encryption }: Context, { id }: RowsOf, row: JudgedRow): string =>
  storedText({ ...row, edits: sealEdits(encryption, id, row.reading.row, row.edits) })

/** Keeps rows that are JSON already. */
export async function keepTexts({ db, tenantId }: Context, of: RowsOf, rows: readonly string[]): Promise<void> {
  await importRowRecords.insertTexts(db, rows, {
    alike: storedAlike({ tenantId, importId: of.id, path: of.path }),
    ending: replacing,
  })
}

/** The rows of an import that meet a condition, some hundreds at a time in their order. */
export async function* keptRows(
  { db, tenantId }: Context,
  importId: string,
  condition?: SQL,
  size = 500,
): AsyncGenerator<ImportRowStored[]> {
  let last = 0
  for (;;) {
    const rows = await db
      .select()
      .from(importRows)
      .where(
        and(eq(importRows.tenantId, tenantId), eq(importRows.importId, importId), gt(importRows.row, last), condition),
      )
      .orderBy(asc(importRows.row))
      .limit(size)
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    last = rows.at(-1)?.row ?? last
  }
}

/**
 * A kept row read again from its cells in the file and what was changed by hand, now and before; what was found between the
 * rows of the file is kept.
 */
export function readAgain(
  ctx: Context,
  of: RowsOf,
  row: ImportRowStored,
  inFile: KeptCells = {},
  edits: CellEdits = {},
) {
  const { columns, dateSystem } = of.layout
  const before = openEdits(ctx.encryption, of.id, row)
  const { kept, made } = edited(of.layout, withEdits(inFile, before), edits)
  const own = readRow(columns, cellsOf(columns, kept), row.row, dateSystem)
  const branchInTable = columns.some(({ field }) => field === 'branch')
  const identifies = columns.some(
    ({ field, letter }) => letter in edits && ['studentNumber', 'idNumber', 'name', 'bornOn'].includes(field ?? ''),
  )
  const between = identifies
    ? []
    : row.problems.flatMap((it) =>
        it.code === repeated ? [{ row: row.row, ...it, code: repeated as ProblemCode }] : [],
      )
  const branch = own.branch ?? (branchInTable ? undefined : (row.branch ?? undefined))
  const reading: RowReading = { ...own, branch, problems: [...own.problems, ...between] }
  return { reading, edits: joined(before, made) }
}

/** Changes cells, and says what each was before. */
export function edited(
  { columns, dateSystem = '1900' }: RowsOf['layout'],
  before: Readonly<KeptCells>,
  edits: CellEdits,
): { kept: KeptCells; made: KeptEdits } {
  const made: Record<string, KeptEdits[string]> = {}
  for (const column of columns) {
    const to = edits[column.letter]
    if (to === undefined) continue
    made[column.letter] = { from: shownText(column, before[column.letter] ?? null, dateSystem), to }
  }
  return { kept: withEdits(before, made), made }
}

/** Cells with what was changed by hand in them. */
export function withEdits(cells: Readonly<KeptCells>, edits: KeptEdits): KeptCells {
  const changed = { ...cells }
  for (const [letter, { to }] of Object.entries(edits)) {
    if (to === '') delete changed[letter]
    else changed[letter] = to
  }
  return changed
}

/** Edits after edits: what stood in the file stays what each is compared with. */
function joined(earlier: KeptEdits, later: KeptEdits): KeptEdits {
  const both = { ...earlier }
  for (const [letter, { from, to }] of Object.entries(later)) both[letter] = { from: earlier[letter]?.from ?? from, to }
  return both
}

const repeated = 'duplicate-person' satisfies ProblemCode

const importRowRecords = manyRows(importRows)

const replaced = [
  'name',
  'branch',
  'organization_id',
  'edits',
  'effect',
  'decided',
  'matched_id',
  'revision',
  'error_count',
  'note_count',
  'doubt',
  'candidates',
  'problems',
  'findings',
  'field_changes',
  'act_changes',
]
const replacing = sql`on conflict (tenant_id, import_id, row) do update set ${sql.join(
  replaced.map((it) => sql`${sql.identifier(it)} = excluded.${sql.identifier(it)}`),
  sql`, `,
)}`
