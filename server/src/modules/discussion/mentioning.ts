import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors, isWithin } from '../../platform/org-path.ts'
import { refuseField } from '../../platform/refusal.ts'
import { lettersOf } from '../organization/pinyin.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { isHeld } from './office-held.ts'
import { personOf } from './reach.ts'
import { loadTopic, type StoredTopic } from './stored.ts'

const shownAtMost = 20

/**
 * Who may be named in a topic: of those who may read it, its officers, who has written in it, and the people of the actor's own branch. The names
 * of all others stay unknown: to be in the register is nobody's business. Nobody is named where only those who answer read. Runs over the
 * whole university, after the topic was opened by the actor.
 */
export async function listMentionable(ctx: Context, topicId: string, q: string) {
  const topic = await loadTopic(ctx, topicId)
  if (topic.isConfidential) return { items: [] }
  const letters = lettersOf(q)
  const named =
    q === ''
      ? sql`true`
      : sql`(strpos(${persons.name}, ${q}) > 0${letters === '' ? sql`` : sql` or starts_with(${persons.pinyin}, ${letters}) or starts_with(${persons.initials}, ${letters})`})`
  const { rows } = await ctx.db.execute<{ id: string; name: string; organization: string }>(sql`
    select ${persons.id}, ${persons.name}, coalesce(${organizations.shortName}, ${organizations.name}) as organization
    from ${persons} join ${organizations} on ${organizations.tenantId} = ${persons.tenantId} and ${organizations.id} = ${persons.organizationId}
    where ${mayBeNamed(ctx, topic)} and ${named} order by ${persons.pinyin}, ${persons.id} limit ${shownAtMost}`)
  return { items: rows }
}

/** The names of these persons; refuses where one of them may not be named. Runs as the above. */
export async function namesOfMentioned(
  ctx: Context,
  topicId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return namesAmong(ctx, await loadTopic(ctx, topicId), ids)
}

/** The same for a topic that is about to be begun at a place. */
export async function namesAmong(
  ctx: Context,
  topic: Pick<StoredTopic, 'path' | 'isConfidential'> & { id?: string },
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  const { rows } = topic.isConfidential
    ? { rows: [] }
    : await ctx.db.execute<{ id: string; name: string }>(sql`select ${persons.id}, ${persons.name} from ${persons}
        where ${mayBeNamed(ctx, topic)} and ${persons.id} = any(${sql.param(ids)}::uuid[])`)
  if (rows.length < new Set(ids).size) refuseField('body', '提到的人中有人看不到这个话题。请去掉后再发。')
  return rows
}

function mayBeNamed(ctx: Context, { id, path }: Pick<StoredTopic, 'path'> & { id?: string }): SQL {
  const { tenantId, actor } = ctx
  const officer = sql`exists (select from offices where ${isHeld(ctx)} and offices.person_id = ${persons.id} and starts_with(${path}, offices.path))`
  const home = actor.home
  const isOfHome = home !== null && isWithin(home, path) ? sql`${persons.path} = ${home}` : sql`false`
  const hasWritten =
    id === undefined
      ? sql`false`
      : sql`${persons.id} in (select w.author_id from discussion_posts w where w.tenant_id = ${tenantId} and w.topic_id = ${id}
          and w.deleted_at is null)`
  const reads = ancestors(path).length === 0 ? sql`true` : sql`(starts_with(${persons.path}, ${path}) or ${officer})`
  return sql`${persons.tenantId} = ${tenantId} and ${persons.id} <> ${personOf(ctx)} and ${reads}
    and (${isOfHome} or ${hasWritten} or ${officer})`
}
