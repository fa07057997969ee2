import { oneOf, text } from '../../address.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

const accountsOnly = ['administrators', 'persons', 'locked', 'invited'] as const

/** What the address of the list of accounts carries. */
export interface AccountsSearch extends ListSearch {
  only?: (typeof accountsOnly)[number] | undefined
}

/** The address of the list of accounts as far as it can be understood. */
export const accountsSearch = (it: Record<string, unknown>): AccountsSearch => ({
  ...listSearch(it),
  only: oneOf(accountsOnly, it.only),
})

/** What the address of the journal carries. */
export interface JournalSearch extends ListSearch {
  event?: string | undefined
  accountId?: string | undefined
  from?: string | undefined
  until?: string | undefined
  /** The entries of one group, from its first to its last. */
  first?: string | undefined
  last?: string | undefined
}

/** The address of the journal as far as it can be understood. */
export const journalSearch = (it: Record<string, unknown>): JournalSearch => ({
  ...listSearch(it),
  event: text(it.event),
  accountId: text(it.accountId),
  from: text(it.from),
  until: text(it.until),
  first: text(it.first),
  last: text(it.last),
})
