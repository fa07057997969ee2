import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Context, Right } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import { ancestors } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { callStateNames } from './names-schema.ts'
import { may, stateOf } from './policy.ts'
import type { CallCan } from './schema.ts'
import { callEntries, callEntryMembers, calls } from './tables.ts'

export type StoredCall = typeof calls.$inferSelect
export type StoredEntry = typeof callEntries.$inferSelect

/** A call for whoever may read it, locked where it is to be changed. */
export async function openCall(ctx: Context, callId: string, { lock = false } = {}): Promise<StoredCall> {
  const query = ctx.db.select().from(calls).where(ofCall(ctx, callId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return found(row && may(ctx.actor, row, ctx.today).read ? row : undefined, '次征集')
}

/** What only whoever holds a call does with it, locked. Who could, were it not for what has become of it, is told what that is. Runs over the whole university. */
export async function lockFor(
  ctx: Context,
  callId: string,
  action: keyof CallCan,
  named: string,
  right?: Right,
): Promise<StoredCall> {
  const call = await openCall(ctx, callId, { lock: true })
  const isConcerned = await isOwnConcern(ctx, callId)
  const can = may(ctx.actor, call, ctx.today, isConcerned)
  if (can[action]) return call
  const holds = may(ctx.actor, call, ctx.today).judge
  authorize(holds && (right === undefined || ctx.actor.holds(right, call.path)), `${named}这次征集`)
  if (isConcerned) refuseConcerned()
  throw new Refusal('conflict', `这次征集${callStateNames[stateOf(call, ctx.today)]}，不能${named}。请刷新页面查看。`)
}

/** A call whose entries the actor may see and judge. Whoever has one in it leaves that to the others. Runs over the whole university. */
export async function openToJudge(ctx: Context, callId: string, { lock = false } = {}): Promise<StoredCall> {
  const call = await openCall(ctx, callId, { lock })
  authorize(may(ctx.actor, call, ctx.today).judge, '处理这次征集的作品')
  if (await isOwnConcern(ctx, callId)) refuseConcerned()
  return call
}

function refuseConcerned(): never {
  throw new Refusal('forbidden', '您有作品参加这次征集，不能处理作品和评审。请由其他负责同志办理。')
}

/** True for the memberships of the actor in the entries of a call. */
export const isOwnIn = (ctx: Context, callId: string) =>
  and(
    eq(callEntryMembers.tenantId, ctx.tenantId),
    eq(callEntryMembers.personId, personOf(ctx)),
    eq(callEntryMembers.callId, callId),
  )

/** True for the entry of a membership. */
export const isEntryOfMember = and(
  eq(callEntries.tenantId, callEntryMembers.tenantId),
  eq(callEntries.id, callEntryMembers.entryId),
)

/** Whether the actor has an entry in a call that was not withdrawn. */
export async function isOwnConcern(ctx: Context, callId: string): Promise<boolean> {
  const [row] = await ctx.db
    .select({ id: callEntryMembers.entryId })
    .from(callEntryMembers)
    .innerJoin(callEntries, isEntryOfMember)
    .where(and(isOwnIn(ctx, callId), sql`${callEntries.withdrawnAt} is null`))
    .limit(1)
  return row !== undefined
}

/** One call, and one entry, by the keys of their tables. */
export const ofCall = ({ tenantId }: Pick<Context, 'tenantId'>, callId: string): SQL =>
  and(eq(calls.tenantId, tenantId), eq(calls.id, callId)) ?? sql`false`
export const ofEntry = ({ tenantId }: Pick<Context, 'tenantId'>, entryId: string): SQL =>
  and(eq(callEntries.tenantId, tenantId), eq(callEntries.id, entryId)) ?? sql`false`

type Writer = Pick<Context, 'db' | 'tenantId'>

/** Writes down what has become of a call, or of an entry. */
export async function changeCall(ctx: Writer, callId: string, set: Partial<StoredCall>): Promise<void> {
  await ctx.db.update(calls).set(set).where(ofCall(ctx, callId))
}
export async function changeEntry(ctx: Writer, entryId: string, set: Partial<StoredEntry>): Promise<void> {
  await ctx.db.update(callEntries).set(set).where(ofEntry(ctx, entryId))
}

/** The entries of a call that were submitted and not withdrawn, by their numbers. */
export function submittedEntries({ db, tenantId }: Context, callId: string): Promise<StoredEntry[]> {
  return db
    .select()
    .from(callEntries)
    .where(
      and(
        eq(callEntries.tenantId, tenantId),
        eq(callEntries.callId, callId),
        sql`${callEntries.submittedAt} is not null and ${callEntries.withdrawnAt} is null`,
      ),
    )
    .orderBy(asc(callEntries.number), asc(callEntries.id))
}

/** Somebody whose work an entry is, with what their file says of them now. */
export type Member = Awaited<ReturnType<typeof membersOf>>[number]

/** Those whose works these entries are, the author of each first. Runs over the whole university. */
export function membersOf({ db, tenantId }: Context, entryIds: readonly string[]) {
  return db
    .select({
      entryId: callEntryMembers.entryId,
      personId: callEntryMembers.personId,
      isAuthor: callEntryMembers.isAuthor,
      publicationAt: callEntryMembers.publicationAt,
      nameAt: callEntryMembers.nameAt,
      portraitAt: callEntryMembers.portraitAt,
      name: persons.name,
      studentNumber: persons.studentNumber,
      home: persons.path,
      organization: organizations.name,
    })
    .from(callEntryMembers)
    .innerJoin(persons, and(eq(persons.tenantId, callEntryMembers.tenantId), eq(persons.id, callEntryMembers.personId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, persons.tenantId), eq(organizations.id, persons.organizationId)),
    )
    .where(and(eq(callEntryMembers.tenantId, tenantId), isOneOf(callEntryMembers.entryId, entryIds)))
    .orderBy(sql`${callEntryMembers.isAuthor} desc`, asc(callEntryMembers.joinedAt), asc(callEntryMembers.personId))
}

/** The names of the organisations to which somebody belongs, by their paths. */
export async function organizationNames(
  { db, tenantId }: Context,
  homes: readonly string[],
): Promise<Map<string, string[]>> {
  const paths = [...new Set(homes.flatMap((it) => [...ancestors(it), it]))]
  const rows = await db
    .select({ path: organizations.path, name: organizations.name, shortName: organizations.shortName })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), sql`${organizations.path} = any(${sql.param(paths)}::text[])`))
  return new Map(rows.map((it) => [it.path, it.shortName === null ? [it.name] : [it.name, it.shortName]]))
}

export const callSubject = ({ id, path }: Pick<StoredCall, 'id' | 'path'>): Subject => ({
  kind: 'entryCall',
  id,
  orgPath: path,
})
export const entrySubject = (
  { id, path }: Pick<StoredEntry, 'id' | 'path'>,
  personId: string | null = null,
): Subject => ({ kind: 'callEntry', id, orgPath: path, personId })
