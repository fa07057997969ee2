import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { QuizView } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { quizClient, quizQuery } from './api.ts'
import { QuestionsPart } from './QuestionsPart.tsx'
import { QuizActions } from './QuizActions.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/quizzes/$quizId')
const breadcrumbs = [
  { label: '活动', to: '/activities' },
  { label: '答题', to: '/quizzes' },
]

/** One set: answering it alone, what one has answered, and for whoever writes it the questions. */
export function QuizPage() {
  const { quizId } = route.useParams()
  const { data, error, refetch } = useQuery(quizQuery(quizId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="题集" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}，{it.questionCount} 题 {!it.isPublished && <Badge color="gray">未发布</Badge>}
        </>
      }
      actions={<QuizActions it={it} etag={data.etag} />}
    >
      {!it.isPublished && (
        <Alert color="gray" className="no-print">
          这个题集还没有发布，只有负责的人看得到。每道题写上出处以后才能发布。
        </Alert>
      )}
      {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
      <Playing it={it} />
      {it.can.write && <QuestionsPart quizId={it.id} isPublished={it.isPublished} />}
    </Page>
  )
}

function Playing({ it }: { it: QuizView }) {
  const params = { quizId: it.id }
  const answered = it.own.length
  const right = it.own.filter(({ isRight }) => isRight).length
  const forget = useWrite(() => parseResponse(quizClient.answers.$delete({ param: params })))
  return (
    <div className="no-print">
      <Section title="自己答题" lead="不限时间，每答一题就有解析和出处，可以反复做。">
        <div className={parts.form}>
          {it.questionCount === 0 ? (
            <p className={parts.note}>还没有题目。</p>
          ) : (
            <div className={parts.buttons}>
              <LinkButton size="md" to="/quizzes/$quizId/play" params={params}>
                开始答题
              </LinkButton>
              {it.questionCount > 10 && (
                <LinkButton
                  size="md"
                  variant="default"
                  to="/quizzes/$quizId/play"
                  params={params}
                  search={{ draw: '10' }}
                >
                  随机 10 题
                </LinkButton>
              )}
              {answered > 0 && answered < it.questionCount && (
                <LinkButton
                  size="md"
                  variant="default"
                  to="/quizzes/$quizId/play"
                  params={params}
                  search={{ only: 'open' }}
                >
                  只做没答过的（{it.questionCount - answered}）
                </LinkButton>
              )}
              {right < answered && (
                <LinkButton
                  size="md"
                  variant="default"
                  to="/quizzes/$quizId/play"
                  params={params}
                  search={{ only: 'wrong' }}
                >
                  只做错题（{answered - right}）
                </LinkButton>
              )}
            </div>
          )}
          {answered > 0 && (
            <>
              <p>
                {answered} 题答过，最近一次 {right} 题答对。
                <span className={parts.note}>您的作答只有您自己能看到；清除后不能恢复。</span>
              </p>
              <div>
                <ConfirmButton
                  question="清除您在这个题集里的全部作答。清除后不能恢复。"
                  confirmLabel="清除我的作答"
                  isBusy={forget.isPending}
                  onConfirm={() => forget.mutate()}
                >
                  清除我的作答
                </ConfirmButton>
              </div>
            </>
          )}
          <ProblemNote error={forget.error} />
        </div>
      </Section>
    </div>
  )
}
