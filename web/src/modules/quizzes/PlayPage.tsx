import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { QuizView } from '@zhibu/server/modules/quizzes/schema'
import { useEffect, useState } from 'react'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { questionsFor, type RoundChoice } from './answering.ts'
import { quizQuery, quizzesKey } from './api.ts'
import { type BegunRound, forgetRound, roundBefore } from './keptRound.ts'
import { BackToQuiz, Round } from './Round.tsx'
import { takeFocus } from './takeFocus.ts'

const route = getRouteApi('/signed-in/quizzes/$quizId/play')

/** 自己答题: one question after another, each with what is right and why as soon as it is answered. */
export function PlayPage() {
  const { quizId } = route.useParams()
  const { only, draw } = route.useSearch()
  const queries = useQueryClient()
  // A round is made of what was answered before, so nothing is made of what was read before that.
  const { data, error, refetch, isFetchedAfterMount } = useQuery({ ...quizQuery(quizId), refetchOnMount: 'always' })
  const it = data?.value
  // What was answered shows on the other pages; this round keeps its questions.
  useEffect(() => () => void queries.invalidateQueries({ queryKey: quizzesKey }), [queries])
  const choice: RoundChoice = {
    only: only === 'wrong' || only === 'open' ? only : undefined,
    draw: draw && /^[1-9]\d{0,2}$/.test(draw) ? Number(draw) : undefined,
  }
  return (
    <Page
      title="自己答题"
      breadcrumbs={[
        { label: '答题', to: '/quizzes' },
        { label: it?.title ?? '题集', to: `/quizzes/${quizId}` },
      ]}
      subtitle={it && `${it.title}，${it.organization.name}`}
      lead="不限时间。您答了什么，只有您自己能看到。"
    >
      {it && isFetchedAfterMount ? (
        <Rounds key={`${quizId} ${only} ${draw}`} it={it} choice={choice} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

const nothing = {
  wrong: { title: '没有答错的题目', hint: '上一次答错的题目会列在这里，答对以后就不再出现。' },
  open: { title: '题目都答过了', hint: '可以再做一遍，或者只做错题。' },
  all: { title: '这个题集还没有题目', hint: '添加题目以后再来。' },
} as const

function Rounds({ it, choice }: { it: QuizView; choice: RoundChoice }) {
  const accountId = useSession()?.account.id
  const [before, setBefore] = useState(() => roundBefore(accountId, it))
  const [begun, setBegun] = useState<BegunRound>(() => ({ questions: questionsFor(it, choice), answered: [] }))
  const [round, setRound] = useState(1)
  const begin = (next: BegunRound) => {
    setBegun(next)
    setRound(round + 1)
  }
  if (before)
    return (
      <GoOn
        before={before}
        onGoOn={() => {
          setBefore(undefined)
          begin(before)
        }}
        onAnew={() => {
          forgetRound({ accountId, quizId: it.id })
          setBefore(undefined)
        }}
      />
    )
  if (begun.questions.length === 0) {
    const { title, hint } = nothing[choice.only ?? 'all']
    return (
      <EmptyState title={title} action={<BackToQuiz quizId={it.id} />}>
        {hint}
      </EmptyState>
    )
  }
  return <Round key={round} quizId={it.id} begun={begun} onAgain={(questions) => begin({ questions, answered: [] })} />
}

interface GoOnProps {
  before: BegunRound
  onGoOn: () => void
  onAnew: () => void
}

/** Asks whether a round that was left is gone on with. */
function GoOn({ before: { questions, answered }, onGoOn, onAnew }: GoOnProps) {
  return (
    <Section title="上一轮还没有答完">
      <div className={parts.form}>
        <p className={parts.text}>
          共 {questions.length} 题，已经答了 {answered.length} 题。
        </p>
        <div className={parts.buttons}>
          <Button ref={takeFocus} size="lg" onClick={onGoOn}>
            接着答
          </Button>
          <Button size="lg" variant="default" onClick={onAnew}>
            重新开始
          </Button>
        </div>
      </div>
    </Section>
  )
}
