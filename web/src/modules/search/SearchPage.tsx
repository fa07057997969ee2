import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { searchKindNames } from '@zhibu/server/modules/search/names-schema'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { choicesOf } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { treeQuery } from '../organization/api.ts'
import { OrganizationFilter } from '../organization/OrganizationFilter.tsx'
import { hitsQuery } from './api.ts'
import { FoundPersons } from './FoundPersons.tsx'
import { Hits } from './Hits.tsx'
import classes from './SearchPage.module.css'
import type { TextSearch } from './searches.ts'

const route = getRouteApi('/signed-in/search')

/** 查找: full text over the papers and acts that the reader may see, and the persons of the register beside it. */
export function SearchPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const session = useSession()
  const tree = useQuery(treeQuery())
  const readsFiles = tree.data?.nodes.some((it) => it.can.readFiles) ?? false
  const change = (part: TextSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const { q, kind, organizationId, year } = search
  const isNarrowed = kind !== undefined || organizationId !== undefined || year !== undefined
  return (
    <Page
      title="查找"
      lead="在您有权查看的材料和办理事项的全文中查找，最近的在前。几个词之间用空格分开，每个词都要出现。"
    >
      <search className={classes.tools}>
        <QueryField key={q === undefined ? 'empty' : 'filled'} value={q ?? ''} onSearch={(q) => change({ q })} />
        <ListFilter
          label="种类"
          all="全部种类"
          choices={choicesOf(searchKindNames)}
          value={kind}
          onChange={(kind) => change({ kind })}
          width={140}
        />
        {readsFiles && (
          <OrganizationFilter value={organizationId} onChange={(organizationId) => change({ organizationId })} />
        )}
        {session && (
          <ListFilter
            label="年份"
            all="全部年份"
            choices={yearsUntil(session.today)}
            value={year}
            onChange={(year) => change({ year })}
            width={130}
            searchable
          />
        )}
      </search>
      {q === undefined ? (
        <EmptyState title="请填写要查找的字词">
          可以是姓名、学号、日期，或材料中的任何一段文字，一个字也可以。
        </EmptyState>
      ) : (
        <>
          {!isNarrowed && session?.can.includes('people') && <FoundPersons q={q} />}
          <FoundTexts search={{ ...search, q }} isNarrowed={isNarrowed} onWiden={() => change(everything)} />
        </>
      )}
    </Page>
  )
}

const everything: TextSearch = { kind: undefined, organizationId: undefined, year: undefined }

interface FoundTextsProps {
  search: TextSearch & { q: string }
  isNarrowed: boolean
  onWiden: () => void
}

function FoundTexts({ search, isNarrowed, onWiden }: FoundTextsProps) {
  const { year, ...asked } = search
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...hitsQuery({ ...asked, ...(year !== undefined && { year }) }),
    placeholderData: keepPreviousData,
  })
  const hits = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <Section title="材料和办理事项">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading lines={4} />
      ) : hits.length === 0 ? (
        <EmptyState
          title={`没有找到“${search.q}”`}
          action={
            isNarrowed && (
              <Button variant="default" onClick={onWiden}>
                清除筛选条件
              </Button>
            )
          }
        >
          {isNarrowed ? '可以清除筛选条件，或换用更短的词。' : '可以换用更短的词，或核对有没有写错的字。'}
        </EmptyState>
      ) : (
        <Hits hits={hits} />
      )}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            更早的结果
          </Button>
        </div>
      )}
      <p className="for-screen-readers" role="status">
        {data === undefined ? '正在查找' : `列出 ${hits.length} 项`}
      </p>
    </Section>
  )
}

function QueryField({ value, onSearch }: { value: string; onSearch: (q: string | undefined) => void }) {
  const [typed, setTyped] = useState(value)
  const settle = useDebouncedCallback((q: string) => onSearch(q.trim() || undefined), 300)
  return (
    <TextInput
      className={classes.query ?? ''}
      type="search"
      aria-label="要查找的字词"
      placeholder="姓名、学号，或材料中的字词"
      leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
      maxLength={100}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        settle(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) onSearch(typed.trim() || undefined)
      }}
    />
  )
}

/** The years that can be asked for, this one first. */
function yearsUntil(today: string): { value: string; label: string }[] {
  const last = Number(today.slice(0, 4))
  return Array.from({ length: last - 1999 }, (_, before) => String(last - before)).map((value) => ({
    value,
    label: `${value} 年`,
  }))
}
