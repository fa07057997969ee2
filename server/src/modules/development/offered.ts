import { type FactOffer, isDay, isRecordedByDay, type OfferRecord, offersOf } from '@zhibu/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { found } from '../../platform/refusal.ts'
import { type PageText, textsOf } from '../archive/page-texts.ts'
import { supersederOf } from '../archive/queries.ts'
import { openForSight } from '../archive/sight.ts'
import { may as mayWithPerson } from '../people/policy.ts'
import { findPerson } from '../people/queries.ts'
import { idNumberHash } from '../people/sealing.ts'
import type { Taking } from './offer-schema.ts'
import { isOwnFile, may } from './policy.ts'
import { findFile } from './queries.ts'
import { developmentFactDecisions as decisions } from './tables.ts'

/** On these first pages of a document facts are looked for. */
const mostPages = 10

/** An offer with where it stands: pages and lines count from 1. */
export interface PlacedOffer extends FactOffer {
  page: number
  lineOnPage: number
  text: string
  hasPicture: boolean
  /** What it would be and the hash of its value: knows the same again on the same content. */
  key: string
  /** The decision not to take it, where there is one. */
  left: LeftRow | undefined
}

/** A paper of a person with what is offered of it, and what the actor may do. */
export type OpenedOffers = Awaited<ReturnType<typeof openOffers>>

/** Opens a paper of a person for what stands on it, which is a reading of it. Nothing is offered of a paper in whose place another stands. */
export async function openOffers(ctx: Context, documentId: string) {
  const opened = await openForSight(ctx, documentId)
  const { document, content, place, can } = opened
  const personId = found(document.personId ?? undefined, '份个人材料')
  const file = found(await findFile(ctx, personId), '份档案')
  const person = found(await findPerson(ctx, personId), '位人员')
  const canOfPerson = mayWithPerson(ctx.actor, person)
  const isCurrent = (await supersederOf(ctx, documentId)) === undefined
  const pages = isCurrent ? await textsOf(ctx, content.id, { from: 1, to: mostPages }) : []
  const isOwn = isOwnFile(ctx.actor, file)
  const seen = may(ctx.actor, file)
  const recorded: OfferRecord = {
    acts: file.facts.acts.filter((it) => seen.see.includes(it.kind)),
    documentOn: document.on,
    ...(canOfPerson.see.includes('name') && { name: person.name }),
    ...(canOfPerson.see.includes('studentNumber') && { studentNumber: person.studentNumber }),
    ...(canOfPerson.see.includes('bornOn') && { bornOn: person.bornOn }),
    ...(canOfPerson.see.includes('idNumber') && { isIdentityNumber: sameNumber(ctx, person) }),
  }
  const left = await leftOn(ctx, personId, content.id)
  const offers = placed(pages, (lines) => offersOf(place, lines, recorded)).map((it): PlacedOffer => {
    const key = `${factOf(it)} ${hashOf(ctx, it)}`
    return { ...it, key, left: left.get(key) }
  })
  return {
    document,
    content,
    place,
    file,
    pagesRead: pages.length,
    // A helper is told of the acts of the task alone.
    offers: offers.filter(({ kind }) => kind === undefined || seen.see.includes(kind)),
    records: seen.record,
    changesFields: isOwn ? [] : canOfPerson.changeFields,
    decides: can.file && !isOwn && isCurrent,
  }
}

function sameNumber(ctx: Context, person: { idNumberSealed: string | null; idNumberHash: string | null }) {
  if (person.idNumberSealed === null) return null
  return (number: string) => idNumberHash(ctx.encryption, number) === person.idNumberHash
}

/** The offers in the lines of all pages together, each with its page and the line there. */
function placed(pages: readonly PageText[], offersIn: (lines: PageText['lines']) => FactOffer[]) {
  const lines = pages.flatMap(({ page, lines }) => lines.map((it, at) => ({ ...it, page, at })))
  return offersIn(lines).flatMap((offer) => {
    const it = lines[offer.line]
    if (it === undefined) return []
    return [{ ...offer, page: it.page, lineOnPage: it.at + 1, text: it.text, hasPicture: it.box !== null }]
  })
}

/** The fields of the register in which a fact may stand. */
export const personFields: Partial<Record<FactOffer['field'], 'studentNumber' | 'bornOn' | 'idNumber'>> = {
  studentNumber: 'studentNumber',
  bornOn: 'bornOn',
  identityNumber: 'idNumber',
}

/** How an offer is taken; undefined where the record agrees, it was left, the actor may not, or a name only tells that the paper may be misplaced. */
export function takingOf(
  { records, changesFields, decides, offers }: OpenedOffers,
  offer: PlacedOffer,
): Taking | undefined {
  const { field, kind, state, actId, value } = offer
  if (state === 'same' || offer.left !== undefined) return undefined
  if (field === 'documentOn') return decides ? { how: 'document' } : undefined
  const personField = personFields[field]
  if (personField !== undefined) return changesFields.includes(personField) ? { how: 'person' } : undefined
  if (kind === undefined || !records.includes(kind)) return undefined
  const at = actId === undefined ? {} : { actId }
  if (field === 'actDay') {
    if (!isDay(value)) return undefined
    const isEnough = actId === undefined && isRecordedByDay(kind)
    return isEnough ? { how: 'record', kind, on: value } : { how: 'form', kind, on: value, ...at }
  }
  const others = offers.filter((it) => it.kind === kind && it !== offer && it.left === undefined)
  const names = [...new Set([offer, ...others.filter((it) => it.field === field)].map((it) => it.value))]
  const on = others
    .filter((it) => it.field === 'actDay' && actId === undefined)
    .map((it) => it.value)
    .find(isDay)
  return { how: 'form', kind, names, ...(on !== undefined && { on }), ...at }
}

/** A decision not to take a fact. */
export type LeftRow = typeof decisions.$inferSelect

/** The decisions that count about a content, by `key`. */
async function leftOn(ctx: Context, personId: string, contentId: string): Promise<Map<string, LeftRow>> {
  const rows = await ctx.db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.tenantId, ctx.tenantId),
        eq(decisions.personId, personId),
        eq(decisions.contentId, contentId),
        isNull(decisions.takenBackAt),
      ),
    )
  return new Map(rows.map((row) => [`${row.fact} ${row.valueHash}`, row]))
}

/** What a fact would be in the record, in one word. */
export const factOf = ({ field, kind }: FactOffer): string => (kind === undefined ? field : `${field}.${kind}`)

/** What an offer is called in addresses: nothing of what stands there. */
export const idOf = (it: PlacedOffer): string => `${factOf(it)}-${it.page}-${it.lineOnPage}-${it.from}`

/** Knows the same words again without keeping them. */
export const hashOf = (ctx: Context, it: FactOffer): string => ctx.encryption.keyedHash(`fact:${it.value}`)
