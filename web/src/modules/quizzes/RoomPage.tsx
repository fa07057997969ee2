import { Alert, Badge } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { roomPhaseNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { parseResponse } from 'hono/client'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { writeAnswer } from './answering.ts'
import { type ReadRoom, roomClient } from './api.ts'
import { phaseColours } from './phaseColours.ts'
import classes from './Quizzes.module.css'
import { Seat } from './Seat.tsx'
import { Solved, Verdict } from './Solved.tsx'
import { TeamBars } from './TeamBars.tsx'
import { useRoom } from './useRoom.ts'
import { useSecondsLeft } from './useSecondsLeft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/quizzes/rooms/$roomId')
const breadcrumbs = [{ label: '答题', to: '/quizzes' }]

/** A room on a phone: come in, answer what is asked, see what is right. */
export function RoomPage() {
  const { roomId } = route.useParams()
  const { data, error, refetch } = useRoom(roomId)
  if (!data)
    return (
      <Page title="现场答题" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const { title, organization, code, state, can } = data.view
  return (
    <Page
      title={title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {organization.name}，答题码 {code}{' '}
          <Badge color={phaseColours[state.phase]}>{roomPhaseNames[state.phase]}</Badge>
        </>
      }
      actions={
        can.lead && (
          <LinkButton variant="default" to="/quizzes/rooms/$roomId/screen" params={{ roomId }}>
            打开大屏
          </LinkButton>
        )
      }
    >
      {error && (
        <Alert color="yellow" role="status">
          暂时连接不上服务器，正在重试。已提交的答案不会丢。
        </Alert>
      )}
      <Standing {...data} />
    </Page>
  )
}

function Standing({ view, aheadMs }: ReadRoom) {
  const { phase } = view.state
  if (phase === 'ended') return <Ended it={view} />
  if (!view.own.isIn || phase === 'gathering') return <Seat it={view} />
  return phase === 'shown' ? <Shown it={view} /> : <Asking key={view.state.position} it={view} aheadMs={aheadMs} />
}

const numberOf = ({ position, questionCount }: RoomView['state']): string =>
  `第 ${(position ?? 0) + 1} 题，共 ${questionCount} 题`

function Asking({ it: { id, state, own }, aheadMs }: { it: RoomView; aheadMs: number }) {
  const { question, position } = state
  const secondsLeft = useSecondsLeft(state.endsAt, aheadMs)
  const send = useWrite((json: { choices: number[]; text: string }) =>
    parseResponse(roomClient.answers[':position'].$put({ param: { roomId: id, position: String(position) }, json })),
  )
  if (!question) return null
  return (
    <Section title={numberOf(state)}>
      <div className={classes.sheet}>
        {secondsLeft !== undefined && own.answer === null && (
          <p className={classes.time} role="timer">
            {secondsLeft > 0 ? `还剩 ${secondsLeft} 秒` : '作答时间到'}
          </p>
        )}
        {own.answer !== null ? (
          <>
            <p className={classes.asked}>{question.text}</p>
            <p className={classes.tally} role="status">
              已提交，等待公布答案。
            </p>
            <p className={parts.text}>您的答案：{writeAnswer(own.answer)}</p>
          </>
        ) : secondsLeft === 0 ? (
          <>
            <p className={classes.asked}>{question.text}</p>
            <p className={classes.tally} role="status">
              您没有提交，等待公布答案。
            </p>
          </>
        ) : (
          <AnswerForm
            key={question.id}
            question={question}
            isBusy={send.isPending}
            error={send.error}
            onSubmit={(answer) => send.mutate(answer)}
          />
        )}
      </div>
    </Section>
  )
}

function Shown({ it: { state, own } }: { it: RoomView }) {
  const { question, solution } = state
  if (!question || !solution) return null
  return (
    <Section title={numberOf(state)}>
      <div className={classes.sheet}>
        {own.answer === null ? (
          <p className={classes.tally} role="status">
            这一题您没有作答。
          </p>
        ) : (
          own.isRight !== null && <Verdict isRight={own.isRight} />
        )}
        <Solved question={question} solution={solution} answer={own.answer} />
        <OwnTally own={own} />
      </div>
    </Section>
  )
}

function Ended({ it: { state, own } }: { it: RoomView }) {
  return (
    <Section title="现场答题已经结束">
      <div className={parts.form}>
        {own.isIn && <OwnTally own={own} />}
        {state.teams.length > 0 && <TeamBars teams={state.teams} />}
        <p className={parts.note}>题集已经发布的，可以在“答题”里打开它，点“只做错题”再做一遍。</p>
        <div>
          <LinkButton variant="default" to="/quizzes">
            返回答题
          </LinkButton>
        </div>
      </div>
    </Section>
  )
}

function OwnTally({ own: { answered, right } }: Pick<RoomView, 'own'>) {
  return (
    <p className={classes.tally}>
      {answered === 0 ? '您还没有答过题。' : `您答了 ${answered} 题，答对 ${right} 题。`}
      <span className={parts.note}>只有您自己看得到。</span>
    </p>
  )
}
