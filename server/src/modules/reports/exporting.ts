import { dayWritten } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { type TextSheet, writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { openPlace } from './place.ts'
import { allCards, countCard } from './queries.ts'
import { readSending } from './schedules.ts'
import type { Card, CardQuery } from './schema.ts'

/** Writes all cards of an organisation as .xlsx, each a sheet with what it counts below it. Each export is recorded. */
export async function exportReport(ctx: Context, organizationId: string, { year }: CardQuery): Promise<NamedFile> {
  const place = await openPlace(ctx, organizationId)
  const sheets: TextSheet[] = []
  for (const { card, by, name } of allCards)
    sheets.push(sheetOf(name, await countCard(ctx, place, card, { by, ...(year !== undefined && { year }) })))
  const { id, path, name } = place
  await record(ctx, 'reports.exported', { kind: 'organization', id, orgPath: path }, { count: sheets.length })
  return { name: `${name}统计${ctx.today}.xlsx`, bytes: await writeSheets(sheets) }
}

/** Writes a table as it went upward, the figures of that day, as .xlsx. Each export is recorded. */
export async function exportSending(ctx: Context, sendingId: string): Promise<NamedFile> {
  const { id, title, organization, sentOn, cards } = await readSending(ctx, sendingId)
  await record(ctx, 'reports.table-exported', { kind: 'sending', id }, { title, count: cards.length })
  const sheets = cards.map(({ name, card }) => sheetOf(name, card))
  return {
    name: `${organization.name}${title.replace(/[\\/:*?"<>|]/g, ' ')}${sentOn}.xlsx`,
    bytes: await writeSheets(sheets),
  }
}

/** A card as a sheet of a spreadsheet, with what it counts below it. */
function sheetOf(name: string, { columns, rows, total, definitions, organization, day }: Card): TextSheet {
  const width = columns.length + 1
  const line = (text: string) => [text, ...Array.from({ length: width - 1 }, () => null)]
  return {
    name,
    frozenRows: 1,
    rows: [
      ['项目', ...columns.map((it) => it.label)],
      ...rows.map((it) => [it.label, ...it.values.map(String)]),
      ...(total ? [['合计', ...total.map(String)]] : []),
      line(''),
      line(`${organization.name}（连同下级），截至${dayWritten(day)}`),
      ...definitions.map(line),
    ],
  }
}
