import { oneOf } from '../../address.ts'

/** What there is besides the notices that the reader got. */
const parts = ['waiting', 'sent', 'dropped', 'settings'] as const
export type NoticesPart = (typeof parts)[number]

/** What the address of the notices carries. */
export interface NoticesSearch {
  list?: NoticesPart | undefined
}

/** The address of the notices as far as it can be understood. */
export const noticesSearch = (it: Record<string, unknown>): NoticesSearch => ({ list: oneOf(parts, it.list) })
