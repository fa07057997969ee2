import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import { useState } from 'react'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { peopleQuery } from './api.ts'

interface Props {
  label: string
  value: PersonRow | undefined
  onChange: (person: PersonRow | undefined) => void
  error?: string | undefined
  required?: boolean
  description?: string
}

/** Chooses a person of the register by name, number or pinyin initials; each is told apart by number and branch. */
export function PersonPicker({ label, value, onChange, error, required, description }: Props) {
  const [typed, setTyped] = useState('')
  const [settled] = useDebouncedValue(typed.trim(), 200)
  const isChosen = value !== undefined && settled === labelOf(value)
  const found = useQuery({
    ...peopleQuery({ q: settled, limit: '20' }),
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

function labelOf({ name, studentNumber, organization }: PersonRow): string {
  return [name, studentNumber, organization.name].filter((it) => it !== null).join('　')
}
