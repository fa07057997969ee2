import { useQuery } from '@tanstack/react-query'
import { choicesOf } from '../../ui/choices.ts'
import { FilterChip } from '../../ui/FilterChip.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { treeQuery } from '../organization/api.ts'
import { kindChoices } from './kinds.ts'
import type { FilesSearch } from './searches.ts'
import { WhoseFilters } from './WhoseFilters.tsx'

interface Props {
  search: FilesSearch
  onChange: (part: FilesSearch) => void
}

/** What narrows the list of files, kept in the address. */
export function FilesFilters({ search, onChange }: Props) {
  const tree = useQuery(treeQuery())
  // A helper is not told which files have findings.
  const readsFiles = tree.data?.nodes.some((it) => it.can.readFiles) ?? false
  return (
    <>
      <WhoseFilters search={search} onChange={onChange} />
      <ListFilter
        label="下一步"
        all="全部下一步"
        choices={kindChoices}
        value={search.next}
        onChange={(next) => onChange({ next, cursor: undefined })}
        width={170}
        searchable
      />
      {readsFiles && (
        <ListFilter
          label="疑点和逾期"
          all="全部档案"
          choices={choicesOf({ findings: '有疑点', overdue: '已逾期' })}
          value={search.only}
          onChange={(only) => onChange({ only, cursor: undefined })}
          width={120}
        />
      )}
      {search.importId && (
        <FilterChip label="一次导入涉及的人员" onRemove={() => onChange({ importId: undefined, cursor: undefined })} />
      )}
    </>
  )
}
