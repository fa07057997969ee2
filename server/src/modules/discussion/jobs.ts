import { sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import { enqueueAll, type JobData } from '../../platform/jobs.ts'
import { mentionedPersons } from '../../platform/rich-text/reading-schema.ts'
import { isPost } from './stored.ts'
import { discussionPosts } from './tables.ts'

/** The job `discussion.mark-mentioned`: whoever is mentioned in a post is told of it, and hears of the topic from now on, unless they want to hear nothing of it. */
export async function markMentioned(database: Database, data: JobData): Promise<void> {
  const [tenantId, topicId, postId] = [String(data.tenantId), String(data.topicId), String(data.postId)]
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const [post] = await db.select().from(discussionPosts).where(isPost({ tenantId }, postId))
    if (!post?.body || post.hiddenAt !== null) return
    const { rows } = await db.execute<{
      personId: string
    }>(sql`insert into discussion_marks (tenant_id, person_id, topic_id, way)
      select ${tenantId}, person, ${topicId}::uuid, 'atOnce'
      from unnest(${sql.param(mentionedPersons(post.body))}::uuid[]) as person
      on conflict (tenant_id, person_id, topic_id) do update set way = coalesce(discussion_marks.way, 'atOnce')
      returning person_id as "personId"`)
    await enqueueAll(
      db,
      'discussion.tell-mentioned',
      rows.map(({ personId }) => ({ tenantId, topicId, personId, seq: post.seq })),
    )
  })
}
