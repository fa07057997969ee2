import { contentKinds } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, pageSize, page as pageWith, reason } from '../../platform/wire.ts'
import { documentNatures, filingPlace, owner } from './schema.ts'

/** What crosses the wire about packages of closed files that come from elsewhere. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const digest = z.string()

/** So many documents of one package are taken over, in one transaction that holds a few locks of the database for each. */
export const mostReceived = 500

/** Which package is looked at; the person or the organisation, where one was chosen that is not found by number or name. */
export const receptionQuestion = z.object({
  uploadId: z.uuid(),
  personId: z.uuid().exactOptional(),
  organizationId: z.uuid().exactOptional(),
})
export type ReceptionQuestion = z.infer<typeof receptionQuestion>

const itemNumber = z.number().int().min(1)

/** Into whose file the package goes, and what becomes of each of its documents: a place of the filing list, or why it is left out. */
export const newReception = z.intersection(
  owner,
  z.object({
    uploadId: z.uuid(),
    items: z
      .array(
        z.union([
          z.object({ number: itemNumber, place: filingPlace }),
          z.object({ number: itemNumber, leftOut: reason }),
        ]),
      )
      .min(1, '包中没有材料')
      .max(mostReceived, `一次最多接收 ${mostReceived} 份`),
  }),
)
export type NewReception = z.infer<typeof newReception>

/** Of which seal of which file a package is, and who closed it. */
const sealedBy = {
  /** 档号 */
  number: z.string(),
  version: z.number().int(),
  title: z.string(),
  /** 立档单位 */
  sender: z.string(),
  sealedBy: z.string(),
  sealedAt: instant,
}

/** Digests in 64 hexadecimal figures. */
const digests = z.object({ package: digest, tagManifest: digest, metadata: digest })

/** What a package says of the person or the organisation. */
const receivedFact = z.object({
  on: day.nullable(),
  what: z.string(),
  details: z.string(),
  basis: z.string().nullable(),
  recordedBy: z.string(),
})
export type ReceivedFact = z.infer<typeof receivedFact>

/** A package that has been read whole and is what was packed: what it says, and where that would go here. */
export const receptionCheck = z.object({
  ...sealedBy,
  /** Why there was a supplement. */
  reason: z.string().nullable(),
  /** Digest of the seal before, and whether that one was taken over here. */
  previous: z.object({ sha256: digest, isHere: z.boolean() }).nullable(),
  subject: z.object({
    kind: z.enum(['person', 'organization']),
    name: z.string(),
    number: z.string().nullable(),
    organization: z.string(),
  }),
  digests,
  items: z.array(
    z.object({
      number: z.number().int(),
      /** What the sender calls its place, and the place of that name here. */
      place: z.string(),
      placeHere: z.string().nullable(),
      title: z.string(),
      on: day.nullable(),
      nature: z.enum(documentNatures),
      kind: z.enum(contentKinds).nullable(),
      pages: z.number().int().nullable(),
      /** As counted here. */
      pagesHere: z.number().int().nullable(),
      sizeBytes: z.number().int(),
      /** Why it cannot be filed here. */
      refused: z.string().nullable(),
    }),
  ),
  facts: z.array(receivedFact),
  /** Persons or organisations here whose file it may be, those with the same number first. */
  candidates: z.array(
    named.extend({
      /** 学号、工号 or the code of the organisation. */
      number: z.string().nullable(),
      /** To which the person belongs, or below which the organisation stands. */
      organization: z.string(),
      by: z.enum(['number', 'name', 'chosen']),
      /** What of the package lies in their file already, by its content. */
      present: z.array(z.object({ number: z.number().int(), title: z.string(), placeLabel: z.string() })),
      received: z
        .object({
          id: z.uuid(),
          by: z.string(),
          at: instant,
          /** Whether nothing of it was taken then. */
          isRefused: z.boolean(),
        })
        .nullable(),
    }),
  ),
  /** The places of the filing list for what is received. */
  places: z.array(z.object({ code: z.string(), label: z.string(), contents: z.array(z.enum(contentKinds)) })),
})
export type ReceptionCheck = z.infer<typeof receptionCheck>

export const receptionsQuery = z.object({
  personId: z.uuid().optional(),
  organizationId: z.uuid().optional(),
  cursor,
  limit: pageSize,
})
export type ReceptionsQuery = z.infer<typeof receptionsQuery>

export const receptionRow = z.object({
  id: z.uuid(),
  ...sealedBy,
  /** Into whose file it went; null where it is that of the organisation itself. */
  person: named.nullable(),
  organization: named,
  /** How many documents were filed, lay here already, were left out. */
  filed: z.number().int(),
  present: z.number().int(),
  leftOut: z.number().int(),
  acceptedBy: z.string(),
  acceptedAt: instant,
})
export type ReceptionRow = z.infer<typeof receptionRow>
export const receptions = pageWith(receptionRow)

/** A document of a package that was taken over. */
export const receivedItem = z.object({
  number: z.number().int(),
  title: z.string(),
  on: day.nullable(),
  /** What the sender calls its place. */
  place: z.string(),
  pages: z.number().int().nullable(),
  fate: z.enum(['filed', 'present', 'leftOut']),
  reason: z.string().nullable(),
  /** Where it lies here. */
  documentId: z.uuid().nullable(),
})
export type ReceivedItem = z.infer<typeof receivedItem>

export const receptionView = receptionRow.extend({
  digests,
  items: z.array(receivedItem),
  /** What the package says of its subject. Nothing of it was recorded here. */
  facts: z.array(receivedFact),
  can: z.object({ download: z.boolean() }),
})
export type ReceptionView = z.infer<typeof receptionView>
