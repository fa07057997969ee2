import type { Act, DueAct, Finding, Stage } from '@zhibu/rules'
import { actKinds, stages } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, month, pageSize } from '../../platform/wire.ts'

/** What crosses the wire about development files. */

const text = z.string().trim().max(500, '不超过 500 个字')
const name = z.string().trim().min(1, '请填写姓名').max(50, '姓名不超过 50 个字')
const count = z.number().int('请填写整数').min(0).max(100_000)

const member = z.object({
  name,
  fullOn: day.exactOptional(),
  isFull: z.boolean().exactOptional(),
  discipline: z
    .object({
      kind: z.enum(['warning', 'seriousWarning', 'removalFromPost', 'disciplinaryProbation']),
      from: day,
      until: day.exactOptional(),
    })
    .exactOptional(),
  office: text.exactOptional(),
  isCommitteeMemberOrOrganiser: z.boolean().exactOptional(),
})
const members = z.array(member).max(20).exactOptional()
const attendees = z.array(member).max(2000).exactOptional()

const vote = z
  .object({
    entitled: count,
    present: count,
    yes: count,
    no: count,
    abstain: count,
    writtenOpinions: count.exactOptional(),
    individually: z.boolean().exactOptional(),
  })
  .exactOptional()

const resolution = z
  .object({
    on: day.exactOptional(),
    signedBySecretary: z.boolean().exactOptional(),
    hasCounts: z.boolean().exactOptional(),
  })
  .exactOptional()

const common = {
  /** Absent: it is known to have happened, but not when. */
  on: day.exactOptional(),
  alsoDated: z
    .array(z.object({ source: text, on: day }))
    .max(20)
    .exactOptional(),
  signatures: z
    .array(z.object({ by: text, on: day, office: text.exactOptional() }))
    .max(50)
    .exactOptional(),
  reason: text.exactOptional(),
}

/** An act of a file with everything recorded about it. The same union as `Act` of the rules. */
export const act = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('application'),
    ...common,
    receivedOn: day.exactOptional(),
    firstSubmittedOn: day.exactOptional(),
  }),
  z.object({ kind: z.literal('applicantTalk'), ...common, talkers: members }),
  z.object({
    kind: z.literal('recommendation'),
    ...common,
    by: z.enum(['league', 'members', 'massOrganisation']).exactOptional(),
  }),
  z.object({ kind: z.literal('activistDecision'), ...common }),
  z.object({ kind: z.literal('activistFiling'), ...common, repliedOn: day.exactOptional() }),
  z.object({ kind: z.literal('contactPersons'), ...common, members }),
  z.object({ kind: z.literal('review'), ...common }),
  z.object({ kind: z.literal('thoughtReport'), ...common, textHash: z.string().max(128).exactOptional() }),
  z.object({
    kind: z.literal('activistTraining'),
    ...common,
    trainingHours: z.number().min(0).max(2000).exactOptional(),
  }),
  z.object({
    kind: z.literal('opinions'),
    ...common,
    from: z
      .array(z.enum(['group', 'contactPersons', 'members', 'masses']))
      .max(4)
      .exactOptional(),
  }),
  z.object({ kind: z.literal('prospectProposal'), ...common }),
  z.object({ kind: z.literal('prospectConsent'), ...common }),
  z.object({ kind: z.literal('publicNotice'), ...common, endedOn: day.exactOptional() }),
  z.object({ kind: z.literal('prospectListing'), ...common }),
  z.object({ kind: z.literal('introducers'), ...common, members }),
  z.object({
    kind: z.literal('politicalReview'),
    ...common,
    lastReplyOn: day.exactOptional(),
    conclusion: z.enum(['qualified', 'unqualified']).exactOptional(),
  }),
  z.object({
    kind: z.literal('intensiveTraining'),
    ...common,
    startedOn: day.exactOptional(),
    trainingDays: z.number().min(0).max(365).exactOptional(),
    trainingHours: z.number().min(0).max(2000).exactOptional(),
  }),
  z.object({ kind: z.literal('committeeExamination'), ...common }),
  z.object({ kind: z.literal('preReview'), ...common, passed: z.boolean().exactOptional() }),
  z.object({ kind: z.literal('admissionForm'), ...common, introducersOpinionOn: day.exactOptional() }),
  z.object({ kind: z.literal('admissionAssembly'), ...common, vote, resolution, attendees }),
  z.object({ kind: z.literal('admissionTalk'), ...common, talkers: members }),
  z.object({
    kind: z.literal('admissionApproval'),
    ...common,
    submittedOn: day.exactOptional(),
    probationFrom: day.exactOptional(),
    probationUntil: day.exactOptional(),
  }),
  z.object({ kind: z.literal('admissionFiling'), ...common }),
  z.object({ kind: z.literal('assignment'), ...common }),
  z.object({ kind: z.literal('oath'), ...common }),
  z.object({ kind: z.literal('duesStart'), ...common, month: month.exactOptional() }),
  z.object({ kind: z.literal('probationReview'), ...common }),
  z.object({ kind: z.literal('confirmationRequest'), ...common }),
  z.object({ kind: z.literal('confirmationOpinions'), ...common }),
  z.object({
    kind: z.literal('confirmationAssembly'),
    ...common,
    outcome: z.enum(['confirm', 'extend', 'cancel', 'postpone']).exactOptional(),
    until: day.exactOptional(),
    vote,
    resolution,
    attendees,
  }),
  z.object({
    kind: z.literal('confirmationApproval'),
    ...common,
    submittedOn: day.exactOptional(),
    fullOn: day.exactOptional(),
  }),
  z.object({ kind: z.literal('archiving'), ...common }),
])

/** Rules that contradict what happened, acknowledged by who records it: what happened is recorded as it happened. */
export const acknowledgement = z.object({
  rules: z.array(z.string().max(20)).max(60),
  reason: z.string().trim().min(4, '请写明为什么仍按此记录').max(500),
})

export const newAct = z.object({ act, acknowledged: acknowledgement.exactOptional() })
export type NewAct = z.infer<typeof newAct>

/** `act` replaces the corrected one; without it the corrected act is struck out. */
export const correction = z.object({
  act: act.exactOptional(),
  reason: z.string().trim().min(2, '请写明更正原因').max(500),
  acknowledged: acknowledgement.exactOptional(),
})
export type Correction = z.infer<typeof correction>

export const planConstraints = z.object({
  target: z.object({ kind: z.enum(actKinds), by: day }),
  assemblyDays: z.array(day).max(200).exactOptional(),
  committeeDays: z.array(day).max(200).exactOptional(),
  closed: z
    .array(z.object({ from: day, until: day }))
    .max(50)
    .exactOptional(),
})

export const filesSorts = ['name', 'due', 'stage', 'findings'] as const

/** The list of files (发展党员). */
export const filesQuery = z.object({
  q: z.string().trim().max(50).optional(),
  organizationId: z.uuid().optional(),
  stage: z.enum(stages).optional(),
  next: z.enum(actKinds).optional(),
  /** Only files with contradictions, or only overdue ones. */
  only: z.enum(['findings', 'overdue']).optional(),
  sort: z.enum(filesSorts).default('due'),
  descending: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type FilesQuery = z.infer<typeof filesQuery>

/** The due list of the workbench (工作台). */
export const duesQuery = z.object({
  organizationId: z.uuid().optional(),
  kind: z.enum(actKinds).optional(),
  /** Only what is overdue, or due within so many days. */
  withinDays: z.coerce.number().int().min(0).max(3660).optional(),
  only: z.enum(['overdue']).optional(),
  cursor,
  limit: pageSize,
})
export type DuesQuery = z.infer<typeof duesQuery>

export const newBatch = z.object({
  title: z.string().trim().min(1, '请填写批次名称').max(100),
  /** The persons by id, or all files that match. */
  personIds: z.array(z.uuid()).max(2000).optional(),
  matching: filesQuery.pick({ organizationId: true, stage: true, next: true, only: true }).optional(),
})
export type NewBatch = z.infer<typeof newBatch>

/** A row of the list of files. */
export interface FileRow {
  personId: string
  name: string
  studentNumber: string | null
  organizationId: string
  organization: string
  stage: Stage | null
  next: { kind: DueAct['kind']; earliestOn: string | null; latestOn: string | null; overdue: boolean } | null
  errorCount: number
  warningCount: number
}

/** A row of the due list, with the reasons of its date. */
export interface DueRow {
  personId: string
  name: string
  organizationId: string
  organization: string
  stage: Stage | null
  act: DueAct
}

/** What a run over a batch found in one file. */
export interface BatchEntry {
  personId: string
  name: string
  organization: string
  stage: Stage | null
  findings: Finding[]
  missing: { code: string; message: string; article?: string }[]
  due: DueAct[]
}

/** An act as recorded, with its author and what became of it. */
export interface RecordedAct {
  act: Act
  recordedBy: string
  recordedAt: string
  /** Set where a later row corrected or struck out this one. */
  correctedBy?: { id: string; reason: string; at: string; by: string; struckOut: boolean }
  corrects?: string
  acknowledged?: { rules: string[]; reason: string }
}
