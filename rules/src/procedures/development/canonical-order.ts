import { type Rule, tooEarly, tooLate } from './rule.ts'

/** Pairs of the canonical order that no numbered rule compares. */
export const canonicalOrder: readonly Rule[] = [
  pair('9', 'warning', (it) =>
    tooEarly(it.contactPersons, it.activistDecision, '确定为入党积极分子以后指定培养联系人'),
  ),
  pair('13', 'warning', (it) =>
    tooEarly(it.opinions, it.activistDecision, '提出发展对象人选的征求意见在确定为入党积极分子以后进行'),
  ),
  pair('13', 'error', (it) => tooEarly(it.prospectListing, it.prospectProposal, '支委会先讨论提出，再列为发展对象')),
  pair('14', 'warning', (it) => tooEarly(it.introducers, it.prospectListing, '列为发展对象以后确定入党介绍人')),
  pair('14', 'error', (it) => tooLate(it.introducers, it.admissionAssembly, '支部党员大会以前应已确定入党介绍人')),
  pair('17', 'warning', (it) => tooEarly(it.intensiveTraining, it.prospectListing, '集中培训的对象是发展对象')),
  pair('18', 'warning', (it) =>
    tooEarly(it.committeeExamination, it.prospectListing, '列为发展对象以后才由支委会审查'),
  ),
  pair('18', 'error', (it) => tooEarly(it.admissionAssembly, it.preReview, '预审合格以后才能提交支部党员大会讨论')),
  pair('25', 'error', (it) => tooEarly(it.admissionApproval, it.admissionAssembly, '支部党员大会通过以后才能审批')),
  pair('25', 'warning', (it) => tooEarly(it.admissionFiling, it.admissionApproval, '审批以后报上级党委组织部门备案')),
  pair('28', 'warning', (it) => tooEarly(it.assignment, it.admissionApproval, '批准以后编入党支部和党小组')),
  pair('32', 'warning', (it) =>
    tooLate(it.confirmationRequest, firstConfirming(it.confirmationAssemblies), '本人先提出申请，再由大会讨论'),
  ),
  pair('32', 'warning', (it) =>
    tooLate(it.confirmationOpinions, firstConfirming(it.confirmationAssemblies), '先征求意见，再由大会讨论'),
  ),
  pair('33', 'error', (it) =>
    tooEarly(it.confirmationApprovals[0], it.confirmationAssemblies[0], '支部党员大会通过以后才能审批'),
  ),
  pair('36', 'warning', (it) => tooEarly(it.archiving, it.confirmationApprovals[0], '批准转正以后归档')),
]

function pair(article: NonNullable<Rule['article']>, severity: Rule['severity'], find: Rule['find']): Rule {
  return { rule: 'order', article, severity, find }
}

type Assemblies = Parameters<Rule['find']>[0]['confirmationAssemblies']

const firstConfirming = (assemblies: Assemblies): Assemblies[number] | undefined =>
  assemblies.find((it) => (it.outcome ?? 'confirm') === 'confirm')
