import { Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dictionaryQuery } from './api.ts'

/** Where a form is filed, and whether only its signed paper is. */
export interface Filing {
  place: string | null
  needsHand: boolean
}

interface Props {
  value: Filing
  onChange: (value: Filing) => void
  disabled?: boolean
}

/** The place of a template in the filing list, and whether it has to be signed. */
export function FilingFields({ value, onChange, disabled = false }: Props) {
  const { data } = useQuery(dictionaryQuery)
  const groups = [
    { group: '个人档案', subject: 'person' },
    { group: '组织档案', subject: 'organization' },
  ]
  return (
    <>
      <Select
        label="归入哪一类"
        description="归档清单中的类别；不归档的不选"
        placeholder="不归档"
        data={groups.map(({ group, subject }) => ({
          group,
          items: (data?.places ?? [])
            .filter((it) => it.subject === subject)
            .map((it) => ({ value: it.code, label: it.label })),
        }))}
        value={value.place}
        onChange={(place) => onChange({ ...value, place })}
        disabled={disabled}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': '清除类别' }}
      />
      <Checkbox
        label="要签字或盖章"
        description="要签字盖章的，签好的纸质件才是档案原件，打印签字后扫描归档；不要的，生成后可以直接归档"
        checked={value.needsHand}
        onChange={(event) => onChange({ ...value, needsHand: event.currentTarget.checked })}
        disabled={disabled}
      />
    </>
  )
}
