import { createHash } from 'node:crypto'
import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { found } from '../../platform/refusal.ts'
import type { Page } from '../../platform/wire.ts'
import { isOneOf, within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { findPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import { currentDocuments, listDigestOf } from './drawing-up.ts'
import { may, maySeeHandovers } from './policy.ts'
import type { HandedFile, HandoverRow, HandoversQuery, HandoverView, PersonHandovers } from './schema.ts'
import { handoverFiles, handovers } from './tables.ts'

export type StoredHandover = typeof handovers.$inferSelect
export type StoredFile = typeof handoverFiles.$inferSelect & { organization: string }

/** A hand-over with its two sides and the files in it. */
export interface Opened {
  it: StoredHandover
  from: string
  to: string
  files: StoredFile[]
}

/** Hand-overs of both sides, the last one first. */
export async function listHandovers(ctx: Context, query: HandoversQuery): Promise<Page<HandoverRow>> {
  const { waiting, open, limit } = query
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, z.tuple([z.uuid()]))[0]
  const [reads, keeps] = [ctx.actor.rootsOf('read-files'), ctx.actor.rootsOf('keep-files')]
  // What goes from one to the other below the reader is for those two to do.
  const waits = and(within(handovers.toPath, keeps), sql`not (${within(handovers.path, keeps)})`)
  const rows = await ctx.db
    .select({
      it: handovers,
      from: sender.name,
      to: receiver.name,
      people: sql<[string, string][]>`(select json_agg(json_build_array(f.person_id, f.name) order by f.place)
        from handover_files f where f.tenant_id = ${handovers.tenantId} and f.handover_id = ${handovers.id})`,
    })
    .from(handovers)
    .innerJoin(sender, ofSender)
    .leftJoin(receiver, ofReceiver)
    .where(
      and(
        eq(handovers.tenantId, ctx.tenantId),
        or(within(handovers.path, reads), within(handovers.toPath, reads)),
        open || waiting ? isNull(handovers.closedAt) : undefined,
        waiting ? waits : undefined,
        after === undefined ? undefined : lt(handovers.id, after),
      ),
    )
    .orderBy(desc(handovers.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ it, from, to, people }) => rowOf(ctx, it, { from, to, people }))
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: writeCursor([last.id]) } : {}) }
}

/** Where the files of a hand-over stand that is still under way: what a receiver has to see of the other side, and no more. */
export async function placesOf(ctx: Context, handoverId: string): Promise<OrgPath[]> {
  const { it, files } = await openHandover(ctx, handoverId)
  return it.closedAt === null ? [...new Set(files.map(({ path }) => path))] : []
}

/** A hand-over for one of its two sides; locked, where it is about to be closed. */
export async function openHandover(ctx: Context, handoverId: string, { lock = false } = {}): Promise<Opened> {
  const own = and(eq(handovers.tenantId, ctx.tenantId), eq(handovers.id, handoverId))
  if (lock) await ctx.db.select({ id: handovers.id }).from(handovers).where(own).for('update')
  const [row] = await ctx.db
    .select({ it: handovers, from: sender.name, to: receiver.name })
    .from(handovers)
    .innerJoin(sender, ofSender)
    .leftJoin(receiver, ofReceiver)
    .where(own)
  const { it, from, to } = found(row, '次移交')
  const files = await ctx.db
    .select({ file: handoverFiles, organization: organizations.name })
    .from(handoverFiles)
    .innerJoin(
      organizations,
      and(eq(organizations.tenantId, handoverFiles.tenantId), eq(organizations.id, handoverFiles.organizationId)),
    )
    .where(and(eq(handoverFiles.tenantId, ctx.tenantId), eq(handoverFiles.handoverId, handoverId)))
    .orderBy(handoverFiles.place)
  const opened = {
    it,
    from,
    to: to ?? it.outsideUnit ?? '',
    files: files.map(({ file, organization }) => ({ ...file, organization })),
  }
  found(mayOf(ctx, opened).read ? opened : undefined, '次移交')
  return opened
}

/** What the actor may do with a hand-over. */
export const mayOf = ({ actor }: Context, { it, files }: Opened) =>
  may(actor, { ...it, personIds: files.map(({ personId }) => personId) })

/** A hand-over as both sides read it. While it is under way the files are looked at as they stand now. */
export async function readHandover(ctx: Context, handoverId: string): Promise<HandoverView> {
  const opened = await openHandover(ctx, handoverId)
  const { it, from, to, files } = opened
  const now = it.closedAt === null ? await lookNow(ctx, files) : null
  const shown = files.map((file) => {
    const isOwn = ctx.actor.personId === file.personId
    const part = isOwn ? ownPart(file) : file.file
    return {
      person: personOf(file),
      file: part,
      added: isOwn ? [] : (now?.addedTo(file) ?? []),
      gone: now?.goneFrom(file) ?? [],
      obstacle: now?.obstacleOf(file) ?? null,
      exceptions: file.exceptions.filter(({ documentId }) => part.items.some((one) => one.documentId === documentId)),
    }
  })
  return {
    ...rowOf(ctx, it, { from, to, people: files.map(({ personId, name }) => [personId, name]) }),
    note: it.note,
    withPapers: it.withPapers,
    closingNote: it.closingNote,
    receivedOn: it.receivedOn,
    receipt: it.receiptSignedBy === null ? null : { signedBy: it.receiptSignedBy, documentId: it.receiptDocumentId },
    listDigest: listDigestOf(files.map((file) => ({ person: personOf(file), file: file.file }))),
    seen: now?.seen ?? null,
    files: shown,
  }
}

/** How the files of a hand-over stand now, while it is under way. */
export interface Now {
  seen: string
  addedTo: (file: StoredFile) => { documentId: string; title: string }[]
  goneFrom: (file: StoredFile) => string[]
  obstacleOf: (file: Pick<StoredFile, 'personId' | 'organizationId' | 'name'>) => string | null
}

/** Looks at the files and at where their persons stand, in two statements. */
export async function lookNow(ctx: Context, files: readonly StoredFile[]): Promise<Now> {
  const ids = files.map(({ personId }) => personId)
  const documents = Map.groupBy(await currentDocuments(ctx, ids), ({ document }) => document.personId)
  const people = await ctx.db
    .select({ id: persons.id, organizationId: persons.organizationId })
    .from(persons)
    .where(and(eq(persons.tenantId, ctx.tenantId), isOneOf(persons.id, ids)))
  const at = new Map(people.map((one) => [one.id, one.organizationId]))
  const here = (personId: string) => (documents.get(personId) ?? []).map(({ document }) => document)
  const state = ids.flatMap((id) => [id, at.get(id) ?? '', ...here(id).map((one) => one.id)])
  return {
    seen: createHash('sha256').update(state.join(' ')).digest('hex'),
    addedTo: ({ personId, file }) =>
      here(personId)
        .filter(({ id }) => !file.items.some((one) => one.documentId === id))
        .map(({ id, title }) => ({ documentId: id, title })),
    goneFrom: ({ personId, file }) =>
      file.items.filter((one) => !here(personId).some(({ id }) => id === one.documentId)).map((one) => one.documentId),
    obstacleOf: (file) => obstacle(file, at.get(file.personId)),
  }
}

/** Why the file of a person can no longer be received. */
export function obstacle(
  { name, organizationId }: { name: string; organizationId: string },
  standsIn: string | undefined,
): string | null {
  if (standsIn === organizationId) return null
  return `${name}已不在发出时所在的组织：移交发出以后已另行转走，或已撤回登记`
}

/** The hand-overs of a person, for whoever reads the file and for the person. Where the training clock stood is theirs to know. */
export async function readPersonHandovers(ctx: Context, personId: string): Promise<PersonHandovers> {
  const person = found(await findPerson(ctx, personId), '位人员')
  found(maySeeHandovers(ctx.actor, person) ? person : undefined, '位人员')
  const rows = await ctx.db
    .select({ file: handoverFiles, from: sender.name, to: receiver.name })
    .from(handoverFiles)
    .innerJoin(
      sender,
      and(eq(sender.tenantId, handoverFiles.tenantId), eq(sender.id, handoverFiles.fromOrganizationId)),
    )
    .leftJoin(
      receiver,
      and(eq(receiver.tenantId, handoverFiles.tenantId), eq(receiver.id, handoverFiles.toOrganizationId)),
    )
    .where(and(eq(handoverFiles.tenantId, ctx.tenantId), eq(handoverFiles.personId, personId)))
    .orderBy(desc(handoverFiles.handoverId))
    .limit(50)
  const reads = ({ path, toPath }: typeof handoverFiles.$inferSelect) =>
    [path, toPath].some((it) => it !== null && ctx.actor.holds('read-files', it))
  return {
    items: rows.map(({ file, from, to }) => ({
      id: file.handoverId,
      number: file.number,
      from,
      to: to ?? file.outsideUnit ?? '',
      sentAt: file.sentAt.toISOString(),
      outcome: file.outcome,
      closedAt: file.closedAt?.toISOString() ?? null,
      clock: file.file.clock,
      can: { open: reads(file) },
    })),
  }
}

/** How a hand-over is numbered in its sending organisation. */
export const numberOf = ({ year, serial }: Pick<StoredHandover, 'year' | 'serial'>): string =>
  `移〔${year}〕${serial}号`

const sender = alias(organizations, 'sender')
const receiver = alias(organizations, 'receiver')
const ofSender = and(eq(sender.tenantId, handovers.tenantId), eq(sender.id, handovers.fromOrganizationId))
const ofReceiver = and(eq(receiver.tenantId, handovers.tenantId), eq(receiver.id, handovers.toOrganizationId))

const personOf = ({ personId, name, studentNumber, organizationId, organization }: StoredFile) => ({
  id: personId,
  name,
  studentNumber,
  organization: { id: organizationId, name: organization },
})

/** Of the own file a reader on one of the sides is shown no more than of the archive: nothing of papers that are closed to them. */
const ownPart = ({ file }: StoredFile): HandedFile => ({
  ...file,
  items: file.items.filter((it) => !it.isClosedToPerson),
  preChecks: [],
  properties: null,
})

/** How many names are shown of a list. */
const fewNames = 3

function rowOf(
  { actor }: Context,
  it: StoredHandover,
  { from, to, people }: { from: string; to: string | null; people: readonly (readonly [string, string])[] },
): HandoverRow {
  const { read: _, ...can } = may(actor, { ...it, personIds: people.map(([id]) => id) })
  return {
    id: it.id,
    number: numberOf(it),
    kind: it.kind,
    from: { id: it.fromOrganizationId, name: from },
    to: { id: it.toOrganizationId, name: to ?? it.outsideUnit ?? '' },
    personCount: people.length,
    names: people.slice(0, fewNames).map(([, name]) => name),
    sentBy: it.sentByName,
    sentAt: it.sentAt.toISOString(),
    outcome: it.outcome,
    closedBy: it.closedByName,
    closedAt: it.closedAt?.toISOString() ?? null,
    can,
  }
}
