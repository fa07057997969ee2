import {
  type ActKind,
  actLabels,
  type Day,
  dayWritten,
  type TermReport,
  type Waiting,
  waitingLabels,
} from '@zhibu/rules'
import type { NoticeText } from './schema.ts'

/** Acts of one kind that are due in a branch: of how many persons, since when, and by which articles. */
export interface DueOfKind {
  kind: ActKind
  waitingOn: Waiting
  persons: number
  overdue: number
  firstOn: Day
  citations: readonly string[]
}

/** Of whom a reminder speaks. Who issues it stands at the foot of every notice. */
export interface Reminded {
  name: string
  isBranch: boolean
  /** Who deals with it where nobody in the organisation keeps files. */
  insteadOf?: string | undefined
}

/**
 * A reminder of what is due in an organisation. It names nobody: whoever may send it need not be allowed to read files, and it goes
 * by mail. The names stand on the desk of those who keep them.
 */
export function dueReminder(
  whose: Reminded,
  all: readonly DueOfKind[],
  { asOf, until, persons }: { asOf: Day; until: Day; persons: number },
): Pick<NoticeText, 'title' | 'body'> {
  const isReview = all.every((it) => it.kind === 'review')
  const you = whose.isBranch ? '你支部' : '你单位'
  const items = all.reduce((sum, it) => sum + it.persons, 0)
  const matter = isReview ? `入党积极分子半年考察有 ${persons} 人` : `发展党员工作有 ${persons} 人、${items} 项事项`
  const due = `已超过期限，或者将于${dayWritten(until)}前（含当日）到期`
  const entries = all.map((it, at) => `${at + 1}. ${entryOf(it)}`)
  return {
    title: titled(isReview ? '关于做好入党积极分子半年考察的提醒' : '关于及时办理发展党员有关事项的提醒', whose.name),
    body: [
      `${addressed(whose)}：`,
      `截至${dayWritten(asOf)}，${you}${matter}${due}，具体如下：`,
      entries.join('\n'),
      '请对照原始材料逐一核实：已经办理的，据实登记；尚未办理的，按规定抓紧办理，不得倒签日期、补造材料。涉及的人员和每个日期的依据，请登录后在“工作台”中查看。',
    ].join('\n\n'),
  }
}

function entryOf({ kind, waitingOn, persons, overdue, firstOn, citations }: DueOfKind): string {
  const late = overdue === 0 ? '' : overdue === persons ? '，均已超过期限' : `，其中 ${overdue} 人已超过期限`
  const basis = citations.length === 0 ? '' : `依据：${citations.join('、')}。`
  return `${actLabels[kind]}：${persons} 人${late}，最早的期限为${dayWritten(firstOn)}，由${waitingLabels[waitingOn]}办理。${basis}`
}

/** A reminder of the end of a term, to the body that is elected and to the organisation above it. */
export function termReminder(
  { name, above }: { name: string; above: string | null },
  { reElectBy, explanations }: Pick<TermReport, 'reElectBy' | 'explanations'>,
  today: Day,
): Pick<NoticeText, 'title' | 'body'> {
  const ends =
    reElectBy < today ? `已于${dayWritten(reElectBy)}届满，尚未登记换届结果` : `将于${dayWritten(reElectBy)}届满`
  return {
    title: titled('关于按期换届的提醒', name),
    body: [
      `${above === null ? name : `${name}、${above}`}：`,
      `${name}本届任期${ends}。`,
      `依据：${explanations.map(explained).join('；')}。`,
      '请及早酝酿准备，按规定报批并召开会议选举；确需延期的，应在届满前报上级党组织批准。已经换届或已获准延期的，请登记结果和批准文号。',
    ].join('\n\n'),
  }
}

/** A sentence of the rules with its article, which says so where it is still to be checked. */
export const explained = ({ text, basis }: TermReport['explanations'][number]): string =>
  basis === undefined ? text : `${text}（${basis.cited}${basis.toVerify ? '，待核实' : ''}）`

const addressed = ({ name, insteadOf }: Reminded): string =>
  insteadOf === undefined ? name : `${insteadOf}（${name}没有登记负责档案的任职，请代为办理）`

/** A title with the organisation behind it, as long as there is room for it. */
function titled(title: string, name: string): string {
  const whole = `${title}（${name}）`
  return whole.length <= mostInTitle ? whole : title
}

const mostInTitle = 80
