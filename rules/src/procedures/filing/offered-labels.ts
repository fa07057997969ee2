import { type ActKind, trainingKinds } from '../development/facts.ts'
import { labelsOfActs } from './words-on-paper.ts'

const day = '(?:的?(?:时间|日期))'

/** What forms call the day of one act and of no other, wherever it stands. */
const ofOneAct: readonly (readonly [RegExp, ActKind])[] = [
  ...labelsOfActs,
  [new RegExp(`^(?:本人)?(?:递交|提交)(?:入党)?申请书?${day}$|^入党申请${day}$`), 'application'],
  [new RegExp(`^(?:确定|指定)培养联系人${day}?$|^培养联系人确定${day}$`), 'contactPersons'],
  [new RegExp(`^(?:入党)?宣誓${day}$`), 'oath'],
  [new RegExp(`^(?:递交|提交|提出)?转正申请书?${day}$`), 'confirmationRequest'],
]

/** What forms of several acts have: it is the day of that one which the paper proves, and of none where it proves several. */
const byPlace: readonly (readonly [RegExp, readonly ActKind[]])[] = [
  [
    new RegExp(`^(?:会议|开会|召开|大会|支部大会|支委会|党委会|讨论|支委会讨论)?${day}$`),
    [
      'activistDecision',
      'prospectProposal',
      'committeeExamination',
      'admissionAssembly',
      'admissionApproval',
      'confirmationAssembly',
    ],
  ],
  [new RegExp(`^谈话${day}$`), ['applicantTalk', 'admissionTalk']],
  [
    new RegExp(`^(?:审批|批准|批复|党委审批|上级党委审批)${day}$`),
    ['prospectConsent', 'admissionApproval', 'confirmationApproval'],
  ],
  [new RegExp(`^推荐${day}$`), ['recommendation']],
  [new RegExp(`^(?:上报)?备案${day}$`), ['activistFiling', 'admissionFiling']],
  [new RegExp(`^(?:培训结束|结业)${day}$`), trainingKinds],
]

/** The act whose day stands behind a label on a paper that proves these acts; undefined where that is not certain. */
export function actByLabel(label: string, evidences: readonly ActKind[]): ActKind | undefined {
  const named = ofOneAct.find(([words]) => words.test(label))?.[1]
  if (named !== undefined) return named
  const kinds = byPlace.flatMap(([words, all]) =>
    words.test(label) ? all.filter((kind) => evidences.includes(kind)) : [],
  )
  return kinds.length === 1 ? kinds[0] : undefined
}
