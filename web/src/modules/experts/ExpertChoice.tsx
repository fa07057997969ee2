import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ExpertRow } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { expertsClient, expertsKey } from './api.ts'
import { whoIs } from './words.ts'

/** Chooses an expert of the base by name, institution or topic, and hands them on; then it is empty again. */
export function ExpertChoice({ onChoose }: { onChoose: (expert: ExpertRow) => void }) {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const list = useListWhenOpened()
  const found = useQuery({
    queryKey: [...expertsKey, 'choice', q],
    queryFn: ({ signal }) =>
      parseResponse(expertsClient.index.$get({ query: { ...(q && { q }), limit: '20' } }, { init: { signal } })),
    placeholderData: keepPreviousData,
  })
  const items = found.data?.items ?? []
  return (
    <Select
      aria-label="从专家库选主讲人"
      placeholder="从专家库选主讲人"
      data={items.map((it) => ({ value: it.id, label: `${it.name}（${whoIs(it)}）` }))}
      value={null}
      onChange={(id) => {
        const expert = items.find((it) => it.id === id)
        if (expert) onChoose(expert)
        setTyped('')
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={<NothingFound>{found.isFetching ? '正在查找…' : '专家库里没有'}</NothingFound>}
      maw="100%"
      w={320}
      searchable
      {...list}
    />
  )
}
