import { type Stage, stageLabels } from '@zhibu/rules'
import { choicesOf } from '../../ui/choices.ts'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'

interface Whose {
  organizationId?: string | undefined
  stage?: Stage | undefined
}

interface Props {
  search: Whose
  onChange: (part: Whose & { cursor: undefined }) => void
}

/** Narrows a list of persons to an organisation and a stage. */
export function WhoseFilters({ search, onChange }: Props) {
  return (
    <>
      <OrganizationFilter
        value={search.organizationId}
        onChange={(organizationId) => onChange({ organizationId, cursor: undefined })}
      />
      <ListFilter
        label="阶段"
        all="全部阶段"
        choices={choicesOf(stageLabels)}
        value={search.stage}
        onChange={(stage) => onChange({ stage, cursor: undefined })}
        width={130}
      />
    </>
  )
}
