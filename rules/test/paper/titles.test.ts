import { expect, test } from 'vitest'
import { filingTemplate } from '../../src/procedures/filing/template.ts'
import { titlesOfPaper } from '../../src/procedures/paper/titles.ts'

/** The lines of a paper → the proposed places, each with the words that decided it. */
test.each<[string[], string[]]>([
  [['入党申请书', '敬爱的党组织：'], ['application 入党申请书']],
  [['入 党 申 请 书'], ['application 入党申请书']],
  [['敬爱的党组织：', '我志愿加入中国共产党，拥护党的纲领'], ['application 我志愿加入中国共产党']],
  [['转正申请书'], ['confirmationRequest 转正申请书']],
  [['思想汇报'], ['thoughtReport 思想汇报']],
  [['2024年第三季度思想汇报', '敬爱的党组织：'], ['thoughtReport 思想汇报']],
  [['自 传'], ['autobiography 自传']],
  [['中国共产党', '入党志愿书'], ['admissionForm 入党志愿书']],
  [['某某大学', '入党积极分子培养考察登记表', '姓名 张三'], ['observationRegister 积极分子培养考察登记表']],
  [['预备党员教育考察登记表'], ['probationRegister 预备党员教育考察登记表']],
  [['入党申请人谈话记录', '谈话人：李四'], ['applicantTalkRecord 谈话记录、申请人']],
  [['谈话记录', '谈话对象：张三', '谈话内容：入党动机、家庭情况'], ['applicantTalkRecord 谈话记录、入党动机']],
  [['政治审查谈话记录'], ['politicalReviewTalk 政治审查谈话、政治审查']],
  [['转正谈话记录'], ['confirmationTalkRecord 谈话记录、转正']],
  [['政审函调信', '兹有我校学生张三'], ['letterEnquiry 政审函调信']],
  [['关于张三同志政治审查情况的结论性材料'], ['politicalReviewConclusion 政治审查情况的结论性材料']],
  [
    ['支部委员会会议记录', '议题：讨论确定入党积极分子'],
    ['activistDecisionMinutes 会议记录、支部委员会、入党积极分子', 'branchCommitteeMinutes 会议记录、支部委员会'],
  ],
  [
    ['支部委员会会议记录', '议题：讨论发展对象人选'],
    ['prospectProposalMinutes 会议记录、支部委员会、发展对象', 'branchCommitteeMinutes 会议记录、支部委员会'],
  ],
  [
    ['支部党员大会会议记录', '议题：讨论接收张三为预备党员'],
    ['admissionMinutes 会议记录、支部党员大会、接收张三为预备党员', 'assemblyMinutes 会议记录、支部党员大会'],
  ],
  [
    ['支部党员大会会议记录', '议题：讨论张三转正'],
    ['confirmationMinutes 会议记录、支部党员大会、转正', 'assemblyMinutes 会议记录、支部党员大会'],
  ],
  [['支部党员大会会议记录', '议题：学习'], ['assemblyMinutes 会议记录、支部党员大会']],
  [['关于接收张三等3名同志为中共预备党员的批复'], ['admissionReply 批复、预备党员', 'replies 批复']],
  [['关于张三同志转为中共正式党员的批复'], ['confirmationReply 批复、转为中共正式党员', 'replies 批复']],
  [
    ['关于接收张三等3名同志为中共预备党员', '的批复'],
    ['admissionReply 批复、预备党员', 'replies 批复'],
  ],
  [['关于同意李四等列为发展对象的批复'], ['prospectConsentReply 批复、发展对象', 'replies 批复']],
  [
    ['发展对象公示', '经支部委员会讨论'],
    ['publicNotice 公示、发展对象', 'noticePapers 公示'],
  ],
  [['预备党员转正公示'], ['confirmationNotice 公示、转正', 'noticePapers 公示']],
  [['公示', '各位老师、同学：'], ['noticePapers 公示']],
  [['结业证书', '张三同志参加入党积极分子培训班'], ['activistTrainingProof 结业证、入党积极分子']],
  [['结业证', '张三同志参加发展对象集中培训'], ['intensiveTrainingProof 结业证、发展对象']],
  [['关于接收预备党员的预审请示'], ['preReviewRequest 预审请示、预审', 'filingReports 请示']],
  [['入党宣誓仪式记录'], ['oathRecord 入党宣誓仪式记录']],
  // The sentence names a paper, but is no title.
  [['张三同志的入党申请书已收到，请妥善保管。'], []],
  [['关于举办运动会的通知', '各学院：'], []],
  [['第一行', '第二行', '三', '四', '五', '六', '七', '八', '入党申请书'], []],
  [['第一行', '第二行', '三', '四', '五', '六', '七', '入党申请书'], ['application 入党申请书']],
  [[], []],
  [[''], []],
])('%j', (lines, places) => {
  expect(titlesOfPaper(lines).map((it) => `${it.place} ${it.words.join('、')}`)).toEqual(places)
})

const places = [...filingTemplate.person, ...filingTemplate.organization]

test.each(places)(
  'a paper that is called $label is proposed for $code, and only places of the list are',
  ({ code, label }) => {
    const proposed = titlesOfPaper([label.replace(/（[^（）]*）/g, '')]).map((it) => it.place)
    expect(proposed).toContain(code)
    const known = places.map((it) => it.code)
    expect(proposed.filter((it) => !known.includes(it))).toEqual([])
  },
)

test('the line of the title is told', () => {
  expect(titlesOfPaper(['某某大学', '思想汇报'])).toEqual([{ place: 'thoughtReport', line: 1, words: ['思想汇报'] }])
})
