import type { Act, Day } from '@zhibu/rules'
import type { Known } from './known.ts'

/** Three invented persons at three places of the way, to see a form with. One has a rare character in the name. */
export const samplePersons = (today: Day): readonly Known[] => [
  sample('周初晴', '女', 6, today),
  sample('赵喆', '男', 12, today),
  sample('阿依古丽·买买提江', '女', way.length, today),
]

function sample(name: string, sex: '男' | '女', actCount: number, today: Day): Known {
  return {
    person: {
      id: '',
      organizationId: '',
      path: '',
      name,
      kind: 'undergraduate',
      studentNumber: '2023010001',
      sex: sex === '男' ? 'male' : 'female',
      ethnicity: name.includes('·') ? '维吾尔族' : '汉族',
      bornOn: '2004-05-11',
      nativePlace: '甘肃兰州',
      idNumberMask: '990*************01',
      phoneMask: '139****0001',
      education: '大学本科在读',
      degree: null,
      department: '云山学院',
      major: '数学与应用数学',
      grade: '2023级',
      className: '数学2301班',
      enrolledOn: '2022-09',
      leavesOn: '2026-06-30',
      isMobile: false,
      details: {},
    },
    organization: { id: '', path: '', name: '云山学院本科生第一党支部', kind: 'branch' },
    above: [
      { id: '', path: '', name: '临江大学党委', kind: 'universityCommittee' },
      { id: '', path: '', name: '云山学院党委', kind: 'partyCommittee' },
    ],
    university: '临江大学',
    officers: { secretary: '李晓岚', orgMember: '赵思远' },
    acts: way.slice(0, actCount),
    clear: {},
    today,
    madeBy: '周行',
  }
}

const vote = { entitled: 21, present: 20, yes: 19, no: 0, abstain: 1, writtenOpinions: 1 }
const members = [{ name: '李晓岚' }, { name: '赵思远' }]

const way: readonly Act[] = [
  { kind: 'application', on: '2023-09-20' },
  { kind: 'applicantTalk', on: '2023-10-12', talkers: [{ name: '周行' }] },
  { kind: 'recommendation', on: '2024-03-11', by: 'league' },
  { kind: 'activistDecision', on: '2024-03-18' },
  { kind: 'activistFiling', on: '2024-03-25' },
  { kind: 'contactPersons', on: '2024-03-26', members },
  { kind: 'review', on: '2024-09-20' },
  { kind: 'thoughtReport', on: '2024-06-20' },
  { kind: 'activistTraining', on: '2024-05-20', trainingHours: 40 },
  { kind: 'opinions', on: '2025-04-01', from: ['group', 'contactPersons', 'members', 'masses'] },
  { kind: 'prospectProposal', on: '2025-04-07' },
  { kind: 'prospectConsent', on: '2025-04-15' },
  { kind: 'publicNotice', on: '2025-04-16', endedOn: '2025-04-23' },
  { kind: 'prospectListing', on: '2025-04-25' },
  { kind: 'introducers', on: '2025-04-25', members },
  { kind: 'politicalReview', on: '2025-05-12', lastReplyOn: '2025-05-09', conclusion: 'qualified' },
  { kind: 'intensiveTraining', on: '2025-05-21', startedOn: '2025-05-19', trainingDays: 3, trainingHours: 24 },
  { kind: 'committeeExamination', on: '2025-05-26' },
  { kind: 'preReview', on: '2025-06-03', passed: true },
  { kind: 'admissionForm', on: '2025-06-06', introducersOpinionOn: '2025-06-09' },
  { kind: 'admissionAssembly', on: '2025-06-12', vote, resolution: { on: '2025-06-12' } },
  { kind: 'admissionTalk', on: '2025-06-20', talkers: [{ name: '周行' }] },
  { kind: 'admissionApproval', on: '2025-07-02', probationFrom: '2025-06-12', probationUntil: '2026-06-11' },
  { kind: 'oath', on: '2025-07-10' },
  { kind: 'confirmationRequest', on: '2026-05-20' },
  { kind: 'confirmationOpinions', on: '2026-06-01' },
  { kind: 'confirmationAssembly', on: '2026-06-15', outcome: 'confirm', vote, resolution: { on: '2026-06-15' } },
  { kind: 'confirmationApproval', on: '2026-06-29', fullOn: '2026-06-12' },
]
