import { Pill } from '@mantine/core'

interface Props {
  /** What the list is narrowed to: “一次导入涉及的人员”. */
  label: string
  onRemove: () => void
}

/** What narrows a list and was chosen elsewhere; it can be taken away here. */
export function FilterChip({ label, onRemove }: Props) {
  return (
    <Pill
      size="lg"
      withRemoveButton
      removeButtonProps={{ 'aria-label': `不再只看${label}`, 'aria-hidden': false, tabIndex: 0 }}
      onRemove={onRemove}
    >
      只看{label}
    </Pill>
  )
}
