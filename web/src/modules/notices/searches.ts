import { oneOf } from '../../address.ts'

/** What there is besides the notices that the reader got. */
const parts = ['waiting', 'sent', 'dropped', 'settings'] as const
export type NoticesPart = (typeof parts)[number]

/** What the address of the notices carries. */
export interface NoticesSearch {
  list?: NoticesPart
}

/** The address of the notices as far as it can be understood. */
export function noticesSearch(it: Record<string, unknown>): NoticesSearch {
  const list = oneOf(parts, it.list)
  return list ? { list } : {}
}
