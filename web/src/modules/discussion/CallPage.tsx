import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { callQuery, topicsQuery } from './api.ts'
import { CallDialog } from './CallDialog.tsx'
import classes from './Discussion.module.css'
import { TopicRows } from './TopicRows.tsx'

const route = getRouteApi('/signed-in/discussion/calls/$callId')
const breadcrumbs = [{ label: '交流', to: '/discussion' }]

/** One call for ideas, and what came in. */
export function CallPage() {
  const { callId } = route.useParams()
  const { data, error, refetch } = useQuery(callQuery(callId))
  const ideas = useInfiniteQuery(topicsQuery({ callId }))
  const [isChanging, setIsChanging] = useState(false)
  const it = data?.value
  if (it === undefined)
    return (
      <Page title="征集意见建议" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const rows = ideas.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.calledBy}，{isDay(it.fromOn) && <DayText on={it.fromOn} />} 至{' '}
          {isDay(it.untilOn) && <DayText on={it.untilOn} {...(it.isOpen && { relative: 'day' as const })} />}
        </>
      }
      actions={
        <>
          {it.can.change && (
            <Button variant="default" onClick={() => setIsChanging(true)}>
              修改征集主题
            </Button>
          )}
          {it.can.answer && (
            <LinkButton to="/discussion/new" search={{ call: it.id }}>
              写来稿
            </LinkButton>
          )}
        </>
      }
    >
      <Section title="征集什么">
        <p className={classes.text}>{it.body}</p>
        {!it.isOpen && <p className={parts.note}>现在不在征集时间，不收来稿。</p>}
      </Section>
      <Section title="来稿">
        {ideas.error && !rows ? (
          <ErrorState error={ideas.error} onRetry={() => void ideas.refetch()} />
        ) : !rows ? (
          <PageLoading />
        ) : rows.length === 0 ? (
          <p className={parts.note}>还没有来稿。</p>
        ) : (
          <TopicRows label="来稿" rows={rows} />
        )}
        <MoreButton list={ideas}>查看更早的来稿</MoreButton>
      </Section>
      {isChanging && data && <CallDialog changed={data} onClose={() => setIsChanging(false)} />}
    </Page>
  )
}
