import type { Act, DevelopmentFacts } from '@zhibu/rules'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { segmentLength } from '../../platform/org-path.ts'
import { isOneOf } from '../../platform/within.ts'
import { offices, organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { branchFrom, type OfficeRow } from './branch-facts.ts'
import { developmentActs } from './tables.ts'

/** The person and the branch around a file. */
export type PersonRow = Pick<
  typeof persons.$inferSelect,
  | 'id'
  | 'name'
  | 'pinyin'
  | 'path'
  | 'organizationId'
  | 'studentNumber'
  | 'bornOn'
  | 'idNumberBornOn'
  | 'leavesOn'
  | 'isMobile'
> & {
  organization: string
  /** Whether the committee next above may approve probationary members; null where there is none. */
  committeeApproves: boolean | null
}

/** An act as it lies in the table. */
export type ActRow = Pick<
  typeof developmentActs.$inferSelect,
  'id' | 'personId' | 'kind' | 'on' | 'details' | 'corrects' | 'isStruckOut'
>

/** A person and what the rules may know about the file. */
export interface FileFacts {
  person: PersonRow
  facts: DevelopmentFacts
}

/** The files of any number of persons, with one query for each table. Who is outside the scope is left out. */
export async function factsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  personIds: readonly string[],
): Promise<FileFacts[]> {
  if (personIds.length === 0) return []
  const people = await db
    .select(personColumns)
    .from(persons)
    .innerJoin(organizations, and(eq(organizations.tenantId, tenantId), eq(organizations.id, persons.organizationId)))
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, personIds)))
  const acts = await db
    .select(actColumns)
    .from(developmentActs)
    .where(and(eq(developmentActs.tenantId, tenantId), isOneOf(developmentActs.personId, personIds)))
  const held = await db
    .select(officeColumns)
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, tenantId),
        isOneOf(offices.organizationId, [...new Set(people.map((it) => it.organizationId))]),
      ),
    )
  const actsOf = Map.groupBy(acts, (it) => it.personId)
  const officesOf = Map.groupBy(held, (it) => it.organizationId)
  return people.map((person) =>
    fileFrom(person, countingActs(actsOf.get(person.id) ?? []), officesOf.get(person.organizationId) ?? []),
  )
}

/** A file from its rows: the acts are those that count. */
export function fileFrom(person: PersonRow, acts: readonly Act[], held: readonly OfficeRow[]): FileFacts {
  return {
    person,
    facts: {
      ...(person.bornOn && { bornOn: person.bornOn }),
      ...(person.idNumberBornOn && { bornOnByIdNumber: person.idNumberBornOn }),
      ...(person.leavesOn && { leavesOn: person.leavesOn }),
      ...(person.isMobile && { isMobile: true }),
      branch: branchFrom(person.organization, held, person.committeeApproves),
      acts,
    },
  }
}

/** The acts that count: neither corrected nor struck out. */
export function countingActs(rows: readonly ActRow[]): Act[] {
  const corrected = new Set(rows.map((it) => it.corrects))
  return rows.filter((it) => !it.isStruckOut && !corrected.has(it.id)).map(actFrom)
}

/** The act as the rules take it. The details were checked by `schema.ts` on their way in, together with the kind. */
export const actFrom = ({ id, kind, on, details }: Pick<ActRow, 'id' | 'kind' | 'on' | 'details'>) =>
  ({ id, kind, ...(on && { on }), ...details }) as Act & { id: string }

/** The columns of an act in which kind, day and everything else are kept. */
export function detailsOf(act: Act): Pick<ActRow, 'kind' | 'on' | 'details'> {
  const { id: _, kind, on, ...details } = act
  return { kind, on: on ?? null, details }
}

/**
 * Whether the committee next above a path may approve probationary members, as a subselect; that of the university always
 * may. The paths above are counted out, so that an index finds them.
 */
export function approvesAt(tenantId: SQL, path: SQL): SQL<boolean | null> {
  return sql<boolean | null>`(select c.can_approve_probationary or c.kind = 'universityCommittee'
    from generate_series(1, length(${path}) / ${sql.raw(String(segmentLength + 1))}) level
    join ${organizations} c on c.tenant_id = ${tenantId} and c.path = left(${path}, level * ${sql.raw(String(segmentLength + 1))})
    where c.kind in ('universityCommittee', 'partyCommittee') and c.dissolved_on is null
    order by level desc limit 1)`
}

const personColumns = {
  id: persons.id,
  name: persons.name,
  pinyin: persons.pinyin,
  path: persons.path,
  organizationId: persons.organizationId,
  studentNumber: persons.studentNumber,
  bornOn: persons.bornOn,
  idNumberBornOn: persons.idNumberBornOn,
  leavesOn: persons.leavesOn,
  isMobile: persons.isMobile,
  organization: organizations.name,
  committeeApproves: approvesAt(sql`${persons.tenantId}`, sql`${persons.path}`),
}

/** The columns of an act that say whether it counts, and what happened. */
export const actColumns = {
  id: developmentActs.id,
  personId: developmentActs.personId,
  kind: developmentActs.kind,
  on: developmentActs.on,
  details: developmentActs.details,
  corrects: developmentActs.corrects,
  isStruckOut: developmentActs.isStruckOut,
}

const officeColumns = {
  organizationId: offices.organizationId,
  personName: offices.personName,
  office: offices.office,
  from: offices.from,
  until: offices.until,
}

/** The facts with a new act, in place of the corrected one where there is one. */
export function factsAfter(facts: DevelopmentFacts, act: Act | undefined, corrects?: string): DevelopmentFacts {
  const others = facts.acts.filter((it) => it.id !== corrects)
  return { ...facts, acts: act ? [...others, act] : others }
}
