import { type SQL, sql } from 'drizzle-orm'
import { asRanges } from '../database.ts'
import { ancestors, type OrgPath, subtree } from '../org-path.ts'
import { mark, oneOf } from './marks.ts'
import { wordsToAsk } from './words.ts'

/** Whose entries are searched, within what the settings of the transaction let be seen. */
export interface Reach {
  /** The subtrees in which everything is found. */
  roots: readonly OrgPath[]
  /** The person who asks, whose own entries are found; null where they are not asked for. */
  own: string | null
  /** Persons whom delegations hand over, with the codes of the task. */
  handed: readonly { personIds: readonly string[]; codes: readonly string[] }[]
}

/** What is searched: entries in which every piece stands, as `piecesOf` makes them, at least one. */
export interface Asked {
  pieces: readonly string[]
  reach: Reach
  kinds?: readonly string[] | undefined
  year?: number | undefined
  /** The last entry of the page before. */
  after?: { on: string; id: string } | undefined
  /** So many entries at most. */
  count: number
}

/** An entry that was found: the first page on which everything that was asked for stands. */
export interface Found {
  kind: string
  id: string
  page: number
  /** `noDay` where it has none. */
  on: string
  path: OrgPath
  personId: string | null
  code: string
  title: string
  body: string
}

/** What is found, the newest first, as a table `found` with the columns of `Found` in the names of the database. */
export function found(asked: Asked): SQL {
  const { pieces, reach, kinds, year, after, count } = asked
  const pairs = reach.handed.flatMap(({ personIds, codes }) =>
    personIds.flatMap((person) => codes.map((code) => ({ person, code }))),
  )
  const bound = boundOf(year, after)
  return sql`search_found(${sql.param(pieces)}::text[],
    ${sql.param([...new Set(pieces.flatMap(wordsToAsk))])}::int[], ${marksOf(asked)}, ${asRanges(reach.roots.map(subtree))}::path_ranges,
    ${reach.own !== null}, ${sql.param(pairs.map((it) => it.person))}::uuid[], ${sql.param(pairs.map((it) => it.code))}::text[],
    ${kinds ? sql.param(kinds) : null}::text[], ${year === undefined ? '0001-01-01' : firstDayOf(year)}::date,
    ${bound.on}::date, ${bound.id}::uuid, ${count}::int) as found`
}

const firstDayOf = (year: number): string => `${String(year).padStart(4, '0')}-01-01`

/** What all that is looked at lies before. */
function boundOf(year: number | undefined, after: Asked['after']): { on: string; id: string } {
  const end = year === undefined ? '9999-12-31' : firstDayOf(year + 1)
  return after && after.on < end ? after : { on: end, id: '00000000-0000-0000-0000-000000000000' }
}

/** What narrows the search down, for the index. */
function marksOf({ reach, kinds }: Asked): string {
  const { roots, own, handed } = reach
  const persons = new Set([...(own === null ? [] : [own]), ...handed.flatMap((it) => it.personIds)])
  const places = [...roots.map((root) => mark('path', root)), ...[...persons].map((person) => mark('person', person))]
  const isEverywhere = roots.some((root) => ancestors(root).length === 0)
  return [
    ...(isEverywhere || places.length === 0 ? [] : [oneOf(places)]),
    // Several kinds are nearly all there is: to ask the index for them takes longer than to leave out the others.
    ...(kinds?.length === 1 ? kinds.map((kind) => mark('kind', kind)) : []),
  ].join(' & ')
}
