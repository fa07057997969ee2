import { z } from 'zod'
import { codesOf, cursor, day, line, page, pageSize, prose } from '../../platform/wire.ts'
import { criterion, partKey } from '../calls/schema.ts'
import {
  type AcceptanceState,
  acceptanceStateNames,
  type Decision,
  decisionNames,
  type WorkKind,
  workKindNames,
} from './names-schema.ts'

/**
 * What crosses the wire about the acceptance of results (成果验收): criteria with levels in words, what participants say of themselves, what two
 * assessors say independently, and what whoever runs the programme decides. Nothing is counted, added up or put in an order.
 */

export const decisions = codesOf<Decision>(decisionNames)
export const acceptanceStates = codesOf<AcceptanceState>(acceptanceStateNames)
const workKinds = codesOf<WorkKind>(workKindNames)

const instant = z.iso.datetime()
const count = z.number().int()
const named = z.object({ id: z.uuid(), name: z.string() })

/** 验收标准: each with its levels from the lowest to the highest, as criteria of a call are written. */
export const rubricFields = z.object({
  criteria: z
    .array(criterion)
    .max(10, '标准不超过 10 条')
    .refine(
      (all) => new Set(all.map((it) => it.key)).size === all.length,
      '有两条标准的内部名称相同，请删去其中一条后重新添加',
    ),
})
export type RubricFields = z.infer<typeof rubricFields>

/** The rubrics of programmes that the reader runs, to be taken over. */
export const rubricLibrary = z.object({
  items: z.array(
    z.object({ programmeId: z.uuid(), title: z.string(), term: z.string(), criteria: z.array(criterion) }),
  ),
})
export type RubricLibrary = z.infer<typeof rubricLibrary>

/** 评议人 of a programme; none: nobody assesses. */
export const assessorsWanted = z.object({ personIds: z.array(z.uuid()).max(12, '评议人不超过 12 位') })

/** The place of the chosen level of each criterion, from 0, by the key of the criterion. */
const levels = z.record(partKey, z.number().int().min(0).max(4))
export type Levels = z.infer<typeof levels>

/** Where a piece of work is to be found: an address of the web, or of a page here. */
const workAddress = line
  .max(500, '不超过 500 个字')
  .refine(
    (it) => /^\/[^/\\]/.test(it) || (URL.canParse(it) && /^https?:\/\//i.test(it)),
    '请填写以 http 或 https 开头的网址，或者本系统里以 / 开头的页面地址',
  )

/** 成果: a piece of work, a practice, a talk, a paper. */
export const evidence = z.object({
  title: line.min(2, '请填写成果的名称').max(80, '不超过 80 个字'),
  /** Empty where there is nothing to be opened. */
  url: z.union([z.literal(''), workAddress]),
  about: prose.max(300, '不超过 300 个字'),
})
export type Evidence = z.infer<typeof evidence>

/** What the reader has done here: by its kind, where it is to be found, and of which day it is. */
export const ownWorks = z.object({
  items: z.array(z.object({ kind: workKinds, title: z.string(), url: z.string(), on: day.nullable() })),
})
export type OwnWorks = z.infer<typeof ownWorks>

/** What a participant says of themselves: a level of each criterion and what shows it. */
export const selfAssessment = z.object({
  levels,
  /** What shows the level, by the key of the criterion. */
  notes: z.record(partKey, prose.max(500, '不超过 500 个字')),
  evidence: z.array(evidence).max(20, '成果不超过 20 项'),
  words: prose.max(2000, '不超过 2000 个字'),
})
export type SelfAssessment = z.infer<typeof selfAssessment>

/** What an assessor says: a level of each criterion, and words for the participant. */
export const assessment = z.object({
  levels,
  words: prose.min(2, '请写几句评议').max(2000, '不超过 2000 个字'),
  /** Whether the participant reads who has written it. */
  isSigned: z.boolean(),
})
export type Assessment = z.infer<typeof assessment>

/** What is decided of people, each with the same words. `missing`: what is to be done once more, or why somebody has not finished. */
export const newDecision = z
  .object({
    personIds: z.array(z.uuid()).min(1, '请选择学员').max(500, '一次不超过 500 人'),
    decision: decisions,
    missing: prose.max(1000, '不超过 1000 个字').default(''),
    comment: prose.max(1000, '不超过 1000 个字').default(''),
  })
  .superRefine((it, ctx) => {
    const wrong = (message: string) => ctx.addIssue({ code: 'custom', path: ['missing'], message })
    if (it.decision === 'again' && it.missing.length < 2) wrong('请写明还缺什么，学员照着补')
    if (it.decision === 'unfinished' && it.missing.length < 2) wrong('请写明未完成的原因')
    if (it.decision === 'passed' && it.missing !== '') wrong('通过的，不填还缺什么')
  })
export type NewDecision = z.infer<typeof newDecision>

/** 前置条件: what is shown beside a decision and never is one. */
const precondition = z.object({ text: z.string(), isMet: z.boolean(), cited: z.string(), isToVerify: z.boolean() })
export type Precondition = z.infer<typeof precondition>

const decided = z.object({
  decision: decisions,
  missing: z.string(),
  comment: z.string(),
  /** Who signs, and on which day. */
  decidedBy: z.string(),
  decidedOn: day,
})
export type Decided = z.infer<typeof decided>

const shownAssessment = z.object({
  /** Null where the reader is not told. */
  by: z.string().nullable(),
  levels,
  words: z.string(),
  isSigned: z.boolean(),
})
export type ShownAssessment = z.infer<typeof shownAssessment>

/** One round of self-assessment, with what is known of it to the reader. */
const round = z.object({
  id: z.uuid(),
  number: count,
  self: selfAssessment,
  handedInAt: instant.nullable(),
  /** How many have assessed it; null for whoever is not told. */
  given: count.nullable(),
  /** What the assessors said, once both have handed in and the reader may know; null before. */
  assessments: z.array(shownAssessment).nullable(),
  /** The keys of the criteria in which the assessors differ. */
  differing: z.array(z.string()),
  revision: count,
})
export type Round = z.infer<typeof round>

/** How many with a place stand where. */
const counts = z.object({
  ...(Object.fromEntries(Object.keys(acceptanceStateNames).map((it) => [it, count])) as Record<
    AcceptanceState,
    typeof count
  >),
})
export type Counts = z.infer<typeof counts>

export const acceptanceView = z.object({
  criteria: z.array(criterion),
  /** True once somebody has handed in: what they were measured by stays as it is. */
  isLocked: z.boolean(),
  /** For whoever runs the programme; empty for others. */
  assessors: z.array(named.extend({ organization: z.string() })),
  counts: counts.nullable(),
  /** Of a reader with a place, the latest round first. */
  own: z
    .object({
      state: acceptanceStates,
      rounds: z.array(round),
      decisions: z.array(decided),
      preconditions: z.array(precondition),
      can: z.object({ write: z.boolean() }),
      /** What was issued to them for this programme. */
      certificate: z.object({ id: z.uuid(), number: z.string(), isRevoked: z.boolean() }).nullable(),
    })
    .nullable(),
  /** Whether the reader assesses here. */
  isAssessor: z.boolean(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  /** What of a development record the results go into; null where they are shown in the hours of the year alone. */
  filedAs: z.string().nullable(),
  can: z.object({ run: z.boolean(), settle: z.boolean(), close: z.boolean(), file: z.boolean() }),
  /** Why the programme cannot be closed yet; empty where it can, or for whoever does not run it. */
  closingWaitsFor: z.array(z.string()),
})
export type AcceptanceView = z.infer<typeof acceptanceView>

export const acceptedQuery = z.object({
  state: acceptanceStates.optional(),
  q: line.max(50).optional(),
  cursor,
  limit: pageSize,
})
export type AcceptedQuery = z.infer<typeof acceptedQuery>

/** A participant with a place, for whoever runs the programme. */
export const acceptedRow = z.object({
  person: named.extend({ studentNumber: z.string().nullable() }),
  organization: z.string(),
  state: acceptanceStates,
  /** The round that is under way; 0 before the first. */
  round: count,
  given: count,
  hours: z.number(),
  days: count,
  unmet: z.array(z.string()),
  decided: decided.nullable(),
  isOwn: z.boolean(),
})
export type AcceptedRow = z.infer<typeof acceptedRow>
export const acceptedList = page(acceptedRow)

/** All about one participant's results, for whoever runs the programme. */
export const acceptedView = z.object({
  person: named,
  organization: z.string(),
  programme: named,
  criteria: z.array(criterion),
  state: acceptanceStates,
  preconditions: z.array(precondition),
  rounds: z.array(round),
  decisions: z.array(decided),
  can: z.object({ decide: z.array(decisions) }),
})
export type AcceptedView = z.infer<typeof acceptedView>

/** The programmes in which the reader assesses. */
export const assessedProgrammes = z.object({
  items: z.array(z.object({ programmeId: z.uuid(), title: z.string(), organization: z.string(), waiting: count })),
})
export type AssessedProgrammes = z.infer<typeof assessedProgrammes>

export const assessedProgramme = z.object({
  title: z.string(),
  organization: z.string(),
  items: z.array(
    z.object({
      roundId: z.uuid(),
      person: z.string(),
      organization: z.string(),
      number: count,
      handedInAt: instant,
      isGiven: z.boolean(),
    }),
  ),
})
export type AssessedProgramme = z.infer<typeof assessedProgramme>

/** What somebody has handed in, and what the reader said of it; nothing of what the other assessor says. */
export const assessedRound = z.object({
  programme: named,
  person: z.string(),
  organization: z.string(),
  number: count,
  criteria: z.array(criterion),
  self: selfAssessment,
  own: assessment.nullable(),
  /** What the other has said, once both have handed in. */
  other: shownAssessment.nullable(),
  can: z.object({ assess: z.boolean() }),
})
export type AssessedRound = z.infer<typeof assessedRound>

/** 记入发展党员纪实: of whom it is written down, and of whom not and why. */
export const filedList = z.object({
  items: z.array(
    z.object({
      person: named,
      organization: z.string(),
      isFiled: z.boolean(),
      /** Why not, in Chinese; empty where it is, or was not tried. */
      problem: z.string(),
      filedBy: z.string().nullable(),
      filedAt: instant.nullable(),
    }),
  ),
})
export type FiledList = z.infer<typeof filedList>

/** Goes on behind this participant; null: from the first. */
export const filingWanted = z.object({ after: count.nullable() })
export const filingDone = z.object({ filed: count, refused: count, next: count.nullable() })
export type FilingDone = z.infer<typeof filingDone>
