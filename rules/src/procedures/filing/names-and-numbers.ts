import { type Day, dayWritten, isDay, isMonth } from '../../kernel/day.ts'
import { ruleBookOn } from '../../regulations/recruitment-rules.ts'
import type { Act, ContactPersons, Introducers } from '../development/facts.ts'
import type { FactUsed, Finding } from '../development/results.ts'
import { factIn } from '../development/wording.ts'
import { isSameDay, meetingOf, nearest, type ReadDocument, type Recorded } from './read-document.ts'

/** Names and numbers in which a paper differs. */
export function otherNamesAndNumbers(
  { place, on, says = {} }: ReadDocument,
  source: string,
  record: Recorded,
): Finding[] {
  const { facts, name } = record
  const meeting = nearest(facts.acts, meetingOf(place), on ?? record.on)
  const told: Finding[] = []
  const compare = (what: Compared, recorded: FactUsed | undefined, said: string | undefined, day: Day = record.on) => {
    if (recorded === undefined || said === undefined || isSameDay(recorded.value, said)) return
    told.push({
      rule: what.rule ?? 'T55',
      severity: 'error',
      ruleBook: ruleBookOn(day),
      message: `${recorded.label}前后不一：登记的是${shown(recorded.value)}，${source}写的是${shown(said)}。${what.mend ?? byOriginal}`,
      facts: [recorded, { ...recorded, label: `${source}所记${recorded.label}`, value: said }],
    })
  }
  compare(ofName, name === undefined ? undefined : { label: '姓名', value: name }, says.name)
  compare(ofBirth, facts.bornOn === undefined ? undefined : { label: '出生日期', value: facts.bornOn }, says.bornOn)
  for (const act of facts.acts) {
    if (act.kind === 'contactPersons') compare({}, named(act, '培养联系人'), inOrder(says.contactPersons), act.on)
    if (act.kind === 'introducers') compare({}, named(act, '入党介绍人'), inOrder(says.introducers), act.on)
    if (act.kind === 'intensiveTraining' && place === 'intensiveTrainingProof')
      compare({}, counted(act, '集中培训学时', act.trainingHours, '学时'), withUnit(says.trainingHours, '学时'), act.on)
  }
  if (meeting?.kind === 'admissionAssembly' || meeting?.kind === 'confirmationAssembly')
    for (const [part, label, unit] of partsOfVote)
      compare({}, counted(meeting, label, meeting.vote?.[part], unit), withUnit(says.vote?.[part], unit), meeting.on)
  return told
}

/** What is special about a comparison: the rule, and how to mend it. */
interface Compared {
  rule?: string
  mend?: string
}

const byOriginal = '请对照原始材料，以原件为准统一更正。'
const ofName: Compared = { mend: '请核对材料是否放错了人；写错或者用过曾用名的，由本人说明。' }
const ofBirth: Compared = { rule: 'T59', mend: '请核对身份证件和档案；档案记载不一致的，按组织认定的日期。' }

const partsOfVote = [
  ['entitled', '应到会有表决权的党员', '人'],
  ['present', '实到会有表决权的党员', '人'],
  ['yes', '赞成票', '票'],
  ['no', '反对票', '票'],
  ['abstain', '弃权票', '票'],
] as const

function named(act: ContactPersons | Introducers, label: string): FactUsed | undefined {
  const names = inOrder(act.members?.map((it) => it.name))
  return names === undefined ? undefined : factIn(act, label, names)
}

function counted(act: Act, label: string, count: number | undefined, unit: string): FactUsed | undefined {
  const value = withUnit(count, unit)
  return value === undefined ? undefined : factIn(act, label, value)
}

const inOrder = (names: readonly string[] | undefined): string | undefined => names && [...names].sort().join('、')

const withUnit = (count: number | undefined, unit: string): string | undefined =>
  count === undefined ? undefined : `${count}${unit}`

const shown = (value: string): string => (isDay(value) || isMonth(value) ? dayWritten(value) : value)
