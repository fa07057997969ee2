import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { mostTopics, type Outcome, outcomeNames } from './names-schema.ts'
import { neededOfPractice, type PracticeText, practiceText } from './schema.ts'

/** What crosses the wire about practice cards (做法卡片): the library, who tries a practice, and what they report. */

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()
const outcomes = codesOf<Outcome>(outcomeNames)

/** A card as whoever runs the meeting writes it. */
export const cardText = practiceText
  .extend({
    topics: z
      .array(line.min(2, '主题词至少 2 个字').max(12, '主题词不超过 12 个字'))
      .max(mostTopics, `主题词不超过 ${mostTopics} 个`),
  })
  .superRefine((it, ctx) => {
    for (const [path, message] of Object.entries(neededOfPractice))
      if (it[path as keyof PracticeText] === '') ctx.addIssue({ code: 'custom', path: [path], message })
    if (new Set(it.topics).size !== it.topics.length)
      ctx.addIssue({ code: 'custom', path: ['topics'], message: '有两个主题词相同' })
  })
export type CardText = z.infer<typeof cardText>

/** A later version, and what is different in it. */
export const cardChange = cardText.safeExtend({
  change: prose.min(2, '请写明改了什么').max(200, '不超过 200 个字'),
})
export type CardChange = z.infer<typeof cardChange>

export const cardsQuery = z.object({
  q: line.max(50).optional(),
  topic: line.max(12).optional(),
  cursor,
  limit: pageSize,
})
export type CardsQuery = z.infer<typeof cardsQuery>

export const cardRow = z.object({
  id: z.uuid(),
  title: z.string(),
  /** The beginning of the problem. */
  problem: z.string(),
  topics: z.array(z.string()),
  authorName: z.string(),
  institution: z.string(),
  publishedAt: instant,
})
export type CardRow = z.infer<typeof cardRow>
/** The newest first; the topics of the whole library in the order of their characters. */
export const cardList = page(cardRow).extend({ topics: z.array(z.string()) })
export type CardList = z.infer<typeof cardList>

/** 反馈: what an organisation did, what came of it, and what was different there. */
export const reportText = z.object({
  on: day,
  outcome: outcomes,
  did: prose.min(2, '请写明做了什么').max(1_000, '不超过 1000 个字'),
  result: prose.min(2, '请写明结果怎样').max(1_000, '不超过 1000 个字'),
  differed: prose.max(1_000, '不超过 1000 个字'),
})
export type ReportText = z.infer<typeof reportText>

const report = reportText.extend({ id: z.uuid(), writtenBy: z.string(), canRemove: z.boolean() })

/** 我们也试试 */
export const newAdoption = z.object({
  organizationId: z.uuid(),
  plan: prose.max(1_000, '不超过 1000 个字'),
})
export type NewAdoption = z.infer<typeof newAdoption>

const adoption = z.object({
  id: z.uuid(),
  organization: named,
  plan: z.string(),
  version: count,
  adoptedOn: day,
  ended: z.object({ on: day, reason: z.string() }).nullable(),
  reports: z.array(report),
  can: z.object({ report: z.boolean() }),
})
export type Adoption = z.infer<typeof adoption>

export const cardView = practiceText.extend({
  id: z.uuid(),
  topics: z.array(z.string()),
  organization: named,
  authorName: z.string(),
  institution: z.string(),
  publishedAt: instant,
  publishedBy: z.string(),
  version: count,
  withdrawn: z.object({ at: instant, reason: z.string() }).nullable(),
  /** In the order of their days. */
  adoptions: z.array(adoption),
  /** Where the reader may try it. */
  organizations: z.array(named),
  can: z.object({ change: z.boolean(), adopt: z.boolean() }),
})
export type CardView = z.infer<typeof cardView>

export const cardVersions = z.object({
  items: z.array(
    practiceText.extend({
      version: count,
      topics: z.array(z.string()),
      change: z.string(),
      savedAt: instant,
      savedBy: z.string(),
    }),
  ),
})
export type CardVersions = z.infer<typeof cardVersions>
export const endedWith = z.object({ reason })
