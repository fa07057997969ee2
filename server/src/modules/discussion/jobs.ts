import { sql } from 'drizzle-orm'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { JobData } from '../../platform/jobs.ts'
import { mentionedPersons } from '../../platform/rich-text/reading-schema.ts'
import { isPost } from './stored.ts'
import { discussionPosts } from './tables.ts'

/** The job `discussion.mark-mentioned`: whoever is mentioned in a post hears of it, and of the topic from now on, unless they have chosen otherwise. */
export async function markMentioned(database: Database, data: JobData): Promise<void> {
  const [tenantId, topicId, postId] = [String(data.tenantId), String(data.topicId), String(data.postId)]
  await database.transaction(wholeUniversity(tenantId), async (db) => {
    const [post] = await db.select().from(discussionPosts).where(isPost({ tenantId }, postId))
    if (!post?.body || post.hiddenAt !== null) return
    await db.execute(sql`insert into discussion_marks (tenant_id, person_id, topic_id, way)
      select ${tenantId}, person, ${topicId}::uuid, 'atOnce'
      from unnest(${sql.param(mentionedPersons(post.body))}::uuid[]) as person
      on conflict (tenant_id, person_id, topic_id) do update set way = coalesce(discussion_marks.way, 'atOnce')`)
  })
}
