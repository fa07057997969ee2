import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { personOf } from '../../platform/reach.ts'
import { authorize } from '../../platform/refusal.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { within } from '../../platform/within.ts'
import { listStanding } from '../organization/queries.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { invitationsOf, ownInvitations, takenDays } from './invitation-views.ts'
import { pastLecturesOf } from './lectured.ts'
import type { ExpertOrder } from './names-schema.ts'
import { isSelf, may, mayRun, runningRoots, runsAny, stateOf } from './policy.ts'
import type { ExpertList, ExpertRow, ExpertsQuery, ExpertView, OwnPart } from './schema.ts'
import { openExpert, type StoredExpert } from './stored.ts'
import { experts } from './tables.ts'

/** 专家库: who may be asked to lecture. Everything here runs over the whole university: the conditions say who is read. */

/** A page of experts, by name or with the last change first. All words, the topic and the institution that are asked for stand in each. */
export async function listExperts(ctx: Context, query: ExpertsQuery): Promise<ExpertList> {
  authorize(runsAny(ctx.actor), '查看专家库')
  const { q = '', topic, institution, order, cursor, limit } = query
  const rows = await ctx.db
    .select({ it: experts, organization: { id: organizations.id, name: organizations.name } })
    .from(experts)
    .innerJoin(organizations, organizationOfExpert)
    .where(
      and(
        isShown(ctx),
        topic === undefined ? undefined : sql`${experts.topics} ? ${topic}`,
        institution === undefined ? undefined : eq(experts.institution, institution),
        ...piecesOf(q).map((piece) => sql`position(${piece} in ${experts.folded}) > 0`),
        cursor === undefined ? undefined : after(order, cursor),
      ),
    )
    .orderBy(...(order === 'name' ? [experts.pinyin, experts.id] : [desc(experts.changedAt), desc(experts.id)]))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.it : undefined
  const isFirst = cursor === undefined
  return {
    items: rows.slice(0, limit).map(({ it, organization }) => rowOf(it, organization)),
    topics: isFirst ? await wordsIn(ctx, sql`jsonb_array_elements_text(experts.topics)`) : [],
    institutions: isFirst ? await wordsIn(ctx, sql`unnest(array[experts.institution])`) : [],
    ...(last && { next: writeCursor([order === 'name' ? last.pinyin : last.changedAt.toISOString(), last.id]) }),
  }
}

function after(order: ExpertOrder, cursor: string): SQL {
  if (order === 'name') {
    const [pinyin, id] = readCursor(cursor, z.tuple([z.string(), z.uuid()]))
    return sql`(${experts.pinyin}, ${experts.id}) > (${pinyin}, ${id}::uuid)`
  }
  const [at, id] = readCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))
  return sql`(date_trunc('milliseconds', ${experts.changedAt}), ${experts.id}) < (${at}::timestamptz, ${id}::uuid)`
}

/** The topics or the institutions in use, as far as the actor sees the experts. */
async function wordsIn(ctx: Context, words: SQL): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ word: string }>(
    sql`select distinct word collate "C" as word from ${experts}, ${words} as word where ${isShown(ctx)} order by word limit 100`,
  )
  return rows.map((it) => it.word)
}

/** The experts whom the actor sees in the list: those who agree to it, and those of the actor's own organisations. */
const isShown = ({ tenantId, actor }: Context): SQL =>
  and(
    ...[eq(experts.tenantId, tenantId), isNull(experts.withdrawnAt)],
    or(isNotNull(experts.consentOn), within(experts.path, runningRoots(actor))),
  ) ?? sql`false`

/** Where the actor runs trainings, and what concerns themselves as an expert. */
export async function readOwn(ctx: Context): Promise<OwnPart> {
  const entries = await ctx.db
    .select({ it: experts, organization: { id: organizations.id, name: organizations.name } })
    .from(experts)
    .innerJoin(organizations, organizationOfExpert)
    .where(and(eq(experts.tenantId, ctx.tenantId), eq(experts.personId, personOf(ctx)), isNull(experts.withdrawnAt)))
    .orderBy(experts.id)
  return {
    organizations: await listStanding(ctx, runningRoots(ctx.actor)),
    entries: entries.map(({ it, organization }) => rowOf(it, organization)),
    invitations: await ownInvitations(ctx),
  }
}

/** An expert as the page shows the entry, in a fixed number of statements. */
export async function viewOf(ctx: Context, expertId: string): Promise<{ view: ExpertView; revision: number }> {
  const it = await openExpert(ctx, expertId)
  const [organization] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  const { read: _, ...can } = may(ctx.actor, it)
  const showsContacts = can.readContacts
  const { consentOn, consentHow, consentBy } = it
  return {
    revision: it.revision,
    view: {
      ...rowOf(it, organization ?? { id: it.organizationId, name: '' }),
      about: it.about,
      phoneMask: showsContacts ? it.phoneMask : null,
      emailMask: showsContacts ? it.emailMask : null,
      person: mayRun(ctx.actor, it.path) ? await personOfExpert(ctx, it) : null,
      isOwn: isSelf(ctx.actor, it),
      consent: consentOn === null ? null : { on: consentOn, how: consentHow ?? '', by: consentBy ?? '' },
      ...{ createdBy: it.createdBy, changedBy: it.changedBy },
      lectures: await pastLecturesOf(ctx, expertId),
      invitations: await invitationsOf(ctx, it),
      taken: can.invite || isSelf(ctx.actor, it) ? await takenDays(ctx, expertId) : [],
      organizations: can.invite ? await listStanding(ctx, runningRoots(ctx.actor)) : [],
      can,
    },
  }
}

async function personOfExpert({ db, tenantId }: Context, { personId }: StoredExpert) {
  if (personId === null) return null
  const [row] = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.id, personId)))
  return row ?? null
}

const organizationOfExpert = and(
  eq(organizations.tenantId, experts.tenantId),
  eq(organizations.id, experts.organizationId),
)

function rowOf(it: StoredExpert, organization: { id: string; name: string }): ExpertRow {
  const { id, name, institution, title, topics, changedAt } = it
  return {
    ...{ id, name, institution, title, topics, organization },
    ...{ state: stateOf(it), changedAt: changedAt.toISOString() },
  }
}
