import { Button } from '@mantine/core'
import { useFullscreenDocument } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { graceMs } from '@zhibu/server/modules/quizzes/names-schema'
import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { parseResponse } from 'hono/client'
import { useEffect, useEffectEvent } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type ReadRoom, roomClient } from './api.ts'
import { nextStep, type Step } from './leading.ts'
import classes from './Screen.module.css'
import { ScreenEnd } from './ScreenEnd.tsx'
import { ScreenEntrance } from './ScreenEntrance.tsx'
import { ScreenQuestion } from './ScreenQuestion.tsx'
import { useRoom } from './useRoom.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/bare/quizzes/rooms/$roomId/screen')

/** 大屏: what a projector shows of a room, to be read from the last row, and the steps of whoever leads. */
export function ScreenPage() {
  const { roomId } = route.useParams()
  const { data, error, refetch } = useRoom(roomId)
  return (
    <main className={classes.screen}>
      <title>{`${data?.view.title ?? '现场答题'}（大屏）· 支部工作台`}</title>
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.view.can.lead ? (
        <Led {...data} error={error} />
      ) : (
        <EmptyState
          title="大屏由主持的人打开"
          action={
            <LinkButton to="/quizzes/rooms/$roomId" params={{ roomId }}>
              参加现场答题
            </LinkButton>
          }
        >
          您可以用自己的手机或电脑参加。
        </EmptyState>
      )}
    </main>
  )
}

function Led({ view: it, aheadMs, error }: ReadRoom & { error: Error | null }) {
  const { state } = it
  const { take, isBusy, error: refusal } = useSteps(it.id)
  const next = nextStep(state)
  const goOn = () => {
    if (next && !isBusy) take(next.step)
  }
  // A key that is pressed once too often ends nothing.
  useNextKey(() => next?.step.does !== 'end' && goOn())
  useEndOfTime(it, aheadMs, take)
  return (
    <>
      <Head it={it} />
      {state.phase === 'gathering' && <ScreenEntrance it={it} />}
      {(state.phase === 'asking' || state.phase === 'shown') && <ScreenQuestion it={it} aheadMs={aheadMs} />}
      {state.phase === 'ended' && <ScreenEnd it={it} />}
      <footer className={`${classes.foot} no-print`}>
        <ProblemNote error={refusal ?? error} />
        {next && (
          <>
            {/* Another button for the end: who presses Space once too often has the last one no more. */}
            <Button key={next.step.does === 'end' ? 'end' : 'on'} size="xl" loading={isBusy} onClick={goOn}>
              {next.label}
            </Button>
            {next.step.does !== 'end' && <span className={classes.hint}>按空格键或 → 键也可以</span>}
            {next.step.does !== 'end' && (
              <ConfirmButton
                question="结束以后不能再出题，大家也不能再作答。已经公布的各题情况都保留。"
                confirmLabel="结束现场答题"
                onConfirm={() => take({ does: 'end' })}
                isBusy={isBusy}
              >
                结束现场答题
              </ConfirmButton>
            )}
          </>
        )}
      </footer>
    </>
  )
}

function Head({ it: { id, title, code, state } }: { it: RoomView }) {
  const { fullscreen, toggle } = useFullscreenDocument()
  return (
    <header className={classes.head}>
      <h1>{title}</h1>
      <p>
        {state.phase !== 'ended' && `答题码 ${code}　`}
        {state.players} 人参加
      </p>
      <div className={`${classes.tools} no-print`}>
        {document.fullscreenEnabled && (
          <Button variant="default" onClick={() => void toggle()}>
            {fullscreen ? '退出全屏' : '全屏'}
          </Button>
        )}
        <LinkButton variant="default" to="/quizzes/rooms/$roomId" params={{ roomId: id }}>
          关闭大屏
        </LinkButton>
      </div>
    </header>
  )
}

/** Does a step; who presses twice, or on two screens, does it once. */
function useSteps(roomId: string) {
  const param = { roomId }
  const write = useWrite((step: Step) => {
    if (step.does === 'end') return parseResponse(roomClient.ending.$post({ param }))
    const json = { position: step.position }
    return step.does === 'ask'
      ? parseResponse(roomClient.asking.$post({ param, json }))
      : parseResponse(roomClient.showing.$post({ param, json }))
  })
  return { take: write.mutate, isBusy: write.isPending, error: write.error }
}

/** The keys of a keyboard or of a pointer in the hand go on, but where they press a button themselves. */
function useNextKey(goOn: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { key, target, ctrlKey, altKey, metaKey, repeat } = event
    if (ctrlKey || altKey || metaKey || repeat || !(target instanceof Element)) return
    if (target.closest('[role=dialog], input, textarea')) return
    if (key === ' ' ? target.closest('button, a') : key !== 'ArrowRight' && key !== 'PageDown') return
    event.preventDefault()
    goOn()
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** Shows the answer by itself when the time is up. */
function useEndOfTime({ state }: RoomView, aheadMs: number, take: (step: Step) => void) {
  const { phase, position, endsAt } = state
  const show = useEffectEvent((at: number) => take({ does: 'show', position: at }))
  useEffect(() => {
    if (phase !== 'asking' || endsAt === null || position === null) return
    const timer = setTimeout(() => show(position), Math.max(0, Date.parse(endsAt) - Date.now() - aheadMs) + graceMs)
    return () => clearTimeout(timer)
  }, [phase, position, endsAt, aheadMs])
}
