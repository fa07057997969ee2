import { and, eq, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Db, wholeUniversity } from '../../platform/database.ts'
import type { GroupRobot } from '../../platform/messengers/messenger.ts'
import { type SendingOutcome, uncertain } from '../../platform/sending-outcome.ts'
import { organizations } from '../organization/tables.ts'
import { beganBefore, endOf, lostWords } from './claims.ts'
import type { PostGround } from './post-ground.ts'
import { noticePosts, notices } from './tables.ts'
import { groupCardOf, type ToldNotice } from './wording.ts'

/** A robot, and the organisation whose group it is in. */
interface Placed {
  robot: GroupRobot
  organizationId: string
  path: string
}

/** What has to be posted in one group. */
interface Post {
  noticeId: string
  attempts: number
  notice: ToldNotice
}

/**
 * Posts in the groups of organisations what was sent to everybody there in the last day, each once at most, one after another by each
 * robot. What failed is told to the sender among the receipts, and to the operator, who sets up the robots, in the log, without an address.
 */
export async function postInGroups(ground: PostGround, tenantId: string, isOver: () => boolean): Promise<void> {
  const { database, outgoing, log, now = () => new Date() } = ground
  if (outgoing.robots.length === 0) return
  const placed = await database.transaction(wholeUniversity(tenantId), async (db) => {
    await tellLost(db, tenantId, now())
    const places = await placesOf(db, tenantId, outgoing.robots)
    for (const it of places) await noteWhatToPost(db, tenantId, it, now())
    return places
  })
  await Promise.all(placed.map((it) => postByRobot(it)))

  async function postByRobot({ robot, organizationId }: Placed): Promise<void> {
    const key = { tenantId, organizationId, channel: robot.channel }
    let claimed = await next(key, null)
    while (claimed) {
      const post = claimed
      const outcome = await robot.post(groupCardOf(post.notice, ground.baseUrl)).catch((err: unknown) => {
        log.error({ err, channel: robot.channel }, 'posting a notice failed')
        return uncertain('发送时出错，可能已发出，没有确认')
      })
      if (outcome.kind !== 'sent')
        log.warn({ ...key, noticeId: post.noticeId, why: outcome.why }, 'a robot did not post a notice')
      claimed = await next(key, { post, outcome })
    }
  }

  /** The end of one is committed together with the claim of the next, before that is posted; a robot that is busy rests. */
  function next(key: Key, last: { post: Post; outcome: SendingOutcome } | null): Promise<Post | null> {
    return database.transaction(wholeUniversity(tenantId), async (db) => {
      if (last) await endPost(db, key, last.post, last.outcome, now())
      return isOver() || last?.outcome.kind === 'later' ? null : claimPost(db, key, now())
    })
  }
}

/** The organisations that the settings name by code or full name, as far as there is one and only one. */
async function placesOf(db: Db, tenantId: string, robots: readonly GroupRobot[]): Promise<Placed[]> {
  const names = robots.map((it) => it.organization.normalize('NFC'))
  const { id, path, code, name } = organizations
  const rows = await db
    .select({ id, path, code, name })
    .from(organizations)
    .where(
      and(
        eq(organizations.tenantId, tenantId),
        isNull(organizations.dissolvedOn),
        or(inArray(code, names), inArray(name, names)),
      ),
    )
  return robots.flatMap((robot, at) => {
    const [one, ...others] = rows.filter((it) => it.code === names[at] || it.name === names[at])
    return one && others.length === 0 ? [{ robot, organizationId: one.id, path: one.path }] : []
  })
}

/** Nothing is posted of a notice that was not for everybody there: its title would reach others. */
async function noteWhatToPost(
  db: Db,
  tenantId: string,
  { robot, organizationId, path }: Placed,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - 24 * 3_600_000).toISOString()
  await db.execute(sql`
    insert into notice_posts (tenant_id, notice_id, organization_id, channel, sender_account_id, not_before)
    select n.tenant_id, n.id, ${organizationId}::uuid, ${robot.channel}, n.sender_account_id, ${now.toISOString()}::timestamptz
    from notices n
    where n.tenant_id = ${tenantId} and n.sent_at > ${since}::timestamptz and n.delivered_at is not null
      and n.recalled_at is null and n.audience->'exceptIds' = '[]'::jsonb
      and exists (select from jsonb_array_elements(n.audience->'groups') as g
        where g->'offices' = '[]'::jsonb and g->'stages' = '[]'::jsonb
          and exists (select from organizations o where o.tenant_id = ${tenantId}
            and g->'organizationIds' ? o.id::text and starts_with(${path}, o.path)))
    on conflict do nothing`)
}

type Key = Pick<typeof noticePosts.$inferSelect, 'tenantId' | 'organizationId' | 'channel'>

const ofRobot = ({ tenantId, organizationId, channel }: Key): SQL | undefined =>
  and(
    eq(noticePosts.tenantId, tenantId),
    eq(noticePosts.organizationId, organizationId),
    eq(noticePosts.channel, channel),
  )

async function claimPost(db: Db, key: Key, now: Date): Promise<Post | null> {
  const [row] = await db
    .select({ attempts: noticePosts.attempts, notice: notices, organizationName: organizations.name })
    .from(noticePosts)
    .innerJoin(notices, and(eq(notices.tenantId, noticePosts.tenantId), eq(notices.id, noticePosts.noticeId)))
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, noticePosts.tenantId), eq(organizations.id, notices.organizationId)),
    )
    .where(
      and(
        ofRobot(key),
        isNull(noticePosts.claimedAt),
        isNull(noticePosts.failedAt),
        isNull(notices.recalledAt),
        lte(noticePosts.notBefore, now),
      ),
    )
    .orderBy(noticePosts.notBefore, noticePosts.noticeId)
    .limit(1)
    .for('update', { of: noticePosts, skipLocked: true })
  if (!row) return null
  const { notice, organizationName } = row
  const attempts = row.attempts + 1
  await db
    .update(noticePosts)
    .set({ claimedAt: now, attempts })
    .where(and(ofRobot(key), eq(noticePosts.noticeId, notice.id)))
  const { id, kind, title, dueOn, happensOn, correctsId } = notice
  return {
    ...{ noticeId: id, attempts },
    notice: {
      ...{ noticeId: id, occasion: 'notice', kind, title, body: null, organizationName, senderName: null },
      ...{ dueOn, happensOn, isCorrection: correctsId !== null, recallReason: null },
    },
  }
}

async function endPost(db: Db, key: Key, { noticeId, attempts }: Post, outcome: SendingOutcome, now: Date) {
  await db
    .update(noticePosts)
    .set(endOf(outcome, attempts, now))
    .where(and(ofRobot(key), eq(noticePosts.noticeId, noticeId), isNotNull(noticePosts.claimedAt)))
}

async function tellLost(db: Db, tenantId: string, now: Date): Promise<void> {
  const { claimedAt, sentAt, failedAt } = noticePosts
  await db
    .update(noticePosts)
    .set({ failedAt: now, failure: lostWords })
    .where(and(eq(noticePosts.tenantId, tenantId), isNull(sentAt), isNull(failedAt), lt(claimedAt, beganBefore(now))))
}
