import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { ownProtectedQuery, protectedClient, topicQuery } from './api.ts'
import classes from './Discussion.module.css'
import { OpeningsOfTopic } from './OpeningsOfTopic.tsx'
import { Posts } from './Posts.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { Standing } from './Standing.tsx'
import { SuggestionLine } from './SuggestionLine.tsx'
import { TopicMarks } from './TopicRows.tsx'

const route = getRouteApi('/signed-in/discussion/protected/$topicId')
const breadcrumbs = [{ label: '交流', to: '/discussion' }]

/** A topic of the reader, written under protection: read and carried on under the pseudonym. */
export function ProtectedTopicPage() {
  const { topicId } = route.useParams()
  const { data: it, error, refetch } = useQuery(topicQuery(topicId, 'protected'))
  const own = useQuery(ownProtectedQuery).data?.items.find((each) => each.id === topicId)
  const [isWriting, setIsWriting] = useState(false)
  if (it === undefined)
    return (
      <Page title="隐去身份提交的" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const waiting = own?.waitingLetters ?? []
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}，化名“{it.authorName}” <TopicMarks it={{ ...it, unreadCount: 0 }} />
        </>
      }
    >
      <Standing it={it} />
      <SuggestionLine it={it} />
      <OpeningsOfTopic it={it} />
      <Posts it={it} door="protected" />
      {waiting.length > 0 && (
        <Section title="等待次日转交的">
          <ol className={classes.posts}>
            {waiting.map(({ kind, text }, at) => (
              // Letters keep their order.
              <li key={String(at)} className={`${classes.post} ${classes.text}`}>
                {kind === 'appeal' && (
                  <>
                    <b>申诉</b>
                    {'：'}
                  </>
                )}
                {text}
              </li>
            ))}
          </ol>
        </Section>
      )}
      {it.can.replyProtected && (
        <div>
          <Button onClick={() => setIsWriting(true)}>补充说明</Button>
        </div>
      )}
      {isWriting && (
        <ReasonDialog
          title="补充说明"
          lead="以原来的化名，次日早上和其他来信一起转交。"
          label="补充的话"
          field="words"
          submitLabel="提交"
          write={(text) =>
            parseResponse(protectedClient[':topicId'].letters.$post({ param: { topicId }, json: { text } }))
          }
          changes={ownProtectedQuery.queryKey}
          onClose={() => setIsWriting(false)}
        />
      )}
    </Page>
  )
}
