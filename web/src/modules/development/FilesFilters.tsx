import { Select } from '@mantine/core'
import { stageLabels, stages } from '@zhibu/rules'
import { choicesOf } from '../organization/names.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { kindChoices, kindOf } from './kinds.ts'
import type { FilesSearch } from './routes.tsx'

interface Props {
  search: FilesSearch
  onChange: (part: { [Key in keyof FilesSearch]?: FilesSearch[Key] | undefined }) => void
}

/** What narrows the list of files, kept in the address. */
export function FilesFilters({ search, onChange }: Props) {
  return (
    <>
      <OrganizationPicker
        label="组织（含下级）"
        isBare
        placeholder="全部组织"
        value={search.organizationId}
        onChange={(organizationId) => onChange({ organizationId, cursor: undefined })}
        among={(it) => it.can.readFiles}
      />
      <Select
        aria-label="阶段"
        placeholder="全部阶段"
        data={choicesOf(stageLabels)}
        value={search.stage ?? null}
        onChange={(value) => onChange({ stage: stages.find((it) => it === value), cursor: undefined })}
        clearable
        clearButtonProps={{ 'aria-label': '清除阶段' }}
        w={130}
      />
      <Select
        aria-label="下一步"
        placeholder="全部下一步"
        data={kindChoices}
        value={search.next ?? null}
        onChange={(value) => onChange({ next: kindOf(value), cursor: undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': '清除下一步' }}
        w={170}
      />
      <Select
        aria-label="疑点和逾期"
        placeholder="全部档案"
        data={[
          { value: 'findings', label: '有疑点' },
          { value: 'overdue', label: '已逾期' },
        ]}
        value={search.only ?? null}
        onChange={(value) =>
          onChange({ only: value === 'findings' || value === 'overdue' ? value : undefined, cursor: undefined })
        }
        clearable
        clearButtonProps={{ 'aria-label': '清除疑点和逾期' }}
        w={120}
      />
    </>
  )
}
