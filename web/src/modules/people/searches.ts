import { personKindNames } from '@zhibu/server/modules/people/names-schema'
import { text } from '../../address.ts'
import { codeIn } from '../../ui/choices.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** What the address of the register carries. */
export interface RegisterSearch extends ListSearch {
  organizationId?: string | undefined
  kind?: keyof typeof personKindNames | undefined
  mobile?: 'yes' | undefined
  /** As it is written in the register. */
  grade?: string | undefined
  /** The import that entered them. */
  importId?: string | undefined
}

/** The address of the register as far as it can be understood. */
export const registerSearch = (it: Record<string, unknown>): RegisterSearch => ({
  ...listSearch(it),
  organizationId: text(it.organizationId),
  kind: codeIn(personKindNames, it.kind),
  mobile: it.mobile === 'yes' ? it.mobile : undefined,
  grade: text(it.grade),
  importId: text(it.importId),
})
