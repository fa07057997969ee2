import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './Activities.module.css'
import { kitsQuery } from './api.ts'
import { KitRows } from './KitRows.tsx'
import { activityKindNames, kitLengthNames } from './words.ts'

const route = getRouteApi('/signed-in/activities')

/** So many plans are shown at once. */
const atOnce = 30

/** 方案库: the plans that come with the software, and those that organisations have given. */
export function Kits() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const kind = codeIn(activityKindNames, search.kind)
  const length = codeIn(kitLengthNames, search.length)
  const [shown, setShown] = useState(atOnce)
  const { data, error, refetch } = useQuery(kitsQuery({ q: search.q, kind, length }))
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <Section title="方案库" lead="照着就能办的方案。各单位办过、觉得好的方案，也可以从活动页收进来，给全校参考。">
      <search className={`${classes.filters} no-print`}>
        <SearchField
          label="查找方案"
          placeholder="标题、目的中的词，按回车查找"
          value={search.q}
          onSearch={(q) => change({ q })}
        />
        <ListFilter
          label="时长"
          all="不限时长"
          choices={choicesOf(kitLengthNames)}
          value={length}
          onChange={(value) => change({ length: value })}
        />
        <ListFilter
          label="类型"
          all="全部类型"
          choices={choicesOf(activityKindNames)}
          value={kind}
          onChange={(value) => change({ kind: value })}
        />
      </search>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : data.items.length === 0 ? (
        <EmptyState title="没有符合条件的方案">请换个词，或者清除筛选条件。</EmptyState>
      ) : (
        <>
          <KitRows label="方案" rows={data.items.slice(0, shown)} />
          {data.items.length > shown && (
            <div>
              <Button variant="default" onClick={() => setShown(shown + atOnce)}>
                查看更多方案（共 {data.items.length} 份）
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}
