import { text } from '../../address.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** What the address of the list of certificates carries; the page reads it. */
export interface CertificatesSearch extends ListSearch {
  organizationId?: string | undefined
  state?: string | undefined
}

/** The address of the list as far as it can be understood. */
export const certificatesSearch = (it: Record<string, unknown>): CertificatesSearch => ({
  ...listSearch(it),
  organizationId: text(it.organizationId),
  state: text(it.state),
})
