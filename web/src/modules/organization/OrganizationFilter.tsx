import { OrganizationPicker } from './OrganizationPicker.tsx'

interface Props {
  value: string | undefined
  onChange: (organizationId: string | undefined) => void
}

/** Narrows a list to an organisation and those below it, among all whose files the reader reads. */
export function OrganizationFilter({ value, onChange }: Props) {
  return (
    <OrganizationPicker
      label="组织（含下级）"
      isBare
      placeholder="全部组织"
      value={value}
      onChange={onChange}
      among={(it) => it.can.readFiles}
    />
  )
}
