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
import type { Ground, RowToJudge } from './ground.ts'
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

/** What the register has that is like a row. */
export interface Resemblance {
  place: BranchReading
  /** Persons within reach who agree in a number, or in name and birth. */
  candidates: readonly Candidate[]
  /** Persons of the same name in the branch of the row. */
  namesakes: readonly StoredPerson[]
  /** Numbers of the row that belong to somebody out of sight. */
  elsewhere: readonly NumberField[]
}

/** Looks for persons who are like those of rows: four statements for any number of rows. */
export async function resemblancesOf(
  ctx: Context,
  ground: Ground,
  rows: readonly { person: Likeness; branch?: string | undefined }[],
): Promise<Resemblance[]> {
  const candidates = await findCandidates(
    ctx,
    rows.map(({ person }) => person),
  )
  const places = rows.map(({ branch }) => ground.names.read(branch))
  const namesakes = await findNamesakes(
    ctx,
    rows.flatMap(({ person }, at) => {
      const place = places[at]
      return place && 'organization' in place && person.name !== undefined
        ? { organizationId: place.organization.id, name: person.name }
        : []
    }),
  )
  const unseen = rows.map(({ person }, at) => numbersOutOfSight(person, candidates[at] ?? []))
  const registered = await ground.registered?.(unseen)
  // Of persons whom this very import has entered already, another row of the file is the reason.
  const isOther = ({ importId }: StoredPerson) => importId !== ground.importId
  return rows.map(({ person: { name = '' } }, at) => {
    const place = places[at] ?? { fault: '' }
    const organizationId = 'organization' in place ? place.organization.id : ''
    return {
      place,
      candidates: (candidates[at] ?? []).filter(({ person }) => isOther(person)),
      namesakes: (namesakes.get(namesakeKey({ organizationId, name })) ?? []).filter(isOther),
      elsewhere: numberFields.filter((field) => {
        const number = unseen[at]?.[field]
        return number !== undefined && registered?.has(field, number) === true
      }),
    }
  })
}

/** Whether nobody in the register is like the person of a row. */
export const isStranger = ({ candidates, namesakes, elsewhere }: Resemblance): boolean =>
  candidates.length + namesakes.length + elsewhere.length === 0

/** Tells whose rows they are, and looks up all that is needed for judging them. */
export async function peopleAround(
  ctx: Context,
  rows: readonly RowToJudge[],
  resemblances: readonly Resemblance[],
): Promise<Around[]> {
  const chosen = await chosenPersons(ctx, rows)
  const identities = rows.map(({ reading: { person: fields }, decided }, at): Identity => {
    const { candidates = [], namesakes = [] } = resemblances[at] ?? {}
    return whoIsIt(ctx, { fields, candidates, namesakes, decided, chosen: chosen.get(decided ?? '') })
  })
  const known = [...new Set(identities.flatMap((it) => ('person' in it ? it.person.id : [])))]
  const files = new Map((await factsOf(ctx, known)).map((it) => [it.person.id, it]))
  const renumbered = identities.flatMap((it, at) =>
    'person' in it && (rows[at]?.reading.person.studentNumber ?? it.person.studentNumber) !== it.person.studentNumber
      ? it.person
      : [],
  )
  const fixed = await withFixedNumber(ctx, renumbered)
  return identities.map((identity, at) => ({
    place: resemblances[at]?.place ?? { fault: '' },
    identity,
    file: 'person' in identity ? files.get(identity.person.id) : undefined,
    elsewhere: resemblances[at]?.elsewhere ?? [],
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
