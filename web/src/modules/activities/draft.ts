import type { Day } from '@zhibu/rules'
import type { ActivityKind } from '@zhibu/server/modules/activities/names-schema'
import type { ActivityFields, ActivityView, Plan } from '@zhibu/server/modules/activities/schema'
import { activityKindNames, asDay, readMinute, whenOf, writeMinute } from './words.ts'

/** A line that is being written, with a key that stays while others come and go. */
export interface Line<Value> {
  key: string
  value: Value
}

/** An activity as its form has it: lines with keys, times as they are typed. */
export interface Draft {
  kind: ActivityKind
  title: string
  summary: string
  dayKey: string | null
  fromOn: Day | undefined
  untilOn: Day | undefined
  start: string
  end: string
  place: string
  link: string
  speaker: string
  aboutSpeaker: string
  aim: string
  steps: Line<{ minutes: number | null; what: string }>[]
  materials: Line<string>[]
  noticeText: string
  attachments: { mediaId: string; label: string; fileName: string }[]
  hasSignUp: boolean
  capacity: number | null
  signUpUntil: Day | undefined
}

let keys = 0
/** A line with a key of its own. */
export const lineOf = <Value>(value: Value): Line<Value> => ({ key: String(++keys), value })

/** What a new activity begins with. */
export const emptyDraft: Draft = {
  ...{ kind: 'other', title: '', summary: '', dayKey: null, fromOn: undefined, untilOn: undefined },
  ...{ start: '', end: '', place: '', link: '', speaker: '', aboutSpeaker: '' },
  ...{ aim: '', steps: [], materials: [], noticeText: '', attachments: [] },
  ...{ hasSignUp: false, capacity: null, signUpUntil: undefined },
}

/** The plan of a kit or of another activity in a draft. */
export const planInto = (plan: Plan): Pick<Draft, 'aim' | 'steps' | 'materials' | 'noticeText'> => ({
  ...{ aim: plan.aim, noticeText: plan.noticeText },
  steps: plan.steps.map(lineOf),
  materials: plan.materials.map(lineOf),
})

/** An activity that was read, to be changed. */
export function draftOf(it: ActivityView): Draft {
  return {
    ...{ kind: it.kind, title: it.title, summary: it.summary, dayKey: it.dayKey },
    ...{ fromOn: asDay(it.fromOn), untilOn: asDay(it.untilOn), place: it.place, link: it.link },
    ...{ start: writeMinute(it.startMinute), end: writeMinute(it.endMinute) },
    ...{ speaker: it.speaker, aboutSpeaker: it.aboutSpeaker },
    ...planInto(it.plan),
    attachments: it.attachments.map(({ mediaId, label, fileName }) => ({ mediaId, label, fileName })),
    hasSignUp: it.signUp !== null,
    capacity: it.signUp?.capacity ?? null,
    signUpUntil: asDay(it.signUp?.untilOn),
  }
}

/** What is sent of a draft. Lines in which nothing stands are left out. */
export function fieldsOf(it: Draft): ActivityFields {
  const { kind, title, summary, dayKey, place, link, speaker, aboutSpeaker, aim, noticeText } = it
  return {
    ...{ kind, title, summary, dayKey, place, link, speaker, aboutSpeaker },
    ...{ fromOn: it.fromOn ?? null, untilOn: it.untilOn === it.fromOn ? null : (it.untilOn ?? null) },
    ...{ startMinute: readMinute(it.start), endMinute: readMinute(it.end) },
    plan: {
      ...{ aim, noticeText },
      steps: it.steps.map(({ value }) => value).filter(({ what }) => what.trim() !== ''),
      materials: it.materials.map(({ value }) => value).filter((text) => text.trim() !== ''),
    },
    attachments: it.attachments.map(({ mediaId, label }) => ({ mediaId, label })),
    signUp: it.hasSignUp ? { capacity: it.capacity, untilOn: it.signUpUntil ?? null } : null,
  }
}

/** What somebody else has changed of an activity, field by field, in words. */
export function changesOf(before: ActivityView, now: ActivityView): { label: string; before: string; now: string }[] {
  return fieldsInWords
    .map(({ label, say }) => ({ label, before: say(before), now: say(now) }))
    .filter((it) => it.before !== it.now)
}

const fieldsInWords: readonly { label: string; say: (it: ActivityView) => string }[] = [
  { label: '标题', say: (it) => it.title },
  { label: '类型', say: (it) => activityKindNames[it.kind] },
  { label: '介绍', say: (it) => it.summary },
  { label: '时间', say: (it) => whenOf(it) },
  { label: '地点', say: (it) => it.place },
  { label: '线上会议', say: (it) => it.link },
  { label: '主讲人', say: (it) => it.speaker },
  { label: '主讲人介绍', say: (it) => it.aboutSpeaker },
  { label: '目的', say: ({ plan }) => plan.aim },
  { label: '环节', say: ({ plan }) => plan.steps.map(stepInWords).join('；') },
  { label: '要准备的东西', say: ({ plan }) => plan.materials.join('、') },
  { label: '通知稿', say: ({ plan }) => plan.noticeText },
  { label: '报名', say: ({ signUp }) => (signUp === null ? '不用报名' : ruleInWords(signUp)) },
  { label: '附件', say: (it) => it.attachments.map(({ label, fileName }) => label || fileName).join('、') },
  { label: '活动情况', say: (it) => it.record?.happened ?? '' },
  { label: '小结', say: (it) => it.record?.summary ?? '' },
  { label: '参加人数', say: (it) => it.record?.headcount?.toString() ?? '' },
  { label: '照片', say: (it) => (it.record === null ? '' : `${it.record.pictures.length} 张`) },
]

const stepInWords = ({ minutes, what }: Plan['steps'][number]): string =>
  minutes === null ? what : `${what}（${minutes} 分钟）`

const ruleInWords = ({ capacity, untilOn }: NonNullable<ActivityFields['signUp']>): string =>
  [capacity === null ? '不限名额' : `名额 ${capacity} 个`, ...(untilOn === null ? [] : [`${untilOn} 截止`])].join('，')
