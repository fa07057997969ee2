import { plain } from './place.ts'

/** Where a paper may belong by its title: proposed, a person decides. */
export interface PaperTitle {
  /** The code of a place of the filing list. */
  place: string
  /** The line of the title, from 0. */
  line: number
  /** The words of the paper that decided it, in their order. */
  words: readonly string[]
}

/**
 * The places to which the paper may belong, the likeliest first, by the title among its first lines and, for minutes and replies, by what
 * they are about; none where no title is known. The first page of a paper is taken, its lines from above to below.
 */
export function titlesOfPaper(lines: readonly string[]): PaperTitle[] {
  const read = lines.slice(0, linesOfBody).map((it) => plain(it).slice(0, 200))
  const proposals = read
    .slice(0, linesOfTitle)
    .flatMap((text, line) => (isTitle(text) ? kinds.flatMap((kind) => proposalOf(kind, text, line, read)) : []))
  const sorted = (proposals.length > 0 ? proposals : openings(read)).toSorted(
    (one, other) =>
      other.inTitle - one.inTitle ||
      other.title.words.length - one.title.words.length ||
      one.title.line - other.title.line,
  )
  return sorted.map((it) => it.title).filter((it, at, all) => all.findIndex((other) => other.place === it.place) === at)
}

interface Proposal {
  title: PaperTitle
  /** How many of the words stand in the title itself. */
  inTitle: number
}

const linesOfTitle = 8
const linesOfBody = 25

/** A title is short and does not end as sentences do. */
const isTitle = (text: string): boolean => text.length >= 2 && text.length <= 40 && !/[，。；,;!！?？]$/.test(text)

interface Kind {
  title: RegExp
  /** Each of these has to stand in the title or below it; otherwise the paper belongs elsewhere. */
  about?: readonly RegExp[]
  /** With one of these words in the title it belongs elsewhere. */
  not?: RegExp
  place: string
}

function proposalOf(
  { title, about = [], not, place }: Kind,
  text: string,
  line: number,
  read: readonly string[],
): Proposal[] {
  const word = title.exec(text)?.[0]
  // Long titles are broken, and what they are about stands in the line above.
  const before = read[line - 1] ?? ''
  const whole = isTitle(before) ? `${before}${text}` : text
  if (word === undefined || not?.test(whole)) return []
  const above = about.map((it) => it.exec(whole)?.[0])
  const body = read.slice(line + 1).join('\n')
  const words = [word, ...about.map((it, at) => above[at] ?? it.exec(body)?.[0])]
  const all = words.filter((it) => it !== undefined)
  if (all.length < words.length) return []
  return [
    { title: { place, line, words: [...new Set(all)] }, inTitle: 1 + above.filter((it) => it !== undefined).length },
  ]
}

/** Letters without a title begin with a phrase. */
function openings(read: readonly string[]): Proposal[] {
  return read.flatMap((text, line) => {
    const word = /我(?:自愿|志愿|申请)加入中国共产党/.exec(text)?.[0]
    return word === undefined ? [] : [{ title: { place: 'application', line, words: [word] }, inTitle: 0 }]
  })
}

const activist = /入?党?积极分子/
const prospect = /发展对象/
const probationary = /(?:接收|吸收|审批|批准)(?:\S{0,20})(?:预备党员|入党)|接收预备党员/
const confirmation = /转正|转为(?:中共)?正式党员/
const minutes = /会议?记录|会议纪要/
const branchCommittee = /支部委员会|支委会?/
const assembly = /(?:支部)?党员大会|支部大会/
const partyCommittee = /党委会?|党总支/
const reply = /批复|批准|同意[^，。]{2,30}(?:通知|决定)/

const kinds: readonly Kind[] = [
  { place: 'application', title: /入党申请书/ },
  { place: 'confirmationRequest', title: /转正申请书?/ },
  { place: 'thoughtReport', title: /思想汇报/ },
  { place: 'autobiography', title: /自传/ },
  { place: 'admissionForm', title: /入党志愿书/ },
  { place: 'observationRegister', title: /积极分子(?:培养)?(?:教育)?考察(?:登记)?(?:表|簿|册)|培养考察登记(?:表|簿)/ },
  { place: 'probationRegister', title: /预备党员(?:培养)?(?:教育)?(?:培养)?考察(?:登记)?(?:表|簿|册)/ },

  {
    place: 'applicantTalkRecord',
    title: /谈话(?:记录|登记)/,
    about: [/申请人|入党动机|申请入党/],
    not: /政治?审查?|转正|审批前/,
  },
  {
    place: 'admissionTalkRecord',
    title: /谈话(?:记录|登记)/,
    about: [/审批前|党委派人|组织员谈话|接收预备党员/],
    not: /申请人|转正/,
  },
  { place: 'confirmationTalkRecord', title: /谈话(?:记录|登记)/, about: [confirmation] },
  { place: 'politicalReviewTalk', title: /政(?:治审查|审)谈话|谈话(?:记录|登记)/, about: [/政治审查|政审/] },
  { place: 'letterEnquiry', title: /政审(?:调查)?函(?:调(?:信|函|材料))?|函调(?:信|函|材料)?/ },
  { place: 'letterEnquiry', title: /证明材料|调查证明/, about: [/政审|政治审查|政治历史|现实表现|直系亲属/] },
  { place: 'onsiteEnquiry', title: /外调/ },
  {
    place: 'politicalReviewConclusion',
    title: /(?:政治审查|政审)(?:情况)?(?:的)?(?:结论(?:性材料)?|综合材料|报告|情况报告|表)|政审(?:综合)?材料/,
  },

  { place: 'recommendation', title: /推优|推荐(?:表|书|材料|意见|报告|入党|优秀)|团组织推荐|群团推荐/ },
  { place: 'activistTrainingProof', title: /结业证|培训(?:合格)?证(?:书|明)?|合格证书?/, about: [activist] },
  {
    place: 'intensiveTrainingProof',
    title: /结业证|培训(?:合格)?证(?:书|明)?|合格证书?/,
    about: [/发展对象|集中培训/],
  },
  { place: 'confirmationOpinionsRecord', title: /征求[^，。]{0,12}意见/, about: [confirmation] },
  { place: 'opinionsRecord', title: /征求[^，。]{0,12}意见/, not: /转正/ },

  { place: 'confirmationExaminationMinutes', title: minutes, about: [branchCommittee, confirmation] },
  {
    place: 'committeeExaminationMinutes',
    title: minutes,
    about: [branchCommittee, /(?:接收|发展)[^，。]{0,12}预备党员|审查发展对象|发展对象[^，。]{0,8}审查/],
  },
  { place: 'committeeExaminationMinutes', title: minutes, about: [branchCommittee, /审查/], not: /转正|积极分子|人选/ },
  { place: 'prospectProposalMinutes', title: minutes, about: [branchCommittee, prospect] },
  { place: 'activistDecisionMinutes', title: minutes, about: [branchCommittee, activist] },
  { place: 'confirmationMinutes', title: minutes, about: [assembly, confirmation] },
  { place: 'admissionMinutes', title: minutes, about: [assembly, probationary] },
  { place: 'admissionCommitteeMinutes', title: minutes, about: [partyCommittee, probationary] },
  { place: 'assemblyMinutes', title: minutes, about: [assembly] },
  { place: 'branchCommitteeMinutes', title: minutes, about: [branchCommittee] },
  { place: 'partyCommitteeMinutes', title: minutes, about: [partyCommittee] },

  { place: 'confirmationReply', title: reply, about: [confirmation] },
  { place: 'admissionReply', title: reply, about: [/预备党员/], not: /转正|转为/ },
  { place: 'prospectConsentReply', title: reply, about: [prospect] },
  { place: 'activistFiling', title: /备案|批复|批准/, about: [activist] },
  { place: 'admissionFiling', title: /备案/, about: [/预备党员|组织部/] },
  { place: 'replies', title: /批复|备案回复/ },
  { place: 'filingReports', title: /请示|备案报告/ },
  { place: 'organizationPapers', title: /(?:设立|成立|换届|选举|撤销)[^，。]{0,16}(?:请示|批复|报告)/ },

  { place: 'confirmationNotice', title: /公示/, about: [confirmation] },
  { place: 'publicNotice', title: /公示/, about: [prospect] },
  { place: 'noticePapers', title: /公示/ },
  { place: 'preReviewResult', title: /预审(?:意见|结果|批复|通知)/ },
  { place: 'preReviewRequest', title: /预审(?:的)?请示|请示/, about: [/预审/] },

  { place: 'confirmationBallots', title: /表决票|选票|计票(?:单|结果)|票决/, about: [confirmation] },
  { place: 'admissionBallots', title: /表决票|选票|计票(?:单|结果)|票决/, not: /转正/ },
  { place: 'ballots', title: /表决票|选票|计票(?:单|结果)/ },
  { place: 'confirmationResolution', title: /决议/, about: [confirmation] },
  { place: 'admissionResolution', title: /决议/, about: [/预备党员/], not: /转正/ },
  { place: 'oathRecord', title: /(?:入党)?宣誓(?:仪式)?(?:记录|名单|活动)|入党誓词/ },
  { place: 'probationReviewOpinions', title: /(?:预备期|预备党员)\S{0,6}考察(?:意见|情况|报告)/ },
  { place: 'extensionPapers', title: /延长预备期/ },
  { place: 'cancellationPapers', title: /取消\S{0,12}预备党员资格/ },
  { place: 'handoverList', title: /(?:归档|移交)[^，。]{0,8}(?:清单|目录)/ },
  { place: 'activityRecords', title: /活动记录/ },
  { place: 'handoverReceipts', title: /移交[^，。]{0,8}(?:清单|回执)|接收回执/ },
  { place: 'catalogue', title: /^(?:档案|材料|卷内|归档)*目录$/ },
  { place: 'identityProof', title: /居民身份证|身份证明|身份证复印件|学生证/ },
  { place: 'memberRoster', title: /党员名册/ },
  { place: 'developmentRoster', title: /(?:积极分子|发展对象)[^，。]{0,8}名册/ },
  { place: 'activistAnalysis', title: /积极分子[^，。]{0,8}分析/ },
  { place: 'transferLetterStubs', title: /组织关系介绍信|介绍信(?:存根|回执)/ },
]
