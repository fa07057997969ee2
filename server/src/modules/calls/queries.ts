import { and, asc, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { isAnyOf, reachOf } from '../../platform/reach.ts'
import { piecesOf } from '../../platform/search/folding.ts'
import { dayInChina } from '../../platform/today.ts'
import { day, type Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { begunDraftOf } from '../notices/begun-drafts.ts'
import { organizations } from '../organization/tables.ts'
import { correctionsOf } from './corrections.ts'
import { nextNoticeOf, toBeSaidOf } from './notice-text.ts'
import { entryStateOf, may, stateOf } from './policy.ts'
import type { CallRow, CallsQuery, CallView } from './schema.ts'
import { isEntryOfMember, isOwnIn, type StoredCall } from './stored.ts'
import { callEntries, callEntryMembers, calls } from './tables.ts'

/** A page of the calls that the actor may read: those that take entries with the next last day first, the others with the newest first. */
export async function listCalls(ctx: Context, { only, q, cursor, limit }: CallsQuery): Promise<Page<CallRow>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([day, z.uuid()]))
  const isUpwards = only === 'open'
  const place = sql`(${calls.untilOn}, ${calls.id})`
  const rows = await ctx.db
    .select({ call: calls, organization: { id: organizations.id, name: organizations.name } })
    .from(calls)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, calls.tenantId), eq(organizations.id, calls.organizationId)),
    )
    .where(
      and(
        eq(calls.tenantId, ctx.tenantId),
        isReadable(ctx),
        wantedBy(ctx, only),
        ...piecesOf(q ?? '').map((piece) => sql`position(${piece} in ${calls.folded}) > 0`),
        after && sql`${place} ${sql.raw(isUpwards ? '>' : '<')} (${after[0]}::date, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(...(isUpwards ? [asc(calls.untilOn), asc(calls.id)] : [desc(calls.untilOn), desc(calls.id)]))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1]?.call : undefined
  return {
    items: rows.slice(0, limit).map(({ call, organization }) => ({
      ...{
        id: call.id,
        title: call.title,
        untilOn: call.untilOn,
        closedOn: closedOnOf(call),
        kinds: call.kinds,
        organization,
      },
      state: stateOf(call, ctx.today),
    })),
    ...(last && { next: writeCursor([last.untilOn, last.id]) }),
  }
}

const closedOnOf = ({ closedAt }: StoredCall) => (closedAt === null ? null : dayInChina(closedAt))

function wantedBy({ actor, today }: Context, only: CallsQuery['only']): SQL | undefined {
  if (only === 'held') return within(calls.path, actor.rootsOf('hold-activities'))
  const isOpen = and(
    isNull(calls.closedAt),
    isNull(calls.cancelledAt),
    isNull(calls.reviewBegunAt),
    isNull(calls.resultsAt),
    gte(calls.untilOn, today),
  )
  const isOver = or(
    isNotNull(calls.closedAt),
    isNotNull(calls.cancelledAt),
    isNotNull(calls.reviewBegunAt),
    isNotNull(calls.resultsAt),
    lt(calls.untilOn, today),
  )
  return and(isNotNull(calls.announcedAt), only === 'open' ? isOpen : isOver)
}

/** True for calls that the actor may read, by what stands in their rows. */
export function isReadable({ actor }: Pick<Context, 'actor'>): SQL {
  const { path } = calls
  const { places, roots } = reachOf(actor)
  return sql`(${within(path, actor.rootsOf('hold-activities'))}
    or (${calls.announcedAt} is not null and (${isAnyOf(path, places)} or ${within(path, roots)})))`
}

/** A call as its page shows it. Whether it may be read was settled before; runs over the whole university for the own entries. */
export async function viewOf(ctx: Context, it: StoredCall): Promise<{ view: CallView; revision: number }> {
  const [organization] = await ctx.db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.tenantId, ctx.tenantId), eq(organizations.id, it.organizationId)))
  const own = await ctx.db
    .select({ entry: callEntries })
    .from(callEntryMembers)
    .innerJoin(callEntries, isEntryOfMember)
    .where(isOwnIn(ctx, it.id))
    .orderBy(asc(callEntries.id))
  const isConcerned = own.some(({ entry }) => entry.withdrawnAt === null)
  const holds = may(ctx.actor, it, ctx.today).judge
  const { read: _, ...can } = may(ctx.actor, it, ctx.today, isConcerned)
  const { title, body, kinds, fields, teamMost, entriesMost, isBlind, words, criteria, untilOn } = it
  const view: CallView = {
    ...{ id: it.id, title, body, kinds, fields, teamMost, entriesMost, isBlind, criteria, untilOn },
    // What is to be avoided is told to whoever writes; the words themselves only help who holds the call.
    words: holds ? words : [],
    state: stateOf(it, ctx.today),
    organization: organization ?? { id: it.organizationId, name: '' },
    ...{ announcedAt: it.announcedAt?.toISOString() ?? null, announcedBy: it.announcedBy },
    ...{
      closeReason: it.closeReason,
      cancelReason: it.cancelReason,
      resultsAt: it.resultsAt?.toISOString() ?? null,
      closedOn: closedOnOf(it),
      hasVote: it.vote !== null,
      createdBy: it.createdBy,
    },
    draft: can.notify ? await begunDraftOf(ctx, nextNoticeOf(it), toBeSaidOf(it)) : null,
    corrections: await correctionsOf(ctx, it),
    reviewCode: holds && !isConcerned ? it.reviewCode : null,
    isOwnConcern: holds && isConcerned,
    ownEntries: own.map(({ entry }) => ({
      ...{ id: entry.id, title: entry.title, kindKey: entry.kindKey, state: entryStateOf(entry, it) },
    })),
    can,
  }
  return { view, revision: it.revision }
}
