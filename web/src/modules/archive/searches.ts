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

/** What the address of an archive carries: the code of the place in which something is about to be filed. */
export interface ArchiveSearch {
  file?: string
}

/** The address of an archive as far as it can be understood. */
export function archiveSearch(it: Record<string, unknown>): ArchiveSearch {
  const file = text(it.file)
  return file ? { file } : {}
}

/** What the address of a document carries: the page that is looked at first, from 1. */
export interface DocumentSearch {
  page?: number | undefined
}

/** The address of a document as far as it can be understood. */
export function documentSearch(it: Record<string, unknown>): DocumentSearch {
  const page = Number(it.page)
  return Number.isInteger(page) && page > 0 ? { page } : {}
}
