import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { linkSecretHash, newLinkSecret } from '../../platform/link-secret.ts'
import { Prepared } from '../../platform/prepared.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { mayHaveCalendar } from './policy.ts'
import type { CalendarFeeds, NewCalendarFeed } from './schema.ts'
import { calendarFeeds } from './tables.ts'

/** So many addresses an account has at most. */
const mostFeeds = 20

/** The addresses of the account that stand, the newest first. What they are is shown once only, when they are made. */
export async function listFeeds(ctx: Context): Promise<CalendarFeeds> {
  const rows = await ctx.db
    .select({
      id: calendarFeeds.id,
      createdAt: calendarFeeds.createdAt,
      lastReadOn: calendarFeeds.lastReadOn,
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(calendarFeeds)
    .leftJoin(
      organizations,
      and(eq(organizations.tenantId, calendarFeeds.tenantId), eq(organizations.id, calendarFeeds.organizationId)),
    )
    .where(standing(ctx))
    .orderBy(desc(calendarFeeds.id))
  return { items: rows.map((it) => ({ ...it, createdAt: it.createdAt.toISOString() })) }
}

/** Makes an address for the own calendar, or that of an organisation. Only the hash of its secret is kept. */
export async function makeFeed(
  ctx: Context,
  { organizationId }: NewCalendarFeed,
): Promise<{ id: string; secret: string }> {
  const { db, tenantId, actor } = ctx
  const organization = organizationId === null ? null : found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayHaveCalendar(actor, organization?.path ?? null), '订阅这个日历')
  if ((await db.$count(calendarFeeds, standing(ctx))) >= mostFeeds)
    throw new Refusal('conflict', `您已有 ${mostFeeds} 个日历订阅地址。请先停用不用的地址，再新建。`)

  const id = newId()
  const secret = newLinkSecret()
  const personId = organization === null ? actor.personId : null
  await db
    .insert(calendarFeeds)
    .values({ tenantId, id, organizationId, personId, accountId: actor.accountId, secretHash: linkSecretHash(secret) })
  await record(ctx, 'notices.calendar-made', { kind: 'calendar', id, orgPath: organization?.path, personId })
  return { id, secret }
}

/** From now on the address leads nowhere. */
export async function revokeFeed(ctx: Context, feedId: string): Promise<void> {
  const [row] = await ctx.db
    .update(calendarFeeds)
    .set({ revokedAt: new Date() })
    .where(and(standing(ctx), eq(calendarFeeds.id, feedId)))
    .returning({ id: calendarFeeds.id })
  const { id } = found(row, '个日历订阅地址')
  await record(ctx, 'notices.calendar-revoked', { kind: 'calendar', id })
}

const standing = ({ tenantId, actor }: Context) =>
  and(
    eq(calendarFeeds.tenantId, tenantId),
    eq(calendarFeeds.accountId, actor.accountId),
    isNull(calendarFeeds.revokedAt),
  )

/** Whose calendar an address is, as long as it is not revoked. */
export interface Feed {
  id: string
  accountId: string
  personId: string | null
  organizationId: string | null
}

/** The address behind a secret. Asked over the whole university, before it is known who reads. */
export async function findFeed(db: Db, tenantId: string, secret: string): Promise<Feed | undefined> {
  const [row] = await finding.rows(db, { tenantId, secretHash: linkSecretHash(secret) })
  return row
}

const finding = new Prepared<Feed>(
  'calendar_feed',
  sql`select id, account_id as "accountId", person_id as "personId", organization_id as "organizationId" from calendar_feeds
    where tenant_id = ${sql.placeholder('tenantId')} and secret_hash = ${sql.placeholder('secretHash')} and revoked_at is null`,
)

/** Keeps the day on which it was last read, so that its owner sees which address nobody uses any more. */
export function keepReading({ db, tenantId, today }: Pick<Context, 'db' | 'tenantId' | 'today'>, { id }: Feed): void {
  reading.send(db, { tenantId, today, id })
}

const reading = new Prepared(
  'calendar_read',
  sql`update calendar_feeds set last_read_on = ${sql.placeholder('today')}::date where tenant_id = ${sql.placeholder('tenantId')}
    and id = ${sql.placeholder('id')}::uuid and last_read_on is distinct from ${sql.placeholder('today')}::date`,
)
