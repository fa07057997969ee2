import { z } from 'zod'
import { day, line, month } from '../../platform/wire.ts'

/** What crosses the wire to record an act, to correct one, or to try one. */

const isStorable = (it: string): boolean => !it.includes('\0') && it.isWellFormed()
const unstorable = '含有无法保存的字符，请删去后重新填写'

/** Text that the database can keep: no zero character, no half of a character. */
export const written = z.string().trim().refine(isStorable, unstorable)
/** The same in one line. */
export const writtenLine = line.refine(isStorable, unstorable)
/** A short note in one line. */
export const text = writtenLine.max(500, '不超过 500 个字')
const name = writtenLine.min(1, '请填写姓名').max(50, '姓名不超过 50 个字')
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
  leftOn: day.exactOptional(),
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
  z.object({ kind: z.literal('thoughtReport'), ...common, textHash: written.max(128).exactOptional() }),
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
  rules: z.array(written.max(20)).max(60),
  reason: written.min(4, '请写明为什么仍按此记录').max(500),
})

/** The document of the person's file from which what is recorded was taken. */
const evidence = z.uuid().exactOptional()

export const newAct = z.object({ act, acknowledged: acknowledgement.exactOptional(), evidence })
export type NewAct = z.infer<typeof newAct>

/** `act` replaces the corrected one; without it the corrected act is struck out. */
export const correction = z.object({
  act: act.exactOptional(),
  reason: written.min(2, '请写明更正原因').max(500),
  acknowledged: acknowledgement.exactOptional(),
  evidence,
})
export type Correction = z.infer<typeof correction>

/** An act to be checked without recording it; `corrects` names the act in whose place it would stand. */
export const actCheck = z.object({ act, corrects: z.uuid().exactOptional() })
export type ActCheck = z.infer<typeof actCheck>
