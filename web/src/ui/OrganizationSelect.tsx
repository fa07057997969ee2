import { Select } from '@mantine/core'
import { useListWhenOpened } from './listWhenOpened.ts'

interface Props {
  label: string
  description?: string
  organizations: readonly { id: string; name: string }[]
  value: string | undefined
  onChange: (organizationId: string) => void
}

/** One of the organisations for which the reader may do something. */
export function OrganizationSelect({ label, description, organizations, value, onChange }: Props) {
  const list = useListWhenOpened()
  return (
    <Select
      label={label}
      {...(description !== undefined && { description })}
      data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={(id) => id !== null && onChange(id)}
      allowDeselect={false}
      searchable
      required
      {...list}
    />
  )
}
