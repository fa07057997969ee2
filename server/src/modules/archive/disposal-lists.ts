import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { authorize } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { persons } from '../people/tables.ts'
import { notOwn, ofListed } from './disposable.ts'
import { mayDispose } from './policy.ts'
import { ofPerson } from './queries.ts'
import type { DisposalRow, DisposalsQuery } from './schema.ts'
import { archiveDisposalDocuments, archiveDisposals, archiveDocuments } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'

/** The lists of the parts of the tree in which the actor keeps files, the last one first. */
export async function listDisposals(ctx: Context, { cursor, limit }: DisposalsQuery): Promise<Page<DisposalRow>> {
  const roots = ctx.actor.rootsOf('keep-files')
  authorize(roots.length > 0, '查看销毁清单')
  const after = cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.uuid()]))[0]
  const rows = await ctx.db
    .select({ list: archiveDisposals, organization: organizations.name })
    .from(archiveDisposals)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, archiveDisposals.tenantId), eq(organizations.id, archiveDisposals.organizationId)),
    )
    .where(
      and(
        eq(archiveDisposals.tenantId, ctx.tenantId),
        within(archiveDisposals.path, roots),
        after === undefined ? undefined : lt(archiveDisposals.id, after),
      ),
    )
    .orderBy(desc(archiveDisposals.id))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const listed = await listedIn(
    ctx,
    shown.map(({ list }) => list.id),
  )
  const last = shown.at(-1)
  return {
    items: shown.map(({ list, organization }) => ({
      id: list.id,
      organization: { id: list.organizationId, name: organization },
      reason: list.reason,
      proposedBy: list.proposedByName,
      proposedAt: list.proposedAt.toISOString(),
      decision: list.decision,
      decisionReason: list.decisionReason,
      decidedBy: list.decidedByName,
      decidedAt: list.decidedAt?.toISOString() ?? null,
      documents: listed.get(list.id) ?? [],
      can: { decide: list.decision === null && mayDispose(ctx.actor, list).decide },
    })),
    ...(rows.length > limit && last ? { next: writeCursor([last.list.id]) } : {}),
  }
}

async function listedIn(ctx: Context, disposalIds: readonly string[]): Promise<Map<string, DisposalRow['documents']>> {
  if (disposalIds.length === 0) return new Map()
  const filing = await filingListOf(ctx)
  const rows = await ctx.db
    .select({
      disposalId: archiveDisposalDocuments.disposalId,
      document: archiveDocuments,
      person: persons.name,
    })
    .from(archiveDisposalDocuments)
    .innerJoin(archiveDocuments, ofListed)
    .leftJoin(persons, ofPerson)
    .where(
      and(
        eq(archiveDisposalDocuments.tenantId, ctx.tenantId),
        inArray(archiveDisposalDocuments.disposalId, [...disposalIds]),
        notOwn(ctx),
      ),
    )
    .orderBy(archiveDocuments.id)
  const entries = rows.map(({ disposalId, document, person }) => ({
    disposalId,
    entry: {
      id: document.id,
      title: document.title,
      placeLabel: placeOf(filing, document.place).label,
      person: document.personId === null ? null : { id: document.personId, name: person ?? '' },
      filedAt: document.filedAt.toISOString(),
    },
  }))
  return new Map([...Map.groupBy(entries, (it) => it.disposalId)].map(([id, of]) => [id, of.map(({ entry }) => entry)]))
}
