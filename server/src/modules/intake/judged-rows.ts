import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { cellsInFile } from './kept-cells.ts'
import { withEdits } from './kept-rows.ts'
import { findImport } from './queries.ts'
import type { ImportRow, RowProblem, RowsQuery } from './schema.ts'
import { openEdits, shownCells } from './sealed-cells.ts'
import { importRows } from './tables.ts'

/** The rows of the preview in the order of the file, by what the import would do, with problems only, or by name. */
export async function listRows(ctx: Context, importId: string, query: RowsQuery): Promise<Page<ImportRow>> {
  const { layout } = found(await findImport(ctx, importId), '次导入')
  const after = query.cursor === undefined ? 0 : readCursor(query.cursor, z.tuple([z.int32()]))[0]
  const condition = and(
    eq(importRows.tenantId, ctx.tenantId),
    eq(importRows.importId, importId),
    query.effect && eq(importRows.effect, query.effect),
    query.noted ? gt(importRows.noteCount, 0) : undefined,
    query.q ? sql`position(${query.q} in coalesce(${importRows.name}, '')) > 0` : undefined,
  )
  const rows = await ctx.db
    .select()
    .from(importRows)
    .where(and(condition, gt(importRows.row, after)))
    .orderBy(asc(importRows.row))
    .limit(query.limit + 1)
  const shown = rows.slice(0, query.limit)
  const people = await candidatesOf(
    ctx,
    shown.flatMap((it) => it.candidates ?? []),
  )
  const named = await namesOf(
    ctx,
    shown.flatMap((it) => it.organizationId ?? []),
  )
  const cells = await cellsInFile(ctx, importId, shown)
  const items = shown.map((it) => {
    const edits = openEdits(ctx.encryption, importId, it)
    const kept = withEdits(cells.get(it.row) ?? {}, edits)
    return {
      row: it.row,
      name: it.name,
      branch: it.branch,
      organizationName: named.get(it.organizationId ?? '') ?? null,
      effect: it.effect,
      doubt: it.doubt,
      decided: it.decided,
      personId: it.personId,
      candidates: (it.candidates ?? []).flatMap((id) => people.get(id) ?? []),
      cells: layout === null ? {} : shownCells(layout, kept),
      edited: Object.keys(edits),
      problems: [...it.problems],
      findings: [...it.findings],
      fieldChanges: [...it.fieldChanges],
      actChanges: [...it.actChanges],
    }
  })
  const last = shown.at(-1)
  return { items, ...(rows.length > query.limit && last ? { next: writeCursor([last.row]) } : {}) }
}

/** The problems of all rows, for marking them in the file. */
export async function problemsIn({ db, tenantId }: Context, importId: string) {
  const rows = await db
    .select({
      row: importRows.row,
      problems: importRows.problems,
      doubt: importRows.doubt,
      findings: importRows.findings,
    })
    .from(importRows)
    .where(and(eq(importRows.tenantId, tenantId), eq(importRows.importId, importId), gt(importRows.noteCount, 0)))
    .orderBy(asc(importRows.row))
  return rows.map(({ row, problems, doubt, findings }) => ({
    row,
    problems: [
      ...problems,
      ...findings.map(({ severity, message }): RowProblem => ({ column: null, code: 'rule', severity, message })),
      ...(doubt === null ? [] : [{ column: null, code: 'doubt', severity: 'warning' as const, message: doubt }]),
    ],
  }))
}

async function candidatesOf({ db, tenantId, actor }: Context, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, ImportRow['candidates'][number]>()
  const rows = await db
    .select({
      id: persons.id,
      name: persons.name,
      studentNumber: persons.studentNumber,
      bornOn: persons.bornOn,
      organization: organizations.name,
    })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        within(persons.path, actor.rootsOf('read-files')),
        inArray(persons.id, [...new Set(ids)]),
      ),
    )
  return new Map(rows.map((it) => [it.id, it]))
}

async function namesOf({ db, tenantId }: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), inArray(organizations.id, [...new Set(ids)])))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
