import type { Day } from '@zhibu/rules'
import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { fold } from '../../platform/search/folding.ts'
import { within } from '../../platform/within.ts'
import { type Beginning, type BegunDraft, beginningKinds, type Lack } from './schema.ts'
import { notices, type StoredNotice } from './tables.ts'

/**
 * Drafts that somebody has begun from something of a later module, an activity or a call. Of each one waits at most: its key says from what it
 * was begun, until it is sent, dropped or moved to another organisation. What it tells of may change while it waits, and here it is found out
 * what then does not stand in it.
 */

/** How something would be told now. */
export interface Telling extends ToBeSaid {
  title: string
  body: string
}

/** What has to stand in a notice of it, and the day on which it happens; null where it has none, and whoever writes may put one. */
export interface ToBeSaid {
  facts: readonly Fact[]
  happensOn: Day | null
}

/** `now` in words; each of `words` has to stand in the text, in one of the ways in which people write it. */
export interface Fact extends Lack {
  words: readonly (readonly string[])[]
}

/** How something would be told now, locked where that has to stay so; undefined where it is told no more. Asked over the whole university. */
export type TellingSource = (
  ctx: Context,
  id: string,
  how: { base: string; lock?: boolean },
) => Promise<Telling | undefined>
export type TellingSources = Readonly<Record<Beginning['of'], TellingSource>>

/** The draft that waits and that the actor may send, with what does not stand in it. */
export async function begunDraftOf(ctx: Context, beginning: Beginning, said: ToBeSaid): Promise<BegunDraft | null> {
  const draft = await waitingDraft(ctx, beginning)
  return draft ? { id: draft.id, revision: draft.revision, lacks: lacksOf(draft, said) } : null
}

/** A notice that was sent and still holds, as it was corrected last, where something does not stand in it; null where nobody need correct it. */
export async function noticeToCorrect(
  ctx: Context,
  noticeId: string,
  said: ToBeSaid,
): Promise<Pick<BegunDraft, 'id' | 'lacks'> | null> {
  const notice = await standing(ctx, noticeId)
  const lacks = notice ? lacksOf(notice, said) : []
  return notice && lacks.length > 0 ? { id: notice.id, lacks } : null
}

/** What stands of a notice that was sent, for whoever may send it: its last correction, or itself; undefined where it is not sent, or taken back. */
export async function standing(ctx: Context, noticeId: string): Promise<StoredNotice | undefined> {
  const { tenantId, id, path, sentAt, recalledAt } = notices
  const [notice] = await ctx.db
    .select()
    .from(notices)
    .where(
      and(
        eq(tenantId, ctx.tenantId),
        sql`${id} in (with recursive corrected (id) as (values (${noticeId}::uuid) union
          select c.id from notices c join corrected on c.corrects_id = corrected.id where c.tenant_id = ${ctx.tenantId})
          select id from corrected)`,
        sql`not exists (select from notices c where c.tenant_id = ${tenantId} and c.corrects_id = ${id})`,
        isNotNull(sentAt),
        isNull(recalledAt),
        within(path, ctx.actor.rootsOf('send-notices')),
      ),
    )
  return notice
}

/** What a notice has to say now and does not. */
export function lacksOf(
  { title, body, happensOn }: Pick<StoredNotice, keyof Telling & keyof StoredNotice>,
  said: ToBeSaid,
): Lack[] {
  const text = fold(`${title}\n${body}`)
  const lacks = said.facts
    .filter(({ words }) => !words.every((ways) => ways.some((it) => stands(text, fold(it)))))
    .map(({ label, now }) => ({ label, now }))
  return happensOn === null || said.happensOn === null || happensOn === said.happensOn
    ? lacks
    : [...lacks, { label: '活动日期', now: said.happensOn }]
}

/** Whether words stand in a text, and not as a part of a longer number: 2月5日 does not stand in 12月5日. */
function stands(text: string, words: string): boolean {
  const isDigit = (it: string | undefined) => it !== undefined && it >= '0' && it <= '9'
  const [first, last] = [words.at(0), words.at(-1)]
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!(isDigit(first) && isDigit(text[at - 1])) && !(isDigit(last) && isDigit(text[at + words.length]))) return true
  return false
}

const keyPrefix = 'draft'
/** The key of a draft that waits. */
export const keyOf = ({ of, id }: Beginning): string => `${keyPrefix}:${of}:${id}`

/** From what a notice was begun that waits; null where it is another. */
export function begunFrom({ source, sourceKey }: Pick<StoredNotice, 'source' | 'sourceKey'>): Beginning | null {
  const [prefix, kind, id] = source === null ? (sourceKey ?? '').split(':') : []
  const of = beginningKinds.find((it) => it === kind)
  return prefix === keyPrefix && of !== undefined && id !== undefined ? { of, id } : null
}

/** The draft that waits, for whoever may send it. */
export async function waitingDraft(ctx: Context, beginning: Beginning): Promise<StoredNotice | undefined> {
  const roots = ctx.actor.rootsOf('send-notices')
  const [draft] = await ctx.db
    .select()
    .from(notices)
    .where(and(isDraftOf(ctx, beginning), within(notices.path, roots)))
  return draft
}

/** The draft that waits, whoever may send it, locked. */
export async function heldDraft(ctx: Context, beginning: Beginning): Promise<StoredNotice | undefined> {
  const [draft] = await ctx.db.select().from(notices).where(isDraftOf(ctx, beginning)).for('update')
  return draft
}

function isDraftOf({ tenantId }: Context, beginning: Beginning): SQL | undefined {
  return and(eq(notices.tenantId, tenantId), eq(notices.sourceKey, keyOf(beginning)))
}
