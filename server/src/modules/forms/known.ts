import type { Act, Day } from '@zhibu/rules'
import { and, eq, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors, lowestAbove, type OrgPath } from '../../platform/org-path.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { actColumns, countingActs } from '../development/facts.ts'
import { developmentActs } from '../development/tables.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { offices, organizations, universities } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'

/** What forms may know of a person. Numbers in the clear come only from `readIdentity`, which records the reading. */
export interface Known {
  person: KnownPerson
  organization: KnownOrganization
  /** From the root down. */
  above: readonly KnownOrganization[]
  university: string
  /** Who holds which office of the branch today. */
  officers: Partial<Record<OfficeKind, string>>
  acts: readonly Act[]
  clear: { idNumber?: string; phone?: string }
  today: Day
  madeBy: string
}

type KnownOrganization = Pick<typeof organizations.$inferSelect, 'id' | 'path' | 'name' | 'kind'>
type KnownPerson = Pick<typeof persons.$inferSelect, keyof typeof personColumns>

/**
 * What is known of persons whose files the actor reads by office, in the order given; the own file too where `orOwn`. Who is
 * outside of it is left out. Five statements for any number of persons.
 */
export async function knownOf(ctx: Context, personIds: readonly string[], { orOwn = false } = {}): Promise<Known[]> {
  const { db, tenantId, actor, today } = ctx
  const ofRead = within(persons.path, actor.rootsOf('read-files'))
  const isOwn =
    orOwn && actor.personId !== null && actor.administrator === null ? eq(persons.id, actor.personId) : undefined
  const people = await db
    .select(personColumns)
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), isOneOf(persons.id, personIds), or(ofRead, isOwn)))
  if (people.length === 0) return []
  const paths = [...new Set(people.flatMap((it) => [...ancestors(it.path), it.path]))]
  const around = await db
    .select(organizationColumns)
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), inArray(organizations.path, paths)))
  const held = await db
    .select({ organizationId: offices.organizationId, office: offices.office, personName: offices.personName })
    .from(offices)
    .where(
      and(
        eq(offices.tenantId, tenantId),
        isOneOf(offices.organizationId, [...new Set(people.map((it) => it.organizationId))]),
        lte(offices.from, today),
        or(isNull(offices.until), gte(offices.until, today)),
      ),
    )
  const rows = await db
    .select(actColumns)
    .from(developmentActs)
    .where(
      and(
        eq(developmentActs.tenantId, tenantId),
        isOneOf(
          developmentActs.personId,
          people.map((it) => it.id),
        ),
      ),
    )
  const [university] = await db
    .select({ name: universities.name })
    .from(universities)
    .where(eq(universities.id, tenantId))

  const byPath = new Map(around.map((it) => [it.path, it]))
  const officesOf = Map.groupBy(held, (it) => it.organizationId)
  const actsOf = Map.groupBy(rows, (it) => it.personId)
  const known = new Map(
    people.map((person): [string, Known] => [
      person.id,
      {
        person,
        organization: byPath.get(person.path) ?? unnamed(person),
        above: ancestors(person.path).flatMap((path) => byPath.get(path) ?? []),
        university: university?.name ?? '',
        officers: Object.fromEntries(
          (officesOf.get(person.organizationId) ?? []).map((it) => [it.office, it.personName]),
        ),
        acts: countingActs(actsOf.get(person.id) ?? []),
        clear: {},
        today,
        madeBy: actor.name,
      },
    ]),
  )
  return [...new Set(personIds)].flatMap((id) => known.get(id) ?? [])
}

/** The lowest organisation to which all of these persons belong: under it a common form is recorded. */
export const commonPath = (all: readonly Known[]): OrgPath => lowestAbove(all.map((it) => it.person.path)) ?? ''

const unnamed = ({ organizationId, path }: { organizationId: string; path: OrgPath }): KnownOrganization => ({
  id: organizationId,
  path,
  name: '',
  kind: 'branch',
})

const personColumns = {
  id: persons.id,
  organizationId: persons.organizationId,
  path: persons.path,
  name: persons.name,
  kind: persons.kind,
  studentNumber: persons.studentNumber,
  sex: persons.sex,
  ethnicity: persons.ethnicity,
  bornOn: persons.bornOn,
  nativePlace: persons.nativePlace,
  idNumberMask: persons.idNumberMask,
  phoneMask: persons.phoneMask,
  education: persons.education,
  degree: persons.degree,
  department: persons.department,
  major: persons.major,
  grade: persons.grade,
  className: persons.className,
  enrolledOn: persons.enrolledOn,
  leavesOn: persons.leavesOn,
  isMobile: persons.isMobile,
  details: persons.details,
}

const organizationColumns = {
  id: organizations.id,
  path: organizations.path,
  name: organizations.name,
  kind: organizations.kind,
}
