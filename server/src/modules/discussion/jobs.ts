import { sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { enqueueAll, type JobData } from '../../platform/jobs.ts'
import { mentionedPersons } from '../../platform/rich-text/reading-schema.ts'
import { dayInChina } from '../../platform/today.ts'
import { answeringPersons } from './reminding.ts'
import { isPost, loadTopic } from './stored.ts'
import { discussionMarks, discussionPosts } from './tables.ts'

/**
 * The job `discussion.mark-mentioned`: whoever is mentioned in a post is told of it, and hears of the topic from now on, unless they want to hear
 * nothing of it. With `added` it is about those who were named when the post was changed, one after another: to them it is new from this post on,
 * even where they had read it.
 */
export async function markMentioned(database: Database, data: JobData): Promise<void> {
  const [tenantId, topicId, postId] = [String(data.tenantId), String(data.topicId), String(data.postId)]
  const added = data.added === undefined ? null : String(data.added).split(' ')
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const [post] = await db.select().from(discussionPosts).where(isPost({ tenantId }, postId))
    if (!post?.body || post.hiddenAt !== null) return
    const persons = mentionedPersons(post.body).filter((it) => added === null || added.includes(it))
    const before = added === null ? sql`null` : post.seq - 1
    const { rows } = await db.execute<{
      personId: string
    }>(sql`insert into discussion_marks (tenant_id, person_id, topic_id, way)
      select ${tenantId}, person, ${topicId}::uuid, 'atOnce'
      from unnest(${sql.param(persons)}::uuid[]) as person
      on conflict (tenant_id, person_id, topic_id) do update set way = coalesce(discussion_marks.way, 'atOnce'),
        read_seq = least(discussion_marks.read_seq, ${before}::int), told_seq = least(discussion_marks.told_seq, ${before}::int)
      returning person_id as "personId"`)
    await enqueueAll(
      db,
      'discussion.tell-mentioned',
      rows.map(({ personId }) => ({ tenantId, topicId, personId, seq: post.seq })),
    )
  })
}

/** The job `discussion.mark-answering`: whoever has to answer a suggestion hears of it from now on, unless they have chosen otherwise. */
export async function markAnswering(database: Database, data: JobData, now: Date): Promise<void> {
  const [tenantId, topicId] = [String(data.tenantId), String(data.topicId)]
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const topic = await loadTopic({ db, tenantId }, topicId)
    const persons = await answeringPersons({ db, tenantId, today: dayInChina(now) }, topic)
    const marks = persons.flatMap((personId) =>
      personId === topic.authorId ? [] : [{ tenantId, personId, topicId, way: 'daily' as const }],
    )
    if (marks.length === 0) return
    await db
      .insert(discussionMarks)
      .values(marks)
      .onConflictDoUpdate({
        target: [discussionMarks.tenantId, discussionMarks.personId, discussionMarks.topicId],
        set: { way: sql`coalesce(${discussionMarks.way}, 'daily')` },
      })
  })
}
