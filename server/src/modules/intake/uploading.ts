import { subtle } from 'node:crypto'
import { and, eq, isNotNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { ancestors } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { turns } from '../../platform/turns.ts'
import { findOrganization, type OrganizationRow } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { carriedFrom } from './carrying.ts'
import { fieldOf } from './fields.ts'
import { forgetCells } from './kept-cells.ts'
import { dropFile, keepFile, openFile } from './kept-file.ts'
import { type ImportRowStored, keptRows } from './kept-rows.ts'
import { openImport, subjectOf, thisOne } from './opening.ts'
import { may } from './policy.ts'
import { beginPreview, type Desk } from './preview.ts'
import type { ImportStored } from './queries.ts'
import type { Choice, Layout, Recognition } from './recognition.ts'
import { openInThreads, type RemoteWorkbook } from './remote-workbook.ts'
import type { LayoutChoice } from './schema.ts'
import { importRows, imports, rememberedLayouts } from './tables.ts'

/** A file on its way in. */
export interface Upload {
  name: string
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * Takes a spreadsheet in: recognises its table, applies the mapping that was last used for the same headers, and reads its
 * rows behind the answer. Refuses what is no readable spreadsheet. Writes nothing into the register.
 */
export async function upload(desk: Desk, file: Upload, organizationId: string | undefined): Promise<string> {
  const into = await desk.transaction((ctx) => placeOf(ctx, organizationId))
  const workbook = await opened(desk, file.bytes, {})
  const { layout, sheets } = workbook.recognition
  const it = await closedUnless(workbook, () =>
    desk.transaction(async (ctx) => {
      const row = {
        tenantId: ctx.tenantId,
        id: newId(),
        path: into.path,
        organizationId: into.id,
        ...(await described(file)),
        sheets,
        layout: layout ?? null,
        rowsTotal: linesOf(workbook.recognition),
        createdBy: ctx.actor.accountId,
        createdByName: ctx.actor.name,
      }
      const [stored] = await ctx.db.insert(imports).values(row).returning()
      await keepFile(ctx, row, file.bytes)
      await record(ctx, 'intake.uploaded', subjectOf(row), { fileName: file.name, fileHash: row.fileHash })
      return found(stored, '次导入')
    }),
  )
  if (layout) beginPreview(desk, it, layout, workbook)
  else await workbook.close()
  return it.id
}

/**
 * Takes a corrected file in place of the one before. What was decided by hand about a row holds for the row of the same
 * person again; a changed cell only where the new file still says what the old one said.
 */
export async function replaceFile(desk: Desk, importId: string, file: Upload): Promise<void> {
  const { layout } = await desk.transaction((ctx) => openImport(ctx, importId))
  const workbook = await opened(desk, file.bytes, {}, layout)
  await readAnew(desk, importId, workbook, file)
}

/** Reads the file with sheet, header line and fields as somebody chose them. Refuses where no table is found there. */
export async function chooseLayout(desk: Desk, importId: string, choice: LayoutChoice): Promise<void> {
  refuseUnknownFields(choice)
  const bytes = await desk.transaction(async (ctx) => {
    await openImport(ctx, importId)
    return openFile(ctx, importId)
  })
  const { sheet, headerRow, columns } = choice
  const workbook = await openedInTurn(desk, bytes, {
    sheet,
    ...(headerRow === undefined ? {} : { headerRow }),
    fields: columns,
  })
  if (!workbook.recognition.layout) {
    await workbook.close()
    throw new Refusal('unreadable', `在工作表“${sheet}”的这一行没有找到表头，请换一行再试。`)
  }
  await readAnew(desk, importId, workbook, undefined)
}

/** The part of the tree to write into: as asked, or the highest in which the actor imports. */
async function placeOf(ctx: Context, organizationId: string | undefined): Promise<OrganizationRow> {
  if (organizationId !== undefined) {
    const asked = found(await findOrganization(ctx, organizationId), '个组织')
    authorize(may(ctx.actor, asked).change, `向${asked.name}导入`)
    return asked
  }
  const [root] = ctx.actor.rootsOf('import').sort((a, b) => ancestors(a).length - ancestors(b).length)
  authorize(root !== undefined, '导入')
  const [row] = await ctx.db
    .select()
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.path, root ?? '')))
  return found(row, '个组织')
}

/** Opens a file in a thread of its own, with the fields that were last chosen for the same headers: in the file before, else in an earlier import. */
async function opened(
  desk: Desk,
  bytes: Uint8Array,
  choice: Choice,
  before: Layout | null = null,
): Promise<RemoteWorkbook> {
  const workbook = await openedInTurn(desk, bytes, choice)
  const { layout } = workbook.recognition
  if (!layout) return workbook
  const remembered = await closedUnless(workbook, () =>
    desk.transaction(async ({ db, tenantId }) => {
      if (before?.fingerprint === layout.fingerprint) {
        return Object.fromEntries(before.columns.map(({ letter, field }) => [letter, field]))
      }
      const [row] = await db
        .select({ columns: rememberedLayouts.columns })
        .from(rememberedLayouts)
        .where(and(eq(rememberedLayouts.tenantId, tenantId), eq(rememberedLayouts.fingerprint, layout.fingerprint)))
      return row?.columns
    }),
  )
  const differs = layout.columns.some(
    ({ letter, field }) => remembered && letter in remembered && remembered[letter] !== field,
  )
  if (remembered && differs) await closedUnless(workbook, () => workbook.mapped(remembered))
  return workbook
}

/**
 * While a file is unpacked and built it may take hundreds of times its size in memory, so of those with which that is much
 * only one is opened at a time.
 */
async function openedInTurn(desk: Desk, bytes: Uint8Array, choice: Choice): Promise<RemoteWorkbook> {
  if (bytes.length < largeFileBytes) return openInThreads(bytes, choice)
  const accountId = await desk.transaction(async ({ actor }) => actor.accountId)
  const workbook = await takeTurn(accountId, () => openInThreads(bytes, choice))
  if (workbook === null) throw new Refusal('too-many', '您的另一个文件还在打开。请等它打开后，再上传这一个。')
  return workbook
}

const largeFileBytes = 1024 * 1024
const takeTurn = turns(1)

async function closedUnless<Result>(workbook: RemoteWorkbook, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    await workbook.close()
    throw error
  }
}

async function readAnew(
  desk: Desk,
  importId: string,
  workbook: RemoteWorkbook,
  file: Upload | undefined,
): Promise<void> {
  const { layout, sheets } = workbook.recognition
  const it = await closedUnless(workbook, () =>
    desk.transaction(async (ctx) => {
      const before = await openImport(ctx, importId)
      const carried = await carriedIn(ctx, before)
      await ctx.db
        .delete(importRows)
        .where(and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId)))
      await forgetCells(ctx, importId)
      if (file) {
        await dropFile(ctx, importId)
        await keepFile(ctx, before, file.bytes)
      }
      const [stored] = await ctx.db
        .update(imports)
        .set({
          ...(file ? await described(file) : {}),
          sheets,
          layout: layout ?? null,
          carried,
          round: sql`${imports.round} + 1`,
          rowsDone: 0,
          rowsTotal: linesOf(workbook.recognition),
          previewedAt: null,
          failure: null,
        })
        .where(thisOne(ctx, importId))
        .returning()
      await record(ctx, file ? 'intake.file-replaced' : 'intake.layout-chosen', subjectOf(before), {
        fileName: file?.name ?? before.fileName,
        ...(layout ? { sheet: layout.sheet, headerRow: layout.headerRow } : {}),
      })
      return found(stored, '次导入')
    }),
  )
  if (layout) beginPreview(desk, it, layout, workbook)
  else await workbook.close()
}

/** What was decided by hand so far; where a reading was broken off before it was done, also what it was to carry over. */
async function carriedIn(ctx: Context, it: ImportStored): Promise<string | null> {
  if (it.layout === null || it.previewedAt === null) return it.carried
  const decided = or(isNotNull(importRows.edits), isNotNull(importRows.decided))
  const rows: ImportRowStored[] = []
  for await (const some of keptRows(ctx, it.id, decided)) rows.push(...some)
  return carriedFrom(ctx, { id: it.id, path: it.path, layout: it.layout }, rows)
}

function refuseUnknownFields({ columns }: LayoutChoice): void {
  const fields = Object.entries(columns)
    .filter(([, code]) => code !== null && fieldOf(code) === undefined)
    .map(([letter]) => ({ path: `columns.${letter}`, message: '没有这个字段，请重新选择' }))
  if (fields.length > 0) throw new Refusal('malformed', '有的列对应了不存在的字段，请重新选择。', { fields })
}

const described = async ({ name, bytes }: Upload) => ({
  fileName: name,
  fileHash: Buffer.from(await subtle.digest('SHA-256', bytes)).toString('hex'),
  fileBytes: bytes.length,
})

/** About how many rows there are to be read; known exactly when they have been. */
const linesOf = ({ layout, sheets }: Recognition): number =>
  Math.max(0, (sheets.find(({ name }) => name === layout?.sheet)?.lineCount ?? 0) - (layout?.headerRow ?? 0))
