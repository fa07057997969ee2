import { isDay } from '@zhibu/rules'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { ancestors } from '../../platform/org-path.ts'
import { preparedRows } from '../../platform/prepared.ts'
import { reachOf } from '../../platform/reach.ts'
import { found as existing, Refusal } from '../../platform/refusal.ts'
import { type Found, found } from '../../platform/search/finding.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { marked, snippetOf } from '../../platform/search/snippets.ts'
import { day } from '../../platform/wire.ts'
import { findOrganization } from '../organization/queries.ts'
import type { TopicKind } from './names-schema.ts'
import { mayRead } from './policy.ts'
import type { FindQuery, PostsFound } from './schema.ts'
import { postEntries } from './stored.ts'

interface FoundRow extends Found {
  topicId: string
  seq: number
  kindOfTopic: TopicKind
  topicTitle: string
  authorName: string
  organizationId: string
  organizationName: string
}

/**
 * A page of posts in which all words stand, the newest first. The index has no entry of what is hidden, deleted, or read by those who
 * answer alone, and the database shows entries only at the places that the actor reads.
 */
export async function findPosts(ctx: Context, { q, organizationId, cursor, limit }: FindQuery): Promise<PostsFound> {
  const pieces = piecesOf(q)
  if (pieces.length === 0) throw new Refusal('malformed', '请填写要查找的字词。')
  const last = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const table = found({
    pieces,
    reach: { roots: await rootsFor(ctx, organizationId), own: null, handed: [] },
    kinds: [postEntries],
    after: last && { on: last[0], id: last[1] },
    count: limit + 1,
  })
  const rows = await preparedRows<FoundRow>(
    ctx.db,
    sql`select found.id, found.dated_on as "on", found.title, found.body, p.topic_id as "topicId", p.seq, t.kind as "kindOfTopic",
      t.title as "topicTitle", p.author_name as "authorName", o.id as "organizationId", o.name as "organizationName"
    from ${table}
    join discussion_posts p on p.tenant_id = ${ctx.tenantId} and p.id = found.id
    join discussion_topics t on t.tenant_id = ${ctx.tenantId} and t.id = p.topic_id
    join organizations o on o.tenant_id = ${ctx.tenantId} and o.id = t.organization_id
    order by found.dated_on desc, found.id desc`,
  )
  const end = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).flatMap((row) =>
      isDay(row.on)
        ? [
            {
              ...{ postId: row.id, topicId: row.topicId, seq: row.seq, kind: row.kindOfTopic },
              title: marked(row.topicTitle, pieces),
              snippet: snippetOf(row.body, pieces),
              authorName: row.authorName,
              organization: { id: row.organizationId, name: row.organizationName },
              on: row.on,
            },
          ]
        : [],
    ),
    ...(end && { next: writeCursor([end.on, end.id]) }),
  }
}

/** From where downwards is searched; the database narrows it to what the actor reads. */
async function rootsFor(ctx: Context, organizationId: string | undefined): Promise<string[]> {
  if (organizationId !== undefined) {
    const { path } = existing(await findOrganization(ctx, organizationId), '个组织')
    return mayRead(ctx.actor, path) ? [path] : []
  }
  const { places, roots } = reachOf(ctx.actor)
  const top = places.find((it) => ancestors(it).length === 0)
  return top === undefined ? roots : [top]
}
