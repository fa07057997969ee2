import { type SearchKind, searchKindNames } from '@zhibu/server/modules/search/names-schema'
import { text } from '../../address.ts'
import { codeIn } from '../../ui/choices.ts'

/** What the address of a search carries. */
export interface TextSearch {
  q?: string | undefined
  kind?: SearchKind | undefined
  organizationId?: string | undefined
  /** Four figures. */
  year?: string | undefined
}

/** The address of a search as far as it can be understood. */
export const textSearch = (it: Record<string, unknown>): TextSearch => ({
  q: text(it.q),
  kind: codeIn(searchKindNames, it.kind),
  organizationId: text(it.organizationId),
  year: /^(19|20)\d\d$/.exec(text(it.year) ?? '')?.[0],
})
