import { createHash } from 'node:crypto'
import { and, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { journal, record } from '../../platform/journal.ts'
import { ancestors } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { markProblems } from '../../platform/spreadsheet/marking.ts'
import type { Page } from '../../platform/wire.ts'
import { findOrganization, type OrganizationRow } from '../organization/queries.ts'
import { establish } from '../organization/service.ts'
import { organizations } from '../organization/tables.ts'
import { carriedFrom } from './carrying.ts'
import { commit } from './commit.ts'
import { fieldOf } from './fields.ts'
import { groundOf, judgeRows } from './judging.ts'
import { dropFile, keepFile, openFile } from './kept-file.ts'
import { type CellEdits, type ImportRowStored, keepRows, keptRows, readAgain } from './kept-rows.ts'
import { may } from './policy.ts'
import { beginPreview, behindTheAnswer, type Desk } from './preview.ts'
import { findImport, type ImportStored, isReadToday, listRows, problemsIn, readImport } from './queries.ts'
import { type RemoteWorkbook, readWorkbookInWorker } from './reading-thread.ts'
import type { Choice, Recognition } from './recognition.ts'
import type { BranchChoice, CommitChoice, ImportRow, ImportView, LayoutChoice, RowChange, RowsQuery } from './schema.ts'
import { importRows, imports, rememberedLayouts } from './tables.ts'
import { isCommitUnderWay } from './under-way.ts'

/** A file on its way in. */
export interface Upload {
  name: string
  bytes: Uint8Array
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
        ...described(file),
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
  await desk.transaction((ctx) => openImport(ctx, importId))
  const workbook = await opened(desk, file.bytes, {})
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
  const workbook = await readWorkbookInWorker(bytes, {
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

/** Settles what a name of a branch stands for, once for all rows that write it; the branch may be set up for it. */
export function settleBranch(desk: Desk, importId: string, choice: BranchChoice): Promise<void> {
  return desk.transaction((ctx) => settleBranchIn(ctx, desk, importId, choice))
}

async function settleBranchIn(ctx: Context, desk: Desk, importId: string, choice: BranchChoice): Promise<void> {
  const it = await openImport(ctx, importId)
  const organizationId =
    'organizationId' in choice
      ? choice.organizationId
      : await establish(ctx, {
          parentId: choice.parentId,
          kind: 'branch',
          name: choice.name,
          ...(choice.branchType ? { branchType: choice.branchType } : {}),
        })
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  if (!organization.path.startsWith(it.path)) {
    throw new Refusal('conflict', `“${organization.name}”不在本次导入的组织范围内，请选择范围内的支部。`)
  }

  const branches = { ...it.branches, [choice.name]: organizationId }
  await ctx.db.update(imports).set({ branches }).where(thisOne(ctx, importId))
  const sameName = choice.name === '' ? isNull(importRows.branch) : eq(importRows.branch, choice.name)
  for await (const rows of keptRows(ctx, importId, sameName)) await judgeAgain(ctx, desk, { ...it, branches }, rows)
  await record(ctx, 'intake.branch-settled', subjectOf(it), { name: choice.name, organizationId })
}

/** Changes a row of the preview: its cells, whose row it is, or that it is left out. It is judged anew. */
export function changeRow(desk: Desk, importId: string, number: number, change: RowChange): Promise<void> {
  return desk.transaction((ctx) => changeRowIn(ctx, desk, importId, number, change))
}

async function changeRowIn(
  ctx: Context,
  desk: Desk,
  importId: string,
  number: number,
  change: RowChange,
): Promise<void> {
  const it = await openImport(ctx, importId)
  const [row] = await ctx.db
    .select()
    .from(importRows)
    .where(and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId), eq(importRows.row, number)))
  const kept = found(row, '一行')
  const letters = new Set(it.layout?.columns.map(({ letter }) => letter))
  for (const letter of Object.keys(change.cells ?? {})) {
    if (!letters.has(letter)) throw new Refusal('malformed', `表中没有 ${letter} 列，请刷新后重试。`)
  }
  let { decided } = kept
  if (change.person !== undefined) decided = change.person
  if (change.skip === true) decided = 'skip'
  if (change.skip === false && decided === 'skip') decided = null
  await judgeAgain(ctx, desk, it, [{ ...kept, decided }], change.cells)
  await record(ctx, 'intake.row-changed', subjectOf(it), {
    row: number,
    columns: Object.keys(change.cells ?? {}),
    ...(decided === kept.decided ? {} : { decided }),
  })
}

/**
 * Begins to write an import; the work goes on behind the answer. Refuses what is not ready, and whoever comes after
 * somebody else; a second call of the same person changes nothing.
 */
export async function beginCommit(desk: Desk, importId: string, choice: CommitChoice): Promise<void> {
  const begins = await desk.transaction(async (ctx) => {
    const it = found(await findImport(ctx, importId, { lock: true }), '次导入')
    authorize(may(ctx.actor, it).commit, '提交导入')
    if (it.committedAt !== null || (await isCommitUnderWay(ctx, it))) {
      await refuseAfterOthers(ctx, it)
      return false
    }
    if (it.discardedAt !== null) throw new Refusal('conflict', '这次导入已放弃，请重新上传文件。')
    if (it.previewedAt === null) throw new Refusal('conflict', '文件还没有读完，请等预览完成后再提交。')
    await ctx.db
      .update(imports)
      .set({ commitStartedAt: new Date(), failure: null, rowsDone: 0 })
      .where(thisOne(ctx, importId))
    await record(ctx, commitBegun, subjectOf(it), { fileName: it.fileName, ...choice })
    return true
  })
  if (begins) behindTheAnswer(desk, importId, () => commit(desk, importId, choice))
}

const commitBegun = 'intake.commit-begun'

/** Refuses a commit where somebody else has begun it, and says who. */
async function refuseAfterOthers(ctx: Context, it: ImportStored): Promise<void> {
  const [begun] = await ctx.db
    .select({ accountId: journal.accountId, by: journal.actorName })
    .from(journal)
    .where(and(eq(journal.tenantId, ctx.tenantId), eq(journal.subjectId, it.id), eq(journal.event, commitBegun)))
    .orderBy(desc(journal.id))
    .limit(1)
  if (!begun || begun.accountId === ctx.actor.accountId) return
  const state = it.committedAt === null ? '正在提交' : '已经提交'
  throw new Refusal('conflict', `${begun.by}${state}了这次导入，您不需要再提交。请刷新本页查看结果。`)
}

/** Gives an import up: its file and its rows are forgotten. */
export async function discard(ctx: Context, importId: string): Promise<void> {
  const it = await openImport(ctx, importId)
  await dropFile(ctx, importId)
  await ctx.db.delete(importRows).where(and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId)))
  await ctx.db.update(imports).set({ discardedAt: new Date() }).where(thisOne(ctx, importId))
  await record(ctx, 'intake.discarded', subjectOf(it), { fileName: it.fileName })
}

/** One import with all that the wizard shows; that its first cells were read is written down once a day. */
export async function openImportView(ctx: Context, importId: string): Promise<ImportView> {
  const view = await readImport(ctx, importId)
  if (view.layout?.columns.some(({ samples }) => samples.length > 0)) await recordReading(ctx, importId)
  return view
}

/** Rows of the preview; that they were read is written down once a day. */
export async function openRows(ctx: Context, importId: string, query: RowsQuery): Promise<Page<ImportRow>> {
  const rows = await listRows(ctx, importId, query)
  if (rows.items.length > 0) await recordReading(ctx, importId)
  return rows
}

/** Writes down who read the kept rows of an import, once a day, as with the file of a person. */
async function recordReading(ctx: Context, importId: string): Promise<void> {
  const it = found(await findImport(ctx, importId), '次导入')
  if (await isReadToday(ctx, importId)) return
  await record(ctx, 'journal.read', subjectOf(it), { what: `导入“${it.fileName}”的名单` })
}

/** The file with its problems marked, for mending. The reading is written down: the file shows identity numbers. */
export async function markedFile(ctx: Context, importId: string): Promise<{ name: string; bytes: Uint8Array }> {
  const it = found(await findImport(ctx, importId), '次导入')
  if (it.layout === null || it.committedAt !== null || it.discardedAt !== null)
    throw new Refusal('conflict', '原文件已经不再保存，不能下载标注。')
  const rows = await problemsIn(ctx, importId)
  const problems = rows.flatMap(({ row, problems }) => problems.map((problem) => ({ row, ...problem })))
  const bytes = await markProblems(await openFile(ctx, importId), it.layout, problems)
  await record(ctx, 'intake.marked-file-read', subjectOf(it), { fileName: it.fileName })
  return { name: `${it.fileName.replace(/\.[^.]*$/, '')}（已标注）.xlsx`, bytes }
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

/** Opens a file in a thread of its own, with the fields that were last chosen for the same headers. */
async function opened(desk: Desk, bytes: Uint8Array, choice: Choice): Promise<RemoteWorkbook> {
  const workbook = await readWorkbookInWorker(bytes, choice)
  const { layout } = workbook.recognition
  if (!layout) return workbook
  const remembered = await closedUnless(workbook, () =>
    desk.transaction(async ({ db, tenantId }) => {
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
      if (file) {
        await dropFile(ctx, importId)
        await keepFile(ctx, before, file.bytes)
      }
      const [stored] = await ctx.db
        .update(imports)
        .set({
          ...(file ? described(file) : {}),
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

/** An import that can still be changed, locked. */
async function openImport(ctx: Context, importId: string): Promise<ImportStored> {
  const it = found(await findImport(ctx, importId, { lock: true }), '次导入')
  authorize(may(ctx.actor, it).change, '修改这次导入')
  if (it.committedAt !== null)
    throw new Refusal('conflict', '这次导入已经提交，不能再修改。如有错误，请撤销后重新导入。')
  if (it.discardedAt !== null) throw new Refusal('conflict', '这次导入已放弃，请重新上传文件。')
  if (await isCommitUnderWay(ctx, it)) throw new Refusal('conflict', '这次导入正在提交，请等提交结束。')
  return it
}

/** What was decided by hand so far; where a reading was broken off before it was done, also what it was to carry over. */
async function carriedIn(ctx: Context, it: ImportStored): Promise<string | null> {
  if (it.layout === null || it.previewedAt === null) return it.carried
  const decided = or(isNotNull(importRows.edits), isNotNull(importRows.decided))
  const rows: ImportRowStored[] = []
  for await (const some of keptRows(ctx, it.id, decided)) rows.push(...some)
  return carriedFrom(ctx, { id: it.id, path: it.path, layout: it.layout }, rows)
}

async function judgeAgain(
  ctx: Context,
  desk: Desk,
  it: ImportStored,
  rows: readonly ImportRowStored[],
  edits: CellEdits = {},
): Promise<void> {
  const layout = it.layout ?? { columns: [] }
  const of = { id: it.id, path: it.path, layout }
  const ground = { ...(await groundOf(ctx, { ...it, layout })), registered: desk.registered }
  const again = rows.map((row) => ({ ...readAgain(ctx, of, row, edits), decided: row.decided }))
  const judged = await judgeRows(ctx, ground, again)
  await keepRows(
    ctx,
    of,
    again.flatMap((row, at) => {
      const judgement = judged[at]
      return judgement ? [{ ...row, judgement }] : []
    }),
  )
}

function refuseUnknownFields({ columns }: LayoutChoice): void {
  const fields = Object.entries(columns)
    .filter(([, code]) => code !== null && fieldOf(code) === undefined)
    .map(([letter]) => ({ path: `columns.${letter}`, message: '没有这个字段，请重新选择' }))
  if (fields.length > 0) throw new Refusal('malformed', '有的列对应了不存在的字段，请重新选择。', { fields })
}

const described = ({ name, bytes }: Upload) => ({
  fileName: name,
  fileHash: createHash('sha256').update(bytes).digest('hex'),
  fileBytes: bytes.length,
})

/** About how many rows there are to be read; known exactly when they have been. */
const linesOf = ({ layout, sheets }: Recognition): number =>
  Math.max(0, (sheets.find(({ name }) => name === layout?.sheet)?.lineCount ?? 0) - (layout?.headerRow ?? 0))

const thisOne = ({ tenantId }: Context, importId: string) =>
  and(eq(imports.tenantId, tenantId), eq(imports.id, importId))

const subjectOf = (it: { id: string; path: string }) => ({ kind: 'import', id: it.id, orgPath: it.path })
