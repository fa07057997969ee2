import {
  type Act,
  type ActKind,
  conclusionLabels,
  type NamedMember,
  opinionGiverLabels,
  outcomeLabels,
  recommenderLabels,
  stageLabels,
  stageOf,
  type Vote,
} from '@zhibu/rules'
import type { Value, Values } from '../../platform/papers/tags.ts'
import { personKindNames, sexNames } from '../people/names-schema.ts'
import type { Known } from './known.ts'
import type { DictionaryEntry } from './schema.ts'

/** Everything known about a person, the branch and the acts, by the Chinese names under which forms ask for it. */
export function valuesOf(it: Known): Values {
  const groups: [string, Values][] = actGroups.map(({ name, kind, valuesFrom }) => {
    const acts = it.acts.filter((act) => act.kind === kind).sort(byDay)
    return [name, valuesFrom(acts)]
  })
  return {
    ...Object.fromEntries(ownFields.map(({ name, value }) => [name, value(it)])),
    ...Object.fromEntries(groups),
    资料: Object.fromEntries(
      Object.entries(it.person.details).map(([header, text]) => [header.replaceAll('.', ''), text]),
    ),
  }
}

/**
 * What a form over several persons is filled with: the list 名单, their number, their names, and what all of them have in
 * common: the branch, the days of a common notice. Of a single person it is everything.
 */
export function valuesOfList(all: readonly Known[]): Values {
  const each = all.map(valuesOf)
  const [first = {}, ...others] = each
  return {
    ...others.reduce(inCommon, first),
    名单: each.map((values, at) => ({ 序号: at + 1, ...values })),
    人数: all.length,
    名单姓名: all.map((it) => it.person.name).join('、'),
    名单称谓: addressed(all.map((it) => it.person.name)),
  }
}

/** As titles name people: up to three by their names, more by the first and the number. */
const addressed = (all: readonly string[]): string =>
  all.length <= 3 ? `${all.join('、')}同志` : `${all[0] ?? ''}等${all.length}名同志`

/** The fields in the order in which people choose from them. */
export const dictionary = (): readonly DictionaryEntry[] => [
  ...ownFields.map(({ name, group, enteredAt, note = null }) => ({ name, group, enteredAt, note })),
  ...actGroups.flatMap(entriesOf),
  entry('名单', '逐人列出，每人有上面的各项和“序号”'),
  entry('名单姓名', '各人姓名，用顿号隔开'),
  entry('名单称谓', '如“张三同志”“张三、李四同志”“张三等12名同志”'),
  entry('人数', null),
]

const entry = (name: string, note: string | null): DictionaryEntry => ({ name, group: '名单', enteredAt: null, note })

function entriesOf({ name, kind, fields, listed }: ActGroup): DictionaryEntry[] {
  const ofField = (field: string, note: string | null): DictionaryEntry => {
    return { name: `${name}.${field}`, group: '发展过程', enteredAt: kind, note }
  }
  const each = listed ? [ofField('各次', '逐次列出，每次有“日期”等内容')] : []
  return [...fields.map((field) => ofField(field, null)), ...each]
}

/** The names under which a tag is understood without anybody telling: those of the dictionary, of lists, and further details. */
export function isKnownName(path: string, within: readonly string[]): boolean {
  if (names.has(path) || path.startsWith('资料.')) return true
  const around = within.at(-1)
  if (around === undefined) return groupNames.has(path)
  return path === '序号' || names.has(`${around.replace(/\.各次$/, '')}.${path}`)
}

/** The numbers in the clear. Whoever makes a form with one of them reads it, and the reading is recorded. */
export const clearNumbers = { 身份证号全号: 'idNumber', 联系电话全号: 'phone' } as const

interface OwnField {
  name: string
  group: DictionaryEntry['group']
  enteredAt: DictionaryEntry['enteredAt']
  note?: string
  value: (it: Known) => Value
}

const ofPerson = (name: string, value: OwnField['value'], note?: string): OwnField => ({
  name,
  group: '本人',
  enteredAt: 'person',
  ...(note && { note }),
  value,
})
const ofBranch = (name: string, value: OwnField['value']): OwnField => ({
  name,
  group: '组织',
  enteredAt: 'organization',
  value,
})
const computed = (name: string, value: OwnField['value']): OwnField => ({ name, group: '其他', enteredAt: null, value })

const ownFields: readonly OwnField[] = [
  ofPerson('姓名', ({ person }) => person.name),
  ofPerson('性别', ({ person }) => person.sex && sexNames[person.sex]),
  ofPerson('民族', ({ person }) => person.ethnicity),
  ofPerson('出生日期', ({ person }) => person.bornOn),
  ofPerson('籍贯', ({ person }) => person.nativePlace),
  ofPerson('学号', ({ person }) => person.studentNumber),
  ofPerson('人员类别', ({ person }) => person.kind && personKindNames[person.kind]),
  ofPerson('学历', ({ person }) => person.education),
  ofPerson('学位', ({ person }) => person.degree),
  ofPerson('院系', ({ person }) => person.department),
  ofPerson('专业', ({ person }) => person.major),
  ofPerson('年级', ({ person }) => person.grade),
  ofPerson('班级', ({ person }) => person.className),
  ofPerson('入学日期', ({ person }) => person.enrolledOn),
  ofPerson('离校日期', ({ person }) => person.leavesOn),
  ofPerson('是否流动党员', ({ person }) => person.isMobile),
  ofPerson('身份证号', ({ person }) => person.idNumberMask, '只显示首尾'),
  ofPerson('身份证号全号', ({ clear }) => clear.idNumber, '完整号码，生成时记入查看记录'),
  ofPerson('联系电话', ({ person }) => person.phoneMask, '只显示首尾'),
  ofPerson('联系电话全号', ({ clear }) => clear.phone, '完整号码，生成时记入查看记录'),
  ofBranch('所在支部', ({ organization }) => organization.name),
  ofBranch('上级党组织', ({ above }) => above.at(-1)?.name),
  ofBranch('上级党委', ({ above }) => above.findLast((it) => committees.includes(it.kind))?.name),
  ofBranch('学校党委', ({ above }) => above.find((it) => it.kind === 'universityCommittee')?.name),
  ofBranch('学校', ({ university }) => university),
  ofBranch('支部书记', ({ officers }) => officers.secretary),
  ofBranch('支部副书记', ({ officers }) => officers.deputySecretary),
  ofBranch('组织委员', ({ officers }) => officers.orgMember),
  ofBranch('宣传委员', ({ officers }) => officers.publicityMember),
  ofBranch('纪检委员', ({ officers }) => officers.disciplineMember),
  computed('发展阶段', ({ acts }) => {
    const stage = stageOf({ acts })
    return stage && stageLabels[stage]
  }),
  computed('今天', ({ today }) => today),
  computed('经办人', ({ madeBy }) => madeBy),
]

const committees: readonly string[] = ['partyCommittee', 'universityCommittee']

/** What a form may ask of the acts of a kind. */
interface ActGroup {
  name: string
  kind: ActKind
  fields: readonly string[]
  /** Whether the kind stands in a file more than once, so that each may be listed. */
  listed: boolean
  valuesFrom: (acts: readonly Act[]) => Values
}

type ActOf<Kind extends ActKind> = Extract<Act, { kind: Kind }>
type Fields<Kind extends ActKind> = Readonly<Record<string, (act: ActOf<Kind>) => Value>>

/** Fields of the act of a kind; of several, those of the last one, and a list of all where `listed`. */
function group<Kind extends ActKind>(name: string, kind: Kind, more: Fields<Kind> = {}, listed = false): ActGroup {
  const fields: Fields<Kind> = { 日期: (act) => act.on, ...more }
  const isOurs = (act: Act): act is ActOf<Kind> => act.kind === kind
  const valuesOfAct = (act: ActOf<Kind>): Values =>
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value(act)]))
  return {
    name,
    kind,
    fields: listed ? [...Object.keys(fields), '次数'] : Object.keys(fields),
    listed,
    valuesFrom(acts) {
      const ours = acts.filter(isOurs)
      const last = ours.at(-1)
      return {
        ...(last && valuesOfAct(last)),
        ...(listed && ours.length > 0 && { 次数: ours.length, 各次: ours.map(valuesOfAct) }),
      }
    },
  }
}

const named = (members: readonly NamedMember[] | undefined): Value => members?.map((it) => it.name).join('、')

const counted = ({ vote }: { vote?: Vote }, part: keyof Vote): Value => vote?.[part]
const ofVote = {
  应到: (act: { vote?: Vote }) => counted(act, 'entitled'),
  实到: (act: { vote?: Vote }) => counted(act, 'present'),
  赞成: (act: { vote?: Vote }) => counted(act, 'yes'),
  反对: (act: { vote?: Vote }) => counted(act, 'no'),
  弃权: (act: { vote?: Vote }) => counted(act, 'abstain'),
  书面意见: (act: { vote?: Vote }) => counted(act, 'writtenOpinions'),
}

/** The acts in the order of the way. */
const actGroups: readonly ActGroup[] = [
  group('入党申请书', 'application', { 收到日期: (it) => it.receivedOn, 首次递交日期: (it) => it.firstSubmittedOn }),
  group('申请人谈话', 'applicantTalk', { 谈话人: (it) => named(it.talkers) }),
  group('推荐', 'recommendation', { 方式: (it) => it.by && recommenderLabels[it.by] }),
  group('确定积极分子', 'activistDecision'),
  group('积极分子备案', 'activistFiling', { 回复日期: (it) => it.repliedOn }),
  group('培养联系人', 'contactPersons', { 姓名: (it) => named(it.members) }),
  group('半年考察', 'review', {}, true),
  group('思想汇报', 'thoughtReport', {}, true),
  group('积极分子培训', 'activistTraining', { 学时: (it) => it.trainingHours }, true),
  group('征求意见', 'opinions', { 对象: (it) => it.from?.map((from) => opinionGiverLabels[from]).join('、') }),
  group('提出发展对象', 'prospectProposal'),
  group('上级同意', 'prospectConsent'),
  group('公示', 'publicNotice', { 结束日期: (it) => it.endedOn }),
  group('列为发展对象', 'prospectListing'),
  group('入党介绍人', 'introducers', { 姓名: (it) => named(it.members) }),
  group('政治审查', 'politicalReview', {
    最后回函日期: (it) => it.lastReplyOn,
    结论: (it) => it.conclusion && conclusionLabels[it.conclusion],
  }),
  group('集中培训', 'intensiveTraining', {
    开始日期: (it) => it.startedOn,
    天数: (it) => it.trainingDays,
    学时: (it) => it.trainingHours,
  }),
  group('支委会审查', 'committeeExamination'),
  group('预审', 'preReview', { 结果: (it) => (it.passed === undefined ? undefined : it.passed ? '合格' : '不合格') }),
  group('入党志愿书', 'admissionForm', { 介绍人意见日期: (it) => it.introducersOpinionOn }),
  group('接收大会', 'admissionAssembly', { ...ofVote, 决议日期: (it) => it.resolution?.on }),
  group('审批前谈话', 'admissionTalk', { 谈话人: (it) => named(it.talkers) }),
  group('接收审批', 'admissionApproval', {
    报送日期: (it) => it.submittedOn,
    预备期开始: (it) => it.probationFrom,
    预备期结束: (it) => it.probationUntil,
  }),
  group('组织部门备案', 'admissionFiling'),
  group('编入支部', 'assignment'),
  group('入党宣誓', 'oath'),
  group('交纳党费', 'duesStart', { 起交月份: (it) => it.month }),
  group('预备期考察', 'probationReview', {}, true),
  group('转正申请书', 'confirmationRequest'),
  group('转正征求意见', 'confirmationOpinions'),
  group('转正大会', 'confirmationAssembly', {
    ...ofVote,
    决议日期: (it) => it.resolution?.on,
    结果: (it) => outcomeLabels[it.outcome ?? 'confirm'],
    延长至: (it) => it.until,
  }),
  group('转正审批', 'confirmationApproval', { 报送日期: (it) => it.submittedOn, 转正日期: (it) => it.fullOn }),
  group('归档', 'archiving'),
]

const names = new Set(dictionary().map((it) => it.name))
const groupNames = new Set(actGroups.map((it) => it.name))

const byDay = (a: Act, b: Act): number => ((a.on ?? '') < (b.on ?? '') ? -1 : 1)

/** What two groups of values have in common, field by field. */
function inCommon(one: Values, other: Values): Values {
  return Object.fromEntries(
    Object.entries(one).flatMap(([name, value]): [string, Value][] => {
      const second = other[name]
      if (isGroup(value) && isGroup(second)) return [[name, inCommon(value, second)]]
      return JSON.stringify(value) === JSON.stringify(second) ? [[name, value]] : []
    }),
  )
}

const isGroup = (value: Value): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
