import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { type TextSheet, writeSheets } from '../../platform/spreadsheet/export-table.ts'
import { type CardKey, cardNames, type Trait, traitNames } from './names-schema.ts'
import { openPlace } from './place.ts'
import { countCard } from './queries.ts'
import type { Card, CardQuery } from './schema.ts'

/** Writes all cards of an organisation as .xlsx, each a sheet with what it counts below it. Each export is recorded. */
export async function exportReport(ctx: Context, organizationId: string, { year }: CardQuery): Promise<NamedFile> {
  const place = await openPlace(ctx, organizationId)
  const sheets: TextSheet[] = []
  const add = async (key: CardKey, by: Trait, name: string) =>
    sheets.push(sheetOf(name, await countCard(ctx, place, key, { by, ...(year !== undefined && { year }) })))
  for (const key of cardKeysOf())
    if (key === 'members')
      for (const [by, name] of Object.entries(traitNames)) await add(key, by as Trait, `${cardNames[key]}（${name}）`)
    else await add(key, 'sex', cardNames[key])
  const { id, path, name } = place
  await record(ctx, 'reports.exported', { kind: 'organization', id, orgPath: path }, { count: sheets.length })
  return { name: `${name}统计${ctx.today}.xlsx`, bytes: await writeSheets(sheets) }
}

const cardKeysOf = () => Object.keys(cardNames) as CardKey[]

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
      line(`${organization.name}（连同下级），截至 ${day}`),
      ...definitions.map(line),
    ],
  }
}
