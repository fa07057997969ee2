import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import type { AdministratorRole, Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { type Recorder, record, recordAll } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { findPerson } from '../people/queries.ts'
import { followPersons } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { lockRoles, refuseLast } from './administrators.ts'
import { type Inviter, invite } from './invitations.ts'
import { may, mayBeInvited, mayKeepAccounts, mayLoseSecondFactor, mayMakeAccountOf } from './policy.ts'
import { findAccount } from './queries.ts'
import type { InvitationLink, NewAccount } from './schema.ts'
import { accounts, signInCredentials, signInSecondFactors, signInSessions, signInUsers } from './tables.ts'

/** A use case that gives out an invitation. */
type InvitingContext = Context & Inviter

/** A person of the register, found by the number that was given for somebody who may not see the register. */
export interface NumberedPerson {
  id: string
  name: string
}

/** Makes an account and the link with which its owner sets a password. A person has one account at most. */
export async function createAccount(
  ctx: InvitingContext,
  account: NewAccount,
  numbered: NumberedPerson | undefined,
): Promise<InvitationLink> {
  authorize(mayKeepAccounts(ctx.actor).create, '开通账号')
  const owner = await ownerOf(ctx, account, numbered)
  const userName = account.userName ?? owner.studentNumber?.toLowerCase()
  if (!userName) throw new Refusal('malformed', '此人没有学号（工号），请填写用户名。', { fields: noUserName })

  const made = await addAccount(ctx, { userName, name: owner.name, personId: owner.personId })
  return invite(ctx, made)
}

/**
 * Makes accounts without a password for many persons at once: they sign in at the campus. Left out are who has an account,
 * who has no number, and whom the actor does not manage. Returns how many were made.
 */
export async function createAccounts(ctx: Context, personIds: readonly string[]): Promise<number> {
  authorize(mayKeepAccounts(ctx.actor).create, '开通账号')
  const rows = await ctx.db
    .select({ id: persons.id, name: persons.name, number: persons.studentNumber })
    .from(persons)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        inArray(persons.id, [...personIds]),
        isNotNull(persons.studentNumber),
        within(persons.path, ctx.actor.rootsOf('manage-organization')),
        sql`not exists (select from accounts a where a.tenant_id = ${persons.tenantId} and a.person_id = ${persons.id})`,
        sql`not exists (select from sign_in_users u where u.username = lower(${persons.studentNumber}))`,
      ),
    )
    .orderBy(persons.id)
  const made = rows.map(({ id, name, number }) => ({
    id: newId(),
    userId: newId(),
    personId: id,
    name,
    userName: number?.toLowerCase() ?? '',
  }))
  if (made.length === 0) return 0
  await refuseDuplicates(insertAccounts(ctx, made), accountTaken)
  await recordAll(
    ctx,
    'accounts.created',
    made.map(({ id, personId }) => ({ subject: { kind: 'account', id, personId } })),
  )
  return made.length
}

/**
 * Invites the owner of an account anew: the old password and all sessions end at once. Refuses administrators whose second
 * factor does not stand behind the link: whoever has it would take over their account.
 */
export async function inviteAgain(ctx: InvitingContext, accountId: string): Promise<InvitationLink> {
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  authorize(may(ctx.actor, it).invite, '重新邀请这个账号')
  if (it.isLocked) throw new Refusal('conflict', '账号已停用，请先恢复再邀请。')
  if (!mayBeInvited(it)) {
    throw new Refusal(
      'conflict',
      `${it.name}是三员之一而没有绑定动态口令，不能由一个人重新邀请。请安全管理员先免去，再重新邀请；其本人登录并绑定动态口令后重新任命。`,
    )
  }
  return invite(ctx, it)
}

/** Locks an account: its sessions end at once, nobody signs in with it. */
export async function lockAccount(ctx: Context, accountId: string, reason: string): Promise<void> {
  await lockRoles(ctx)
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  authorize(may(ctx.actor, it).lock, '停用这个账号')
  if (it.isLocked) return
  await refuseLast(ctx, it)

  await setLocked(ctx, accountId, true)
  await ctx.db.delete(signInSessions).where(eq(signInSessions.userId, it.userId))
  await record(ctx, 'accounts.locked', { kind: 'account', id: accountId }, { reason })
}

/** Lets a locked account sign in again. */
export async function unlockAccount(ctx: Context, accountId: string): Promise<void> {
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  authorize(may(ctx.actor, it).lock, '恢复这个账号')
  if (!it.isLocked) return

  await setLocked(ctx, accountId, false)
  await record(ctx, 'accounts.unlocked', { kind: 'account', id: accountId })
}

/** Takes the second factor off an account whose owner has lost it. Refuses administrators, who are dismissed before. */
export async function resetSecondFactor(ctx: Context, accountId: string): Promise<void> {
  const it = found(await findAccount(ctx, accountId, { lock: true }), '个账号')
  authorize(may(ctx.actor, it).resetSecondFactor, '重置这个账号的动态口令')
  if (!mayLoseSecondFactor(it)) {
    throw new Refusal(
      'conflict',
      `${it.name}是三员之一，动态口令不能直接重置。请先免去再重置；其本人登录并绑定新的动态口令后重新任命。`,
    )
  }

  await ctx.db.update(signInUsers).set({ twoFactorEnabled: false }).where(eq(signInUsers.id, it.userId))
  await ctx.db.delete(signInSecondFactors).where(eq(signInSecondFactors.userId, it.userId))
  await ctx.db.delete(signInSessions).where(eq(signInSessions.userId, it.userId))
  await record(ctx, 'accounts.second-factor-reset', { kind: 'account', id: accountId })
}

/** Ends one of the actor's own sessions. */
export async function endSession(ctx: Context, userId: string, sessionId: string): Promise<void> {
  const ended = await ctx.db
    .delete(signInSessions)
    .where(and(eq(signInSessions.userId, userId), eq(signInSessions.id, sessionId)))
  if (ended.rowCount === 0) throw new Refusal('not-found', '没有找到这个会话，可能已经结束。')
  await record(ctx, 'accounts.session-ended', { kind: 'account', id: ctx.actor.accountId })
}

/** Ends all of the actor's own sessions but the one that asks. */
export async function endOtherSessions(ctx: Context, session: { id: string; userId: string }): Promise<void> {
  const { rowCount } = await ctx.db
    .delete(signInSessions)
    .where(and(eq(signInSessions.userId, session.userId), ne(signInSessions.id, session.id)))
  await record(ctx, 'accounts.sessions-ended', { kind: 'account', id: ctx.actor.accountId }, { count: rowCount })
}

/** Ends all sessions of somebody else. */
export async function endSessionsOf(ctx: Context, accountId: string): Promise<void> {
  const it = found(await findAccount(ctx, accountId), '个账号')
  authorize(may(ctx.actor, it).endSessions, '结束这个账号的会话')
  const { rowCount } = await ctx.db.delete(signInSessions).where(eq(signInSessions.userId, it.userId))
  await record(ctx, 'accounts.sessions-ended', { kind: 'account', id: accountId }, { count: rowCount })
}

/** An account bears the name of its person: a change of that name is followed. */
followPersons(async (ctx, { personIds, what }) => {
  if (what !== 'changed') return
  await ctx.db
    .update(accounts)
    .set({ name: persons.name })
    .from(persons)
    .where(
      and(
        eq(accounts.tenantId, ctx.tenantId),
        sql`${accounts.personId} = any(${sql.param([...personIds])}::uuid[])`,
        eq(persons.tenantId, accounts.tenantId),
        eq(persons.id, accounts.personId),
        ne(persons.name, accounts.name),
      ),
    )
})

/**
 * By the number somebody is known at the campus sign-in. Whoever keeps a file could otherwise give the number of one's own
 * campus identity to an officer in the branch and sign in as that officer: so of persons with an account only who may make
 * such an account changes it, and who was linked by the old number has to sign in anew.
 */
followPersons(async (ctx, { renumbered = [] }) => {
  if (renumbered.length === 0) return
  const these = sql`${accounts.personId} = any(${sql.param([...renumbered])}::uuid[])`
  const owners = await ctx.db
    .select({ id: accounts.id, userId: accounts.userId, name: accounts.name, path: persons.path })
    .from(accounts)
    .innerJoin(persons, and(eq(persons.tenantId, accounts.tenantId), eq(persons.id, accounts.personId)))
    .where(and(eq(accounts.tenantId, ctx.tenantId), these))
  const beyond = owners.find((it) => !mayMakeAccountOf(ctx.actor, it))
  if (beyond) {
    throw new Refusal(
      'forbidden',
      `${beyond.name}已有账号，学号（工号）关系到统一身份认证登录，只能由组织部修改。请核对后报组织部办理。`,
      { fields: [{ path: 'set.studentNumber', message: '此人已有账号，请报组织部修改' }] },
    )
  }
  for (const { id, userId } of owners) {
    const isLinked = and(eq(signInCredentials.userId, userId), ne(signInCredentials.providerId, 'credential'))
    const { rowCount } = await ctx.db.delete(signInCredentials).where(isLinked)
    if (!rowCount) continue
    await ctx.db.delete(signInSessions).where(eq(signInSessions.userId, userId))
    await record(ctx, 'accounts.campus-unlinked', { kind: 'account', id })
  }
})

/** What an account is made of. Without a password nobody signs in with it but at the campus. */
export interface AccountFields {
  id?: string
  userName: string
  name: string
  personId?: string | null
  administrator?: AdministratorRole
}

/**
 * Writes an account and its user in the sign-in library, for the use cases of this module, set-up and demonstration.
 * Refuses a user name that is taken and a person who has an account.
 */
export async function addAccount(ctx: Recorder, fields: AccountFields): Promise<{ id: string; userId: string }> {
  const { id = newId(), userName, name, personId = null, administrator = null } = fields
  const userId = newId()
  await refuseDuplicates(insertAccounts(ctx, [{ id, userId, userName, name, personId, administrator }]), accountTaken)
  await record(ctx, 'accounts.created', { kind: 'account', id, personId }, administrator ? { administrator } : {})
  return { id, userId }
}

interface AccountToInsert {
  id: string
  userId: string
  userName: string
  name: string
  personId: string | null
  administrator?: AdministratorRole | null
}

async function insertAccounts({ db, tenantId }: Recorder, made: readonly AccountToInsert[]): Promise<void> {
  await db
    .insert(signInUsers)
    .values(made.map(({ userId, userName, name }) => ({ id: userId, name, username: userName, email: userName })))
  await db.insert(accounts).values(
    made.map(({ id, userId, personId, name, administrator = null }) => ({
      tenantId,
      id,
      userId,
      personId,
      name,
      administrator,
    })),
  )
}

const userNameTaken = '这个用户名已有人使用，请换一个。'
const accountTaken = {
  sign_in_users_username: userNameTaken,
  sign_in_users_email: userNameTaken,
  accounts_person: '此人已有账号，不能重复开通。如忘记密码，请由系统管理员重新邀请。',
}

const noUserName = [{ path: 'userName', message: '请填写用户名' }]

/** For whom the account is. A person is named by id where the actor sees the register, by number and name where not. */
async function ownerOf(ctx: Context, account: NewAccount, numbered: NumberedPerson | undefined) {
  if ('personId' in account) {
    const person = found(await findPerson(ctx, account.personId), '位人员')
    authorize(mayMakeAccountOf(ctx.actor, person), '为此人开通账号')
    return { personId: person.id, name: person.name, studentNumber: person.studentNumber }
  }
  authorize(ctx.actor.administrator === 'sysadmin', '开通管理员账号')
  if (!('studentNumber' in account)) return { personId: null, name: account.name, studentNumber: null }
  if (numbered?.name !== account.name) {
    throw new Refusal('not-found', '没有学号（工号）与姓名都相符的人员，请核对；新来的人员请先由所在支部登记。')
  }
  return { personId: numbered.id, name: numbered.name, studentNumber: account.studentNumber }
}

async function setLocked(ctx: Context, accountId: string, isLocked: boolean): Promise<void> {
  await ctx.db
    .update(accounts)
    .set({ isLocked })
    .where(and(eq(accounts.tenantId, ctx.tenantId), eq(accounts.id, accountId)))
}
