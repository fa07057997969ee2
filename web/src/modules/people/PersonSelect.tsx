import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NothingFound } from '../../ui/NothingFound.tsx'

/** A person as they are told apart in a list; the number only where the reader may see it. */
export interface FoundPerson {
  id: string
  name: string
  studentNumber?: string | null
  organization: { id: string; name: string }
}

interface Props<Person extends FoundPerson> {
  label: string
  value: Person | undefined
  onChange: (person: Person | undefined) => void
  error?: string | undefined
  required?: boolean
  description?: string | undefined
  /** Finds persons by what was typed; what was found is kept under this key. */
  source: { key: readonly unknown[]; find: (words: string, signal: AbortSignal) => Promise<{ items: Person[] }> }
}

/** Chooses a person by name, number or pinyin initials, out of what a source finds. */
export function PersonSelect<Person extends FoundPerson>(props: Props<Person>) {
  const { label, value, onChange, error, required, description, source } = props
  const [typed, setTyped] = useState('')
  const [settled] = useDebouncedValue(typed.trim(), 200)
  const isChosen = value !== undefined && settled === labelOf(value)
  const found = useQuery({
    queryKey: [...source.key, 'found', settled],
    queryFn: ({ signal }) => source.find(settled, signal),
    enabled: settled !== '' && !isChosen,
    placeholderData: keepPreviousData,
  })
  const items = settled === '' || isChosen ? [] : (found.data?.items ?? [])
  const shown = value === undefined || items.some((it) => it.id === value.id) ? items : [value, ...items]
  return (
    <Select
      label={label}
      description={description}
      placeholder="输入姓名、学号或拼音首字母"
      searchable
      required={required ?? false}
      error={error}
      data={shown.map((it) => ({ value: it.id, label: labelOf(it) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(shown.find((it) => it.id === id))}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={
        settled !== '' && (
          <NothingFound>{found.isFetching ? '正在查找…' : '没有找到，请换用学号或拼音首字母'}</NothingFound>
        )
      }
    />
  )
}

function labelOf({ name, studentNumber, organization }: FoundPerson): string {
  return [name, ...(studentNumber ? [studentNumber] : []), organization.name].join('　')
}
