import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Subject } from '../../platform/journal.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { activities } from '../activities/tables.ts'
import { findOrganization } from '../organization/queries.ts'
import type { InvitationCan } from './invitation-schema.ts'
import { expertStateNames, invitationStateNames } from './names-schema.ts'
import { invitationStateOf, isSelf, may, mayRun, mayWith, stateOf } from './policy.ts'
import type { ExpertCan } from './schema.ts'
import { expertInvitations, experts } from './tables.ts'

type Rows = Pick<Context, 'db' | 'tenantId'>

export type StoredExpert = typeof experts.$inferSelect

/** The lecture that was begun from an invitation, as it stands now. */
export type StoredLecture = Pick<
  typeof activities.$inferSelect,
  'id' | 'title' | 'path' | 'fromOn' | 'startMinute' | 'endMinute' | 'announcedAt' | 'recordedAt' | 'cancelledAt'
>
export type StoredInvitation = typeof expertInvitations.$inferSelect & { lecture: StoredLecture | null }

/** An expert, whoever asks; locked where the entry is to be changed. */
export async function findExpert(
  ctx: Rows,
  expertId: string,
  { lock = false } = {},
): Promise<StoredExpert | undefined> {
  const query = ctx.db.select().from(experts).where(ofExpert(ctx, expertId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** An expert for whoever may read the entry. */
export async function openExpert(ctx: Context, expertId: string, how: { lock?: boolean } = {}): Promise<StoredExpert> {
  const row = await findExpert(ctx, expertId, how)
  return found(row && may(ctx.actor, row).read ? row : undefined, '位专家')
}

/** The same for what the policy may allow, locked. Who could, were it not for what has become of it, is told what that is. */
export async function lockExpert(
  ctx: Context,
  expertId: string,
  action: keyof ExpertCan,
  named: string,
): Promise<StoredExpert> {
  const expert = await openExpert(ctx, expertId, { lock: true })
  if (may(ctx.actor, expert)[action]) return expert
  authorize(mayRun(ctx.actor, expert.path) || (isOwnMatter[action] && isSelf(ctx.actor, expert)), named)
  throw new Refusal('conflict', `这位专家${expertStateNames[stateOf(expert)]}，不能${named}。请刷新页面查看。`)
}

/** What experts do themselves, where they are persons of the register. */
const isOwnMatter: Readonly<Record<keyof ExpertCan, boolean>> = {
  ...{ agree: true, takeBack: true, withdraw: true, readContacts: true },
  ...{ change: false, invite: false, link: false },
}

/** Invitations with the lectures that were begun from them. */
export function selectInvitations({ db }: Rows) {
  const { id, title, path, fromOn, startMinute, endMinute, announcedAt, recordedAt, cancelledAt } = activities
  return db
    .select({
      ...getTableColumns(expertInvitations),
      lecture: { id, title, path, fromOn, startMinute, endMinute, announcedAt, recordedAt, cancelledAt },
    })
    .from(expertInvitations)
    .leftJoin(
      activities,
      and(eq(activities.tenantId, expertInvitations.tenantId), eq(activities.id, expertInvitations.activityId)),
    )
}

/** An invitation for whoever may read it; locked where it is to be changed. */
export async function openInvitation(
  ctx: Context,
  invitationId: string,
  { lock = false } = {},
): Promise<StoredInvitation> {
  const query = selectInvitations(ctx).where(ofInvitation(ctx, invitationId)).$dynamic()
  const [row] = await (lock ? query.for('update', { of: expertInvitations }) : query)
  return found(row && mayWith(ctx.actor, row, ctx.today).read ? row : undefined, '份邀请')
}

/** The same for what the policy may allow. Who could, were it not for what has become of it, is told what that is. */
export async function lockInvitation(
  ctx: Context,
  invitationId: string,
  action: keyof InvitationCan,
  named: string,
): Promise<StoredInvitation> {
  const it = await openInvitation(ctx, invitationId, { lock: true })
  if (mayWith(ctx.actor, it, ctx.today)[action]) return it
  const isForBoth = action === 'agree' || action === 'decline'
  authorize(isForBoth || mayRun(ctx.actor, it.path), named)
  const state = invitationStateNames[invitationStateOf(it, ctx.today)]
  throw new Refusal('conflict', `这份邀请${state}，不能${named}。请刷新页面查看。`)
}

/** Where an organisation stands for which the actor keeps experts, or invites. */
export async function placeFor(
  ctx: Context,
  organizationId: string,
  named: string,
): Promise<{ path: OrgPath; name: string }> {
  const { path, name, dissolvedOn } = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRun(ctx.actor, path), `为这个组织${named}`)
  if (dissolvedOn !== null) throw new Refusal('conflict', `这个组织已经撤销，不能再${named}。`)
  return { path, name }
}

/** Writes down what has become of an expert or of an invitation. */
export async function changeExpertRow(ctx: Rows, expertId: string, set: Partial<StoredExpert>): Promise<void> {
  await ctx.db.update(experts).set(set).where(ofExpert(ctx, expertId))
}
export async function changeInvitationRow(
  ctx: Rows,
  invitationId: string,
  set: Partial<typeof expertInvitations.$inferSelect>,
): Promise<void> {
  await ctx.db.update(expertInvitations).set(set).where(ofInvitation(ctx, invitationId))
}

/** One expert, and one invitation, by the keys of their tables. */
export const ofExpert = ({ tenantId }: Pick<Context, 'tenantId'>, expertId: string): SQL =>
  and(eq(experts.tenantId, tenantId), eq(experts.id, expertId)) ?? sql`false`
const ofInvitation = ({ tenantId }: Pick<Context, 'tenantId'>, invitationId: string): SQL =>
  and(eq(expertInvitations.tenantId, tenantId), eq(expertInvitations.id, invitationId)) ?? sql`false`

export const subjectOf = ({ id, path, personId }: Pick<StoredExpert, 'id' | 'path' | 'personId'>): Subject => ({
  kind: 'expert',
  id,
  orgPath: path,
  personId,
})
export const invitationSubject = ({
  id,
  path,
  personId,
}: Pick<StoredInvitation, 'id' | 'path' | 'personId'>): Subject => ({
  kind: 'expertInvitation',
  id,
  orgPath: path,
  personId,
})
