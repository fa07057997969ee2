import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { type Database, wholeUniversity } from '../../platform/database.ts'
import type { FieldEncryption } from '../../platform/encryption.ts'
import { newId } from '../../platform/ids.ts'
import { record, system } from '../../platform/journal.ts'
import { ancestors, type OrgPath } from '../../platform/org-path.ts'
import { isAnyOf } from '../../platform/reach.ts'
import { found } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { findOrganization } from '../organization/queries.ts'
import { organizations, universities } from '../organization/tables.ts'
import { openHiding, takeAppeal } from './hidings.ts'
import { rewriteIdentities } from './identities.ts'
import { type Letter, openLetter } from './letters.ts'
import { usualOffice } from './office-held.ts'
import { documentOf } from './paragraphs.ts'
import { promisedDay } from './promising.ts'
import { addPost, loadTopic, subjectOf } from './stored.ts'
import { discussionLetters, discussionTopics } from './tables.ts'

type HandingOver = Pick<Context, 'db' | 'tenantId' | 'today' | 'encryption'>

/**
 * The job `discussion.hand-over`: once a day all letters of protected authors become topics, posts and appeals, as of the beginning of the
 * day. In the order of random ids; only what belongs to one topic keeps its own.
 */
export async function handOver(database: Database, encryption: FieldEncryption, now: Date): Promise<void> {
  const today = dayInChina(now)
  for (const { id: tenantId } of await database.app.select({ id: universities.id }).from(universities))
    await database.transaction(wholeUniversity(tenantId), (db) => handOverFor({ db, tenantId, today, encryption }))
}

/** The same for one university, in the transaction of the context. */
export async function handOverFor(ctx: HandingOver): Promise<void> {
  const rows = await ctx.db
    .select()
    .from(discussionLetters)
    .where(eq(discussionLetters.tenantId, ctx.tenantId))
    .orderBy(discussionLetters.id)
    .for('update')
  if (rows.length === 0) return
  const letters = rows.map((it) => ({ topicId: it.topicId, letter: openLetter(ctx, it) }))
  for (const { topicId, letter } of letters.filter((it) => it.letter.kind === 'topic'))
    await deliver(ctx, topicId, letter)
  for (const [topicId, of] of Map.groupBy(letters, (it) => it.topicId)) {
    const others = of.flatMap(({ letter }) => (letter.kind === 'topic' ? [] : [letter]))
    for (const letter of others.sort((a, b) => a.number - b.number)) await deliver(ctx, topicId, letter)
  }
  await ctx.db.delete(discussionLetters).where(eq(discussionLetters.tenantId, ctx.tenantId))
  await rewriteIdentities(ctx)
}

async function deliver(ctx: HandingOver, topicId: string, letter: Letter): Promise<void> {
  const at = new Date(`${ctx.today}T00:00:00+08:00`)
  if (letter.kind === 'topic') return begin(ctx, topicId, letter, at)
  const topic = await loadTopic(ctx, topicId, { lock: true })
  if (letter.kind === 'reply')
    await addPost(ctx, topic, { authorId: null, authorName: topic.authorName, body: documentOf(letter.text), at })
  else {
    const { hiding } = await openHiding(ctx, letter.hidingId)
    // Whoever hid it may have shown it again meanwhile.
    if (hiding.appealedAt === null && hiding.decidedAt === null) await takeAppeal(ctx, hiding, letter.text, at)
  }
  await record(recorderOf(ctx), 'discussion.letter-handed-over', subjectOf(topic))
}

async function begin(
  ctx: HandingOver,
  id: string,
  { organizationId, topicKind: kind, title, text, pseudonym }: Extract<Letter, { kind: 'topic' }>,
  at: Date,
): Promise<void> {
  const wanted = await findOrganization(ctx, organizationId)
  const organization = wanted?.dissolvedOn === null ? wanted : await standingAbove(ctx, wanted?.path)
  const topic = {
    ...{ id, organizationId: organization.id, path: organization.path, kind, title },
    ...{ authorName: pseudonym, isProtected: true, isConfidential: true },
    ...{ createdAt: at, lastPostAt: at, lastSeq: 0 },
  }
  const moved =
    organization === wanted ? '' : `（写给${wanted?.name ?? '的组织'}，该组织已经撤销，转交${organization.name}。）\n`
  const promisedOn = await promisedDay(ctx, kind, ctx.today)
  const answerOffice = await usualOffice(ctx, organization.id)
  await ctx.db
    .insert(discussionTopics)
    .values({ ...topic, tenantId: ctx.tenantId, state: 'received', promisedOn, answerOffice })
  await addPost(ctx, topic, { authorId: null, authorName: pseudonym, body: documentOf(`${moved}${text}`), at })
  await record(recorderOf(ctx), 'discussion.protected-handed-over', subjectOf(topic), { kind })
}

/** What takes over the letters to an organisation that was abolished before they were handed over: the nearest above it that stands. */
async function standingAbove({ db, tenantId }: HandingOver, path: OrgPath | undefined) {
  const { path: at, dissolvedOn, id, name } = organizations
  const isAbove = path === undefined ? sql`true` : isAnyOf(sql`${at}`, ancestors(path))
  const [nearest] = await db
    .select({ id, name, path: at })
    .from(organizations)
    .where(and(eq(organizations.tenantId, tenantId), isNull(dissolvedOn), isAbove))
    .orderBy(path === undefined ? at : desc(at))
    .limit(1)
  return found(nearest, '个上级组织')
}

const recorderOf = ({ db, tenantId }: HandingOver) => ({ db, tenantId, actor: system, requestId: newId() })
