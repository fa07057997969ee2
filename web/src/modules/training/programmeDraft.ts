import type { Day } from '@zhibu/rules'
import type { Audience, Term } from '@zhibu/server/modules/training/names-schema'
import type { ProgrammeFields, ProgrammeView, Stage } from '@zhibu/server/modules/training/schema'
import { asDay, audienceNames, termOf } from './words.ts'

/** A programme as its form has it. */
export interface ProgrammeDraft {
  title: string
  audience: Audience
  year: number | undefined
  term: Term
  summary: string
  requiredHours: number | null
  capacity: number | null
  byNomination: boolean
  bySignUp: boolean
  untilOn: Day | undefined
  stages: Stage[]
}

/** A stage with an id of its own. Made without what browsers have only on a secured connection. */
export function newStage(title = ''): Stage {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((it, at) => {
    const marked = at === 6 ? (it & 0x0f) | 0x40 : at === 8 ? (it & 0x3f) | 0x80 : it
    return marked.toString(16).padStart(2, '0')
  })
  const id = [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((it) => it.join(''))
    .join('-')
  return { id, title, aim: '' }
}

/** What a new programme begins with, on this day. */
export function emptyProgramme(today: string): ProgrammeDraft {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return {
    ...{ title: '', audience: 'activists', summary: '', requiredHours: null, capacity: null },
    ...{ year, term: month >= 2 && month <= 7 ? 'spring' : 'autumn' },
    ...{ byNomination: false, bySignUp: false, untilOn: undefined, stages: [] },
  }
}

/** A programme that was read, to be changed. */
export const programmeDraftOf = (it: ProgrammeView): ProgrammeDraft => ({
  ...{ title: it.title, audience: it.audience, year: it.year, term: it.term, summary: it.summary },
  ...{ requiredHours: it.requiredHours, capacity: it.capacity, stages: it.stages },
  ...{ byNomination: it.admission.byNomination, bySignUp: it.admission.bySignUp },
  untilOn: asDay(it.admission.untilOn),
})

/** What is sent of a draft. Stages without a title and an aim are left out; a last day counts only where people come by themselves. */
export function programmeFieldsOf(it: ProgrammeDraft): ProgrammeFields {
  const { title, audience, term, summary, requiredHours, capacity, byNomination, bySignUp } = it
  return {
    ...{ title, audience, term, summary, requiredHours, capacity },
    year: it.year ?? 0,
    admission: { byNomination, bySignUp, untilOn: byNomination || bySignUp ? (it.untilOn ?? null) : null },
    stages: it.stages.filter((one) => one.title.trim() !== '' || one.aim.trim() !== ''),
  }
}

/** What somebody else has changed of a programme, field by field, in words. */
export const programmeChanges = (before: ProgrammeView, now: ProgrammeView) =>
  inWords.map(({ label, say }) => ({ label, before: say(before), now: say(now) })).filter((it) => it.before !== it.now)

const inWords: readonly { label: string; say: (it: ProgrammeView) => string }[] = [
  { label: '名称', say: (it) => it.title },
  { label: '对象', say: (it) => audienceNames[it.audience] },
  { label: '学期', say: termOf },
  { label: '简介', say: (it) => it.summary },
  { label: '要求学时', say: (it) => it.requiredHours?.toString() ?? '' },
  { label: '名额', say: (it) => it.capacity?.toString() ?? '不限' },
  { label: '支部推荐', say: ({ admission }) => yesOrNo(admission.byNomination) },
  { label: '本人报名', say: ({ admission }) => yesOrNo(admission.bySignUp) },
  { label: '截止', say: ({ admission }) => admission.untilOn ?? '' },
  { label: '阶段', say: ({ stages }) => stages.map(({ title, aim }) => `${title} ${aim}`.trim()).join('；') },
]

const yesOrNo = (is: boolean): string => (is ? '是' : '否')
