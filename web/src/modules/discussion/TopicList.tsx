import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { stateNames, topicKindNames } from '@zhibu/server/modules/discussion/names-schema'
import { type FormEvent, useState } from 'react'
import { text } from '../../address.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { placesQuery, type TopicsFilter, topicsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { FoundPosts } from './FoundPosts.tsx'
import { OwnHidings } from './OwnHidings.tsx'
import { TopicRows } from './TopicRows.tsx'

const route = getRouteApi('/signed-in/discussion')

const onlyNames = { unread: '有没看的', followed: '我关注的', own: '我发起的' } as const

/** The topics, narrowed by place, kind, state and what is the reader's own; or the posts in which words stand. */
export function TopicList() {
  const search = route.useSearch()
  const [place, q] = [text(search.place), text(search.q)]
  const navigate = route.useNavigate()
  const places = useQuery(placesQuery)
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  const kind = codeIn(topicKindNames, search.kind)
  const only = codeIn(onlyNames, search.only)
  const filter: TopicsFilter = {
    organizationId: place,
    kind,
    state: codeIn(stateNames, search.state),
    only,
  }
  return (
    <>
      <OwnHidings />
      <SearchForm q={q} onSearch={(words) => change({ q: words })} />
      <div className={classes.filters}>
        <ListFilter
          label="在哪里"
          all="看得到的全部"
          choices={(places.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))}
          value={place}
          onChange={(chosen) => change({ place: chosen })}
          searchable
        />
        {q === undefined && (
          <>
            <ListFilter
              label="种类"
              all="各种话题"
              choices={choicesOf(topicKindNames)}
              value={kind}
              onChange={(it) =>
                change({ kind: it, ...(it === 'discussion' || it === 'question' ? { state: undefined } : {}) })
              }
            />
            {kind !== 'discussion' && kind !== 'question' && (
              <ListFilter
                label="办理情况"
                all="各种办理情况"
                choices={choicesOf(stateNames)}
                value={filter.state}
                onChange={(state) => change({ state })}
              />
            )}
            <ListFilter
              label="与我有关"
              all="不限是否与我有关"
              choices={choicesOf(onlyNames)}
              value={only}
              onChange={(only) => change({ only })}
            />
          </>
        )}
      </div>
      {q === undefined ? <Topics filter={filter} /> : <FoundPosts q={q} organizationId={place} />}
    </>
  )
}

function SearchForm({ q, onSearch }: { q: string | undefined; onSearch: (q: string | undefined) => void }) {
  const [typed, setTyped] = useState(q ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(typed.trim() || undefined)
  }
  return (
    <form onSubmit={submit} className={classes.search}>
      <TextInput
        aria-label="查找发言"
        placeholder="查找标题和发言"
        value={typed}
        maxLength={60}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        查找
      </Button>
      {q !== undefined && (
        <Button
          variant="subtle"
          onClick={() => {
            setTyped('')
            onSearch(undefined)
          }}
        >
          回到话题
        </Button>
      )}
    </form>
  )
}

function Topics({ filter }: { filter: TopicsFilter }) {
  const list = useInfiniteQuery(topicsQuery(filter))
  if (list.error && !list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <PageLoading />
  const rows = list.data.pages.flatMap((it) => it.items)
  if (rows.length === 0)
    return Object.values(filter).some((it) => it !== undefined) ? (
      <EmptyState title="没有这样的话题">换一个组织或种类再看。</EmptyState>
    ) : (
      <EmptyState title="还没有话题">
        支部、学院和学校的话题都列在这里。有事想商量、想问、想建议的，点“发起话题”。
      </EmptyState>
    )
  return (
    <Section title="话题">
      <TopicRows label="话题" rows={rows} />
      <MoreButton list={list}>查看更早的话题</MoreButton>
    </Section>
  )
}
