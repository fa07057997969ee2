import {
  type Act,
  conclusionLabels,
  dayWritten,
  disciplineLabels,
  type NamedMember,
  opinionGiverLabels,
  outcomeLabels,
  recommenderLabels,
  type Vote,
} from '@zhibu/rules'
import type { ActDraft } from './actDraft.ts'

/** What is recorded of an act beside its day, ready to be read, in the order of the form. */
export function actFacts(act: Act): { label: string; value: string }[] {
  const it: Omit<ActDraft, 'vote' | 'signatures'> & { vote?: Vote | undefined } = act
  const facts: [label: string, value: string | undefined][] = [
    ['组织收到日期', it.receivedOn && dayWritten(it.receivedOn)],
    ['首次递交日期', it.firstSubmittedOn && dayWritten(it.firstSubmittedOn)],
    ['谈话人', names(it.talkers)],
    ['推荐方式', it.by && recommenderLabels[it.by]],
    ['备案回复', it.repliedOn && dayWritten(it.repliedOn)],
    [act.kind === 'introducers' ? '入党介绍人' : '培养联系人', names(it.members)],
    ['听取意见', it.from?.map((from) => opinionGiverLabels[from]).join('、')],
    ['开始', it.startedOn && dayWritten(it.startedOn)],
    ['天数', it.trainingDays?.toString()],
    ['学时', it.trainingHours?.toString()],
    ['公示截止', it.endedOn && dayWritten(it.endedOn)],
    ['最后一份函调、外调回复', it.lastReplyOn && dayWritten(it.lastReplyOn)],
    ['结论', it.conclusion && conclusionLabels[it.conclusion]],
    ['预审结果', it.passed === undefined ? undefined : it.passed ? '合格' : '不合格'],
    ['介绍人填写意见', it.introducersOpinionOn && dayWritten(it.introducersOpinionOn)],
    ['决定', it.outcome && outcomeLabels[it.outcome]],
    ['截至', it.until && dayWritten(it.until)],
    ['表决', it.vote && voteText(it.vote)],
    ['支部决议', resolutionText(it.resolution)],
    ['到会党员', names(it.attendees)],
    ['上报日期', it.submittedOn && dayWritten(it.submittedOn)],
    ['预备期', periodText(it.probationFrom, it.probationUntil)],
    ['转为正式党员', it.fullOn && dayWritten(it.fullOn)],
    ['首次交纳月份', it.month && dayWritten(it.month)],
    ['说明', it.reason],
    ...(act.alsoDated ?? []).map(({ source, on }): [string, string] => [source, dayWritten(on)]),
    ...(act.signatures ?? []).map(({ by, on, office }): [string, string] => [
      `${by}${office ? `（${office}）` : ''}签名`,
      dayWritten(on),
    ]),
  ]
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

function names(members: readonly NamedMember[] | undefined): string | undefined {
  return members
    ?.map((it) => `${it.name}${remarksOn(it).length > 0 ? `（${remarksOn(it).join('，')}）` : ''}`)
    .join('、')
}

function remarksOn({ fullOn, leftOn, discipline }: NamedMember): string[] {
  return [
    ...(fullOn ? [`${dayWritten(fullOn)}转正`] : []),
    ...(leftOn ? [`${dayWritten(leftOn)}转出`] : []),
    ...(discipline ? [`${dayWritten(discipline.from)}受${disciplineLabels[discipline.kind]}处分`] : []),
  ]
}

function voteText({ entitled, present, yes, no, abstain, writtenOpinions }: Vote): string {
  const written = writtenOpinions ? `，书面意见 ${writtenOpinions} 份` : ''
  return `应到 ${entitled} 人，实到 ${present} 人${written}；赞成 ${yes}，反对 ${no}，弃权 ${abstain}`
}

function resolutionText(resolution: ActDraft['resolution']): string | undefined {
  if (resolution === undefined) return undefined
  const { on, signedBySecretary, hasCounts } = resolution
  const parts = [
    on && dayWritten(on),
    signedBySecretary === undefined ? undefined : signedBySecretary ? '书记已签名' : '缺书记签名',
    hasCounts === undefined ? undefined : hasCounts ? '写明票数' : '没有写明票数',
  ]
  return parts.filter((it) => it !== undefined).join('，')
}

const periodText = (from: ActDraft['probationFrom'], until: ActDraft['probationUntil']): string | undefined =>
  from || until ? `${from ? dayWritten(from) : '？'} 至 ${until ? dayWritten(until) : '？'}` : undefined
