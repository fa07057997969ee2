import { z } from 'zod'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { cursor, day, line, page, pageSize } from '../../platform/wire.ts'
import { documentNatures } from '../archive/schema.ts'

/** What crosses the wire about stacks of paper on their way into the archive. */

/** How a stack came: files on a page, photos of a phone, a folder that is watched. */
export const stackSources = ['page', 'phone', 'folder'] as const
export type StackSource = (typeof stackSources)[number]

/** How far a stack has come: files are added, its pages are read, its parts are looked at and filed, it is closed. */
export const stackStates = ['adding', 'reading', 'sorting', 'closed'] as const
export type StackState = (typeof stackStates)[number]

/**
 * On what the proposal for a part rests: the code of a cover sheet, such a code on a page that carries other text and may be no cover,
 * the text on it, what a person said; null where nothing was found.
 */
export const partBases = ['code', 'codeOnPaper', 'text', 'person'] as const
export type PartBasis = (typeof partBases)[number]

export const partStates = ['proposed', 'filed', 'dropped'] as const
export type PartState = (typeof partStates)[number]

/** The most that one stack takes. */
export const mostFiles = 500
export const mostPages = 2_000

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const place = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/, '没有这一类材料')
const title = line.overwrite(withoutNumbers).max(200, '题名不超过 200 个字')
const name = line.min(1, '请填写名称').max(60, '名称不超过 60 个字')
const turn = z.literal([0, 90, 180, 270], '只能转 0、90、180、270 度')
const pageNumber = z.number().int().min(1).max(mostPages)
/** How often the part was changed when it was read; another number is refused, because somebody else has changed it meanwhile. */
const revision = z.number().int().min(1)

export const stacksQuery = z.object({
  /** Only stacks that are not closed. */
  open: z.enum(['yes', 'no']).default('no'),
  cursor,
  limit: pageSize,
})
export type StacksQuery = z.infer<typeof stacksQuery>

export const newStack = z.object({
  organizationId: z.uuid(),
  /** The day and the time in China unless given. */
  name: name.exactOptional(),
  source: z.enum(['page', 'phone']).default('page'),
})
export type NewStack = z.infer<typeof newStack>

export const newStackFile = z.object({ uploadId: z.uuid() })
export type NewStackFile = z.infer<typeof newStackFile>

export const created = z.object({ id: z.uuid() })

/** A stack in a list. */
export const stackRow = z.object({
  id: z.uuid(),
  name: z.string(),
  organization: named,
  source: z.enum(stackSources),
  state: z.enum(stackStates),
  begunBy: z.string(),
  begunAt: instant,
  closedAt: instant.nullable(),
  fileCount: z.number().int(),
  pageCount: z.number().int(),
  pagesRead: z.number().int(),
  parts: z.object({ proposed: z.number().int(), filed: z.number().int(), dropped: z.number().int() }),
})
export type StackRow = z.infer<typeof stackRow>
export const stacks = page(stackRow)

/** A page of a stack, numbered over the whole stack from 1. */
export const stackPage = z.object({
  number: z.number().int(),
  fileId: z.uuid(),
  isRead: z.boolean(),
  isBlank: z.boolean(),
  /** Turned clockwise by so much it stands upright; the picture is drawn without it unless asked for. */
  turnedBy: turn,
  /** Why it could not be read. */
  failure: z.string().nullable(),
})
export type StackPage = z.infer<typeof stackPage>

export const stackFile = z.object({
  id: z.uuid(),
  fileName: z.string(),
  pageCount: z.number().int(),
  /** The number of its first page in the stack. */
  from: z.number().int(),
})
export type StackFile = z.infer<typeof stackFile>

const person = named.extend({ studentNumber: z.string().nullable(), organization: z.string() })

/** The pages that belong together, and where they are to go. */
export const stackPart = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  state: z.enum(partStates),
  /** In the order in which they are filed. */
  pages: z.array(z.number().int()),
  /** Pages that lie here and are not filed: the cover sheet, its back, what somebody has left out. */
  leftOut: z.array(z.number().int()),
  person: person.nullable(),
  organization: named.nullable(),
  place: z.string().nullable(),
  placeLabel: z.string().nullable(),
  /** The label of the place where there is none. */
  title: z.string().nullable(),
  on: day.nullable(),
  nature: z.enum(documentNatures),
  basis: z.enum(partBases).nullable(),
  /** The words of the paper on which the proposal rests; an identity number by its mask. */
  words: z.object({
    person: z.array(z.string()),
    place: z.array(z.string()),
    on: z.array(z.string()),
  }),
  /** Persons it may be of, where the paper does not tell which. */
  candidates: z.array(person),
  /** Why it cannot be filed as it is, in Chinese; null where it can. */
  problem: z.string().nullable(),
  /** Whether it is filed together with others: it can be filed, and its cover sheet or a person says where. */
  isReady: z.boolean(),
  /** The document that it became. */
  documentId: z.uuid().nullable(),
  filedBy: z.string().nullable(),
  filedAt: instant.nullable(),
  can: z.object({ change: z.boolean(), file: z.boolean() }),
})
export type StackPart = z.infer<typeof stackPart>

/** A stack with all that lies in it. */
export const stackView = stackRow.extend({
  /** Why nothing recognises text on this server, in Chinese; codes are read all the same. */
  missing: z.string().nullable(),
  files: z.array(stackFile),
  pages: z.array(stackPage),
  /** In the order of the paper; empty until all pages have been read. */
  parts: z.array(stackPart),
  /** The day after which the pictures of a closed stack are taken away. */
  keptUntil: day.nullable(),
  can: z.object({ add: z.boolean(), read: z.boolean(), sort: z.boolean(), close: z.boolean(), delete: z.boolean() }),
})
export type StackView = z.infer<typeof stackView>

/** What is different about a part; what is not given stays. Naming a person or an organisation, or a place, confirms the part. */
export const partChange = z.object({
  revision,
  personId: z.uuid().exactOptional(),
  organizationId: z.uuid().exactOptional(),
  place: place.exactOptional(),
  /** Empty for the label of the place. */
  title: title.exactOptional(),
  on: day.nullable().exactOptional(),
  nature: z.enum(documentNatures).exactOptional(),
  /** Which of its pages are filed, in their order; the others of the part are left out. */
  pages: z.array(pageNumber).min(1, '至少留一页').max(mostPages).exactOptional(),
  turns: z
    .array(z.object({ page: pageNumber, turnedBy: turn }))
    .max(mostPages)
    .exactOptional(),
  isDropped: z.boolean().exactOptional(),
})
export type PartChange = z.infer<typeof partChange>

/** From this page on it becomes a part of its own. */
export const partSplit = z.object({ revision, from: pageNumber })
export type PartSplit = z.infer<typeof partSplit>

/** The other part, whose pages come behind those of this one; it goes. */
export const partMerge = z.object({ revision, other: z.object({ id: z.uuid(), revision }) })
export type PartMerge = z.infer<typeof partMerge>

export const partFiling = z.object({ revision })

export const filedPart = z.object({ documentId: z.uuid() })

/** Parts to be filed one after another, as they were read; each is filed or refused for itself. */
export const partFilings = z.object({
  parts: z
    .array(z.object({ id: z.uuid(), revision }))
    .min(1, '没有可以归档的材料')
    .max(100, '一次最多 100 份'),
})
export type PartFilings = z.infer<typeof partFilings>

/** What became of each of the parts. */
export const filings = z.object({
  results: z.array(
    z.object({
      partId: z.uuid(),
      documentId: z.uuid().nullable(),
      /** Why it was not filed, in Chinese. */
      refusal: z.string().nullable(),
    }),
  ),
})
export type Filings = z.infer<typeof filings>
