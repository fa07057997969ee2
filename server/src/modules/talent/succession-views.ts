import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { within } from '../../platform/within.ts'
import { may as mayAt } from '../organization/policy.ts'
import { offices, organizations } from '../organization/tables.ts'
import { accessesOf } from './accesses.ts'
import { readKit } from './kit.ts'
import type { SuccessionTask } from './names-schema.ts'
import { handsOver, maySucceed, successionStateOf } from './policy.ts'
import type {
  DecidedAccess,
  Entry,
  KeptKit,
  KitPart,
  SuccessionDesk,
  SuccessionList,
  SuccessionRow,
  SuccessionView,
} from './succession-schema.ts'
import {
  concernsActor,
  type OpenedSuccession,
  openedOf,
  openSuccession,
  selectSuccessions,
} from './succession-stored.ts'
import {
  talentSuccessionEntries,
  talentSuccessionKits,
  talentSuccessionSignatures,
  talentSuccessions,
} from './tables.ts'

/** Hand-overs of offices as lists and pages show them. Everything here runs over the whole university. */

/** So many are listed. */
const mostListed = 200

/** The hand-overs that the reader settles, goes from or comes into, those under way before the others, the last begun first; and where they may begin one. */
export async function listSuccessions(ctx: Context): Promise<SuccessionList> {
  const { closedOn, droppedOn, id } = talentSuccessions
  const rows = await selectSuccessions(ctx, concernsActor(ctx))
    .orderBy(sql`${closedOn} is not null or ${droppedOn} is not null`, desc(id))
    .limit(mostListed + 1)
  return {
    items: rows
      .slice(0, mostListed)
      .map(openedOf)
      .filter((it) => isRead(ctx, it))
      .map((it) => rowOf(ctx, it)),
    isCut: rows.length > mostListed,
    places: await placesOf(ctx),
  }
}

/** What waits for the reader, the first begun first. */
export async function readSuccessionDesk(ctx: Context): Promise<SuccessionDesk> {
  const { closedOn, droppedOn, id } = talentSuccessions
  const rows = await selectSuccessions(ctx, and(concernsActor(ctx), isNull(closedOn), isNull(droppedOn)))
    .orderBy(asc(id))
    .limit(mostListed)
  const items = rows
    .map(openedOf)
    .filter((it) => isRead(ctx, it))
    .map((it) => rowOf(ctx, it))
  return { items: items.filter((it) => it.task !== null) }
}

const isRead = (ctx: Context, it: OpenedSuccession): boolean => maySucceed(ctx.actor, it, ctx.today).read

/** Where the reader gives offices, and so hands them over. */
async function placesOf({ db, tenantId, actor }: Context): Promise<SuccessionList['places']> {
  const roots = [...actor.rootsOf('keep-files'), ...actor.rootsOf('manage-organization')]
  if (actor.administrator !== null || roots.length === 0) return []
  const rows = await db
    .select({ id: organizations.id, name: organizations.name, path: organizations.path, kind: organizations.kind })
    .from(organizations)
    .where(
      and(eq(organizations.tenantId, tenantId), isNull(organizations.dissolvedOn), within(organizations.path, roots)),
    )
    .orderBy(organizations.path)
  return rows.filter((it) => mayAt(actor, it).appoint.length > 0).map(({ id, name }) => ({ id, name }))
}

function rowOf(ctx: Context, it: OpenedSuccession): SuccessionRow {
  const { id, organizationId, organization, office, begunOn, lastOn, firstOn } = it
  return {
    ...{ id, organization: { id: organizationId, name: organization }, office, begunOn, lastOn, firstOn },
    outgoing: { id: it.outgoingPersonId, name: it.outgoingName },
    incoming: it.incomingPersonId === null ? null : { id: it.incomingPersonId, name: it.incomingName ?? '' },
    state: successionStateOf(it),
    task: taskOf(ctx, it),
  }
}

function taskOf(ctx: Context, it: OpenedSuccession): SuccessionTask | null {
  const can = maySucceed(ctx.actor, it, ctx.today)
  if (can.signOutgoing) return 'hand'
  if (can.isIncoming && it.closedOn === null && !it.hasIncomingSigned) return 'take'
  if (can.settle) return 'settle'
  return can.close ? 'close' : null
}

/** A hand-over whole: the kit as it was drawn up, or as the records say now. In a constant number of statements. */
export async function readSuccession(ctx: Context, successionId: string, now: Date): Promise<SuccessionView> {
  const it = await openSuccession(ctx, successionId)
  const {
    read: _,
    readKit: mayReadKit,
    opensPages,
    isOutgoing,
    isIncoming,
    ...can
  } = maySucceed(ctx.actor, it, ctx.today)
  const runs = handsOver(ctx.actor, it)
  const kept = it.isDrawnUp ? await keptKitOf(ctx, it) : undefined
  const seesEntries = runs || isOutgoing || mayReadKit
  const [office] = await ctx.db
    .select({ from: offices.from, until: offices.until })
    .from(offices)
    .where(and(eq(offices.tenantId, ctx.tenantId), eq(offices.id, it.officeId)))
  const signatures = await ctx.db
    .select()
    .from(talentSuccessionSignatures)
    .where(
      and(eq(talentSuccessionSignatures.tenantId, ctx.tenantId), eq(talentSuccessionSignatures.successionId, it.id)),
    )
    .orderBy(desc(talentSuccessionSignatures.side))
  const { settledOn, settledBy, closedOn, closedBy, closeReason, dropReason, begunBy, revision } = it
  return {
    ...rowOf(ctx, it),
    begunBy,
    officeFrom: office?.from ?? it.begunOn,
    officeUntil: office?.until ?? null,
    kit: mayReadKit
      ? kept
        ? { asOf: kept.drawnUpOn, isDrawnUp: true, parts: partsFor(kept.kit.parts, opensPages) }
        : { asOf: ctx.today, isDrawnUp: false, parts: partsFor(await readKit(ctx, it, now), opensPages) }
      : null,
    entries: seesEntries
      ? kept
        ? kept.kit.entries.map((one) => ({ ...one, can: { remove: false } }))
        : await entriesOf(ctx, it)
      : [],
    accesses: can.settle || (isOutgoing && settledOn === null) ? await openAccesses(ctx, it) : [],
    decided: it.accesses.filter((one) => runs || isOutgoing || isTheirs(one)),
    ...{ settledOn, settledBy, closedOn, closedBy, closeReason, dropReason },
    signatures: signatures.map(({ side, name, remark, signedOn }) => ({ side, name, remark, signedOn })),
    ...{ isOutgoing, isIncoming, can, revision },
  }
}

/** Whoever cannot open the pages yet is not led to them. */
const partsFor = (parts: readonly KitPart[], opensPages: boolean): KitPart[] =>
  parts.map((part) => ({
    ...part,
    lines: opensPages ? part.lines : part.lines.map((line) => ({ ...line, page: null })),
  }))

/** Whoever comes sees what has passed to them, and what became of their own offices. */
const isTheirs = ({ kind, decision }: DecidedAccess): boolean => decision === 'pass' || kind === 'successorOffice'

async function openAccesses(ctx: Context, it: OpenedSuccession): Promise<SuccessionView['accesses']> {
  const all = await accessesOf(ctx, { ...it, isSettled: it.settledOn !== null })
  return all.map(({ key, kind, title, facts, allowed }) => ({ key, kind, title, facts, allowed }))
}

async function keptKitOf({ db, tenantId }: Context, { id }: OpenedSuccession) {
  const [row] = await db
    .select()
    .from(talentSuccessionKits)
    .where(and(eq(talentSuccessionKits.tenantId, tenantId), eq(talentSuccessionKits.successionId, id)))
  return row
}

/** What was written down, in its order. Who wrote a line takes it back as long as the kit was not drawn up. */
export async function entriesOf(ctx: Context, it: OpenedSuccession): Promise<Entry[]> {
  const rows = await ctx.db
    .select()
    .from(talentSuccessionEntries)
    .where(and(eq(talentSuccessionEntries.tenantId, ctx.tenantId), eq(talentSuccessionEntries.successionId, it.id)))
    .orderBy(asc(talentSuccessionEntries.id))
  const { write } = maySucceed(ctx.actor, it, ctx.today)
  return rows.map(({ id, kind, text, toWhom, untilOn, writerPersonId, writtenBy, writtenOn }) => ({
    ...{ id, kind, text, toWhom, untilOn, writtenBy, writtenOn },
    can: { remove: write && writerPersonId === personOf(ctx) },
  }))
}

/** The kit as it is kept for those who sign it. */
export async function kitToKeep(ctx: Context, it: OpenedSuccession, now: Date): Promise<KeptKit> {
  const entries = await entriesOf(ctx, it)
  return { parts: await readKit(ctx, it, now), entries: entries.map(({ can: _, ...one }) => one) }
}
