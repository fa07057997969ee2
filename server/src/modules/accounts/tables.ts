import type { Day } from '@zhibu/rules'
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, orgPath, tenantId } from '../../platform/columns.ts'
import type { AdministratorRole } from '../../platform/context.ts'

/** An account with which someone signs in, and the person behind it. Passwords and second factors lie in the tables of the sign-in library. */
export const accounts = pgTable(
  'accounts',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** Id of the user in the sign-in library. */
    userId: text('user_id').notNull(),
    personId: uuid('person_id'),
    name: text('name').notNull(),
    administrator: text('administrator').$type<AdministratorRole>(),
    isLocked: boolean('is_locked').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('accounts_user').on(table.tenantId, table.userId),
    unique('accounts_person').on(table.tenantId, table.personId),
  ],
)

/** A link with which an invited person sets a password, once. Only a hash of its secret is kept. */
export const invitations = pgTable(
  'invitations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    accountId: uuid('account_id').notNull(),
    secretHash: text('secret_hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When it was used, or taken back by a newer one. */
    closedAt: instant('closed_at'),
    invitedBy: uuid('invited_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique('invitations_secret').on(table.tenantId, table.secretHash),
    index('invitations_by_account').on(table.tenantId, table.accountId),
  ],
)

/** A task handed to a helper: which acts and fields, until when. It ends by itself. */
export const delegations = pgTable(
  'delegations',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The part of the tree from which the persons come; the giver holds it. */
    path: orgPath('path').notNull(),
    giverAccountId: uuid('giver_account_id').notNull(),
    helperAccountId: uuid('helper_account_id').notNull(),
    purpose: text('purpose').notNull(),
    fields: jsonb('fields').$type<string[]>().notNull(),
    from: date('from_on').$type<Day>().notNull(),
    until: date('until_on').$type<Day>().notNull(),
    endedOn: date('ended_on').$type<Day>(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('delegations_by_helper').on(table.tenantId, table.helperAccountId, table.until),
    index('delegations_by_giver').on(table.tenantId, table.giverAccountId, table.until),
  ],
)

/** The persons whom a delegation covers. */
export const delegationPersons = pgTable(
  'delegation_persons',
  {
    tenantId: tenantId(),
    delegationId: uuid('delegation_id').notNull(),
    personId: uuid('person_id').notNull(),
    helperAccountId: uuid('helper_account_id').notNull(),
    until: date('until_on').$type<Day>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.delegationId, table.personId] }),
    index('delegation_persons_by_person').on(table.tenantId, table.personId, table.helperAccountId),
  ],
)

/**
 * The tables of the sign-in library. They belong to the installation and not to a university, because whoever signs in has not
 * been placed in one yet. They hold no fact about a person except the name; everything else hangs on `accounts`.
 */
const signInTimes = {
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
}

export const signInUsers = pgTable('sign_in_users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** The library wants an address; here it is the user name, nobody is written to. */
  email: text('email').notNull().unique('sign_in_users_email'),
  emailVerified: boolean('email_verified').notNull().default(true),
  image: text('image'),
  username: text('username').unique('sign_in_users_username'),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  ...signInTimes,
})

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => signInUsers.id, { onDelete: 'cascade' })

/** `updatedAt` is when the session was last used, to five minutes. */
export const signInSessions = pgTable(
  'sign_in_sessions',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    token: text('token').notNull().unique('sign_in_sessions_token'),
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    ...signInTimes,
  },
  (table) => [index('sign_in_sessions_by_user').on(table.userId)],
)

/** How a user proves to be the one: a password (hashed), or an identity at the campus provider. */
export const signInCredentials = pgTable(
  'sign_in_credentials',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    providerId: text('provider_id').notNull(),
    accountId: text('account_id').notNull(),
    password: text('password'),
    /** The library has places for tokens of the provider; they stay empty, nothing is asked of it later. */
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    ...signInTimes,
  },
  (table) => [
    unique('sign_in_credentials_identity').on(table.providerId, table.accountId),
    index('sign_in_credentials_by_user').on(table.userId),
  ],
)

/** Passing secrets: a sign-in that waits for its second factor or for the campus provider. */
export const signInVerifications = pgTable(
  'sign_in_verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    ...signInTimes,
  },
  (table) => [index('sign_in_verifications_by_identifier').on(table.identifier)],
)

/** Secrets of authenticator apps and backup codes, encrypted with the session secret. */
export const signInSecondFactors = pgTable(
  'sign_in_second_factors',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean('verified').default(true),
    failedVerificationCount: integer('failed_verification_count').default(0),
    lockedUntil: instant('locked_until'),
  },
  (table) => [index('sign_in_second_factors_by_user').on(table.userId)],
)

/** Failed attempts in a row, by a keyed hash of the user name, the network address, or both, and one-time codes that were used; forgotten after a day. */
export const signInFailures = pgTable('sign_in_failures', {
  key: text('key').primaryKey(),
  count: integer('count').notNull(),
  lastAt: instant('last_at').notNull(),
})
