import { Select } from '@mantine/core'
import { useListWhenOpened } from './listWhenOpened.ts'

interface Choice<Code extends string> {
  value: Code
  label: string
}

interface Props<Code extends string> {
  /** Names the filter for screen readers: “阶段”. */
  label: string
  /** Shown while nothing is chosen: “全部阶段”. */
  all: string
  /** The choices, or groups of them. */
  choices: readonly (Choice<Code> | { group: string; items: Choice<Code>[] })[]
  value: Code | undefined
  onChange: (value: Code | undefined) => void
  /** In pixels; as wide as there is room where it is left out. */
  width?: number
  searchable?: boolean
}

/** A choice beside the search of a list that narrows or orders it, and can be cleared. */
export function ListFilter<Code extends string>(props: Props<Code>) {
  const { label, all, choices, value, onChange, width, searchable = false } = props
  const list = useListWhenOpened()
  const single = choices.flatMap((it) => ('group' in it ? it.items : [it]))
  return (
    <Select
      aria-label={label}
      placeholder={all}
      data={choices}
      value={value ?? null}
      onChange={(chosen) => onChange(single.find((it) => it.value === chosen)?.value)}
      searchable={searchable}
      clearable
      clearButtonProps={{ 'aria-label': `清除${label}` }}
      {...(width !== undefined && { w: width })}
      {...list}
    />
  )
}
