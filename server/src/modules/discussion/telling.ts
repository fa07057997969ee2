import { weekdayOf } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { type Db, wholeUniversity } from '../../platform/database.ts'
import { dayInChina } from '../../platform/today.ts'
import { isQuiet } from '../notices/dispatching.ts'
import type { PostGround } from '../notices/post-ground.ts'
import { placeOfAddress } from '../notices/preferences.ts'
import { type Channel, channels } from '../notices/schema.ts'
import { preferencesPage } from '../notices/wording.ts'
import { universities } from '../organization/tables.ts'

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
        claim(db, tenantId, { when, available, now: now() }),
      )
      for (const it of claimed) await tell(ground, it)
    } while (claimed.length === claimedAtOnce)
  }
}

async function claim(
  db: Db,
  tenantId: string,
  { when, available, now }: { when: 'atOnce' | 'daily'; available: readonly Channel[]; now: Date },
): Promise<Recipient[]> {
  const instant = sql`${now.toISOString()}::timestamptz`
  const isMonday = weekdayOf(dayInChina(now)) === 1
  const choices = when === 'daily' && isMonday ? ['atOnce', 'weekly'] : ['atOnce']
  const ways = when === 'daily' ? ['daily', ...(isMonday ? ['atOnce'] : [])] : ['atOnce']
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
        and t.last_seq > greatest(m.read_seq, m.told_seq) and shown.count > 0 ${when === 'atOnce' ? sql`and m.told_seq <= m.read_seq` : sql``}
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
): Promise<void> {
  const { title, lines } = worded(it.topics, baseUrl)
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
        const description = it.topics.map(nameOf).join('\n')
        await outgoing[channel]?.send(address, { title, description, url })
      }
    } catch (err) {
      log.error({ err, channel }, 'telling of a discussion failed')
    }
  }
}

const linkTo = (baseUrl: string, topicId: string): string => `${baseUrl}/discussion/topics/${topicId}`

const nameOf = ({ title, count }: Told): string => `${title ?? '您参与的一件投诉反映'}（${count} 条）`

function worded(topics: readonly Told[], baseUrl: string): { title: string; lines: string[] } {
  const title =
    topics.length === 1
      ? '【交流】您关注或被提到的话题有新发言'
      : `【交流】您关注或被提到的 ${topics.length} 个话题有新发言`
  const lines = [
    '您关注或被提到的话题有新的发言：',
    ...topics.flatMap((it) => ['', nameOf(it), linkTo(baseUrl, it.id)]),
  ]
  return { title, lines }
}
