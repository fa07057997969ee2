import { actKinds, contentKinds, signatures } from '@zhibu/rules'
import { z } from 'zod'
import { largestUploadBytes } from '../../platform/content/incoming-schema.ts'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { cursor, day, line, page, pageSize, reason } from '../../platform/wire.ts'

/** What crosses the wire about documents of the archive. */

/** What the file was made from: the paper original, a copy of it, or nothing on paper. */
export const documentNatures = ['original', 'copy', 'electronic'] as const
export type DocumentNature = (typeof documentNatures)[number]

/** Where the text of a page comes from: the file brings it along, or it was recognised on the picture; `none` where neither is so. */
export const pageTextSources = ['file', 'recognised', 'none'] as const
export type PageTextSource = (typeof pageTextSources)[number]

/** The largest file that is taken. */
export const largestFileBytes = largestUploadBytes

const fileName = line.overwrite(withoutNumbers).min(1, '请给出文件名').max(255, '文件名不超过 255 个字')
const title = line.overwrite(withoutNumbers).min(1, '请填写题名').max(200, '题名不超过 200 个字')
/** Why something is done that is not usual. */
/** The code of a place of the filing list. */
export const filingPlace = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/, '没有这一类材料')
const nature = z.enum(documentNatures)
/** Signatures and seals that are not on the paper; empty: all are there. */
const lacks = z.array(z.enum(signatures)).max(signatures.length)
const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })

export const newUpload = z.object({
  fileName,
  sizeBytes: z.number().int().min(1, '这是一个空文件').max(largestFileBytes, '单个文件不超过 10 GB'),
})
export type NewUpload = z.infer<typeof newUpload>

/** Whose document: a person's, or an organisation's own. */
export const owner = z.union([z.object({ personId: z.uuid() }), z.object({ organizationId: z.uuid() })])

const described = z.object({
  place: filingPlace,
  /** The label of the place unless given. */
  title: title.exactOptional(),
  on: day.exactOptional(),
  nature,
  /** Absent where nobody has looked. */
  lacks: lacks.exactOptional(),
})

export const newDocument = z.intersection(owner, described.extend({ uploadId: z.uuid() }))
/** A document whose content lies in the store already. */
export type DocumentToFile = z.infer<typeof owner> & z.infer<typeof described>
export type NewDocument = z.infer<typeof newDocument>

/** Another file in the place of the one before; what is not given stays. */
export const newVersion = z.object({
  uploadId: z.uuid(),
  reason,
  on: day.exactOptional(),
  nature: nature.exactOptional(),
  /** Absent where nobody has looked at the new file: of the one before nothing is kept. */
  lacks: lacks.exactOptional(),
})
export type NewVersion = z.infer<typeof newVersion>

/**
 * The same file described anew: another place, title or day; an absent day is none. What the paper lacks stays as noted where it
 * is absent, unless it goes to another place.
 */
export const documentCorrection = described.extend({ reason })
export type DocumentCorrection = z.infer<typeof documentCorrection>

export const withdrawal = z.object({ reason })
export type Withdrawal = z.infer<typeof withdrawal>

/** The answers of the policy for a document. */
export const documentCan = z.object({ read: z.boolean(), download: z.boolean(), change: z.boolean() })

/** A document as lists show it. */
export const documentRow = z.object({
  id: z.uuid(),
  place: z.string(),
  title: z.string(),
  on: day.nullable(),
  nature,
  /** Null where nobody has looked, or the reader does not read the paper. */
  lacks: lacks.nullable(),
  kind: z.enum(contentKinds),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  pageCount: z.number().int().nullable(),
  filedBy: z.string(),
  filedAt: instant,
  /** How many rows it has superseded. */
  version: z.number().int(),
  destroyedOn: day.nullable(),
  can: documentCan,
})
export type DocumentRow = z.infer<typeof documentRow>

/** A place of the filing list with what has been filed there, and what the reader may do. */
export const placeView = z.object({
  code: z.string(),
  number: z.string(),
  label: z.string(),
  deliveredBy: z.string(),
  isSensitive: z.boolean(),
  isClosedToPerson: z.boolean(),
  retention: z.string(),
  contents: z.array(z.enum(contentKinds)),
  several: z.boolean(),
  /** Taken out of use by the university: nothing is filed there any more. */
  isOutOfUse: z.boolean(),
  /** Who signs or seals its papers; to be verified where the rules do not say it. */
  signatures: z.array(z.object({ by: z.enum(signatures), isToVerify: z.boolean() })),
  documents: z.array(documentRow),
  can: z.object({ file: z.boolean() }),
})
export type PlaceView = z.infer<typeof placeView>

/** The whole archive of one person or of one organisation. */
export const archive = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), studentNumber: z.string().nullable() }).nullable(),
  organization: named,
  /** In the order of the filing list. */
  places: z.array(placeView),
  /** Rows that were superseded or taken out. */
  formerCount: z.number().int(),
  can: z.object({ seeSeals: z.boolean() }),
})
export type Archive = z.infer<typeof archive>

/** The package of another keeper in which a document came. */
const documentOrigin = z.object({
  receptionId: z.uuid(),
  /** 档号 */
  number: z.string(),
  version: z.number().int(),
  sender: z.string(),
  sealedBy: z.string(),
  sealedAt: instant,
  /** Of the metadata of the seal. */
  sha256: z.string(),
})

/** A document with what became of it, the newest row first. */
export const documentView = documentRow.extend({
  person: named.nullable(),
  organization: named,
  placeLabel: z.string(),
  /** The acts that the papers of the place prove. */
  evidences: z.array(z.enum(actKinds)),
  isSensitive: z.boolean(),
  /** Whether a scanner for malware has looked at it. */
  isScanned: z.boolean(),
  /** Which row stands in its place now; null where it is this one. */
  supersededBy: z.uuid().nullable(),
  isWithdrawn: z.boolean(),
  /** Null where it was filed here first. */
  origin: documentOrigin.nullable(),
  history: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      placeLabel: z.string(),
      on: day.nullable(),
      fileName: z.string(),
      reason: z.string().nullable(),
      isWithdrawal: z.boolean(),
      filedBy: z.string(),
      filedAt: instant,
    }),
  ),
})
export type DocumentView = z.infer<typeof documentView>

export const documentsQuery = z.object({
  /** A part of the title or of the file's name. */
  q: line.max(50).optional(),
  organizationId: z.uuid().optional(),
  place: filingPlace.optional(),
  cursor,
  limit: pageSize,
})
export type DocumentsQuery = z.infer<typeof documentsQuery>

/** A document in the list over many persons. */
export const filedRow = documentRow.extend({
  person: named.nullable(),
  organization: named,
  placeLabel: z.string(),
})
export type FiledRow = z.infer<typeof filedRow>
export const filedDocuments = page(filedRow)

/** What of a document can be looked at in the page. Of `pages`, `html` and `sheets` one is filled; none where it cannot be shown. */
export const documentSight = z.object({
  kind: z.enum(contentKinds),
  /** Sizes in points or pixels: only their proportion matters. */
  pages: z.array(z.object({ width: z.number(), height: z.number() })).nullable(),
  /** Of a Word document, with nothing in it that runs. */
  html: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())), isCut: z.boolean() })).nullable(),
  /** Written across what a helper looks at. */
  watermark: z.string().nullable(),
})
export type DocumentSight = z.infer<typeof documentSight>

export const pictureQuery = z.object({
  width: z.coerce.number().int().min(40).max(2400).default(1200),
  turn: z.coerce
    .number()
    .pipe(z.literal([0, 90, 180, 270], '只能转 0、90、180、270 度'))
    .default(0),
})
export type PictureQuery = z.infer<typeof pictureQuery>

/** A line of text on a page; its box is in fractions of the page, absent where the text has no place. */
export const pageLine = z.object({
  text: z.string(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
  /** False where a person should look at what was recognised. */
  isSure: z.boolean(),
})
export type PageLine = z.infer<typeof pageLine>

/** The text of a document as far as it was read. */
export const documentText = z.object({
  pages: z.array(
    z.object({
      page: z.number().int(),
      source: z.enum(pageTextSources),
      lines: z.array(pageLine),
      failure: z.string().nullable(),
    }),
  ),
  /** How many pages there are to be read; null where the content has no text that can be read. */
  pageCount: z.number().int().nullable(),
})
export type DocumentText = z.infer<typeof documentText>

export const created = z.object({ id: z.uuid() })

export const disposalsQuery = z.object({ cursor, limit: pageSize })
export type DisposalsQuery = z.infer<typeof disposalsQuery>

export const newDisposal = z.object({
  documentIds: z.array(z.uuid()).min(1, '请选择要销毁的材料').max(500, '一次最多 500 份'),
  reason,
})
export type NewDisposal = z.infer<typeof newDisposal>

export const disposalDecision = z.object({ decision: z.enum(['approved', 'refused']), reason })
export type DisposalDecision = z.infer<typeof disposalDecision>

/** Documents that may stand on a disposal list today, and why. */
export const disposable = z.object({
  id: z.uuid(),
  title: z.string(),
  placeLabel: z.string(),
  person: named.nullable(),
  filedAt: instant,
  why: z.string(),
})
export type Disposable = z.infer<typeof disposable>
export const disposables = page(disposable)

export const disposalRow = z.object({
  id: z.uuid(),
  organization: named,
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: instant,
  decision: z.enum(['approved', 'refused']).nullable(),
  decisionReason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  documents: z.array(
    z.object({ id: z.uuid(), title: z.string(), placeLabel: z.string(), person: named.nullable(), filedAt: instant }),
  ),
  can: z.object({ decide: z.boolean() }),
})
export type DisposalRow = z.infer<typeof disposalRow>
export const disposals = page(disposalRow)
