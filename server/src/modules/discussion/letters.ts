import { randomInt } from 'node:crypto'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { refuseAppealed } from './hidings.ts'
import { keepIdentity, ownerKeyOf, ownTopicIds, refuseOthers } from './identities.ts'
import { refuseFlood } from './limits.ts'
import { may, mayRead } from './policy.ts'
import type { NewProtected, OwnProtected } from './schema.ts'
import { loadTopic, randomId } from './stored.ts'
import {
  discussionHidings,
  discussionLetters,
  discussionOpenings,
  discussionPosts,
  discussionTopics,
} from './tables.ts'

/** What a protected author has written, as it is sealed until it is handed over. */
const letter = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('topic'),
    organizationId: z.uuid(),
    topicKind: z.enum(['suggestion', 'complaint']),
    title: z.string(),
    text: z.string(),
    pseudonym: z.string(),
  }),
  z.object({ kind: z.literal('reply'), number: z.number(), text: z.string() }),
  z.object({ kind: z.literal('appeal'), number: z.number(), hidingId: z.uuid(), text: z.string() }),
])
export type Letter = z.infer<typeof letter>

/** By these an author is known within one topic, and in no other. */
const pseudonyms = ['青松', '白杨', '银杏', '梧桐', '香樟', '云杉', '红枫', '翠竹', '腊梅', '海棠', '玉兰', '石榴']

/**
 * Takes a suggestion or complaint under protection. Nothing of it is seen until the letters of the day are handed over together, so that
 * neither the moment nor the order tells who was at work.
 */
export async function writeProtected(
  ctx: Context,
  { organizationId, kind, title, text }: NewProtected,
): Promise<string> {
  const organization = found(await findOrganization(ctx, organizationId), '个组织')
  authorize(mayRead(ctx.actor, organization.path), '向这个组织提交')
  if (organization.dissolvedOn !== null) throw new Refusal('conflict', '这个组织已经撤销，请向上级党组织提交。')
  refuseFlood('letters', ownerKeyOf(ctx))

  const topicId = randomId()
  const pseudonym = pseudonyms[randomInt(pseudonyms.length)] ?? ''
  await keepIdentity(ctx, topicId)
  await put(ctx, topicId, { kind: 'topic', organizationId, topicKind: kind, title, text, pseudonym })
  return topicId
}

/** Replies to the own protected topic. */
export async function writeReply(ctx: Context, topicId: string, text: string): Promise<void> {
  await refuseOthers(ctx, topicId)
  const topic = await loadTopic(ctx, topicId)
  await takeTurn(ctx, topicId)
  if (!may(ctx.actor, topic, true).replyProtected) throw new Refusal('conflict', '这个话题已经关闭，不能再补充。')
  refuseFlood('letters', ownerKeyOf(ctx))
  await put(ctx, topicId, { kind: 'reply', number: await waitingOf(ctx, topicId), text })
}

/** Appeals against the hiding of what was written in the own protected topic. */
export async function writeAppeal(ctx: Context, topicId: string, hidingId: string, text: string): Promise<void> {
  await refuseOthers(ctx, topicId)
  await takeTurn(ctx, topicId)
  const { tenantId } = ctx
  const [hiding] = await ctx.db
    .select({ appealedAt: discussionHidings.appealedAt, decidedAt: discussionHidings.decidedAt })
    .from(discussionHidings)
    .where(
      and(
        eq(discussionHidings.tenantId, tenantId),
        eq(discussionHidings.id, hidingId),
        eq(discussionHidings.topicId, topicId),
      ),
    )
  refuseAppealed(found(hiding, '条记录'))
  if ((await waitingAppealsOf(ctx, topicId)).has(hidingId))
    throw new Refusal('conflict', '您已经申诉过，申诉等待次日转交，不必再写。')
  refuseFlood('letters', ownerKeyOf(ctx))
  await put(ctx, topicId, { kind: 'appeal', number: await waitingOf(ctx, topicId), hidingId, text })
}

/** What is appealed against in a topic and was not handed over yet, by the hiding; for its author. */
export async function waitingAppealsOf(ctx: Context, topicId: string): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select()
    .from(discussionLetters)
    .where(and(eq(discussionLetters.tenantId, ctx.tenantId), eq(discussionLetters.topicId, topicId)))
  const appeals = rows.flatMap((it): [string, string][] => {
    const letter = openLetter(ctx, it)
    return letter.kind === 'appeal' ? [[letter.hidingId, letter.text]] : []
  })
  return new Map(appeals)
}

/** Of two letters in a topic at the same instant one waits for the other. Nothing of it is written anywhere, as a locked row would be. */
const takeTurn = ({ db }: Context, topicId: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${topicId}, 0))`)

const waitingOf = ({ db, tenantId }: Context, topicId: string): Promise<number> =>
  db.$count(discussionLetters, and(eq(discussionLetters.tenantId, tenantId), eq(discussionLetters.topicId, topicId)))

async function put(ctx: Context, topicId: string, content: Letter): Promise<void> {
  const id = randomId()
  const sealed = ctx.encryption.sealField(JSON.stringify(content), placeOf(id))
  await ctx.db.insert(discussionLetters).values({ tenantId: ctx.tenantId, id, topicId, sealed })
}

/** Opens a letter, for its author and at the handing over. */
export const openLetter = (
  { encryption }: Pick<Context, 'encryption'>,
  { id, sealed }: Pick<typeof discussionLetters.$inferSelect, 'id' | 'sealed'>,
): Letter => letter.parse(JSON.parse(encryption.openField(sealed, placeOf(id))))

const placeOf = (letterId: string): string => `discussion_letters:${letterId}`

/** What the actor has written under protection, and how far it has come. */
export async function listOwnProtected(ctx: Context): Promise<OwnProtected> {
  const { db, tenantId } = ctx
  const ids = await ownTopicIds(ctx)
  if (ids.length === 0) return { items: [] }
  const [topics, letters, openings, hidden, names] = await Promise.all([
    db
      .select({ topic: discussionTopics, organization: { id: organizations.id, name: organizations.name } })
      .from(discussionTopics)
      .innerJoin(
        organizations,
        and(
          eq(organizations.tenantId, discussionTopics.tenantId),
          eq(organizations.id, discussionTopics.organizationId),
        ),
      )
      .where(and(eq(discussionTopics.tenantId, tenantId), isOneOf(discussionTopics.id, ids))),
    db
      .select()
      .from(discussionLetters)
      .where(and(eq(discussionLetters.tenantId, tenantId), isOneOf(discussionLetters.topicId, ids))),
    db
      .select({ topicId: discussionOpenings.topicId })
      .from(discussionOpenings)
      .where(and(eq(discussionOpenings.tenantId, tenantId), isOneOf(discussionOpenings.topicId, ids))),
    db
      .select({ topicId: discussionPosts.topicId })
      .from(discussionPosts)
      .where(
        and(
          eq(discussionPosts.tenantId, tenantId),
          isOneOf(discussionPosts.topicId, ids),
          isNull(discussionPosts.authorId),
          isNotNull(discussionPosts.hiddenAt),
        ),
      ),
    db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(eq(organizations.tenantId, tenantId)),
  ])
  const topicOf = new Map(topics.map((it) => [it.topic.id, it]))
  const nameOf = new Map(names.map((it) => [it.id, it.name]))
  const waiting = Map.groupBy(
    letters.map((it) => ({ topicId: it.topicId, letter: openLetter(ctx, it) })),
    (it) => it.topicId,
  )
  return {
    items: ids.reverse().flatMap((id): OwnProtected['items'] => {
      const it = topicOf.get(id)
      const written = (waiting.get(id) ?? []).map((each) => each.letter)
      const more = {
        waitingLetters: written
          .flatMap((each) => (each.kind === 'topic' ? [] : [each]))
          .sort((a, b) => a.number - b.number)
          .map(({ kind, text }) => ({ kind, text })),
        openingCount: openings.filter((each) => each.topicId === id).length,
        hiddenCount: hidden.filter((each) => each.topicId === id).length,
      }
      if (it) {
        const { kind, title, authorName, state, promisedOn, lastSeq } = it.topic
        const { organization } = it
        const shown = {
          id,
          kind,
          title,
          organization,
          pseudonym: authorName,
          state,
          promisedOn,
          replyCount: lastSeq - 1,
        }
        return [{ ...shown, ...more, isHandedOver: true, waitingText: null }]
      }
      const first = written.find((each) => each.kind === 'topic')
      if (!first) return []
      const organization = { id: first.organizationId, name: nameOf.get(first.organizationId) ?? '' }
      const shown = { id, kind: first.topicKind, title: first.title, organization, pseudonym: first.pseudonym }
      const waits = { isHandedOver: false, waitingText: first.text, state: null, promisedOn: null, replyCount: 0 }
      return [{ ...shown, ...more, ...waits }]
    }),
  }
}
