import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { ancestors, isWithin } from '../../platform/org-path.ts'
import { personOf } from '../../platform/reach.ts'
import { refuseField } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { mentionedPersons, nodesOf } from '../../platform/rich-text/reading-schema.ts'
import { lettersOf } from '../organization/pinyin.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { isHeld } from './office-held.ts'
import type { StoredTopic } from './stored.ts'

const shownAtMost = 20
/** So many are named in one post; more would be a notice, which has its own rights and limits. */
const mostMentioned = 20

/** Where somebody is mentioned: in a topic, or in one that is about to be begun at a place. */
export type MentionPlace = Pick<StoredTopic, 'path' | 'isConfidential'> & { id?: string }

/**
 * Who may be named at a place: of those who may read it, its officers, who has written in it, and the people of the actor's own branch. The names
 * of all others stay unknown: to be in the register is nobody's business. Nobody is named where only those who answer read. Runs over the
 * whole university, after the place was opened by the actor.
 */
export async function listMentionable(ctx: Context, place: MentionPlace, q: string) {
  if (place.isConfidential) return { items: [] }
  const letters = lettersOf(q)
  const named =
    q === ''
      ? sql`true`
      : sql`(strpos(${persons.name}, ${q}) > 0${letters === '' ? sql`` : sql` or starts_with(${persons.pinyin}, ${letters}) or starts_with(${persons.initials}, ${letters})`})`
  const { rows } = await ctx.db.execute<{ id: string; name: string; organization: string }>(sql`
    select ${persons.id}, ${persons.name}, coalesce(${organizations.shortName}, ${organizations.name}) as organization
    from ${persons} join ${organizations} on ${organizations.tenantId} = ${persons.tenantId} and ${organizations.id} = ${persons.organizationId}
    where ${mayBeNamed(ctx, place)} and ${named} order by ${persons.pinyin}, ${persons.id} limit ${shownAtMost}`)
  return { items: rows }
}

/** The persons whom a post mentions, with the names of the register; refuses where one of them may not be named there. Runs as the above. */
export async function namesIn(
  ctx: Context,
  place: MentionPlace,
  body: RichText,
): Promise<{ id: string; name: string }[]> {
  const ids = mentionedPersons(body)
  if (ids.length === 0) return []
  if (place.isConfidential) refuseField('body', '投诉反映只有您和负责答复的人看得到，不能提到别人。请去掉后再发')
  if (ids.length > mostMentioned) refuseField('body', `一条发言里最多提到 ${mostMentioned} 人，请去掉一些后再发`)
  const { rows } = await ctx.db.execute<{
    id: string
    name: string
  }>(sql`select ${persons.id}, ${persons.name} from ${persons}
    where ${mayBeNamed(ctx, place)} and ${persons.id} = any(${sql.param(ids)}::uuid[])`)
  const others = ids.filter((id) => !rows.some((it) => it.id === id))
  if (others.length > 0)
    refuseField(
      'body',
      `这个话题里不能提到${labelsOf(body, others).join('、')}：可能看不到它，或者不是您支部的人。请去掉后再发`,
    )
  return rows
}

/** What the writer calls these persons. */
function labelsOf(body: RichText, ids: readonly string[]): string[] {
  const labels = [...nodesOf(body)].flatMap((it) =>
    it.type === 'mention' && ids.includes(it.attrs.personId) ? [it.attrs.label] : [],
  )
  return [...new Set(labels)]
}

function mayBeNamed(ctx: Context, { id, path }: MentionPlace): SQL {
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
