import { dayWritten, isDay } from '@zhibu/rules'
import { officeLabels } from '@zhibu/server/modules/accounts/names-schema'
import {
  availabilityNames,
  type Correction,
  dutyNames,
  employmentNames,
  fluencyNames,
  masteryNames,
} from '@zhibu/server/modules/talent/names-schema'
import type { OfficeHeld, StaffRecord, StaffRow } from '@zhibu/server/modules/talent/schema'

/** A day as it is written, or nothing. */
export const dayInWords = (on: string | null): string => (on !== null && isDay(on) ? dayWritten(on) : '')

/** An office in words: 信息学院党委 组织员，2025年1月1日起. */
export function officeInWords({ organization, office, from, until }: OfficeHeld): string {
  const period = until === null ? `${dayInWords(from)}起` : `${dayInWords(from)}至${dayInWords(until)}`
  return `${organization.name} ${officeLabels[office]}，${period}`
}

/** The offices of a line of the list. */
export const officesInWords = (all: StaffRow['offices']): string =>
  all.map((it) => `${it.organization} ${officeLabels[it.office]}`).join('；')

/** 专职，辅导员，本科生辅导员 */
export function postInWords({
  employment,
  duty,
  title,
}: Pick<StaffRecord['official'], 'employment' | 'duty' | 'title'>) {
  const words = [employment && employmentNames[employment], duty && dutyNames[duty], title]
  return words.filter((it) => it !== null && it !== '').join('，')
}

export const skillsInWords = (all: StaffRecord['skills']): string =>
  all.map((it) => `${it.name}（${masteryNames[it.mastery]}）`).join('、')

export const languagesInWords = (all: StaffRecord['languages']): string =>
  all.map((it) => `${it.name}（${fluencyNames[it.fluency]}）`).join('、')

/** What is proposed of a correction, in words. */
export function proposedInWords(field: Correction, proposed: string): string {
  const names: Partial<Record<Correction, Readonly<Record<string, string>>>> = {
    employment: employmentNames,
    duty: dutyNames,
  }
  return names[field]?.[proposed] ?? (field === 'since' ? dayInWords(proposed) : proposed)
}

export { availabilityNames }
