import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Context } from '../../platform/context.ts'
import { ancestors } from '../../platform/org-path.ts'
import { authorize, found } from '../../platform/refusal.ts'
import { offices, organizations } from '../organization/tables.ts'
import { may } from './policy.ts'
import { type FieldName, fieldNames, type PersonPage } from './schema.ts'
import type { StoredPerson } from './sealing.ts'
import { moves, persons } from './tables.ts'

/** Joins a person with the organisation to which they belong. */
export const organizationOfPerson = and(
  eq(organizations.tenantId, persons.tenantId),
  eq(organizations.id, persons.organizationId),
)

/** One person with history and offices. Four statements. */
export async function readPerson(ctx: Context, personId: string): Promise<PersonPage> {
  const it = found(await findPerson(ctx, personId), '位人员')
  const can = may(ctx.actor, it)
  authorize(can.read, '查看这位人员的信息')
  const lineage = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), inArray(organizations.path, [...ancestors(it.path), it.path])))
    .orderBy(asc(organizations.path))
  const own = lineage.find((row) => row.id === it.organizationId)
  const isWhole = can.see.length === fieldNames.length
  return {
    id: it.id,
    name: it.name,
    pinyin: it.pinyin,
    studentNumber: it.studentNumber,
    ...seenOf(it, can.see, [
      ...(['kind', 'sex', 'ethnicity', 'bornOn', 'nativePlace', 'education', 'degree', 'department'] as const),
      ...(['major', 'grade', 'className', 'enrolledOn', 'leavesOn', 'isMobile'] as const),
    ]),
    idNumberMask: can.see.includes('idNumber') ? it.idNumberMask : null,
    phoneMask: can.see.includes('phone') ? it.phoneMask : null,
    details: can.see.includes('details') ? it.details : {},
    organization: { id: it.organizationId, name: own?.name ?? '' },
    above: lineage.filter((row) => row.id !== it.organizationId),
    moves: isWhole ? await movesOf(ctx, personId) : [],
    offices: await officesOf(ctx, personId),
    revision: it.revision,
    can,
  }
}

/** Some fields of a person, null where they are not seen. */
export function seenOf<Field extends FieldName, Row extends { [field in Field]: unknown }>(
  row: Row,
  see: readonly FieldName[],
  fields: readonly Field[],
): { [field in Field]: Row[field] | null } {
  const seen = fields.map((field) => [field, see.includes(field) ? row[field] : null])
  return Object.fromEntries(seen)
}

/** A person whom row-level security shows to the actor, as stored. Locked when the caller is about to change it. */
export async function findPerson(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  personId: string,
  { lock = false } = {},
): Promise<StoredPerson | undefined> {
  const query = ctx.db
    .select()
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), eq(persons.id, personId)))
    .$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** The day of a person's last move. */
export async function lastMoveOn(ctx: Context, personId: string) {
  const [row] = await ctx.db
    .select({ on: moves.on })
    .from(moves)
    .where(and(eq(moves.tenantId, ctx.tenantId), eq(moves.personId, personId)))
    .orderBy(desc(moves.on))
    .limit(1)
  return row?.on
}

async function movesOf(ctx: Context, personId: string): Promise<PersonPage['moves']> {
  const [from, to] = [alias(organizations, 'source'), alias(organizations, 'target')]
  const rows = await ctx.db
    .select({
      id: moves.id,
      on: moves.on,
      fromId: from.id,
      fromName: from.name,
      toId: to.id,
      toName: to.name,
      reason: moves.reason,
    })
    .from(moves)
    .innerJoin(from, and(eq(from.tenantId, moves.tenantId), eq(from.id, moves.fromOrganizationId)))
    .innerJoin(to, and(eq(to.tenantId, moves.tenantId), eq(to.id, moves.toOrganizationId)))
    .where(and(eq(moves.tenantId, ctx.tenantId), eq(moves.personId, personId)))
    .orderBy(desc(moves.on), desc(moves.id))
  return rows.map(({ fromId, fromName, toId, toName, ...row }) => ({
    ...row,
    from: { id: fromId, name: fromName },
    to: { id: toId, name: toName },
  }))
}

async function officesOf(ctx: Context, personId: string): Promise<PersonPage['offices']> {
  const rows = await ctx.db
    .select({
      id: offices.id,
      office: offices.office,
      organizationId: organizations.id,
      organization: organizations.name,
      from: offices.from,
      until: offices.until,
    })
    .from(offices)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, offices.tenantId), eq(organizations.id, offices.organizationId)),
    )
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.personId, personId)))
    .orderBy(desc(offices.from), desc(offices.id))
  return rows.map(({ organizationId, organization, ...row }) => ({
    ...row,
    organization: { id: organizationId, name: organization },
  }))
}
