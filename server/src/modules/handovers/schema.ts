import { stages } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { fourProperties } from '../archive/seal-schema.ts'

/** What crosses the wire about hand-overs of files (档案移交). */

/** 转专业、毕业、转出、其他 */
export const handoverKinds = ['majorChange', 'graduation', 'transferOut', 'other'] as const
export type HandoverKind = (typeof handoverKinds)[number]

export const handoverOutcomes = ['accepted', 'returned', 'withdrawn'] as const
export type HandoverOutcome = (typeof handoverOutcomes)[number]

export const comparisonResults = ['paperMissing', 'differs'] as const
export type ComparisonResult = (typeof comparisonResults)[number]

/** The most persons of one hand-over. */
export const mostHandedOver = 200

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const personIds = z.array(z.uuid()).min(1, '请至少选择一人').max(mostHandedOver, `一次最多移交 ${mostHandedOver} 人`)
const remark = prose.max(500, '不超过 500 个字')

/** Whose files; `withPapers` says whether the papers go along with their scans. */
export const handoverPreview = z.object({ personIds, withPapers: z.boolean().default(true) })
export type HandoverPreview = z.infer<typeof handoverPreview>

/** A hand-over to another organisation of the university, or to a unit outside. */
export const newHandover = handoverPreview.extend({
  to: z.union([
    z.object({ organizationId: z.uuid() }),
    z.object({ outsideUnit: line.min(2, '请填写接收单位的全称').max(100, '不超过 100 个字') }),
  ]),
  kind: z.enum(handoverKinds),
  note: remark.exactOptional(),
})
export type NewHandover = z.infer<typeof newHandover>

/** A document as it stood in the file when it was sent. */
export const handedItem = z.object({
  documentId: z.uuid(),
  number: z.number().int(),
  place: z.string(),
  title: z.string(),
  on: day.nullable(),
  pages: z.number().int().nullable(),
  /** `sha256-…` or `sm3-…` of the content. */
  digest: z.string(),
  /** Whether the paper goes along. */
  hasPaper: z.boolean(),
  isClosedToPerson: z.boolean(),
})
export type HandedItem = z.infer<typeof handedItem>

/** Where the time of training or the probation stands. */
export const clock = z.object({
  kind: z.enum(['training', 'probation']),
  sinceOn: day,
  days: z.number().int(),
  cited: z.string(),
})

/** Something to be mended before the file goes, or to be told to the receiver. */
export const preCheck = z.object({ kind: z.enum(['missing', 'contradiction', 'seal']), text: z.string() })
export type PreCheck = z.infer<typeof preCheck>

/** The file of one person as it was handed over: never changed afterwards. */
export const handedFile = z.object({
  items: z.array(handedItem),
  facts: z.array(z.object({ on: day.nullable(), what: z.string() })),
  seal: z.object({ id: z.uuid(), number: z.string(), version: z.number().int(), sha256: z.string() }).nullable(),
  stage: z.enum(stages).nullable(),
  clock: clock.nullable(),
  next: z.object({ what: z.string(), latestOn: day.nullable() }).nullable(),
  preChecks: z.array(preCheck),
  /** Of a sealed file. */
  properties: fourProperties.nullable(),
})
export type HandedFile = z.infer<typeof handedFile>

const personOfHandover = z.object({
  id: z.uuid(),
  name: z.string(),
  studentNumber: z.string().nullable(),
  organization: named,
})

/** What would go, and what is to be mended first. */
export const previewed = z.object({
  files: z.array(z.object({ person: personOfHandover, file: handedFile })),
})
export type Previewed = z.infer<typeof previewed>

const comparisonRow = z.object({ documentId: z.uuid(), result: z.enum(comparisonResults), remark })
export type ComparisonRow = z.infer<typeof comparisonRow>

/**
 * What the receiver found: everybody whose file was compared, and the items that did not arrive as listed. `seen` is that of the
 * hand-over as it was read: what was filed since has to be seen first.
 */
export const acceptance = z.object({
  seen: z.string().max(100),
  on: day,
  compared: z.array(z.object({ personId: z.uuid(), exceptions: z.array(comparisonRow).max(500) })).max(mostHandedOver),
  reservations: remark.exactOptional(),
})
export type Acceptance = z.infer<typeof acceptance>

/** Sending back and withdrawing say why. */
export const closure = z.object({ reason })
export type Closure = z.infer<typeof closure>

/** The receipt of a unit outside: the day on it, who signed, and its scan where it was filed as 档案移交清单、接收回执. */
export const outsideReceipt = z.object({
  on: day,
  signedBy: line.min(2, '请填写签收人').max(50, '不超过 50 个字'),
  documentId: z.uuid().exactOptional(),
})
export type OutsideReceipt = z.infer<typeof outsideReceipt>

export const handoversQuery = z.object({
  /** Only what waits for the reader's side to be received. */
  waiting: z.stringbool().default(false),
  /** Only what is under way. */
  open: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type HandoversQuery = z.infer<typeof handoversQuery>

const can = z.object({
  withdraw: z.boolean(),
  accept: z.boolean(),
  sendBack: z.boolean(),
  enterReceipt: z.boolean(),
})

/** A hand-over in the list. */
export const handoverRow = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(handoverKinds),
  from: named,
  /** Without an id: a unit outside. */
  to: z.object({ id: z.uuid().nullable(), name: z.string() }),
  personCount: z.number().int(),
  /** Of some of them. */
  names: z.array(z.string()),
  sentBy: z.string(),
  sentAt: instant,
  outcome: z.enum(handoverOutcomes).nullable(),
  closedBy: z.string().nullable(),
  closedAt: instant.nullable(),
  can,
})
export type HandoverRow = z.infer<typeof handoverRow>
export const handovers = page(handoverRow)

/** A hand-over with everything that both sides need. */
export const handoverView = handoverRow.extend({
  note: z.string().nullable(),
  withPapers: z.boolean(),
  /** The reason of a return or withdrawal, or what was reserved on acceptance. */
  closingNote: z.string().nullable(),
  /** The day of the move, or that on the receipt of a unit outside. */
  receivedOn: day.nullable(),
  /** The receipt of a unit outside. */
  receipt: z.object({ signedBy: z.string(), documentId: z.uuid().nullable() }).nullable(),
  /** Of the list of what is handed over; stands on both papers. */
  listDigest: z.string(),
  /** Of the files as they stand now, for the acceptance; null once it is closed. */
  seen: z.string().nullable(),
  files: z.array(
    z.object({
      person: personOfHandover,
      file: handedFile,
      /** What has come into the file since it was sent, and which of the items stand there no more. */
      added: z.array(z.object({ documentId: z.uuid(), title: z.string() })),
      gone: z.array(z.uuid()),
      /** Why the file cannot be received; null where it can. */
      obstacle: z.string().nullable(),
      exceptions: z.array(comparisonRow),
    }),
  ),
})
export type HandoverView = z.infer<typeof handoverView>

/** The hand-overs of one person as their page shows them, the last one first. */
export const personHandovers = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      from: z.string(),
      to: z.string(),
      sentAt: instant,
      outcome: z.enum(handoverOutcomes).nullable(),
      closedAt: instant.nullable(),
      clock: clock.nullable(),
      can: z.object({ open: z.boolean() }),
    }),
  ),
})
export type PersonHandovers = z.infer<typeof personHandovers>

export const created = z.object({ id: z.uuid() })
