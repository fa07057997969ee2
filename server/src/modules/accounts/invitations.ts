import { createHash, randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, record } from '../../platform/journal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { refuseWeakPassword } from './password.ts'
import type { InvitationLink, InvitationView } from './schema.ts'
import { accounts, invitations, signInCredentials, signInSessions, signInUsers } from './tables.ts'

/** How long an invitation may be used. */
export const invitationDays = 7

/** What an invitation needs to know: who invites, and when. */
export interface Inviter extends Recorder {
  now: Date
}

/**
 * Makes the link with which the owner of an account sets a password. Earlier links stop working, and so do the old password
 * and all sessions: whoever asks for a new one has lost the old one, perhaps to somebody else.
 */
export async function invite(ctx: Inviter, account: { id: string; userId: string }): Promise<InvitationLink> {
  const { db, tenantId, now } = ctx
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 3_600_000)
  await closeInvitations(ctx, account.id)
  await endSignIn(db, account.userId)
  await db.insert(invitations).values({
    tenantId,
    id: newId(),
    accountId: account.id,
    secretHash: hashOf(secret),
    expiresAt,
    invitedBy: ctx.actor.accountId ?? account.id,
  })
  await record(ctx, 'accounts.invited', { kind: 'account', id: account.id }, { expiresAt })
  return { accountId: account.id, link: `/invitation#${secret}`, expiresAt: expiresAt.toISOString() }
}

/** What the page behind a link shows before a password is chosen. Refuses links that are used, taken back or too old. */
export async function readInvitation(ctx: Inviter, secret: string): Promise<InvitationView> {
  const { name, userName, expiresAt } = await openInvitation(ctx, secret)
  const [university] = await ctx.db.select().from(universities).where(eq(universities.id, ctx.tenantId))
  return { name, userName, universityName: university?.name ?? '', expiresAt: expiresAt.toISOString() }
}

/** Sets the password of the account to which the link belongs, once. Refuses weak passwords. */
export async function acceptInvitation(ctx: Inviter, secret: string, password: string): Promise<{ userName: string }> {
  const { accountId, userId, name, userName } = await openInvitation(ctx, secret, { lock: true })
  refuseWeakPassword(password, userName)
  await setPassword(ctx.db, userId, password)
  await closeInvitations(ctx, accountId)
  const actor = { accountId, name }
  await record({ ...ctx, actor }, 'accounts.invitation-accepted', { kind: 'account', id: accountId })
  return { userName }
}

/** Gives a user of the sign-in library a password, in place of an earlier one. */
export async function setPassword(db: Db, userId: string, password: string): Promise<void> {
  const hash = await hashPassword(password)
  await endSignIn(db, userId)
  await db
    .insert(signInCredentials)
    .values({ id: newId(), userId, providerId: 'credential', accountId: userId, password: hash })
}

async function openInvitation(ctx: Inviter, secret: string, { lock = false } = {}) {
  const query = ctx.db
    .select({
      accountId: accounts.id,
      userId: accounts.userId,
      name: accounts.name,
      userName: signInUsers.username,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(accounts, and(eq(accounts.tenantId, invitations.tenantId), eq(accounts.id, invitations.accountId)))
    .innerJoin(signInUsers, eq(signInUsers.id, accounts.userId))
    .where(
      and(
        eq(invitations.tenantId, ctx.tenantId),
        eq(invitations.secretHash, hashOf(secret)),
        isNull(invitations.closedAt),
        eq(accounts.isLocked, false),
      ),
    )
    .$dynamic()
  const [row] = await (lock ? query.for('update', { of: invitations }) : query)
  if (!row?.userName || row.expiresAt <= ctx.now) {
    throw new Refusal('not-found', '这个邀请链接已经用过、被新的链接取代，或已过期。请联系系统管理员重新邀请。')
  }
  return { ...row, userName: row.userName }
}

async function closeInvitations({ db, tenantId, now }: Inviter, accountId: string): Promise<void> {
  await db
    .update(invitations)
    .set({ closedAt: now })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.accountId, accountId), isNull(invitations.closedAt)))
}

/** Takes away the password and all sessions. */
async function endSignIn(db: Db, userId: string): Promise<void> {
  await db
    .delete(signInCredentials)
    .where(and(eq(signInCredentials.userId, userId), eq(signInCredentials.providerId, 'credential')))
  await db.delete(signInSessions).where(eq(signInSessions.userId, userId))
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
