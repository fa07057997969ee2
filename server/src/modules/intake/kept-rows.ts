import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { manyRows } from '../../platform/many-rows.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { fieldOf } from './fields.ts'
import type { Judgement } from './judging.ts'
import { cellsOf, type RowReading, readRow } from './reading.ts'
import type { Column } from './recognition.ts'
import type { ProblemCode } from './row-draft.ts'
import { cellsPlace, openCells, sealCells } from './sealed-cells.ts'
import { importRows } from './tables.ts'

export type ImportRowStored = typeof importRows.$inferSelect

/** The import to which rows belong. */
export interface RowsOf {
  id: string
  path: OrgPath
  columns: readonly Column[]
}

/** A row that has been judged. */
export interface JudgedRow {
  reading: RowReading
  texts: Readonly<Record<string, string>>
  decided: string | null
  judgement: Judgement
}

/** Keeps judged rows of an import, those that are kept already in place of what was there. */
export async function keepRows(ctx: Context, of: RowsOf, rows: readonly JudgedRow[]): Promise<void> {
  const records = rows.map(({ reading, texts, decided, judgement }) => ({
    tenantId: ctx.tenantId,
    importId: of.id,
    row: reading.row,
    path: of.path,
    name: reading.name ?? null,
    branch: reading.branch ?? null,
    organizationId: judgement.organization?.id ?? null,
    ...sealCells(ctx.encryption, of.columns, texts, cellsPlace(of.id, reading.row)),
    effect: judgement.effect,
    decided,
    personId: judgement.person?.id ?? null,
    revision: judgement.person?.revision ?? null,
    errorCount: judgement.problems.filter((it) => it.severity === 'error').length,
    noteCount:
      judgement.problems.filter((it) => it.severity !== 'info').length +
      judgement.findings.length +
      (judgement.doubt === null ? 0 : 1),
    doubt: judgement.doubt,
    candidates: judgement.candidates.length > 0 ? judgement.candidates : null,
    problems: judgement.problems,
    findings: judgement.findings,
    fieldChanges: judgement.fieldChanges,
    actChanges: judgement.effect === 'new' ? [] : judgement.actChanges,
    undo: null,
  }))
  await importRowRecords.insert(ctx.db, records, replacing)
}

/** The rows of an import that meet a condition, some thousand at a time in their order. */
export async function* keptRows(
  { db, tenantId }: Context,
  importId: string,
  condition?: SQL,
  size = 2_000,
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

/** A kept row read again from its cells; what was found between the rows of the file is kept. */
export function readAgain(
  ctx: Context,
  of: RowsOf,
  row: ImportRowStored,
  edits: Readonly<Record<string, string>> = {},
) {
  const texts = { ...openCells(ctx.encryption, row, cellsPlace(of.id, row.row)), ...edits }
  for (const [letter, text] of Object.entries(texts)) if (text === '') delete texts[letter]
  const own = readRow(of.columns, typedCells(of.columns, texts), row.row)
  const branchInTable = of.columns.some(({ field }) => field === 'branch')
  const identifies = of.columns.some(
    ({ field, letter }) => letter in edits && ['studentNumber', 'idNumber', 'name', 'bornOn'].includes(field ?? ''),
  )
  const between = identifies
    ? []
    : row.problems.flatMap((it) =>
        it.code === repeated ? [{ row: row.row, ...it, code: repeated as ProblemCode }] : [],
      )
  const branch = own.branch ?? (branchInTable ? undefined : (row.branch ?? undefined))
  const reading: RowReading = { ...own, branch, problems: [...own.problems, ...between] }
  return { reading, texts }
}

const repeated = 'duplicate-person' satisfies ProblemCode

/** A serial number in a column of days was a number in the file. */
function typedCells(columns: readonly Column[], texts: Readonly<Record<string, string>>): CellValue[] {
  const cells = cellsOf(columns, texts)
  for (const { index, field } of columns) {
    const cell = cells[index]
    if (typeof cell !== 'string' || !/^\d{4,8}(?:\.\d+)?$/.test(cell)) continue
    const type = field === null ? undefined : fieldOf(field)?.type
    if (type?.startsWith('day') || type === 'month' || type === 'stretch') cells[index] = Number(cell)
  }
  return cells
}

const importRowRecords = manyRows(importRows)

const replaced = [
  'name',
  'branch',
  'organization_id',
  'cells',
  'sealed',
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
