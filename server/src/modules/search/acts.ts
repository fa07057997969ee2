import { type Act, actLabels, conclusionLabels, dayWritten, opinionGiverLabels, recommenderLabels } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { forgetEntries, indexEntries, type SearchEntry, searchEntries } from '../../platform/search/entries.ts'
import { isOneOf } from '../../platform/within.ts'
import { actColumns, countingActs } from '../development/facts.ts'
import { developmentActs } from '../development/tables.ts'
import { persons } from '../people/tables.ts'

/**
 * Brings the entries of these persons' acts up to date: acts that count no longer are forgotten, new ones are taken in, and all of
 * them anew where the name is another. Of persons who are gone nothing stays. The persons are kept where they are until the transaction ends.
 */
export async function indexActsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personIds: readonly string[],
): Promise<void> {
  if (personIds.length === 0) return
  const people = await db
    .select({ id: persons.id, path: persons.path, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, personIds)))
    .orderBy(persons.id)
    .for('share')
  const rows = await db
    .select(actColumns)
    .from(developmentActs)
    .where(and(eq(developmentActs.tenantId, tenantId), isOneOf(developmentActs.personId, personIds)))
  const standing = await db
    .select({ id: searchEntries.id, personId: searchEntries.personId, subject: searchEntries.subject })
    .from(searchEntries)
    .where(
      and(
        eq(searchEntries.tenantId, tenantId),
        eq(searchEntries.kind, 'act'),
        isOneOf(searchEntries.personId, personIds),
      ),
    )
  const actsOf = Map.groupBy(rows, (it) => it.personId)
  const standingOf = Map.groupBy(standing, (it) => it.personId)
  const known = new Set(people.map((it) => it.id))
  const stale = standing.filter((it) => !known.has(it.personId ?? '')).map((it) => it.id)
  const fresh: SearchEntry[] = []
  for (const person of people) {
    const acts = new Map(countingActs(actsOf.get(person.id) ?? []).map((it) => [it.id ?? '', it]))
    for (const { id, subject } of standingOf.get(person.id) ?? []) {
      if (acts.has(id) && subject === person.name) acts.delete(id)
      else stale.push(id)
    }
    fresh.push(...[...acts].map(([id, act]) => entryOf(person, id, act)))
  }
  await forgetEntries({ db, tenantId }, 'act', [...new Set(stale)])
  await indexEntries({ db, tenantId }, fresh)
}

function entryOf(person: { id: string; path: string; name: string }, id: string, act: Act): SearchEntry {
  return {
    kind: 'act',
    id,
    page: 0,
    path: person.path,
    personId: person.id,
    code: act.kind,
    isClosedToPerson: false,
    on: act.on ?? null,
    title: actLabels[act.kind],
    subject: person.name,
    body: textOf(act),
  }
}

/** What is written in an act: every text of its details, and its day. */
function textOf({ id: _, kind: __, on, ...details }: Act): string {
  return [...textsIn(details), ...(on ? [dayWritten(on)] : [])].join(' ')
}

/** The keys under which somebody has written a text. */
const written = ['reason', 'source', 'by', 'office', 'name']

/** Codes of details, by their words. */
const words: Readonly<Record<string, string>> = { ...recommenderLabels, ...opinionGiverLabels, ...conclusionLabels }

function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return words[value] !== undefined ? [words[value]] : written.includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((it) => textsIn(it, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, it]) => textsIn(it, name))
}
