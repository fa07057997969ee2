import {
  actLabels,
  citationOf,
  type DueAct,
  delivererLabels,
  type Finding,
  type Missing,
  stageLabels,
  waitingLabels,
} from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { everyRow } from '../../platform/every-row.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { readBatch } from './batches.ts'
import { listCompleteness } from './completeness.ts'
import type { CompletenessExport, PersonPapers } from './completeness-schema.ts'
import { listDues } from './dues.ts'
import { paperStateNames } from './names-schema.ts'
import type { BatchExport, DuesExport } from './request-schema.ts'
import type { BatchEntry, BatchView, DueRow, RemarkOnRun } from './schema.ts'

type Entry = BatchView['run']['entries'][number]

/** Writes what is due as .xlsx, filtered and ordered as its page asks for it, with the reasons of each date. */
export async function exportDues(ctx: Context, query: DuesExport): Promise<NamedFile> {
  authorize(ctx.actor.holdsAnywhere('read-files'), '导出待办事项')
  const read = (cursor: string | undefined) => listDues(ctx, { ...query, cursor, limit: 200 })
  const { bytes, count } = await writeList(dueColumns, everyRow(read, mostDues), '待办事项')
  await record(ctx, 'development.dues-exported', { kind: 'list', id: 'dues' }, { count, query })
  return { name: `待办事项${ctx.today}.xlsx`, bytes }
}

/** Each is worked out anew with its reasons, which takes longer than reading a row. */
const mostDues = 50_000

const dueColumns: readonly ListColumn<DueRow>[] = [
  { header: '姓名', cell: (it) => it.name },
  { header: '学号（工号）', cell: (it) => it.studentNumber },
  { header: '所在组织', cell: (it) => it.organization },
  { header: '阶段', cell: (it) => it.stage && stageLabels[it.stage] },
  { header: '事项', cell: (it) => actLabels[it.act.kind] },
  { header: '由谁办理', cell: (it) => waitingLabels[it.act.waitingOn] },
  { header: '最早', holdsDays: true, cell: (it) => it.act.earliestOn },
  { header: '最迟', holdsDays: true, cell: (it) => it.act.latestOn },
  { header: '是否逾期', cell: (it) => (it.act.overdue ? '已逾期' : undefined) },
  { header: '放假安排未公布，待定', cell: (it) => (it.act.provisional ? '待定' : undefined) },
  { header: '期限的依据', cell: (it) => it.act.reasons.map(reasonText).join('；') },
]

const reasonText = ({ text, ruleBook, article }: DueAct['reasons'][number]): string => cited(text, ruleBook, article)

/** Writes whose papers are not all there and in order as .xlsx, a line for each remark, narrowed as the page is. */
export async function exportCompleteness(ctx: Context, query: CompletenessExport): Promise<NamedFile> {
  authorize(ctx.actor.holdsAnywhere('read-files'), '导出材料齐全情况')
  const read = async (cursor: string | undefined) => {
    const { items, next } = await listCompleteness(ctx, { ...query, cursor, limit: 200 })
    return { items: items.flatMap(linesOf), ...(next !== undefined && { next }) }
  }
  const { bytes, count } = await writeList(completenessColumns, everyRow(read), '材料齐全情况')
  await record(ctx, 'development.completeness-exported', { kind: 'list', id: 'completeness' }, { count, query })
  return { name: `材料齐全情况${ctx.today}.xlsx`, bytes }
}

interface CompletenessLine {
  of: PersonPapers
  label?: string
  state: string
  who?: string
  message: string
}

const linesOf = (of: PersonPapers): CompletenessLine[] => [
  ...of.remarks.map(({ label, state, deliveredBy, message, ruleBook, article }) => ({
    of,
    label,
    state: state === 'notDue' ? '' : paperStateNames[state],
    ...(deliveredBy && { who: delivererLabels[deliveredBy] }),
    message: cited(message, ruleBook, article),
  })),
  ...of.differences.map(({ message }) => ({ of, state: paperStateNames.differs, message })),
]

const completenessColumns: readonly ListColumn<CompletenessLine>[] = [
  { header: '姓名', cell: ({ of }) => of.name },
  { header: '学号（工号）', cell: ({ of }) => of.studentNumber },
  { header: '所在组织', cell: ({ of }) => of.organization },
  { header: '阶段', cell: ({ of }) => of.stage && stageLabels[of.stage] },
  { header: '材料', cell: (it) => it.label },
  { header: '情况', cell: (it) => it.state },
  { header: '由谁交来', cell: (it) => it.who },
  { header: '说明', cell: (it) => it.message },
]

/**
 * Writes the summary of the latest run over a batch as .xlsx: everybody in a line, with what was found and what is missing.
 * It holds what the page of the batch shows to this reader, and counts as the same reading of the files.
 */
export async function exportBatch(ctx: Context, batchId: string, { only }: BatchExport): Promise<NamedFile> {
  const batch = await readBatch(ctx, batchId)
  const chosen = batch.run.entries.filter((it) => only === undefined || it.findings.length + gapsOf(it).length > 0)
  const { bytes, count } = await writeList(batchColumns, chosen, '预审汇总')
  const { title, run } = batch
  await record(
    ctx,
    'development.batch-exported',
    { kind: 'batch', id: batch.id },
    { title, number: run.number, count, ...(only && { only }) },
  )
  return { name: `${title.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')} 第${run.number}次预审汇总.xlsx`, bytes }
}

const batchColumns: readonly ListColumn<Entry>[] = [
  { header: '姓名', cell: (it) => it.name },
  { header: '学号（工号）', cell: (it) => it.studentNumber },
  { header: '所在组织', cell: (it) => it.organization },
  { header: '阶段', cell: (it) => (it.stage ? stageLabels[it.stage] : '尚未递交申请') },
  { header: '矛盾', cell: (it) => found(it, 'error').length },
  { header: '提醒', cell: (it) => found(it, 'warning').length },
  { header: '缺项', cell: (it) => gapsOf(it).length },
  {
    header: '较上次已改正',
    cell: ({ change }) => change && change.cured.length + change.supplied.length + change.papersSettled.length,
  },
  {
    header: '较上次新发现',
    cell: ({ change }) => change && change.new.length + change.newlyMissing.length + change.papersNew.length,
  },
  { header: '矛盾和改正办法', cell: (it) => messages(found(it, 'error')) },
  { header: '提醒内容', cell: (it) => messages(found(it, 'warning')) },
  { header: '缺少的记录和材料', cell: (it) => messages(gapsOf(it)) },
]

const found = ({ findings }: BatchEntry, severity: Finding['severity']): Finding[] =>
  findings.filter((it) => it.severity === severity)

const gapsOf = ({ missing, papers }: BatchEntry): (Missing | RemarkOnRun)[] => [...missing, ...papers]

/** One message a line, with its article. */
const messages = (all: readonly (Finding | Missing | RemarkOnRun)[]): string =>
  all.map(({ message, ruleBook, article }) => cited(message, ruleBook, article)).join('\n')

const cited = (text: string, ruleBook: Finding['ruleBook'] | undefined, article: string | undefined): string =>
  ruleBook === undefined || article === undefined ? text : `${text}（${citationOf(article, ruleBook)}）`
