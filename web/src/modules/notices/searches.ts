import { oneOf, text } from '../../address.ts'

/** The lists of notices besides those that the reader got. */
export const noticeLists = ['waiting', 'sent', 'dropped'] as const
export type NoticeList = (typeof noticeLists)[number]

/** What the address of the notices carries. */
export interface NoticesSearch {
  list?: NoticeList
}

/** The address of the notices as far as it can be understood. */
export function noticesSearch(it: Record<string, unknown>): NoticesSearch {
  const list = oneOf(noticeLists, it.list)
  return list === undefined ? {} : { list }
}

/** What the address of a new notice carries: in whose name it is written. */
export interface WritingSearch {
  organizationId?: string
}

/** The address of a new notice as far as it can be understood. */
export function writingSearch(it: Record<string, unknown>): WritingSearch {
  const organizationId = text(it.organizationId)
  return organizationId === undefined ? {} : { organizationId }
}

/** What the address of a draft carries: whether it is about to be sent. */
export interface DraftSearch {
  send?: 'yes'
}

/** The address of a draft as far as it can be understood. */
export const draftSearch = (it: Record<string, unknown>): DraftSearch => (it.send === 'yes' ? { send: 'yes' } : {})
