import { oneOf, text } from '../../address.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** The parts of the page of the staff; the own record has no name in the address. */
export const staffParts = [
  'calls',
  'successions',
  'everybody',
  'posts',
  'establishment',
  'corrections',
  'skills',
] as const
export type StaffPart = (typeof staffParts)[number]

/** What the address of the page carries; the page reads it. */
export interface StaffSearch extends ListSearch {
  list?: StaffPart | undefined
  organizationId?: string | undefined
  employment?: string | undefined
  duty?: string | undefined
  skillId?: string | undefined
  availability?: string | undefined
  only?: string | undefined
}

/** The address as far as it can be understood. */
export const staffSearch = (it: Record<string, unknown>): StaffSearch => ({
  ...listSearch(it),
  list: oneOf(staffParts, it.list),
  organizationId: text(it.organizationId),
  employment: text(it.employment),
  duty: text(it.duty),
  skillId: text(it.skillId),
  availability: text(it.availability),
  only: text(it.only),
})
