import { setImmediate } from 'node:timers/promises'
import { factsOnPaper, isDay, maskIdentityNumber, titlesOfPaper } from '@zhibu/rules'
import { and, eq, or, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { within } from '../../platform/within.ts'
import { type FilingList, filingListOf } from '../archive/template.ts'
import { idNumberHash } from '../people/sealing.ts'
import { persons } from '../people/tables.ts'
import { byTitles, type SortedPart } from './sorting.ts'
import type { digitizationParts } from './tables.ts'

/** Where a part is proposed to go. */
export type Proposal = Pick<
  typeof digitizationParts.$inferSelect,
  'ownerPersonId' | 'ownerOrganizationId' | 'place' | 'on' | 'nature' | 'basis' | 'words' | 'candidateIds'
>

/** The stack for which proposals are made: nobody is proposed who does not belong where it lies. */
interface Home {
  organizationId: string
  path: OrgPath
}

type Looking = Pick<Context, 'db' | 'tenantId' | 'today' | 'encryption'>

/** More persons than these are no help. */
const mostCandidates = 8

/**
 * Proposes of each part whose it is, its place and its day: what the cover sheet says, else what the text says. A person is proposed
 * where a number or a name on the paper is theirs and nobody else's below the organisation of the stack; otherwise those it may be of
 * are named. Where a cover sheet names one person and a document behind it another, as when a cover sheet was forgotten, both are named
 * and a person decides. Nothing is filed by it. Two statements however many parts there are.
 */
export async function proposalsFor(ctx: Looking, home: Home, parts: readonly SortedPart[]): Promise<Proposal[]> {
  const list = await filingListOf(ctx)
  const read: Said[] = []
  for (const part of parts) {
    read.push(saidBy(part, list, ctx.today))
    // Of 2,000 pages it takes seconds, in which others are served.
    await setImmediate()
  }
  const known = await registered(ctx, home, read)
  return parts.map((part, at): Proposal => {
    const said = read[at] ?? saidBy(part, list, ctx.today)
    const { cover } = part
    const same = { on: said.on?.day ?? null, nature: said.nature }
    const words = { person: [], place: [], on: said.on === undefined ? [] : [said.on.written] }
    const nobody = { ownerPersonId: null, ownerOrganizationId: null, candidateIds: [] }
    if (cover !== undefined) {
      const basis = part.leftOut.length > 0 ? 'code' : 'codeOnPaper'
      const others = 'personId' in cover ? othersBehind(cover.personId, part, known, list, ctx.today) : []
      if ('personId' in cover && others.length > 0) {
        const candidateIds = [...new Set([cover.personId, ...others.map((it) => it.personId)])].slice(0, mostCandidates)
        const person = [...new Set(others.flatMap((it) => it.why))].slice(0, mostCandidates)
        return { ...same, ...nobody, candidateIds, place: cover.place, basis, words: { ...words, person } }
      }
      const owner =
        'personId' in cover ? { ownerPersonId: cover.personId } : { ownerOrganizationId: cover.organizationId }
      return { ...same, ...nobody, ...owner, place: cover.place, basis, words }
    }
    const { title } = said
    const placed = { ...same, place: title?.place ?? null }
    if (title?.isOfOrganization)
      return {
        ...{ ...placed, ...nobody, ownerOrganizationId: home.organizationId, basis: 'text' },
        words: { ...words, place: title.words },
      }
    const { personId, candidateIds, why } = whoseIs(said, known)
    const basis = title !== undefined || personId !== null || candidateIds.length > 0 ? 'text' : null
    return {
      ...{ ...placed, ...nobody, ownerPersonId: personId, candidateIds, basis },
      words: { ...words, person: why, place: title?.words ?? [] },
    }
  })
}

/** Whom the documents behind a cover sheet name instead of the person on it, and by which words. */
function othersBehind(
  personId: string,
  { pages }: SortedPart,
  known: readonly Known[],
  list: FilingList,
  today: string,
): { personId: string; why: string[] }[] {
  return byTitles(pages).flatMap((some) => {
    const { personId: other, why } = whoseIs(saidBy({ pages: some, leftOut: [] }, list, today), known)
    return other === null || other === personId ? [] : [{ personId: other, why }]
  })
}

/** What the text of a part says about where it belongs. */
interface Said {
  title?: { place: string; isOfOrganization: boolean; words: string[] }
  on?: { day: NonNullable<Proposal['on']>; written: string }
  names: string[]
  studentNumbers: string[]
  identityNumbers: string[]
  nature: Proposal['nature']
}

function saidBy({ pages }: SortedPart, list: FilingList, today: string): Said {
  const facts = pages.flatMap(({ lines }) => factsOnPaper(lines))
  const days = facts.flatMap((it) => {
    if (it.kind !== 'day' || it.doubt !== undefined || /出生/.test(it.label ?? '')) return []
    return isDay(it.value) && it.value <= today ? [{ day: it.value, written: it.written }] : []
  })
  const sound = facts.filter((it) => it.kind !== 'day' && it.kind !== 'name' && it.doubt === undefined)
  const numbers = (kind: (typeof facts)[number]['kind']) => [
    ...new Set(sound.flatMap((it) => (it.kind === kind ? [it.value] : []))),
  ]
  const names = facts.flatMap((it) => (it.kind === 'name' && it.as === 'holder' ? [it.value] : []))
  const on = days.at(-1)
  const title = titleOn(pages[0]?.lines ?? [], list)
  return {
    ...(title && { title }),
    ...(on && { on }),
    names: [...new Set(names)],
    studentNumbers: numbers('studentNumber'),
    identityNumbers: numbers('identityNumber'),
    nature: pages.length > 0 && pages.every((it) => it.isElectronic) ? 'electronic' : 'original',
  }
}

/** The likeliest place by the title that the university has in its filing list. */
function titleOn(lines: readonly string[], list: FilingList): Said['title'] {
  for (const { place, words } of titlesOfPaper(lines)) {
    const isOfOrganization = list.organization.some((it) => it.code === place)
    if (isOfOrganization || list.person.some((it) => it.code === place))
      return { place, isOfOrganization, words: [...words] }
  }
  return undefined
}

/** A person of the register below the organisation of a stack, by name and numbers. */
interface Known {
  id: string
  name: string
  studentNumber: string | null
  /** Of their identity numbers those that stand in the stack, in the clear. */
  identityNumber: string | undefined
}

async function registered(ctx: Looking, home: Home, read: readonly Said[]): Promise<Known[]> {
  const all = (of: (said: Said) => readonly string[]) => [...new Set(read.flatMap(of))]
  const numbers = new Map(all((it) => it.identityNumbers).map((it) => [idNumberHash(ctx.encryption, it) ?? '', it]))
  const [names, studentNumbers] = [all((it) => it.names), all((it) => it.studentNumbers)]
  if (names.length + studentNumbers.length + numbers.size === 0) return []
  const oneOf = (values: readonly string[]) => sql`any(${sql.param([...values])}::text[])`
  const rows = await ctx.db
    .select({
      id: persons.id,
      name: persons.name,
      studentNumber: persons.studentNumber,
      hash: persons.idNumberHash,
    })
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, [home.path]),
        or(
          sql`${persons.name} = ${oneOf(names)}`,
          sql`${persons.studentNumber} = ${oneOf(studentNumbers)}`,
          sql`${persons.idNumberHash} = ${oneOf([...numbers.keys()])}`,
        ),
      ),
    )
    .orderBy(persons.pinyin, persons.id)
  return rows.map(({ hash, ...it }) => ({ ...it, identityNumber: hash === null ? undefined : numbers.get(hash) }))
}

/** By number, then by name; where both are there, they must not be of two persons. */
function whoseIs(said: Said, known: readonly Known[]) {
  const numbersOf = (it: Known) => [
    ...(it.studentNumber !== null && said.studentNumbers.includes(it.studentNumber) ? [it.studentNumber] : []),
    ...(it.identityNumber !== undefined && said.identityNumbers.includes(it.identityNumber)
      ? [maskIdentityNumber(it.identityNumber)]
      : []),
  ]
  const byNumber = known.filter((it) => numbersOf(it).length > 0)
  const byName = known.filter((it) => said.names.includes(it.name))
  const both = byNumber.filter((it) => byName.includes(it))
  const meant = both.length > 0 ? both : byNumber.length > 0 && byName.length > 0 ? [...byNumber, ...byName] : []
  const [person, ...others] = meant.length > 0 ? meant : byNumber.length > 0 ? byNumber : byName
  if (person === undefined) return { personId: null, candidateIds: [], why: [] }
  const why = [person, ...others].flatMap((it) => [...(byName.includes(it) ? [it.name] : []), ...numbersOf(it)])
  const candidateIds = others.length === 0 ? [] : [person, ...others].map((it) => it.id).slice(0, mostCandidates)
  return {
    personId: others.length === 0 ? person.id : null,
    candidateIds,
    why: [...new Set(why)].slice(0, mostCandidates),
  }
}
