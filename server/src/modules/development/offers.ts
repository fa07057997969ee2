import { actLabels, type FactOffer, findingIn, holdsIdentityNumber, isDay, maskIdentityNumber } from '@zhibu/rules'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { correctDocument } from '../archive/service.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { changePerson } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { act as actSchema } from './act-schema.ts'
import type { Leaving, OffersView, OfferView } from './offer-schema.ts'
import {
  factOf,
  hashOf,
  idOf,
  type OpenedOffers,
  openOffers,
  type PlacedOffer,
  personFields,
  takingOf,
} from './offered.ts'
import { refuseOwnFile } from './own-file.ts'
import type { File } from './queries.ts'
import { recordAct } from './service.ts'
import { developmentFactDecisions as decisions } from './tables.ts'

/**
 * What stands on a paper of a person and could be recorded, beside what is. It is a reading of the paper, and of the identity number
 * only the mask is shown. Nothing is offered of a paper in whose place another stands. With it comes the revision of the file.
 */
export async function readOffers(ctx: Context, documentId: string): Promise<{ view: OffersView; revision: number }> {
  const it = await openOffers(ctx, documentId)
  const namesakes = await namesakesOf(ctx, it.offers)
  return {
    revision: it.file.revision,
    view: {
      offers: it.offers.map((offer) => viewOf(it, offer, namesakes)),
      pagesRead: it.pagesRead,
      can: { decide: it.decides },
    },
  }
}

/**
 * Takes over what stands on a paper, as if it had been typed: with the same rights, checks and refusals. Returns the id of what was
 * written. Refused where the record has changed since, where more is needed than stands there, and in the own file.
 */
export async function takeOffer(ctx: Context, documentId: string, offerId: string, revision: number): Promise<string> {
  const it = await openOffers(ctx, documentId)
  refuseOwnFile(ctx.actor, it.file)
  const offer = openOffer(it, offerId)
  if (offer.left !== undefined)
    throw new Refusal('conflict', '这一项已有人决定不采用。如要采用，请先在“已处理”中恢复。')
  const taking = takingOf(it, offer)
  authorize(taking !== undefined, `采用“${offer.label}”`)
  const { personId } = it.file
  switch (taking?.how) {
    case 'record': {
      const { kind, on } = taking
      const act = actSchema.parse({ kind, on })
      return recordAct(ctx, personId, revision, { act, evidence: documentId })
    }
    case 'person': {
      const field = personFields[offer.field]
      if (field === undefined) break
      await changePerson(ctx, personId, revision, { set: { [field]: offer.value }, clear: [] })
      return personId
    }
    case 'document': {
      if (!isDay(offer.value)) break
      const { place, title, nature } = it.document
      const reason = '以材料上写的日期为准'
      return correctDocument(ctx, documentId, { place, title, nature, on: offer.value, reason })
    }
  }
  throw new Refusal('malformed', `“${offer.label}”还需要填写其他内容，请在打开的表单里填写后保存。`)
}

/** Decides that what stands on a paper is not taken over; it is not offered again until somebody takes that back. */
export async function leaveOffer(
  ctx: Context,
  documentId: string,
  offerId: string,
  { reason }: Leaving,
): Promise<void> {
  const it = await openOffers(ctx, documentId)
  refuseOwnFile(ctx.actor, it.file)
  authorize(it.decides, '处理材料上读到的内容')
  const offer = openOffer(it, offerId)
  const { personId, path } = it.file
  const row = {
    ...{ tenantId: ctx.tenantId, id: newId(), personId, path, documentId, contentId: it.content.id },
    ...{ fact: factOf(offer), valueHash: hashOf(ctx, offer), reason: reason ?? null },
    ...{ leftBy: ctx.actor.accountId, leftByName: ctx.actor.name },
  }
  await refuseDuplicates(ctx.db.insert(decisions).values(row), {
    development_fact_decisions_once: '这一项刚刚有人处理过。请刷新后查看。',
  })
  await record(ctx, 'development.fact-left', subjectOf(it.file), { ...told(it, offer), reason })
}

/** Takes back such a decision, whoever took it: it is offered again. */
export async function offerAgain(ctx: Context, documentId: string, offerId: string): Promise<void> {
  const it = await openOffers(ctx, documentId)
  refuseOwnFile(ctx.actor, it.file)
  authorize(it.decides, '处理材料上读到的内容')
  const offer = found(
    it.offers.find((one) => idOf(one) === offerId),
    '一项',
  )
  const taken = await ctx.db
    .update(decisions)
    .set({ takenBackBy: ctx.actor.accountId, takenBackAt: sql`now()` })
    .where(
      and(
        eq(decisions.tenantId, ctx.tenantId),
        eq(decisions.personId, it.file.personId),
        eq(decisions.contentId, it.content.id),
        eq(decisions.fact, factOf(offer)),
        eq(decisions.valueHash, hashOf(ctx, offer)),
        isNull(decisions.takenBackAt),
      ),
    )
    .returning({ id: decisions.id })
  if (taken.length === 0) throw new Refusal('conflict', '这一项没有“不采用”的记录，可能刚刚有人恢复过。请刷新后查看。')
  await record(ctx, 'development.fact-offered-again', subjectOf(it.file), told(it, offer))
}

interface Namesake {
  id: string
  name: string
  organization: string
  studentNumber: string | null
}

/** Who of those within the actor's reach has one of the names that are offered. */
async function namesakesOf(ctx: Context, offers: readonly PlacedOffer[]): Promise<Map<string, Namesake[]>> {
  const names = [...new Set(offers.filter(isMember).map((it) => it.value))]
  if (names.length === 0) return new Map()
  const { id, name, studentNumber } = persons
  const rows = await ctx.db
    .select({ id, name, studentNumber, organization: organizations.name })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, ctx.actor.rootsOf('read-files')),
        inArray(persons.name, names),
      ),
    )
    .orderBy(id)
    .limit(100)
  return Map.groupBy(rows, (it) => it.name)
}

const isMember = ({ field }: FactOffer): boolean =>
  field === 'contactPersons' || field === 'introducers' || field === 'talkers'

function viewOf(it: OpenedOffers, offer: PlacedOffer, namesakes: ReadonlyMap<string, readonly Namesake[]>): OfferView {
  const { field, label, state, page, lineOnPage: line, text, hasPicture, left } = offer
  const ofName = isMember(offer) ? (namesakes.get(offer.value) ?? []) : undefined
  return {
    ...{ id: idOf(offer), field, label, value: shown(offer), state, page, line, hasPicture },
    recorded: offer.recorded ?? null,
    finding: findingIn(offer) ?? null,
    doubt: offer.doubt ?? null,
    mark: markIn(text, offer),
    isPrivate: holdsIdentityNumber(text),
    namesakes: ofName?.map(({ name: _, ...namesake }) => namesake) ?? null,
    left: left === undefined ? null : { by: left.leftByName, at: left.leftAt.toISOString(), reason: left.reason },
    take: takingOf(it, offer) ?? null,
  }
}

/** Where characters stand in a line, in parts of its width: a Chinese one takes twice the room of a Latin one. */
function markIn(text: string, { from, until }: FactOffer): { from: number; width: number } {
  const roomOf = (part: string) => [...part].reduce((sum, it) => sum + (/[\u0020-\u007e]/.test(it) ? 1 : 2), 0)
  const whole = Math.max(1, roomOf(text))
  return { from: roomOf(text.slice(0, from)) / whole, width: roomOf(text.slice(from, until)) / whole }
}

function openOffer({ offers }: OpenedOffers, offerId: string): PlacedOffer {
  const offer = found(
    offers.find((it) => idOf(it) === offerId),
    '一项',
  )
  if (offer.state === 'same') throw new Refusal('conflict', `记录中的“${offer.label}”已经与材料一致，不用再处理。`)
  return offer
}

const shown = ({ field, value }: FactOffer): string => (field === 'identityNumber' ? maskIdentityNumber(value) : value)

/** What the journal keeps, which the person concerned reads: of a paper that is closed to them neither title nor words. */
const told = ({ document, place }: OpenedOffers, offer: PlacedOffer) => ({
  evidence: { documentId: document.id, ...(place.closedToPerson ? {} : { title: document.title }) },
  offered: offer.kind === undefined ? offer.label : actLabels[offer.kind],
  ...(place.closedToPerson ? {} : { stands: shown(offer) }),
})

const subjectOf = ({ personId, path }: File) => ({ kind: 'person', id: personId, orgPath: path, personId })
