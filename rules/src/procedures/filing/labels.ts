import { actLabels, outcomeLabels } from '../development/labels.ts'
import type { ContentKind, Deliverer, FilingPlace, PlaceOrigin, Requirement } from './places.ts'
import type { RetentionPeriod } from './retention.ts'

export const delivererLabels: Readonly<Record<Deliverer, string>> = {
  person: '本人',
  recommender: '推荐的党员或群团组织',
  branch: '党支部',
  partyCommittee: '上级党委',
  organizationDepartment: '上级党委组织部门',
}

export const requirementLabels: Readonly<Record<Requirement, string>> = {
  required: '必备',
  ifHappened: '发生时归档',
  optional: '有则归档',
}

/** Where a place comes from, for the mark beside it. */
export const originLabels: Readonly<Record<PlaceOrigin, string>> = {
  article: '细则写明',
  custom: '通行做法',
  local: '各校自定',
}

export const paperFormLabels: Readonly<Record<FilingPlace['form'], string>> = {
  original: '原件',
  either: '原件或复印件',
}

export const retentionLabels: Readonly<Record<RetentionPeriod, string>> = {
  personnelFile: '随人事档案',
  permanent: '永久',
  years30: '30年',
  years10: '10年',
}

export const contentKindLabels: Readonly<Record<ContentKind, string>> = {
  pdf: 'PDF',
  ofd: 'OFD',
  picture: '图片',
  word: 'Word',
  sheet: '表格',
}

/** When a paper of a place is asked for, in a few words. */
export function whenAsked(place: FilingPlace): string {
  if (place.requirement === 'optional') return requirementLabels.optional
  if (place.subject === 'organization') return place.occasion
  if (place.outcome !== undefined) return `决定${outcomeLabels[place.outcome]}的`
  return place.requirement === 'required' ? `“${actLabels[place.from]}”以后` : `有“${actLabels[place.from]}”的`
}
