import { weekdayOf } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import { type Db, wholeUniversity } from '../../platform/database.ts'
import { enqueue, type JobData } from '../../platform/jobs.ts'
import { dayInChina } from '../../platform/today.ts'
import { isQuiet, outsideQuietHours } from '../notices/dispatching.ts'
import type { PostGround } from '../notices/post-ground.ts'
import { placeOfAddress } from '../notices/preferences.ts'
import { type Channel, type ChannelChoice, channels } from '../notices/schema.ts'
import { preferencesPage } from '../notices/wording.ts'
import { universities } from '../organization/tables.ts'
import type { FollowWay } from './names-schema.ts'

/** A topic with new posts, as far as it is told outside the page: never what anybody has written. */
interface Told {
  id: string
  /** Null where only those who answer read it. */
  title: string | null
  count: number
}

interface Recipient {
  personId: string
  addresses: Partial<Record<Channel, string>>
  topics: Told[]
}

/** So many persons are claimed in one transaction. */
const claimedAtOnce = 50

/** Why people are told: what is new in what they follow, or that somebody has named them. */
type Cause = 'followed' | 'mentioned'

/**
 * The jobs `discussion.tell-at-once` and `discussion.tell-daily`: one message about all followed topics with new posts, by the channels that
 * each person has chosen for notices and outside their quiet hours. Who is told at once hears no more of a topic until they have looked
 * into it. What is told is written down before it is sent, so that nothing goes out twice; a message that was lost is made up for by the
 * page, which shows what is unread.
 */
export async function tellFollowers(ground: PostGround, when: 'atOnce' | 'daily'): Promise<void> {
  const { database, outgoing, now = () => new Date() } = ground
  const available = channels.filter((it) => outgoing[it] !== null)
  if (available.length === 0) return
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities)) {
    let claimed: Recipient[]
    do {
      claimed = await database.transaction(wholeUniversity(tenantId), (db) =>
        claim(db, tenantId, { ...followedWhen(when, now()), available, now: now() }),
      )
      for (const it of claimed) await tell(ground, it, 'followed')
    } while (claimed.length === claimedAtOnce)
  }
}

/**
 * The job `discussion.tell-mentioned`: a mention is to a person, who is told of it at once, also where they hear of the topic once a day or have
 * not looked since they were told last; within their quiet hours as soon as those end. Until then it may have been read, or told with what
 * else is new: nobody is told of it twice. Who wants to hear nothing of the topic, or reads their mails once a week, is not told of it here.
 */
export async function tellMentioned(ground: PostGround, data: JobData): Promise<void> {
  const { database, outgoing, now = () => new Date() } = ground
  const available = channels.filter((it) => outgoing[it] !== null)
  if (available.length === 0) return
  const [tenantId, topicId, personId] = [String(data.tenantId), String(data.topicId), String(data.personId)]
  const seq = Number(data.seq)
  const claimed = await database.transaction(wholeUniversity(tenantId), async (db) => {
    const at = now()
    const until = await quietUntil(db, tenantId, personId, at)
    if (until !== undefined) {
      await enqueue(db, 'discussion.tell-mentioned', data, until)
      return []
    }
    return claim(db, tenantId, {
      ...{ ways: ['atOnce', 'daily'], choices: ['atOnce'], available, now: at },
      only: sql`m.topic_id = ${topicId}::uuid and m.person_id = ${personId}::uuid and greatest(m.read_seq, m.told_seq) < ${seq}
        and exists (select from discussion_posts named where named.tenant_id = m.tenant_id and named.topic_id = m.topic_id
          and named.seq = ${seq} and named.deleted_at is null and named.hidden_at is null
          and strpos(named.body::text, ${personId}) > 0)`,
    })
  })
  for (const it of claimed) await tell(ground, it, 'mentioned')
}

/** When the quiet hours of somebody end in which an instant lies. */
async function quietUntil(db: Db, tenantId: string, personId: string, now: Date): Promise<Date | undefined> {
  const [instant, quiet] = [sql`${now.toISOString()}::timestamptz`, sql`n.quiet_hours`]
  const { rows } = await db.execute<{ until: string }>(sql`
    select extract(epoch from ${outsideQuietHours(instant, quiet)}) as until from notice_preferences n
    where n.tenant_id = ${tenantId} and n.person_id = ${personId}::uuid and ${isQuiet(instant, quiet)}`)
  return rows[0] && new Date(Number(rows[0].until) * 1_000)
}

/** Whose marks are told of at an hour, and by which of the channels that they have chosen. */
interface Wanted {
  ways: readonly FollowWay[]
  choices: readonly ChannelChoice[]
  only: SQL
}

function followedWhen(when: 'atOnce' | 'daily', now: Date): Wanted {
  const isMonday = weekdayOf(dayInChina(now)) === 1
  return when === 'atOnce'
    ? { ways: ['atOnce'], choices: ['atOnce'], only: sql`m.told_seq <= m.read_seq` }
    : {
        ways: ['daily', ...(isMonday ? (['atOnce'] as const) : [])],
        choices: ['atOnce', ...(isMonday ? (['weekly'] as const) : [])],
        only: sql`true`,
      }
}

async function claim(
  db: Db,
  tenantId: string,
  { ways, choices, only, available, now }: Wanted & { available: readonly Channel[]; now: Date },
): Promise<Recipient[]> {
  const instant = sql`${now.toISOString()}::timestamptz`
  const today = dayInChina(now)
  const { rows } = await db.execute<{ personId: string; addresses: [Channel, string][]; topics: Told[] }>(sql`
    with due as materialized (
      select m.person_id, m.topic_id, t.last_seq, shown.count, case when t.is_confidential then null else t.title end as title, t.last_post_at
      from discussion_marks m
      join discussion_topics t on t.tenant_id = m.tenant_id and t.id = m.topic_id
      join persons p on p.tenant_id = m.tenant_id and p.id = m.person_id
      cross join lateral (select count(*)::int as count from discussion_posts said
        where said.tenant_id = m.tenant_id and said.topic_id = m.topic_id and said.seq > greatest(m.read_seq, m.told_seq)
          and said.deleted_at is null and said.hidden_at is null) as shown
      where m.tenant_id = ${tenantId} and m.way = any(${sql.param(ways)}::text[]) and t.hidden_at is null and not t.is_protected
        and t.last_seq > greatest(m.read_seq, m.told_seq) and shown.count > 0 and ${only}
        and (t.author_id = m.person_id or (not t.is_confidential and starts_with(p.path, t.path))
          or exists (select from offices o where o.tenant_id = m.tenant_id and o.person_id = m.person_id and starts_with(t.path, o.path)
            and o.from_on <= ${today} and (o.until_on is null or o.until_on >= ${today})))),
    persons_due as (
      select n.person_id, json_agg(json_build_array(c.channel, c.address)) as addresses
      from notice_preferences n cross join lateral (values
        ('email', n.choices->>'email', n.email_sealed),
        ('wecom', n.choices->>'wecom', n.wecom_user_sealed),
        ('dingtalk', n.choices->>'dingtalk', n.dingtalk_user_sealed)) as c (channel, choice, address)
      where n.tenant_id = ${tenantId} and n.person_id in (select person_id from due)
        and c.channel = any(${sql.param(available)}::text[]) and c.choice = any(${sql.param(choices)}::text[])
        and c.address is not null and not ${isQuiet(instant, sql`n.quiet_hours`)}
      group by n.person_id order by n.person_id limit ${claimedAtOnce}),
    told as (
      update discussion_marks m set told_seq = due.last_seq from due
      where m.tenant_id = ${tenantId} and m.person_id = due.person_id and m.topic_id = due.topic_id
        and m.person_id in (select person_id from persons_due) and m.told_seq < due.last_seq
      returning m.person_id, m.topic_id)
    select d.person_id as "personId", (select addresses from persons_due where person_id = d.person_id) as addresses,
      json_agg(json_build_object('id', d.topic_id, 'title', d.title, 'count', d.count) order by d.last_post_at desc) as topics
    from due d join told on told.person_id = d.person_id and told.topic_id = d.topic_id
    group by d.person_id`)
  return rows.map(({ personId, addresses, topics }) => ({ personId, addresses: Object.fromEntries(addresses), topics }))
}

async function tell(
  { encryption, outgoing, baseUrl, log, now = () => new Date() }: PostGround,
  it: Recipient,
  cause: Cause,
): Promise<void> {
  const { title, lines } = worded(it.topics, cause, baseUrl)
  const url = it.topics.length === 1 ? linkTo(baseUrl, it.topics[0]?.id ?? '') : `${baseUrl}/discussion?only=unread`
  for (const channel of channels) {
    const sealed = it.addresses[channel]
    if (sealed === undefined) continue
    try {
      const address = encryption.openField(sealed, placeOfAddress(channel, it.personId))
      if (channel === 'email') {
        const text = `${[...lines, '', '-- ', '本邮件由支部工作台自动发出，请勿直接回复。', `不想再收到，或想换一种方式：${baseUrl}${preferencesPage}`].join('\n')}\n`
        const key = `discussion ${it.personId} ${now().toISOString()}`
        await outgoing.email?.send({
          to: address,
          subject: title,
          text,
          key,
          preferencesUrl: `${baseUrl}${preferencesPage}`,
        })
      } else {
        const description = it.topics.map((topic) => namedIn(topic, cause)).join('\n')
        await outgoing[channel]?.send(address, { title, description, url })
      }
    } catch (err) {
      log.error({ err, channel }, 'telling of a discussion failed')
    }
  }
}

const linkTo = (baseUrl: string, topicId: string): string => `${baseUrl}/discussion/topics/${topicId}`

/** How a topic is named in a message: with the number of what is new, or, where somebody was named in it, without. */
const namedIn = ({ title, count }: Told, cause: Cause): string =>
  `${title ?? '您参与的一件投诉反映'}${cause === 'followed' ? `（${count} 条）` : ''}`

function worded(topics: readonly Told[], cause: Cause, baseUrl: string): { title: string; lines: string[] } {
  const several = topics.length === 1 ? '' : ` ${topics.length} 个`
  const [title, opening] =
    cause === 'mentioned'
      ? ['【交流】有人在话题里提到了您', '有人在下面的话题里提到了您：']
      : [`【交流】您关注或被提到的${several}话题有新发言`, '您关注或被提到的话题有新的发言：']
  return { title, lines: [opening, ...topics.flatMap((it) => ['', namedIn(it, cause), linkTo(baseUrl, it.id)])] }
}
