import { Select } from '@mantine/core'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'

interface Props {
  label: string
  description: string
  organizations: readonly { id: string; name: string }[]
  value: string
  onChange: (organizationId: string) => void
}

/** One of the organisations whose activities the reader holds. */
export function OrganizationSelect({ label, description, organizations, value, onChange }: Props) {
  const list = useListWhenOpened()
  return (
    <Select
      label={label}
      description={description}
      data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={(id) => id !== null && onChange(id)}
      allowDeselect={false}
      searchable
      required
      {...list}
    />
  )
}
