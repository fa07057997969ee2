import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/within.ts'
import { mayMakeAccountOf } from '../accounts/policy.ts'
import { accounts } from '../accounts/tables.ts'
import { type FileFacts, factsOf } from '../development/facts.ts'
import { type Candidate, findCandidates, findNamesakes, type Likeness, namesakeKey } from '../people/matching.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { persons } from '../people/tables.ts'
import type { BranchReading } from './branch-names.ts'
import type { Ground, RowToJudge } from './judging.ts'
import { type Identity, whoIsIt } from './who-is-it.ts'

/** What the register says around a row. */
export interface Around {
  place: BranchReading
  identity: Identity
  file: FileFacts | undefined
  /** Numbers of the row that belong to somebody out of sight. */
  elsewhere: readonly NumberField[]
  /** Whether the person has an account that is known by the student number, and the actor may not make such accounts. */
  isNumberFixed: boolean
}

/** Looks up whose rows they are, and all that is needed for judging them. */
export async function peopleAround(ctx: Context, ground: Ground, rows: readonly RowToJudge[]): Promise<Around[]> {
  const likenesses = rows.map(({ reading: { person } }) => person)
  // Of persons whom this very import has entered already, another row of the file is the reason.
  const others = (found: readonly Candidate[]) => found.filter(({ person }) => person.importId !== ground.importId)
  const candidates = await findCandidates(ctx, likenesses)
  const places = rows.map(({ reading }) => ground.names.read(reading.branch))
  const namesakes = await findNamesakes(
    ctx,
    rows.flatMap(({ reading: { person } }, at) => {
      const place = places[at]
      return place && 'organization' in place && person.name !== undefined
        ? { organizationId: place.organization.id, name: person.name }
        : []
    }),
  )
  const chosen = await chosenPersons(ctx, rows)
  const identities = rows.map(({ reading: { person: fields }, decided }, at): Identity => {
    const place = places[at]
    const organizationId = place && 'organization' in place ? place.organization.id : ''
    return whoIsIt(ctx, {
      fields,
      candidates: others(candidates[at] ?? []),
      namesakes: (namesakes.get(namesakeKey({ organizationId, name: fields.name ?? '' })) ?? []).filter(
        (it) => it.importId !== ground.importId,
      ),
      decided,
      chosen: chosen.get(decided ?? ''),
    })
  })
  const known = [...new Set(identities.flatMap((it) => ('person' in it ? it.person.id : [])))]
  const files = new Map((await factsOf(ctx, known)).map((it) => [it.person.id, it]))
  const renumbered = identities.flatMap((it, at) =>
    'person' in it && (likenesses[at]?.studentNumber ?? it.person.studentNumber) !== it.person.studentNumber
      ? it.person
      : [],
  )
  const fixed = await withFixedNumber(ctx, renumbered)
  const unseen = likenesses.map((it, at) => numbersOutOfSight(it, candidates[at] ?? []))
  const registered = await ground.registered?.(unseen)
  return identities.map((identity, at) => ({
    place: places[at] ?? { fault: '' },
    identity,
    file: 'person' in identity ? files.get(identity.person.id) : undefined,
    elsewhere: numberFields.filter((field) => {
      const number = unseen[at]?.[field]
      return number !== undefined && registered?.has(field, number) === true
    }),
    isNumberFixed: 'person' in identity && fixed.has(identity.person.id),
  }))
}

/** The numbers of a row that nobody in sight has. */
function numbersOutOfSight({ studentNumber, idNumber }: Likeness, candidates: readonly Candidate[]) {
  const isSeen = (field: NumberField) => candidates.some(({ by }) => by.includes(field))
  return {
    ...(studentNumber === undefined || isSeen('studentNumber') ? {} : { studentNumber }),
    ...(idNumber === undefined || isSeen('idNumber') ? {} : { idNumber }),
  }
}

const numberFields = ['studentNumber', 'idNumber'] as const

/** The numbers by which a person is known. */
export type NumberField = (typeof numberFields)[number]

/** What they are called. */
export const numberNames: Readonly<Record<NumberField, string>> = { studentNumber: '学号', idNumber: '身份证号' }

/** Those of the persons who have an account, where the actor may not make accounts: their numbers stay as they are. */
async function withFixedNumber(ctx: Context, people: readonly StoredPerson[]): Promise<ReadonlySet<string>> {
  const ids = people.filter((it) => !mayMakeAccountOf(ctx.actor, it)).map(({ id }) => id)
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .select({ id: accounts.personId })
    .from(accounts)
    .where(and(eq(accounts.tenantId, ctx.tenantId), inArray(accounts.personId, ids)))
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

async function chosenPersons(
  { db, tenantId, actor }: Context,
  rows: readonly RowToJudge[],
): Promise<Map<string, StoredPerson>> {
  const ids = rows.flatMap(({ decided }) =>
    decided === null || decided === 'new' || decided === 'skip' ? [] : decided,
  )
  if (ids.length === 0) return new Map()
  const found = await db
    .select()
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, tenantId),
        within(persons.path, actor.rootsOf('read-files')),
        inArray(persons.id, [...new Set(ids)]),
      ),
    )
  return new Map(found.map((it) => [it.id, it]))
}
