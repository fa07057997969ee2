import type { Regulation } from '../kernel/regulation.ts'
import { branchRules } from './branch-rules.ts'
import { duesNotice } from './dues-notice.ts'
import { duesRules } from './dues-rules.ts'
import { educationRules } from './education-rules.ts'
import { electionRules } from './election-rules.ts'
import { filingPeriods } from './filing-periods.ts'
import { identityNumberStandard } from './identity-number.ts'
import { mobileMembersOpinion } from './mobile-members.ts'
import { personnelFiles } from './personnel-files.ts'
import { recruitmentRules } from './recruitment-rules.ts'
import { studentPartyStandard } from './student-party-standard.ts'
import { termOpinion } from './term-opinion.ts'
import { trainingPlan } from './training-plan.ts'
import { universityRules } from './university-rules.ts'
import { holidayMeasures } from './working-days.ts'

/** Every legal source that the platform applies, in the order in which a reader would look for them. */
export const regulations: readonly Regulation[] = [
  recruitmentRules,
  branchRules,
  electionRules,
  termOpinion,
  universityRules,
  studentPartyStandard,
  duesRules,
  duesNotice,
  educationRules,
  trainingPlan,
  mobileMembersOpinion,
  personnelFiles,
  filingPeriods,
  holidayMeasures,
  identityNumberStandard,
]
