import { type ActKind, actKinds, stages } from '@zhibu/rules'
import { paperStateNames } from '@zhibu/server/modules/development/names-schema'
import type { Whose } from '@zhibu/server/modules/development/schema'
import { oneOf, text } from '../../address.ts'
import { codeIn } from '../../ui/choices.ts'
import { type ListSearch, listSearch } from '../../ui/listSearch.ts'

/** What the address of the desk carries: whose turn it is, an organisation, a kind of act, how soon it is due, and an import. */
export interface DeskSearch {
  whose?: Whose
  organizationId?: string
  kind?: ActKind
  due?: (typeof dueWithin)[number]
  importId?: string
  sort?: 'organization'
}

/** As the server knows them; written here too, so that the first page does without the schema's rules. */
const whoseChoices = ['mine', 'branches', 'all'] as const satisfies readonly Whose[]

const dueWithin = ['overdue', '7', '30'] as const

/** The address of the desk as far as it can be understood. */
export function deskSearch(it: Record<string, unknown>): DeskSearch {
  const whose = oneOf(whoseChoices, it.whose)
  const organizationId = text(it.organizationId)
  const kind = oneOf(actKinds, it.kind)
  const due = oneOf(dueWithin, it.due)
  const importId = text(it.importId)
  return {
    ...(whose && { whose }),
    ...(organizationId && { organizationId }),
    ...(kind && { kind }),
    ...(due && { due }),
    ...(importId && { importId }),
    ...(it.sort === 'organization' && { sort: it.sort }),
  }
}

/** What the address of the list of files carries. */
export interface FilesSearch extends ListSearch {
  organizationId?: string | undefined
  stage?: (typeof stages)[number] | undefined
  next?: ActKind | undefined
  only?: (typeof filesOnly)[number] | undefined
  /** The import that recorded acts in them. */
  importId?: string | undefined
}

const filesOnly = ['findings', 'overdue'] as const

/** The address of the list of files as far as it can be understood. */
export const filesSearch = (it: Record<string, unknown>): FilesSearch => ({
  ...listSearch(it),
  organizationId: text(it.organizationId),
  stage: oneOf(stages, it.stage),
  next: oneOf(actKinds, it.next),
  only: oneOf(filesOnly, it.only),
  importId: text(it.importId),
})

/** What the address of the completeness of papers carries; without a view it lists persons. */
export interface CompletenessSearch extends ListSearch {
  view?: (typeof completenessViews)[number] | undefined
  organizationId?: string | undefined
  stage?: (typeof stages)[number] | undefined
  state?: keyof typeof paperStateNames | undefined
  /** The code of a place of the filing list. */
  place?: string | undefined
}

const completenessViews = ['places', 'organizations', 'own'] as const

/** The address of the completeness of papers as far as it can be understood. */
export const completenessSearch = (it: Record<string, unknown>): CompletenessSearch => ({
  ...listSearch(it),
  view: oneOf(completenessViews, it.view),
  organizationId: text(it.organizationId),
  stage: oneOf(stages, it.stage),
  state: codeIn(paperStateNames, it.state),
  place: text(it.place),
})
