import { actKinds } from '@zhibu/rules'
import { z } from 'zod'
import { withoutNumbers } from '../../platform/identity-numbers.ts'
import { day, line, reason } from '../../platform/wire.ts'

/** What crosses the wire about forms. */

export const formats = ['word', 'pdf'] as const
export type Format = (typeof formats)[number]

/** For one person each, or for the persons of a list together. */
export const formScopes = ['person', 'list'] as const
export type FormScope = (typeof formScopes)[number]

/** Where something that is missing would be entered: with the person, with the organisation, as an act; null nowhere. */
const enteredAt = z.enum(['person', 'organization', ...actKinds]).nullable()

/** A field under which forms know something. */
export const dictionaryEntry = z.object({
  name: z.string(),
  group: z.enum(['本人', '组织', '发展过程', '名单', '其他']),
  enteredAt,
  note: z.string().nullable(),
})
export type DictionaryEntry = z.infer<typeof dictionaryEntry>

/** A place of the filing list, as forms name it. */
const formPlace = z.object({ code: z.string(), label: z.string(), subject: z.enum(['person', 'organization']) })
export type FormPlace = z.infer<typeof formPlace>

export const dictionaryAnswer = z.object({
  entries: z.array(dictionaryEntry),
  filters: z.array(z.string()),
  /** Where forms may be filed. */
  places: z.array(formPlace),
})

/** The code of a form of ours, or the id of an uploaded one. */
const formId = z.string().min(1).max(60)

/** A form as lists show it. */
export const formRow = z.object({
  id: formId,
  isOwn: z.boolean(),
  title: z.string(),
  /** The step of the way, 1 to 25; null where it belongs to none. */
  step: z.number().int().nullable(),
  scope: z.enum(formScopes),
  purpose: z.string(),
  formats: z.array(z.enum(formats)),
  /** The version in force of an uploaded one. */
  version: z.number().int().nullable(),
  /** Whether numbers in the clear stand in it, of which the reading is recorded. */
  showsNumbers: z.boolean(),
  /** Whether it may be chosen still. */
  isRetired: z.boolean(),
  /** Where it is filed: a place of the filing list in force; null where it has none. */
  place: formPlace.nullable(),
  /** Whether only the signed or sealed paper is the original, which is scanned and filed. */
  needsHand: z.boolean(),
})
export type FormRow = z.infer<typeof formRow>

const formsCan = z.object({ make: z.boolean(), settle: z.boolean() })
export const forms = z.object({ items: z.array(formRow), can: formsCan })

/** The most persons for whom forms are made at once. */
export const mostPersons = 500
const personIds = z
  .array(z.uuid())
  .min(1, '请至少选择一人')
  .max(mostPersons, `一次不超过 ${mostPersons} 人，请分几次生成`)

/** Without persons, the preview is filled with invented ones. */
export const previewOrder = z.object({ formId, personIds: personIds.exactOptional() })
export type PreviewOrder = z.infer<typeof previewOrder>

/** One paper that would be made: what stands in it, and what is missing. Values come with the first three papers. */
const previewPiece = z.object({
  persons: z.array(z.object({ id: z.uuid().nullable(), name: z.string() })),
  values: z.array(z.object({ name: z.string(), text: z.string() })),
  missing: z.array(z.object({ name: z.string(), enteredAt, /** Who lacks it. */ persons: z.array(z.string()) })),
  /** Of whom the file is closed, with the paper that lies in it in the place of the form. */
  closed: z.array(
    z.object({
      name: z.string(),
      number: z.string(),
      on: day,
      filed: z.object({ documentId: z.uuid(), title: z.string() }).nullable(),
    }),
  ),
})
export const preview = z.object({ form: formRow, pieces: z.array(previewPiece) })
export type Preview = z.infer<typeof preview>

export const fileOrder = z.object({
  formId,
  personIds,
  format: z.enum(formats),
  /** Made by the page: under it the progress is asked for. */
  progressId: z.uuid().exactOptional(),
  /** Whether it is made again where a closed file holds it. It says that it is no original. */
  isAnew: z.boolean().exactOptional(),
})
export type FileOrder = z.infer<typeof fileOrder>

/** The most files that are made and filed at once. */
const mostFiled = 100

/** Forms that are made and filed in one step. Into a closed file only with a reason. */
export const filingOrder = z.object({
  formId,
  personIds: personIds.max(mostFiled, `一次归档不超过 ${mostFiled} 人，请分几次办理`),
  reason: reason.exactOptional(),
})
export type FilingOrder = z.infer<typeof filingOrder>

/** What came of it: the documents, and for what was not filed why. */
export const filingOutcome = z.object({
  filed: z.array(z.object({ documentId: z.uuid(), name: z.string() })),
  refused: z.array(z.object({ name: z.string(), why: z.string() })),
})
export type FilingOutcome = z.infer<typeof filingOutcome>

export const progress = z.object({ done: z.number().int(), total: z.number().int() })
export type Progress = z.infer<typeof progress>

const title = line.min(1, '请填写表格名称').max(60, '名称不超过 60 个字')
const step = z.number().int().min(1).max(25)
const place = z.string().regex(/^[a-z][A-Za-z0-9]{1,60}$/, '归档清单中没有这一类')

export const uploadQuery = z.object({ name: line.overwrite(withoutNumbers).min(1).max(200) })
export const newTemplateQuery = uploadQuery.extend({
  title,
  scope: z.enum(formScopes).default('person'),
  step: z.coerce.number().pipe(step).optional(),
  place: place.optional(),
  needsHand: z.stringbool().default(true),
})
export type NewTemplateQuery = z.infer<typeof newTemplateQuery>

export const templateChange = z.object({
  title: title.exactOptional(),
  scope: z.enum(formScopes).exactOptional(),
  step: step.nullable().exactOptional(),
  place: place.nullable().exactOptional(),
  needsHand: z.boolean().exactOptional(),
  isRetired: z.boolean().exactOptional(),
})
export type TemplateChange = z.infer<typeof templateChange>

/** For each tag of the template the field of the dictionary that is meant; an empty one is left blank. */
export const bindings = z.object({
  bindings: z.record(z.string().min(1).max(100), z.string().max(100)).refine((it) => Object.keys(it).length <= 500),
})

const templateField = z.object({
  /** As it is written in the template, with the lists around it. */
  path: z.string(),
  within: z.array(z.string()),
  /** Whether the dictionary knows the name itself. */
  isKnown: z.boolean(),
  boundTo: z.string().nullable(),
})

export const template = z.object({
  form: formRow,
  fields: z.array(templateField),
  /** The newest first; it is in force. */
  versions: z.array(
    z.object({
      number: z.number().int(),
      fileName: z.string(),
      bytes: z.number().int(),
      uploadedBy: z.string(),
      uploadedAt: z.iso.datetime(),
    }),
  ),
  can: formsCan,
})
export type Template = z.infer<typeof template>

/** The upper system's record of a member, and the central forms whose columns are copied. */
export const copySheetCodes = ['member-record', 'admission-form', 'observation-register', 'probation-register'] as const
export type CopySheet = (typeof copySheetCodes)[number]

export const copyQuery = z.object({ sheet: z.enum(copySheetCodes).default('member-record') })

export const copy = z.object({
  person: z.object({ id: z.uuid(), name: z.string() }),
  sheet: z.enum(copySheetCodes),
  items: z.array(
    z.object({
      label: z.string(),
      /** Null where it is written by hand. */
      text: z.string().nullable(),
      isByHand: z.boolean(),
      enteredAt,
      sealed: z.enum(['idNumber', 'phone']).nullable(),
      /** What was reported last, where it is another one today. */
      before: z.string().nullable(),
    }),
  ),
  /** The last report to the upper system. */
  reported: z.object({ on: day, by: z.string() }).nullable(),
  can: z.object({ report: z.boolean() }),
})
export type Copy = z.infer<typeof copy>

export const newReport = z.object({ sheet: z.enum(copySheetCodes), on: day })
export type NewReport = z.infer<typeof newReport>

export const created = z.object({ id: z.uuid() })
