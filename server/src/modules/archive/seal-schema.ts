import { z } from 'zod'
import { day, line, page, reason } from '../../platform/wire.ts'
import { listChange } from './filing-list-schema.ts'

/** What crosses the wire about closed files and about the soundness of contents. */

const owner = z.union([z.object({ personId: z.uuid() }), z.object({ organizationId: z.uuid() })])
const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })

/** The file that is to be closed; a supplement says why. */
export const newSeal = z.intersection(owner, z.object({ reason: reason.exactOptional() }))
export type NewSeal = z.infer<typeof newSeal>

const check = z.object({
  code: z.string(),
  property: z.enum(['authenticity', 'integrity', 'usability', 'security']),
  name: z.string(),
  result: z.enum(['met', 'unmet', 'notApplicable', 'unchecked']),
  evidence: z.string(),
})

/** The four properties of a closed file at a moment. */
export const fourProperties = z.object({
  moment: z.enum(['filing', 'transfer', 'preservation']),
  checks: z.array(check).readonly(),
})

export const sealRow = z.object({
  id: z.uuid(),
  /** 档号 */
  number: z.string(),
  version: z.number().int(),
  /** Of the metadata, in 64 hexadecimal figures. */
  sha256: z.string(),
  previous: z.string().nullable(),
  reason: z.string().nullable(),
  itemCount: z.number().int(),
  pageCount: z.number().int(),
  factCount: z.number().int(),
  sealedBy: z.string(),
  sealedAt: instant,
  report: fourProperties,
  /** The last examination since it was sealed; null where there was none yet. */
  examination: z.object({ report: fourProperties, by: z.string(), at: instant }).nullable(),
})
export type SealRow = z.infer<typeof sealRow>

/** How a file stands: its seals, the last one first, and what has come or gone since. */
export const closing = z.object({
  seals: z.array(sealRow),
  /** Titles of documents that stand in the file today and in no seal. */
  added: z.array(z.string()),
  /** Titles of documents of the last seal that stand in the file no more. */
  removed: z.array(z.string()),
  can: z.object({ seal: z.boolean(), export: z.boolean() }),
})
export type Closing = z.infer<typeof closing>

export const sealed = z.object({ id: z.uuid(), number: z.string(), version: z.number().int() })
export type Sealed = z.infer<typeof sealed>

/** How numbers are written: with 〔年度〕 and 〔序号〕, and 〔组织〕 for the code of the committee that keeps the file. */
const pattern = line.min(4, '请填写档号格式').max(60, '不超过 60 个字')
export const numbering = z.object({ pattern, reason })
export type Numbering = z.infer<typeof numbering>
/** What goes into a number. */
const numberParts = z.object({ organization: z.string(), year: z.number().int(), serial: z.number().int() })

export const numberingView = z.object({
  pattern,
  example: z.string(),
  /** Of some committees what goes into the number that they give next. */
  next: z.array(numberParts.extend({ name: z.string() })),
  can: z.object({ change: z.boolean() }),
})
export type NumberingView = z.infer<typeof numberingView>

/** One change of how numbers are written; without a reason where it was made before reasons were asked for. */
export const numberingChange = listChange.extend({ reason: z.string().nullable() })
export type NumberingChange = z.infer<typeof numberingChange>
export const numberingChanges = page(numberingChange)

/** What the nightly look at all contents has found. */
export const soundness = z.object({
  contents: z.number().int(),
  /** Looked at at least once. */
  checked: z.number().int(),
  /** The day of the oldest last look; null while some were never looked at. */
  oldestOn: day.nullable(),
  lastAt: instant.nullable(),
  /** Contents that are not what was filed, with the documents of the reader's reach that have them. */
  problems: z.array(
    z.object({
      contentId: z.string(),
      result: z.enum(['missing', 'changed']),
      checkedAt: instant,
      documents: z.array(z.object({ id: z.uuid(), title: z.string(), person: named.nullable(), organization: named })),
    }),
  ),
})
export type SoundnessView = z.infer<typeof soundness>
