import { z } from 'zod'
import { codesOf } from '../../platform/wire.ts'
import { type PaperState, paperStateNames } from '../certificates/names-schema.ts'
import { certificateText } from '../certificates/schema.ts'

/** What crosses the wire about the certificates of a closed programme. */

const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

/** A certificate that was issued for a programme. */
const issuedCertificate = z.object({
  id: z.uuid(),
  number: z.string(),
  isRevoked: z.boolean(),
  isFiled: z.boolean(),
  paper: codesOf<PaperState>(paperStateNames),
})

/** What is printed, as the records propose it and as whoever issues has changed it. */
export const certifyingWanted = certificateText.extend({
  /** Each with the hours that were recorded of them, in the place of `hours`. */
  hoursOfEach: z.boolean(),
})
export type CertifyingWanted = z.infer<typeof certifyingWanted>

/** The certificates of a closed programme, for whoever runs it: everybody who passed. */
export const certifyingView = z.object({
  programme: named,
  organization: named,
  proposed: certifyingWanted,
  items: z.array(
    z.object({
      person: named,
      organization: z.string(),
      hours: z.number(),
      isOwn: z.boolean(),
      certificate: issuedCertificate.nullable(),
    }),
  ),
  /** The act in which the last of them were issued. */
  batchId: z.uuid().nullable(),
  /** As what the papers are filed in the archives; null where there is no place for them. */
  place: z.string().nullable(),
  can: z.object({ issue: z.boolean() }),
})
export type CertifyingView = z.infer<typeof certifyingView>

/** How many were issued, how many had one, and how many are left out because one issues oneself none. */
export const certified = z.object({
  batchId: z.uuid().nullable(),
  issued: count,
  already: count,
  isOwnLeftOut: z.boolean(),
})
export type Certified = z.infer<typeof certified>

/** Goes on behind this participant; null: from the first. */
export const evidenceWanted = z.object({ after: count.nullable() })
export const evidenceDone = z.object({
  filed: count,
  /** Whose paper could not be filed, and why. */
  refused: z.array(z.object({ person: named, problem: z.string() })),
  next: count.nullable(),
})
export type EvidenceDone = z.infer<typeof evidenceDone>
