import {
  actLabels,
  conclusionLabels,
  dayWritten,
  disciplineLabels,
  isDay,
  opinionGiverLabels,
  outcomeLabels,
  recommenderLabels,
} from '@zhibu/rules'
import { and, asc, eq } from 'drizzle-orm'
import { accounts } from '../accounts/tables.ts'
import { contributeFacts } from '../archive/sealing-facts.ts'
import { actDetailNames, actDetailNamesInside } from './act-details-schema.ts'
import { countingActs } from './facts.ts'
import { developmentActs } from './tables.ts'

/** The acts of a person that count go into the file when it is closed, in the order of their days, as they were recorded. */
contributeFacts(async ({ db, tenantId }, owner) => {
  if (!('personId' in owner)) return []
  const rows = await db
    .select({ act: developmentActs, recorder: accounts.name })
    .from(developmentActs)
    .leftJoin(
      accounts,
      and(eq(accounts.tenantId, developmentActs.tenantId), eq(accounts.id, developmentActs.recordedBy)),
    )
    .where(and(eq(developmentActs.tenantId, tenantId), eq(developmentActs.personId, owner.personId)))
    .orderBy(asc(developmentActs.on), asc(developmentActs.id))
  const counting = new Set(countingActs(rows.map(({ act }) => act)).map(({ id }) => id))
  return rows
    .filter(({ act }) => counting.has(act.id))
    .map(({ act, recorder }) => ({
      on: act.on,
      what: actLabels[act.kind],
      details: detailsInWords(act.details),
      basis: null,
      recordedBy: recorder ?? '',
      recordedAt: act.recordedAt.toISOString(),
    }))
})

/** All details of an act by their Chinese names, since a file is read when nobody knows the codes of this program any more. */
export const detailsInWords = (details: Readonly<Record<string, unknown>>): string =>
  Object.entries(details)
    .map(([key, value]) => `${nameIn(key, 'act')}：${wordsOf(value, key, 'act')}`)
    .join('；')

const nameIn = (key: string, inside: string): string =>
  actDetailNamesInside[`${inside} ${key}`] ?? actDetailNames[key] ?? key

function wordsOf(value: unknown, key: string, inside: string): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return isDay(value) ? dayWritten(value) : (codes[`${inside} ${key}`]?.[value] ?? value)
  if (Array.isArray(value)) return value.map((it) => wordsOf(it, key, inside)).join('、')
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, ...rest }: { name?: unknown } = value
  const more = Object.entries(rest)
    .map(([inner, it]) => `${nameIn(inner, key)} ${wordsOf(it, inner, key)}`)
    .join('，')
  if (name === undefined) return more
  return more === '' ? String(name) : `${name}（${more}）`
}

/** The details whose values are codes, by what they stand in. */
const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'act by': recommenderLabels,
  'act from': opinionGiverLabels,
  'act conclusion': conclusionLabels,
  'act outcome': outcomeLabels,
  'discipline kind': disciplineLabels,
}
