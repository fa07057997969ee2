import { addMonths, dayWritten, firstDayOf, isMonth, type Month, monthOf } from '@zhibu/rules'
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { isWithin, type OrgPath } from '../../platform/org-path.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { headingsOf, table } from './figures.ts'
import { type PictureColumn, type Pictured, pictured } from './picture-lists.ts'
import {
  elsewhereKey,
  isDividing,
  noneKey,
  ownKey,
  type PictureList,
  pictureColumns,
  pictureUnits,
  restKey,
} from './picture-names-schema.ts'
import type { Picture, PictureQuery } from './schema.ts'

/** 看成图: the rows of a list as it is filtered, counted by one of its columns, or two. */

interface Group {
  row: string
  column: string
  count: number
}

/**
 * Counts what a list means, by the names of one or two of its columns. One statement for the figures, whatever the list is narrowed to, and one for names where
 * organisations are counted.
 */
export async function drawPicture(
  ctx: Context,
  list: PictureList,
  { by, along, ...asked }: PictureQuery,
): Promise<Picture> {
  const it: Pictured<PictureList> = pictured[list]
  const names: Readonly<Record<string, string>> = pictureColumns[list]
  const rowKey = by ?? Object.keys(names)[0] ?? ''
  const [ofRows, ofColumns] = [columnOf(it, rowKey), along === undefined ? undefined : columnOf(it, along)]
  if (along !== undefined && (along === rowKey || !isDividing(list, along)))
    throw new Refusal('malformed', '不能这样分，请换一列。')
  const rows = await it.rows(ctx, asked)
  const { rows: groups } = await ctx.db.execute<Group & Record<string, unknown>>(sql`
    select ${ofRows.value(ctx)} as row, ${ofColumns ? ofColumns.value(ctx) : sql`'count'`} as column, count(*)::int as count
    from (${rows}) it group by 1, 2`)
  const lines = await linesOf(ctx, it, ofRows, groups, asked.organizationId)
  const columns = ofColumns
    ? headingsOf(ofColumns.names ?? {}).filter(({ key }) => groups.some((one) => one.column === key))
    : [{ key: 'count', label: pictureUnits[list] }]
  const placed = groups.map((one) => ({ ...one, row: lines.lineOf(one.row) }))
  return {
    ...{ list, by: rowKey, along: along ?? null, day: ctx.today },
    ...{ columns, rows: table(columns, lines.all, placed).rows },
    definitions: [it.says, ...lines.says],
  }
}

function columnOf({ columns }: Pictured<PictureList>, key: string): PictureColumn {
  const known: Readonly<Record<string, PictureColumn>> = columns
  const column = Object.hasOwn(known, key) ? known[key] : undefined
  if (column === undefined) throw new Refusal('malformed', '这个名单没有这一列，请换一列。')
  return column
}

/** The rows of a table, in which of them a value is counted, and what is to be said of them. */
interface Lines {
  all: { key: string; label: string; organizationId?: string }[]
  lineOf: (value: string) => string
  says: string[]
}

/** So many values that people have typed are shown; what lies behind them is one row. */
const mostWords = 60

async function linesOf(
  ctx: Context,
  it: Pictured<PictureList>,
  column: PictureColumn,
  groups: readonly Group[],
  organizationId: string | undefined,
): Promise<Lines> {
  const values = [...new Set(groups.map(({ row }) => row))].sort()
  const occurring = values.filter((value) => value !== noneKey)
  const none = values.includes(noneKey) ? [{ key: noneKey, label: '没有登记' }] : []
  const same = (value: string) => value
  if (column.names)
    return { all: headingsOf(column.names).filter(({ key }) => values.includes(key)), lineOf: same, says: [] }
  switch (column.holds) {
    case 'paths':
      return byPlace(ctx, it.roots?.(ctx) ?? [], organizationId, values)
    case 'organizations':
      return byHolder(ctx, occurring)
    case 'months':
      return {
        all: [...monthsAmong(occurring).map((key) => ({ key, label: dayWritten(key) })), ...none],
        lineOf: same,
        says: [],
      }
    case 'years':
      return { all: [...occurring.map((key) => ({ key, label: `${key}年` })), ...none], lineOf: same, says: [] }
    default: {
      const shown = mostFrequent(occurring, groups)
      const rest = occurring.length > mostWords ? [{ key: restKey, label: '其余写法' }] : []
      return {
        all: [...shown.map((key) => ({ key, label: key })), ...rest, ...none],
        lineOf: (value) => (value === noneKey || shown.includes(value) ? value : restKey),
        says: ['按登记的文字计，写法不同的分开列。'],
      }
    }
  }
}

/** The words that stand in the most rows, in the order of the words. */
function mostFrequent(words: readonly string[], groups: readonly Group[]): string[] {
  if (words.length <= mostWords) return [...words]
  const counts = new Map<string, number>()
  for (const { row, count } of groups) counts.set(row, (counts.get(row) ?? 0) + count)
  const countOf = (word: string) => counts.get(word) ?? 0
  return words
    .toSorted((one, other) => countOf(other) - countOf(one))
    .slice(0, mostWords)
    .sort()
}

/** The organisations one level below, each with all below it. */
async function byPlace(
  ctx: Context,
  roots: readonly OrgPath[],
  organizationId: string | undefined,
  paths: readonly OrgPath[],
): Promise<Lines> {
  const { id, parentId, path, name, dissolvedOn } = organizations
  const top = organizationId === undefined ? or(...roots.map((root) => eq(path, root))) : eq(id, organizationId)
  const tops = await ctx.db
    .select({ id, path, name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), top ?? sql`false`))
    .orderBy(path)
  const [only] = tops
  const isOne = tops.length === 1 && only !== undefined
  if (organizationId !== undefined) found(only, '个组织')
  const lines = isOne
    ? await ctx.db
        .select({ id, path, name })
        .from(organizations)
        .where(and(eq(organizations.tenantId, ctx.tenantId), eq(parentId, only.id), isNull(dissolvedOn)))
        .orderBy(path)
    : tops
  const lineOf = (value: OrgPath): string =>
    lines.find((it) => isWithin(value, it.path))?.id ?? (isOne && isWithin(value, only.path) ? ownKey : elsewhereKey)
  return {
    all: [
      ...lines.map((it) => ({ key: it.id, label: it.name, organizationId: it.id })),
      ...(isOne ? [{ key: ownKey, label: lines.length === 0 ? only.name : '本级', organizationId: only.id }] : []),
      ...(paths.some((it) => lineOf(it) === elsewhereKey) ? [{ key: elsewhereKey, label: '在其他组织' }] : []),
    ],
    lineOf,
    says: ['每行是一个组织连同它的全部下级；“本级”是直接登记在本组织的，也包括已撤销的下级组织里的。'],
  }
}

/** Organisations as they hold something, each by itself, in the order of the tree. */
async function byHolder(ctx: Context, ids: readonly string[]): Promise<Lines> {
  const named = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), isOneOf(organizations.id, ids)))
    .orderBy(organizations.path)
  return {
    all: named.map(({ id, name }) => ({ key: id, label: name, organizationId: id })),
    lineOf: (value) => value,
    says: ['每行是一个举办单位，不含它的下级。'],
  }
}

/** So long a stretch is shown with the months in which nothing lies. */
const longest = 36

function monthsAmong(values: readonly string[]): Month[] {
  const months = values.filter(isMonth)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return []
  const all: Month[] = []
  for (let day = firstDayOf(first); monthOf(day) <= last; day = addMonths(day, 1)) {
    if (all.length >= longest) return months
    all.push(monthOf(day))
  }
  return all
}
