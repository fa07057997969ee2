import type { Context } from '../../platform/context.ts'
import { everyRow } from '../../platform/every-row.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { instantInChina } from '../../platform/today.ts'
import { listEntries } from './audit.ts'
import type { JournalExport, JournalRow } from './journal-schema.ts'
import { administratorNames, eventNames, subjectName } from './names-schema.ts'
import type { FilledRoles } from './policy.ts'
import { listAccounts } from './queries.ts'
import type { AccountRow, AccountsExport } from './schema.ts'

/** Writes the accounts that the actor may see as .xlsx, filtered as in their list: no password, no key, no invitation. */
export async function exportAccounts(
  ctx: Context,
  now: Date,
  filled: FilledRoles,
  query: AccountsExport,
  meant: readonly string[],
): Promise<NamedFile> {
  const read = (cursor: string | undefined) => listAccounts(ctx, now, filled, { ...query, cursor, limit: 1_000 }, meant)
  const { bytes, count } = await writeList(accountColumns, everyRow(read), '账号')
  await record(ctx, 'accounts.exported', { kind: 'list', id: 'accounts' }, { count, query })
  return { name: `账号名单${ctx.today}.xlsx`, bytes }
}

const accountColumns: readonly ListColumn<AccountRow>[] = [
  { header: '姓名', cell: (it) => it.name },
  { header: '用户名', cell: (it) => it.userName },
  { header: '三员职责', cell: (it) => it.administrator && administratorNames[it.administrator] },
  { header: '现任职务', cell: (it) => it.offices.join('、') },
  { header: '状态', cell: (it) => (it.isLocked ? '已停用' : '正常') },
  { header: '密码', cell: (it) => (it.hasPassword ? '已设置' : '未设置') },
  { header: '动态口令', cell: (it) => (it.hasSecondFactor ? '已绑定' : '未绑定') },
  { header: '邀请有效期至', cell: (it) => it.invitedUntil && instantInChina(new Date(it.invitedUntil)) },
]

/**
 * Writes the journal as .xlsx for the auditor, filtered and ordered as its page asks for it. What was written down with an
 * event stands there to the letter, so that it can be compared with the sealed record.
 */
export async function exportJournal(ctx: Context, query: JournalExport): Promise<NamedFile> {
  const read = (cursor: string | undefined) => listEntries(ctx, { ...query, cursor, limit: 2_000 })
  const { bytes, count } = await writeList(journalColumns, everyRow(read, mostEvents), '操作记录')
  await record(ctx, 'accounts.journal-exported', { kind: 'list', id: 'journal' }, { count, query })
  return { name: `操作记录${ctx.today}.xlsx`, bytes }
}

/** As many as a person still looks through in a spreadsheet, and a request still waits for. */
const mostEvents = 100_000

const journalColumns: readonly ListColumn<JournalRow>[] = [
  { header: '时间', cell: (it) => instantInChina(new Date(it.at)) },
  { header: '操作人', cell: (it) => it.actorName },
  { header: '操作', cell: (it) => eventNames[it.event] ?? it.event },
  { header: '对象', cell: (it) => subjectName(it) },
  { header: '详情（原文）', cell: (it) => JSON.stringify(it.details) },
  { header: '操作代码', cell: (it) => it.event },
  { header: '对象编号', cell: (it) => it.subjectId },
  { header: '有关人员编号', cell: (it) => it.personId },
  { header: '操作账号编号', cell: (it) => it.accountId },
  { header: '记录编号', cell: (it) => it.id },
  { header: '请求编号', cell: (it) => it.requestId },
]
