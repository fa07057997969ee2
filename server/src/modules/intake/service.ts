import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { journal, record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { markProblems } from '../../platform/spreadsheet/marking.ts'
import type { Page } from '../../platform/wire.ts'
import { wasReadToday } from '../archive/readings.ts'
import { findOrganization } from '../organization/queries.ts'
import { establish } from '../organization/service.ts'
import { commit } from './commit.ts'
import { groundFrom } from './ground.ts'
import { listRows, problemsIn } from './judged-rows.ts'
import { groundOf, judgeRows } from './judging.ts'
import { cellsInFile, forgetCells } from './kept-cells.ts'
import { dropFile, openFile } from './kept-file.ts'
import { type CellEdits, type ImportRowStored, keepRows, keptRows, readAgain } from './kept-rows.ts'
import { openImport, subjectOf, thisOne } from './opening.ts'
import { may } from './policy.ts'
import { behindTheAnswer, type Desk } from './preview.ts'
import { findImport, type ImportStored, readImport } from './queries.ts'
import type { BranchChoice, CommitChoice, ImportRow, ImportView, RowChange, RowsQuery } from './schema.ts'
import { importRows, imports } from './tables.ts'
import { isCommitUnderWay } from './under-way.ts'

/**
 * Settles what names of branches stand for, once for all rows that write them; branches may be set up for them, or the rows
 * left out about which nobody has decided yet. All or none.
 */
export function settleBranches(desk: Desk, importId: string, choices: readonly BranchChoice[]): Promise<void> {
  return desk.transaction((ctx) => settleBranchesIn(ctx, desk, importId, choices))
}

async function settleBranchesIn(
  ctx: Context,
  desk: Desk,
  importId: string,
  choices: readonly BranchChoice[],
): Promise<void> {
  const it = await openImport(ctx, importId)
  const branches = { ...it.branches }
  const leftOut = new Set<string>()
  for (const choice of choices) {
    if ('skip' in choice) {
      leftOut.add(choice.name)
      await record(ctx, 'intake.branch-settled', subjectOf(it), { name: choice.name, decided: 'skip' })
      continue
    }
    const organizationId = await organizationFor(ctx, it, choice)
    branches[choice.name] = organizationId
    await record(ctx, 'intake.branch-settled', subjectOf(it), { name: choice.name, organizationId })
  }
  await ctx.db.update(imports).set({ branches }).where(thisOne(ctx, importId))
  const names = choices.map(({ name }) => name)
  const sameNames = or(
    sql`${importRows.branch} = any(${sql.param(names)}::text[])`,
    names.includes('') ? isNull(importRows.branch) : undefined,
  )
  for await (const rows of keptRows(ctx, importId, sameNames)) {
    const decided = rows.map((row) =>
      leftOut.has(row.branch ?? '') ? { ...row, decided: row.decided ?? 'skip' } : row,
    )
    await judgeAgain(ctx, desk, { ...it, branches }, decided)
  }
}

/** The organisation that was chosen, or is set up. A refusal to set it up names it. */
async function organizationFor(
  ctx: Context,
  it: ImportStored,
  choice: Exclude<BranchChoice, { skip: true }>,
): Promise<string> {
  const organizationId =
    'organizationId' in choice
      ? choice.organizationId
      : await establish(ctx, {
          parentId: choice.parentId,
          kind: 'branch',
          name: choice.newName ?? choice.name,
          ...(choice.branchType ? { branchType: choice.branchType } : {}),
        }).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error
          throw new Refusal(error.reason, `“${choice.newName ?? choice.name}”：${error.message}`)
        })
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  if (organization.path.startsWith(it.path)) return organizationId
  throw new Refusal('conflict', `“${organization.name}”不在本次导入的组织范围内，请选择范围内的支部。`)
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
      .set({ commitStartedAt: new Date(), failure: null, rowsDone: 0, rowsToWrite: await countToWrite(ctx, importId) })
      .where(thisOne(ctx, importId))
    await record(ctx, commitBegun, subjectOf(it), { fileName: it.fileName, ...choice })
    return true
  })
  if (begins) behindTheAnswer(desk, importId, () => commit(desk, importId, choice))
}

const countToWrite = ({ db, tenantId }: Context, importId: string): Promise<number> =>
  db.$count(
    importRows,
    and(
      eq(importRows.tenantId, tenantId),
      eq(importRows.importId, importId),
      inArray(importRows.effect, ['new', 'changed']),
    ),
  )

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
  const state = it.committedAt === null ? '正在提交' : '已经提交了'
  throw new Refusal('conflict', `${begun.by}${state}这次导入，您不需要再提交。请刷新本页查看结果。`)
}

/** Gives an import up: its file and its rows are forgotten. */
export async function discard(ctx: Context, importId: string): Promise<void> {
  const it = await openImport(ctx, importId)
  await dropFile(ctx, importId)
  await ctx.db.delete(importRows).where(and(eq(importRows.tenantId, ctx.tenantId), eq(importRows.importId, importId)))
  await forgetCells(ctx, importId)
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
  if (await wasReadToday(ctx, importId)) return
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

async function judgeAgain(
  ctx: Context,
  desk: Desk,
  it: ImportStored,
  rows: readonly ImportRowStored[],
  edits: CellEdits = {},
): Promise<void> {
  const layout = it.layout ?? { columns: [] }
  const of = { id: it.id, path: it.path, layout }
  const ground = { ...groundFrom(await groundOf(ctx, { ...it, layout })), registered: desk.registered }
  const cells = await cellsInFile(ctx, it.id, rows)
  const again = rows.map((row) => ({ ...readAgain(ctx, of, row, cells.get(row.row), edits), decided: row.decided }))
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
