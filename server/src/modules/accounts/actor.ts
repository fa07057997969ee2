import type { Day } from '@zhibu/rules'
import { eq, sql } from 'drizzle-orm'
import { Actor, type AdministratorRole, type Delegation, type Grant } from '../../platform/context.ts'
import { type Database, type Db, proofBy, wholeUniversity } from '../../platform/database.ts'
import type { Proof } from '../../platform/line.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { Prepared } from '../../platform/prepared.ts'
import type { Session } from '../../platform/session.ts'
import { officesWith, rightsOf } from '../organization/policy.ts'
import type { OfficeKind } from '../organization/schema.ts'
import { signInSessions } from './tables.ts'

/** How long a session lasts unused, and at all. Administrators are let go sooner. */
export const sessionLimits = {
  everyone: { idleMinutes: 12 * 60, absoluteHours: 7 * 24 },
  administrator: { idleMinutes: 30, absoluteHours: 12 },
}

/** The use of a session is written down no more often than this. */
const touchMinutes = 5

/** When and under which conditions somebody acts. */
export interface Moment {
  now: Date
  today: Day
  /** A fictitious university asks nobody for a second factor. */
  isDemo: boolean
  /** False where a page only listens, which keeps no session alive. */
  isUse?: boolean
}

/** Who has signed in, and by which session. */
export interface SignedIn {
  actor: Actor
  session: Session
}

/**
 * Who acts by the token of a session: the account, the offices held today, and the delegations that run today.
 * Read anew for every request in one statement, so that a lock, an end of office or a revoked session counts at once.
 * Null where the session is over or the account is locked.
 */
export async function whoActs(
  database: Database,
  tenantId: string,
  token: string,
  { now, today, isDemo, isUse = true }: Moment,
): Promise<SignedIn | null> {
  const values = { tenantId, token, now: now.toISOString(), today }
  const [row] = await database.reading(scopeOfSignIn(tenantId), (db) => statement.rows(db, values))
  if (!row || isOver(row, now)) return null
  if (isUse && minutesSince(row.usedAt, now) >= touchMinutes) {
    await database.app.update(signInSessions).set({ updatedAt: now }).where(eq(signInSessions.id, row.id))
    row.usedAt = now.toISOString()
  }
  remember(`${tenantId} ${token}`, row)
  return signedInBy(row, isDemo)
}

/**
 * Who acted by the token a short while ago, and the proof that nothing has changed since: the same statement, to be asked
 * together with what a request wants. Whatever stands on it is done anew, by `whoActs`, where the proof fails.
 * Null where nothing is remembered.
 */
export function whoActed(
  tenantId: string,
  token: string,
  { now, today, isDemo }: Moment,
): (SignedIn & { proof: Proof }) | null {
  const key = `${tenantId} ${token}`
  const row = remembered.get(key)
  if (!row || minutesSince(row.usedAt, now) >= touchMinutes) return null
  const believed = essenceOf(row)
  const asked = statement.asked({ tenantId, token, now: now.toISOString(), today })
  const proof = proofBy(scopeOfSignIn(tenantId), asked, (rows) => {
    const holds = rows.some((it) => essenceOf(it) === believed) && !isOver(row, now)
    if (!holds) remembered.delete(key)
    return holds
  })
  return { ...signedInBy(row, isDemo), proof }
}

/** The last answers, so many at most. */
const remembered = new Map<string, ActorRow>()
const rememberedAtMost = 1_000

function remember(key: string, row: ActorRow): void {
  remembered.delete(key)
  remembered.set(key, row)
  const [oldest] = remembered.keys()
  if (remembered.size > rememberedAtMost && oldest !== undefined) remembered.delete(oldest)
}

/** All of an answer but when the session was last used. */
const essenceOf = (row: unknown): string => JSON.stringify(row, (key, value) => (key === 'usedAt' ? undefined : value))

function signedInBy(row: ActorRow, isDemo: boolean): SignedIn {
  const needsSecondFactor = row.administrator !== null && !row.hasSecondFactor && !isDemo
  const { id, userId, accountId } = row
  return { actor: actorOf(row), session: { id, userId, accountId, needsSecondFactor } }
}

/** What signing in may see: the accounts and offices of the university, before anybody's own scope is known. */
export const scopeOfSignIn = wholeUniversity

interface ActorRow extends ActingRow {
  id: string
  userId: string
  startedAt: string
  usedAt: string
  hasSecondFactor: boolean
}

/** An account with what it may do. */
interface ActingRow {
  accountId: string
  personId: string | null
  name: string
  administrator: AdministratorRole | null
  home: OrgPath | null
  offices: { office: OfficeKind; path: OrgPath }[] | null
  delegations: { id: string; fields: string[]; until: Day; persons: string[] | null }[] | null
}

/** Offices that let their holder hand the keeping of files to a helper. */
const keepers = officesWith('keep-files')

/** The offices that the person of `a` holds on the day. */
const officesHeld = sql`(select json_agg(json_build_object('office', o.office, 'path', o.path)) from offices o
      where o.tenant_id = a.tenant_id and o.person_id = a.person_id
      and o.from_on <= ${sql.placeholder('today')}::date
      and (o.until_on is null or o.until_on >= ${sql.placeholder('today')}::date))`

/** Where the person of `a` belongs. */
const homeOf = sql`(select p.path from persons p where p.tenant_id = a.tenant_id and p.id = a.person_id)`

/**
 * A delegation lasts as long as its giver may sign in and holds an office over its part of the tree, and covers a person
 * as long as that person belongs there.
 */
const statement = new Prepared<ActorRow>(
  'who_acts',
  sql`select s.id, s.user_id as "userId", s.created_at as "startedAt", s.updated_at as "usedAt",
    a.id as "accountId", a.person_id as "personId", a.name, a.administrator, u.two_factor_enabled as "hasSecondFactor",
    ${homeOf} as home, ${officesHeld} as offices,
    (select json_agg(json_build_object('id', d.id, 'fields', d.fields, 'until', d.until_on, 'persons',
        (select json_agg(given.person_id) from delegation_persons given
          join persons p on p.tenant_id = given.tenant_id and p.id = given.person_id and starts_with(p.path, d.path)
          where given.tenant_id = d.tenant_id and given.delegation_id = d.id)))
      from delegations d join accounts giver on giver.tenant_id = d.tenant_id and giver.id = d.giver_account_id
      where d.tenant_id = a.tenant_id and d.helper_account_id = a.id and d.ended_on is null
      and d.from_on <= ${sql.placeholder('today')}::date and d.until_on >= ${sql.placeholder('today')}::date
      and not giver.is_locked and giver.administrator is null and exists (select from offices o
        where o.tenant_id = giver.tenant_id and o.person_id = giver.person_id and starts_with(d.path, o.path)
        and o.office in (${sql.raw(keepers.map((kind) => `'${kind}'`).join(', '))})
        and o.from_on <= ${sql.placeholder('today')}::date
        and (o.until_on is null or o.until_on >= ${sql.placeholder('today')}::date))) as delegations
  from sign_in_sessions s
  join sign_in_users u on u.id = s.user_id
  join accounts a on a.tenant_id = ${sql.placeholder('tenantId')} and a.user_id = s.user_id
  where s.token = ${sql.placeholder('token')} and s.expires_at > ${sql.placeholder('now')}::timestamptz and not a.is_locked`,
)

/**
 * What an account may do today by its offices, for what is read without a session; delegations ask for one. Undefined where the
 * account is locked. Runs in the scope of signing in.
 */
export async function actorOfAccount(
  db: Db,
  values: { tenantId: string; accountId: string; today: Day },
): Promise<Actor | undefined> {
  const [row] = await accountStatement.rows(db, values)
  return row && actorOf({ ...row, delegations: null })
}

const accountStatement = new Prepared<Omit<ActingRow, 'delegations'>>(
  'account_acts',
  sql`select a.id as "accountId", a.person_id as "personId", a.name, a.administrator, ${homeOf} as home, ${officesHeld} as offices
  from accounts a
  where a.tenant_id = ${sql.placeholder('tenantId')} and a.id = ${sql.placeholder('accountId')}::uuid and not a.is_locked`,
)

function isOver(row: ActorRow, now: Date): boolean {
  const { idleMinutes, absoluteHours } = row.administrator ? sessionLimits.administrator : sessionLimits.everyone
  return minutesSince(row.usedAt, now) >= idleMinutes || minutesSince(row.startedAt, now) >= absoluteHours * 60
}

const minutesSince = (instant: string, now: Date) => (now.getTime() - new Date(instant).getTime()) / 60_000

function actorOf(row: ActingRow): Actor {
  return new Actor({
    accountId: row.accountId,
    personId: row.personId,
    home: row.home,
    name: row.name,
    administrator: row.administrator,
    grants: (row.offices ?? []).map(grantOf),
    delegations: (row.delegations ?? []).map(delegationOf),
  })
}

const grantOf = ({ office, path }: { office: OfficeKind; path: OrgPath }): Grant => ({ rights: rightsOf[office], path })

function delegationOf(row: NonNullable<ActingRow['delegations']>[number]): Delegation {
  return {
    id: row.id,
    personIds: new Set(row.persons ?? []),
    fields: new Set(row.fields),
    untilOn: row.until,
  }
}
