import { Badge } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { RecordingRow } from '@zhibu/server/modules/lectures/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Section } from '../../ui/Section.tsx'
import { whenOf } from '../activities/words.ts'
import { clockOf } from '../media/chapterLines.ts'
import { MoreButton } from '../notices/MoreButton.tsx'
import { comingQuery, recordingsQuery } from './api.ts'

const route = getRouteApi('/signed-in/activities/lectures')

/** 讲座: those to come and under way, and the recordings of those that were held. */
export function LecturesPage() {
  return (
    <Page
      title="讲座"
      breadcrumbs={[{ label: '活动', to: '/activities' }]}
      lead="参加正在进行的讲座，找以前讲座的回放。谁看过回放、看了多久，不记录。"
    >
      <Coming />
      <Recordings />
    </Page>
  )
}

function Coming() {
  const { data, error, refetch } = useQuery(comingQuery)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <Section title="近期讲座">
      {data.items.length === 0 ? (
        <EmptyState title="近期没有讲座">组织者发布以后，列在这里。</EmptyState>
      ) : (
        <RowList
          label="近期讲座"
          rows={data.items.map((it) => ({
            key: it.activityId,
            title: (
              <Link
                to={it.isOpen ? '/activities/$activityId/live' : '/activities/$activityId'}
                params={{ activityId: it.activityId }}
                className={parts.link}
              >
                {it.title}
              </Link>
            ),
            mark: it.isOpen ? <Badge color="green">进行中</Badge> : undefined,
            facts: [whenOf(it), it.place, it.speaker, it.organization.name],
          }))}
        />
      )}
    </Section>
  )
}

function Recordings() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useInfiniteQuery(recordingsQuery(search.q))
  const rows = list.data?.pages.flatMap((it) => it.items)
  return (
    <Section title="讲座回放">
      <div className={parts.form}>
        <search className="no-print">
          <SearchField
            label="查找回放"
            placeholder="标题、主讲人、讲过的话，按回车查找"
            value={search.q}
            onSearch={(q) => void navigate({ search: { q }, replace: true })}
          />
        </search>
        {list.error && !rows ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !rows ? (
          <PageLoading />
        ) : rows.length > 0 ? (
          <RowList label="讲座回放" rows={rows.map(rowOf)} />
        ) : search.q ? (
          <EmptyState title="没有找到回放">请换个词。讲过的话要有字幕才查得到。</EmptyState>
        ) : (
          <EmptyState title="还没有回放">讲座办完，组织者放上录像或录音，列在这里。</EmptyState>
        )}
        <MoreButton list={list}>查看更早的回放</MoreButton>
      </div>
    </Section>
  )
}

function rowOf(it: RecordingRow) {
  const params = { activityId: it.activityId }
  return {
    key: it.activityId,
    title: (
      <Link to="/activities/$activityId/live" params={params} className={parts.link}>
        {it.title}
      </Link>
    ),
    facts: [
      whenOf(it),
      it.speaker,
      it.organization.name,
      it.durationSeconds === null ? '' : `时长 ${clockOf(it.durationSeconds)}`,
      ...it.hits.map((hit) => (
        <Link
          key={`${hit.seconds} ${hit.text}`}
          to="/activities/$activityId/live"
          params={params}
          search={{ from: String(hit.seconds) }}
        >
          {clockOf(hit.seconds)} {hit.text}
        </Link>
      )),
    ],
  }
}
