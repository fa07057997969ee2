import type { Act } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { everyRow } from '../../platform/every-row.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import { type ExportColumn, writeTable } from '../../platform/spreadsheet/export-table.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { factsOf } from '../development/facts.ts'
import { listFiles } from '../development/lists.ts'
import { filesQuery } from '../development/request-schema.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { listPeople } from '../people/register.ts'
import { peopleQuery } from '../people/schema.ts'
import { persons } from '../people/tables.ts'
import { type Feeds, type Field, fields } from './fields.ts'
import { shown } from './person-changes.ts'
import type { ExportOrder } from './schema.ts'

/** A person with the acts of the file, as a row of the list shows them. */
interface Listed {
  person: typeof persons.$inferSelect
  organization: string
  acts: readonly Act[]
}

/**
 * Writes a list as .xlsx in the layout that the import reads: what is exported, changed and imported again shows only the
 * changed cells. Identity and phone numbers are written as masks. Columns in which nobody has anything are left out.
 */
export async function exportList(ctx: Context, order: ExportOrder): Promise<NamedFile> {
  authorize(ctx.actor.holdsAnywhere('read-files'), '导出名单')
  const ids = order.list === 'people' ? await peopleIn(ctx, order.query) : await filesIn(ctx, order.query)
  const rows: Listed[] = []
  for (let from = 0; from < ids.length; from += partSize) {
    rows.push(...(await listed(ctx, ids.slice(from, from + partSize))))
  }
  const { columns: inQuery } = order.query
  const chosen = order.columns ?? inQuery?.split(',').filter((it) => it !== '')
  const columns = columnsOf(rows).filter(({ code }) => !chosen || always.includes(code) || chosen.includes(code))
  const bytes = await writeTable(
    columns,
    rows.map((row) => columns.map((column) => column.textOf(row) ?? null)),
  )
  await record(
    ctx,
    'intake.exported',
    { kind: 'list', id: order.list },
    { count: rows.length, columns: columns.map(({ header }) => header), query: askedIn(order) },
  )
  return { name: `${order.list === 'people' ? '人员名册' : '发展党员名册'}${ctx.today}.xlsx`, bytes }
}

/** So many persons are read at a time. */
const partSize = 2_000

async function peopleIn(ctx: Context, query: ExportOrder['query']): Promise<string[]> {
  const asked = peopleQuery.safeParse({ ...without(query, 'columns'), cursor: undefined, limit: 200 })
  if (!asked.success) throw new Refusal('malformed', '筛选条件无效，请刷新名单后重新导出。')
  const { data } = asked
  return idsOf(
    (cursor) => listPeople(ctx, { ...data, cursor }),
    (it) => it.id,
  )
}

async function filesIn(ctx: Context, query: ExportOrder['query']): Promise<string[]> {
  const asked = filesQuery.safeParse({ ...without(query, 'columns'), cursor: undefined, limit: 200 })
  if (!asked.success) throw new Refusal('malformed', '筛选条件无效，请刷新名单后重新导出。')
  const { data } = asked
  return idsOf(
    (cursor) => listFiles(ctx, { ...data, cursor }),
    (it) => it.personId,
  )
}

async function idsOf<Row>(
  read: (cursor: string | undefined) => Promise<Page<Row>>,
  idOf: (row: Row) => string,
): Promise<string[]> {
  const ids: string[] = []
  for await (const row of everyRow(read)) ids.push(idOf(row))
  return ids
}

/** The persons whose files the actor reads by office, in the order given. */
async function listed(ctx: Context, ids: readonly string[]): Promise<Listed[]> {
  const rows = await ctx.db
    .select({ person: persons, organization: organizations.name })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, ctx.actor.rootsOf('read-files')),
        sql`${persons.id} = any(${sql.param([...ids])}::uuid[])`,
      ),
    )
  const byId = new Map(rows.map((it) => [it.person.id, it]))
  const files = new Map((await factsOf(ctx, ids)).map((it) => [it.person.id, it.facts.acts]))
  return ids.flatMap((id) => {
    const it = byId.get(id)
    return it ? [{ ...it, acts: files.get(id) ?? [] }] : []
  })
}

/** The part of a query that the list knows; whatever else was sent has no place in the journal. */
function askedIn({ list, query }: ExportOrder): ExportOrder['query'] {
  const { shape } = list === 'people' ? peopleQuery : filesQuery
  return Object.fromEntries(Object.entries(without(query, 'columns')).filter(([name]) => Object.hasOwn(shape, name)))
}

const without = (query: ExportOrder['query'], key: string): ExportOrder['query'] =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name !== key))

interface Written extends ExportColumn {
  /** By what the column is chosen: the code of its field, or its header. */
  code: string
  textOf: (row: Listed) => string | undefined
}

/** The columns in the order of the way, then the further details under their own headers. */
function columnsOf(rows: readonly Listed[]): Written[] {
  const ofFields = fields.flatMap((field): Written[] => {
    const textOf = writerOf(field)
    if (!textOf || !(always.includes(field.code) || rows.some((row) => textOf(row) !== undefined))) return []
    return [
      {
        code: field.code,
        header: field.name,
        holdsDays: /^day|^month$/.test(field.type),
        // A detail that stands under the same header fills the cell where the field itself says nothing.
        textOf: (row) => textOf(row) ?? row.person.details[field.name],
      },
    ]
  })
  const known = new Set(ofFields.map(({ header }) => header))
  const headers = new Set(rows.flatMap(({ person }) => Object.keys(person.details)))
  const details = [...headers]
    .filter((header) => !known.has(header))
    .map((header): Written => ({ code: header, header, textOf: ({ person }) => person.details[header] }))
  return [...ofFields, ...details]
}

const always: readonly string[] = ['name', 'studentNumber', 'branch']

/** A notice is written as one stretch, not also as its two ends. */
const saidElsewhere: readonly string[] = ['publicNoticeStart', 'publicNoticeEnd']

function writerOf({ code, type, feeds }: Field): Written['textOf'] | undefined {
  if (saidElsewhere.includes(code)) return undefined
  switch (feeds.to) {
    case 'branch':
      return ({ organization }) => organization
    case 'person':
      return ({ person }) => personText(person, feeds.key)
    case 'act':
      return ({ acts }) => {
        const ofKind = acts.filter((it) => it.kind === feeds.kind)
        if (type === 'days') return joined(ofKind.flatMap((it) => it.on ?? []).sort())
        const act = ofKind.at(-1)
        return act && actText(act, feeds, type)
      }
    default:
      return undefined
  }
}

function personText(person: Listed['person'], key: Extract<Feeds, { to: 'person' }>['key']): string | undefined {
  if (key === 'idNumber') return person.idNumberMask ?? undefined
  if (key === 'phone') return person.phoneMask ?? undefined
  if (key === 'isMobile') return person.isMobile ? '是' : undefined
  return shown(person[key]) ?? undefined
}

function actText(act: Act, { part }: Extract<Feeds, { to: 'act' }>, type: Field['type']): string | undefined {
  const value = (name: string): unknown => Reflect.get(act, name)
  const text = (name: string): string | undefined => {
    const it = value(name)
    return typeof it === 'string' || typeof it === 'number' ? String(it) : undefined
  }
  switch (type) {
    case 'names':
      return joined(namesIn(value(part)))
    case 'stretch': {
      if (act.kind === 'admissionApproval') return stretch(text('probationFrom'), text('probationUntil'))
      return act.kind === 'publicNotice' ? stretch(act.on, text('endedOn')) : act.on
    }
    case 'dayOrDone': {
      const conclusion = text('conclusion')
      if (act.on !== undefined || part !== 'on') return text(part)
      return conclusion === undefined ? '完成' : conclusion === 'qualified' ? '合格' : '不合格'
    }
    case 'result':
    case 'conclusion':
      return value('passed') === undefined ? undefined : value('passed') === true ? '通过' : '未通过'
    case 'count': {
      const vote = value('vote')
      if (text(part) !== undefined || typeof vote !== 'object' || vote === null) return text(part)
      const count: unknown = Reflect.get(vote, part)
      return typeof count === 'number' ? String(count) : undefined
    }
    default:
      return text(part)
  }
}

const joined = (parts: readonly string[]): string | undefined => (parts.length === 0 ? undefined : parts.join('、'))

const namesIn = (members: unknown): string[] =>
  Array.isArray(members)
    ? members.flatMap((it: unknown) =>
        typeof it === 'object' && it !== null && 'name' in it && typeof it.name === 'string' ? it.name : [],
      )
    : []

/** 2021.4.20-2021.4.25; a single day stands for itself. */
function stretch(from: string | undefined, until: string | undefined): string | undefined {
  if (from === undefined || until === undefined || from === until) return from ?? until
  return `${from.replaceAll('-', '.')}-${until.replaceAll('-', '.')}`
}
