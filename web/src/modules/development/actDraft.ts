import type { Act, ActKind, Day, Vote } from '@zhibu/rules'
import { act as actSchema, type NewAct } from '@zhibu/server/modules/development/act-schema'
import type { FileView } from '@zhibu/server/modules/development/schema'

/** All fields that any kind of act has, each optional: an act while it is typed. */
export type ActDraft = Omit<FieldsOf<Act>, 'id' | 'kind' | 'vote' | 'alsoDated' | 'signatures'> & {
  vote?: VoteDraft | undefined
  alsoDated?: readonly { source: string; on?: Day | undefined }[] | undefined
  signatures?: readonly SignatureDraft[] | undefined
}

/** A signature while it is typed. */
export interface SignatureDraft {
  by: string
  on?: Day | undefined
  office?: string | undefined
}

/** What the fields of an act are given: the draft and how to change it, and what they need to know of the file. */
export interface FieldProps {
  kind: ActKind
  draft: ActDraft
  onChange: (part: ActDraft) => void
  /** Told what is wrong with what stands in a field; undefined when nothing is. */
  onProblem: (field: string, problem: string | undefined) => void
  file: FileView
}

/** An act as it is sent to be recorded. */
export type SentAct = NewAct['act']

/** A tally while it is typed. */
export type VoteDraft = { [Key in keyof Vote]?: Vote[Key] | undefined }

/** The fields of a draft that hold more than what is common to all acts. */
export type OwnField = Exclude<keyof ActDraft, 'on' | 'reason' | 'alsoDated' | 'signatures' | 'textHash' | 'attendees'>

/** What is asked about an act of each kind, beside its day, in the order of the form. */
export const ownFields: Readonly<Record<ActKind, readonly OwnField[]>> = {
  application: ['receivedOn', 'firstSubmittedOn'],
  applicantTalk: ['talkers'],
  recommendation: ['by'],
  activistDecision: [],
  activistFiling: ['repliedOn'],
  contactPersons: ['members'],
  review: [],
  thoughtReport: [],
  activistTraining: ['trainingHours'],
  opinions: ['from'],
  prospectProposal: [],
  prospectConsent: [],
  publicNotice: ['endedOn'],
  prospectListing: [],
  introducers: ['members'],
  politicalReview: ['lastReplyOn', 'conclusion'],
  intensiveTraining: ['startedOn', 'trainingDays', 'trainingHours'],
  committeeExamination: [],
  preReview: ['passed'],
  admissionForm: ['introducersOpinionOn'],
  admissionAssembly: ['vote', 'resolution'],
  admissionTalk: ['talkers'],
  admissionApproval: ['submittedOn', 'probationFrom', 'probationUntil'],
  admissionFiling: [],
  assignment: [],
  oath: [],
  duesStart: ['month'],
  probationReview: [],
  confirmationRequest: [],
  confirmationOpinions: [],
  confirmationAssembly: ['outcome', 'until', 'vote', 'resolution'],
  confirmationApproval: ['submittedOn', 'fullOn'],
  archiving: [],
}

/** What the day of an act is the day of, where its name does not say it. */
export const dayLabels: Readonly<Partial<Record<ActKind, string>>> = {
  application: '申请书落款日期',
  publicNotice: '公示开始日期',
  intensiveTraining: '培训结束日期',
  politicalReview: '结论日期',
  preReview: '书面意见日期',
  activistFiling: '报备案日期',
  admissionAssembly: '大会日期',
  confirmationAssembly: '大会日期',
  admissionApproval: '审批日期',
  confirmationApproval: '审批日期',
}

/** A draft of what is recorded. */
export function draftOf({ id: _, kind: __, ...fields }: Act): ActDraft {
  return fields
}

/** What stands on a paper and is filled in where it is taken over: the day, names apart by 、, and the document. */
export interface GivenByPaper {
  on?: Day
  names?: string
  evidence: string
}

/** The part of a draft that a paper gives. Of those who are named already what else is known of them stays. */
export function draftGiven(kind: ActKind | undefined, { on, names }: GivenByPaper, standing?: Act): ActDraft {
  const field = kind === undefined ? undefined : ownFields[kind].find((it) => it === 'members' || it === 'talkers')
  const known = standing === undefined || field === undefined ? [] : (draftOf(standing)[field] ?? [])
  const named = names?.split('、').map((name) => known.find((it) => it.name === name) ?? { name })
  return { ...(on && { on }), ...(field && named && { [field]: named }) }
}

/** The draft as an act, or undefined where what was typed does not make one yet. Fields of other kinds are left out. */
export function actFrom(kind: ActKind, draft: ActDraft): SentAct | undefined {
  const known: unknown = JSON.parse(JSON.stringify({ ...draft, vote: voteFrom(draft.vote), kind }))
  const parsed = actSchema.safeParse(known)
  return parsed.success ? parsed.data : undefined
}

/** What keeps a draft from being an act, in Chinese. */
export function incompleteIn(draft: ActDraft): string | undefined {
  if (voteFrom(draft.vote) !== undefined && voteOf(draft.vote) === undefined) {
    return '表决结果还没有填全：应到、实到、赞成、反对、弃权都要填写，没有的填 0。'
  }
  const named = [...(draft.members ?? []), ...(draft.talkers ?? []), ...(draft.attendees ?? [])]
  if (named.some((it) => it.name.trim() === '')) return '还有姓名没有填写；不需要的一行请移去。'
  if (draft.alsoDated?.some((it) => it.on === undefined || it.source.trim() === '')) {
    return '“其他材料上的日期”还没有填全：材料名称和日期都要填写，不需要的一行请移去。'
  }
  if (draft.signatures?.some((it) => it.on === undefined || it.by.trim() === '')) {
    return '“签名日期”还没有填全：签名人和日期都要填写，不需要的一行请移去。'
  }
  return undefined
}

/** The tally where all its counts are there. */
export function voteOf(draft: VoteDraft | undefined): Vote | undefined {
  if (draft === undefined) return undefined
  const { entitled, present, yes, no, abstain, writtenOpinions, individually } = draft
  if ([entitled, present, yes, no, abstain].some((it) => it === undefined)) return undefined
  return {
    entitled: entitled ?? 0,
    present: present ?? 0,
    yes: yes ?? 0,
    no: no ?? 0,
    abstain: abstain ?? 0,
    ...(writtenOpinions !== undefined && { writtenOpinions }),
    ...(individually !== undefined && { individually }),
  }
}

/** No tally at all where nothing is typed into it. */
const voteFrom = (draft: VoteDraft | undefined): VoteDraft | undefined =>
  draft && Object.values(draft).some((it) => it !== undefined) ? draft : undefined

type FieldsOf<It> = {
  [Key in KeyOf<It>]?: (It extends unknown ? (Key extends keyof It ? It[Key] : never) : never) | undefined
}
type KeyOf<It> = It extends unknown ? keyof It : never
