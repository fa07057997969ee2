import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import { expertListQuery } from './api.ts'
import classes from './Experts.module.css'
import { expertRow } from './rows.tsx'
import type { ExpertsSearch } from './searches.ts'
import { orderNames } from './words.ts'

const route = getRouteApi('/signed-in/training/experts')
const asChoices = (words: readonly string[]) => words.map((it) => ({ value: it, label: it }))

/** 专家库: found by words, topic and institution; in the order of names or of the last change, and in no other. */
export function ExpertList() {
  const search = route.useSearch()
  const { q, topic, institution, order } = search
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(expertListQuery(search))
  const narrow = (part: Partial<ExpertsSearch>) =>
    void navigate({ search: { q, topic, institution, order, ...part }, replace: true })
  const found = list.data?.pages.flatMap((it) => it.items)
  const first = list.data?.pages[0]
  return (
    <Section
      title="专家库"
      lead={`同意公开的，全校负责培训的人都能看；没有同意的，只有登记的单位能看。${order === 'changed' ? '最近修改的在前。' : '按姓名排列。'}`}
    >
      <div className={parts.form}>
        <search className={`${classes.filters} no-print`}>
          <SearchField
            label="查找专家"
            placeholder="姓名、单位、主题，按回车查找"
            value={q}
            onSearch={(q) => narrow({ q })}
          />
          <ListFilter
            label="主题"
            all="全部主题"
            choices={asChoices(withChosen(first?.topics, topic))}
            value={topic}
            onChange={(topic) => narrow({ topic })}
            searchable
          />
          <ListFilter
            label="单位"
            all="全部单位"
            choices={asChoices(withChosen(first?.institutions, institution))}
            value={institution}
            onChange={(institution) => narrow({ institution })}
            searchable
          />
          <ListFilter
            label="排列"
            all={orderNames.name}
            choices={[{ value: 'changed', label: orderNames.changed }]}
            value={order}
            onChange={(order) => narrow({ order })}
          />
        </search>
        {list.error && !found ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !found ? (
          <PageLoading />
        ) : found.length > 0 ? (
          <RowList label="专家" rows={found.map(expertRow)} />
        ) : q !== undefined || topic !== undefined || institution !== undefined ? (
          <EmptyState title="没有找到专家">请换个词，或去掉主题、单位。</EmptyState>
        ) : (
          <EmptyState title="专家库还是空的">点“登记专家”，写明能讲什么，问过本人再公开。</EmptyState>
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              查看更多专家
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}

/** What may be chosen, with what is chosen though it is none of these any more. */
const withChosen = (words: readonly string[] = [], chosen: string | undefined): readonly string[] =>
  chosen === undefined || words.includes(chosen) ? words : [chosen, ...words]
