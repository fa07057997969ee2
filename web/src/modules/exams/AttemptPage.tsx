import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { useEffect } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { AttemptResult } from './AttemptResult.tsx'
import { attemptClient, attemptQuery } from './api.ts'
import { PaperWriting } from './PaperWriting.tsx'

const route = getRouteApi('/signed-in/training/exams/attempts/$attemptId')

/** An attempt: the paper while it is written, and afterwards what came of it. */
export function AttemptPage() {
  const { attemptId } = route.useParams()
  const { data, error, refetch } = useQuery({ ...attemptQuery(attemptId), refetchOnMount: 'always' })
  const it = data?.view
  return (
    <Page
      title={it?.title ?? '考试'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: '考试', to: '/training/exams' },
        ...(it ? [{ label: '我的答卷', to: `/training/exams/${it.examId}/own` }] : []),
      ]}
      subtitle={it && `第 ${it.number} 次作答`}
    >
      {!it ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : it.handedIn ? (
        <AttemptResult it={it} handedIn={it.handedIn} />
      ) : (
        <Seated key={attemptId} attemptId={attemptId} endsAt={it.endsAt} />
      )}
    </Page>
  )
}

/** Takes the paper into this window, and reads it as it is then. */
function Seated({ attemptId, endsAt }: { attemptId: string; endsAt: string }) {
  const queries = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => {
      const { seat } = await parseResponse(attemptClient.seat.$post({ param: { attemptId } }))
      const read = await queries.fetchQuery({ ...attemptQuery(attemptId), staleTime: 0 })
      return { seat, ...read }
    },
  })
  useEffect(() => mutate(), [mutate])
  if (error) return <ErrorState error={error} onRetry={() => mutate()} />
  if (!data) return <PageLoading />
  return (
    <PaperWriting
      key={data.seat}
      {...data}
      endsAt={endsAt}
      elsewhere={
        <Alert color="yellow" title="这份试卷在另一个窗口打开了">
          这个窗口不再保存答案。已经保存的都在。
          <div>
            <Button mt="sm" loading={isPending} onClick={() => mutate()}>
              在这个窗口继续
            </Button>
          </div>
        </Alert>
      }
    />
  )
}
