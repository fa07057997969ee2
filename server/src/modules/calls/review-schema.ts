import { z } from 'zod'
import { codesOf, day, line, prose, reason } from '../../platform/wire.ts'
import { type ReviewState, reviewStateNames, type VoteState, voteStateNames } from './names-schema.ts'
import { correction, count, criterion, decisions, entryStates, instant, partKey, shownField } from './schema.ts'

/** What crosses the wire about the review of entries (评审), what is decided of them, and votes. */

export const reviewStates = codesOf<ReviewState>(reviewStateNames)

export const newPhase = z.object({
  name: line.min(1, '请填写这一轮的名称').max(20, '不超过 20 个字'),
  untilOn: day,
  perEntry: z.number().int().min(1, '至少 1 人').max(9, '不超过 9 人'),
  /** The entries that are reviewed; null: all that were submitted. */
  entryIds: z.array(z.uuid()).min(1, '请至少选择一件作品').max(2_000, '一轮不超过 2000 件').nullable(),
})
export type NewPhase = z.infer<typeof newPhase>

export const reviewer = z.object({
  personId: z.uuid(),
  name: z.string(),
  organization: z.string(),
  confirmedAt: instant.nullable(),
  confirmedBy: z.string().nullable(),
  /** How many entries of the phase that is open were allotted to the reviewer, and how many are still to be reviewed. */
  allotted: count,
  open: count,
})
export const reviewers = z.object({ items: z.array(reviewer) })
export type Reviewers = z.infer<typeof reviewers>

/** What one reviewer wrote, without who. The level is one of the criterion, from 0. */
const opinion = z.object({
  levels: z.record(partKey, count),
  abstainReason: z.string(),
  remark: z.string(),
  state: reviewStates,
})

/** The median level and the spread of one criterion. */
const spread = z.object({ criterionKey: z.string(), median: z.string(), lowest: z.string(), highest: z.string() })
export type Spread = z.infer<typeof spread>

const phase = z.object({
  number: count,
  name: z.string(),
  untilOn: day,
  perEntry: count,
  startedAt: instant,
  endedAt: instant.nullable(),
  isOpen: z.boolean(),
  entryCount: count,
  /** Entries that have fewer reviewers than they should, and by how many. */
  lacking: z.array(z.object({ entryId: z.uuid(), number: count, missing: count })),
})
export type PhaseView = z.infer<typeof phase>

/** One entry for those who decide: in the order of the numbers, with what the reviewers of each phase said. */
const judgedEntry = z.object({
  id: z.uuid(),
  number: count.nullable(),
  title: z.string(),
  kindName: z.string(),
  state: entryStates,
  authors: z.array(z.string()),
  isPublishable: z.boolean(),
  tellingCount: count,
  redactionCount: count,
  decision: decisions.nullable(),
  decisionWords: z.string(),
  corrections: z.array(correction),
  phases: z.array(
    z.object({ number: count, given: count, abstained: count, spreads: z.array(spread), opinions: z.array(opinion) }),
  ),
})
export type JudgedEntry = z.infer<typeof judgedEntry>

export const judging = z.object({
  criteria: z.array(criterion),
  phases: z.array(phase),
  entries: z.array(judgedEntry),
})
export type Judging = z.infer<typeof judging>

export const redactions = z.object({ keys: z.array(z.string().max(20)).max(21) })

export const entryDecision = z.object({
  decision: decisions.nullable(),
  words: prose.max(500, '不超过 500 个字'),
})
export type EntryDecision = z.infer<typeof entryDecision>

/** What holds instead of what was announced of an entry, and why. */
export const newCorrection = z.object({ decision: decisions, words: prose.max(500, '不超过 500 个字'), reason })
export type NewCorrection = z.infer<typeof newCorrection>

/** What a reviewer says: a level of each criterion by its place from 0, or why not. */
export const review = z.object({
  levels: z.record(partKey, z.number().int().min(0).max(4)),
  abstainReason: prose.max(500, '不超过 500 个字'),
  remark: prose.max(2_000, '不超过 2000 个字'),
})
export type Review = z.infer<typeof review>
export const recusal = z.object({ reason })

/** A call as its reviewer finds it among others. */
export const reviewedCalls = z.object({
  items: z.array(
    z.object({
      callId: z.uuid(),
      title: z.string(),
      isConfirmed: z.boolean(),
      /** Of the phase that is open; null where none is. */
      untilOn: day.nullable(),
      open: count,
    }),
  ),
})
export type ReviewedCalls = z.infer<typeof reviewedCalls>

const allottedEntry = z.object({
  number: count,
  title: z.string(),
  kindName: z.string(),
  state: reviewStates,
})

export const reviewedCall = z.object({
  callId: z.uuid(),
  title: z.string(),
  phase: z.object({ number: count, name: z.string(), untilOn: day, isOpen: z.boolean() }).nullable(),
  criteria: z.array(criterion),
  entries: z.array(allottedEntry),
})
export type ReviewedCall = z.infer<typeof reviewedCall>

/** An entry as its reviewer sees it: of a blind call under its number, without what was blanked. */
export const reviewedEntry = allottedEntry.extend({
  callTitle: z.string(),
  criteria: z.array(criterion),
  /** Empty where the review is blind. */
  authors: z.array(z.string()),
  fields: z.array(shownField),
  own: review,
  canReview: z.boolean(),
})
export type ReviewedEntry = z.infer<typeof reviewedEntry>

export const exportQuery = z.object({ blind: z.enum(['true', 'false']).default('true') })

/** 投票: from a day until another, how many works somebody may choose at most. */
export const voteRule = z
  .object({
    fromOn: day,
    untilOn: day,
    most: z.number().int().min(1, '至少 1 件').max(50, '不超过 50 件'),
  })
  .refine((it) => it.fromOn <= it.untilOn, { path: ['untilOn'], message: '结束的日期不能早于开始的日期' })
export type VoteRule = z.infer<typeof voteRule>
export const voteSetting = z.object({ rule: voteRule.nullable() })

export const ballot = z.object({ entryIds: z.array(z.uuid()).min(1, '请至少选择一件作品').max(50) })

/** By which the voter finds the own ballot after the end; shown this once and kept nowhere beside who voted. */
export const receipt = z.object({ receipt: z.string() })

export const voteView = z.object({
  callId: z.uuid(),
  title: z.string(),
  rule: voteRule,
  state: codesOf<VoteState>(voteStateNames),
  hasVoted: z.boolean(),
  canVote: z.boolean(),
  works: z.array(z.object({ id: z.uuid(), number: count, title: z.string(), kindName: z.string() })),
  /** After the end, and only where at least so many have voted that nobody can be told from it; in the order of the works. */
  outcome: z
    .object({
      voters: count,
      approvals: z.array(z.object({ entryId: z.uuid(), count })),
      ballots: z.array(z.object({ receipt: z.string(), entryIds: z.array(z.uuid()) })),
    })
    .nullable(),
  fewestVoters: count,
})
export type VoteView = z.infer<typeof voteView>
