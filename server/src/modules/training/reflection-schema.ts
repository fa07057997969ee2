import { z } from 'zod'
import { article } from '../../platform/rich-text/schema.ts'
import { cursor, day, line, page, pageSize, prose } from '../../platform/wire.ts'

/**
 * What crosses the wire about reflections (学习心得): prompts, what participants hand in, what is said in the margin, and the passages that their authors let
 * be shown. Nothing is marked and nothing is counted but how often something was handed in.
 */

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

/** 心得题目. Its id is made where it is added, and what is written names it. */
export const prompt = z.object({
  id: z.uuid(),
  title: line.min(2, '请填写题目').max(80, '不超过 80 个字'),
  about: prose.max(500, '不超过 500 个字'),
  /** About so many characters, as a hint to whoever writes; null: none. */
  hintCharacters: z.number().int().min(100, '至少 100 字').max(20_000, '不超过 20000 字').nullable(),
})
export type Prompt = z.infer<typeof prompt>

export const assignmentFields = z.object({
  prompts: z
    .array(prompt)
    .max(6, '题目不超过 6 个')
    .refine((all) => new Set(all.map((it) => it.id)).size === all.length, '题目重复，请刷新页面重新填写'),
  /** The examination whose candidates the participants become; null: none. */
  examId: z.uuid().nullable(),
})
export type AssignmentFields = z.infer<typeof assignmentFields>

/** What a programme asks for, and where the reader stands in it. */
export const assignmentsView = z.object({
  programme: named,
  prompts: z.array(prompt),
  exam: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  /** Those with a place who are no candidates; null for whoever does not run it, or without an examination. */
  notCandidates: count.nullable(),
  /** Of a reader with a place, in the order of the prompts. */
  own: z
    .array(
      z.object({
        promptId: z.uuid(),
        reflectionId: z.uuid().nullable(),
        versions: count,
        handedInAt: instant.nullable(),
        /** Remarks to it that the author has not answered. */
        unanswered: count,
      }),
    )
    .nullable(),
  /** How many of those with a place have handed in, by prompt; for whoever runs it or assesses. */
  handedIn: z.array(z.object({ promptId: z.uuid(), people: count })).nullable(),
  can: z.object({ settle: z.boolean(), read: z.boolean(), write: z.boolean() }),
})
export type AssignmentsView = z.infer<typeof assignmentsView>

export const ownReflection = z.object({
  programme: named,
  prompt,
  reflectionId: z.uuid().nullable(),
  text: article,
  versions: count,
  revision: count,
  can: z.object({ write: z.boolean() }),
})
export type OwnReflection = z.infer<typeof ownReflection>

export const reflectionText = z.object({ text: article })

export const reflectionsQuery = z.object({ promptId: z.uuid().optional(), cursor, limit: pageSize })
export type ReflectionsQuery = z.infer<typeof reflectionsQuery>

/** What was handed in in a programme, for those who assess and who run it. */
export const reflectionRow = z.object({
  id: z.uuid(),
  person: z.string(),
  organization: z.string(),
  prompt: z.string(),
  versions: count,
  handedInAt: instant,
  remarks: count,
})
export const reflectionList = page(reflectionRow)
export type ReflectionRow = z.infer<typeof reflectionRow>

const said = z.object({ id: z.uuid(), by: z.string(), isAuthor: z.boolean(), text: z.string(), saidAt: instant })

/** One remark with what was answered, in the order of being said. */
export const remarkThread = said.extend({
  version: count,
  block: count,
  quote: z.string(),
  answers: z.array(said),
})
export type RemarkThread = z.infer<typeof remarkThread>

const quotation = z.object({
  id: z.uuid(),
  quote: z.string(),
  /** Empty where it is shown without a name. */
  signature: z.string(),
  consentedOn: day,
  withdrawnOn: day.nullable(),
  shownSince: day.nullable(),
})

/** What was handed in, for its author, those who assess and who run the programme. */
export const reflectionView = z.object({
  id: z.uuid(),
  programme: named,
  prompt: z.string(),
  person: z.string(),
  organization: z.string(),
  /** Which version is shown, and the days of all. */
  version: count,
  versions: z.array(z.object({ number: count, handedInAt: instant })),
  text: article,
  remarks: z.array(remarkThread),
  /** The passages of it that the author lets be shown; for the author alone. */
  quotations: z.array(quotation),
  can: z.object({ remark: z.boolean(), answer: z.boolean(), offer: z.boolean() }),
})
export type ReflectionView = z.infer<typeof reflectionView>

export const versionQuery = z.object({ version: z.coerce.number().int().min(1).optional() })

/** A remark to a paragraph, or to some words of it. */
export const newRemark = z.object({
  version: z.number().int().min(1),
  block: z.number().int().min(0).max(20_000),
  quote: prose.max(500, '不超过 500 个字'),
  text: prose.min(2, '请写几个字').max(1000, '不超过 1000 个字'),
})
export type NewRemark = z.infer<typeof newRemark>
export const newAnswer = z.object({ text: prose.min(1, '请写几个字').max(1000, '不超过 1000 个字') })

/** A passage that its author lets be shown. */
export const newQuotation = z.object({
  quote: prose.min(10, '摘录至少 10 个字').max(300, '不超过 300 个字'),
  isSigned: z.boolean(),
  /** Said by ticking it, and nothing else. */
  consents: z.literal(true, '请先勾选同意展示'),
})
export type NewQuotation = z.infer<typeof newQuotation>
export const showing = z.object({ isShown: z.boolean() })

/** 心得摘录 of a programme: what is shown; for whoever runs it what was offered, too. */
export const quotationShelf = z.object({
  programme: named,
  items: z.array(
    z.object({
      id: z.uuid(),
      quote: z.string(),
      signature: z.string(),
      consentedOn: day,
      isShown: z.boolean(),
      isOwn: z.boolean(),
    }),
  ),
  can: z.object({ show: z.boolean() }),
})
export type QuotationShelf = z.infer<typeof quotationShelf>

export const created = z.object({ id: z.uuid() })
