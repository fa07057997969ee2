import { actKinds, offeredFields } from '@zhibu/rules'
import { z } from 'zod'
import { day } from '../../platform/wire.ts'
import { written } from './act-schema.ts'

/** What crosses the wire about facts that stand on a paper. */

/** An offer on a document: what it would be, and where it stands. Holds nothing of what is written there. */
export const offerId = z.string().regex(/^[A-Za-z]{1,30}(?:\.[A-Za-z]{1,30})?-\d{1,6}-\d{1,6}-\d{1,6}$/, '没有这一项')

/** How an offer is taken: at once, or in a form that opens with what is known filled in. */
const taking = z.discriminatedUnion('how', [
  z.strictObject({ how: z.enum(['person', 'document']) }),
  z.strictObject({ how: z.literal('record'), kind: z.enum(actKinds), on: day }),
  z.strictObject({
    how: z.literal('form'),
    kind: z.enum(actKinds),
    /** The act to be corrected; a new one is recorded where it is absent. */
    actId: z.uuid().exactOptional(),
    on: day.exactOptional(),
    names: z.array(z.string()).exactOptional(),
  }),
])
export type Taking = z.infer<typeof taking>

export const factOffer = z.strictObject({
  id: z.string(),
  field: z.enum(offeredFields),
  label: z.string(),
  /** As it may be shown: of an identity number the mask. */
  value: z.string(),
  state: z.enum(['same', 'unrecorded', 'different']),
  recorded: z.string().nullable(),
  /** What does not fit, in Chinese. */
  finding: z.string().nullable(),
  doubt: z.string().nullable(),
  /** Where it stands; pages and lines count from 1. The mark is in parts of the width of the line. */
  page: z.number().int(),
  line: z.number().int(),
  mark: z.strictObject({ from: z.number(), width: z.number() }),
  /** Whether the line can be shown as a picture, and whether that is a reading of the identity number. */
  hasPicture: z.boolean(),
  isPrivate: z.boolean(),
  /** Those of this name within the reader's reach; null where it is not about a name. */
  namesakes: z
    .array(z.strictObject({ id: z.uuid(), organization: z.string(), studentNumber: z.string().nullable() }))
    .nullable(),
  /** Set where somebody has decided not to take it. */
  left: z.strictObject({ by: z.string(), at: z.string(), reason: z.string().nullable() }).nullable(),
  take: taking.nullable(),
})
export type OfferView = z.infer<typeof factOffer>

export const factOffers = z.strictObject({
  offers: z.array(factOffer),
  /** How many pages were read of those that are looked at. */
  pagesRead: z.number().int(),
  can: z.strictObject({ decide: z.boolean() }),
})
export type OffersView = z.infer<typeof factOffers>

export const leaving = z.object({ reason: written.min(2, '请写明原因').max(500).exactOptional() })
export type Leaving = z.infer<typeof leaving>
