import { text } from '../../address.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** What the address of the list of documents carries. */
export interface DocumentsSearch extends ListSearch {
  organizationId?: string | undefined
}

/** The address of the list of documents as far as it can be understood. */
export const documentsSearch = (it: Record<string, unknown>): DocumentsSearch => ({
  ...listSearch(it),
  organizationId: text(it.organizationId),
})
