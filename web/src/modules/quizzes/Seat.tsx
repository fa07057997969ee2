import { Button } from '@mantine/core'
import type { RoomView } from '@zhibu/server/modules/quizzes/room-schema'
import { parseResponse } from 'hono/client'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { roomClient } from './api.ts'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'

/** The way into a room, and until it begins into another team or out again. */
export function Seat({ it: { id, state, own } }: { it: RoomView }) {
  const param = { roomId: id }
  const take = useWrite((team: number | null) => parseResponse(roomClient.seat.$put({ param, json: { team } })))
  const leave = useWrite(() => parseResponse(roomClient.seat.$delete({ param })))
  const team = own.team === null ? undefined : state.teams[own.team]
  const isBusy = take.isPending || leave.isPending
  return (
    <Section
      title={own.isIn ? '您已参加' : '参加现场答题'}
      lead="您答了什么、答对多少，只有您自己看得到；大屏上只有各项的人数和各队的比例。"
    >
      <div className={parts.form}>
        {own.isIn ? (
          <p className={classes.tally} role="status">
            {team ? `您在${team.name}。` : ''}等待主持人开始，题目会自己出现。现在有 {state.players} 人。
          </p>
        ) : (
          <p className={parts.text}>
            {state.phase === 'gathering' ? '还没有开始。' : '已经开始，现在参加可以答后面的题目。'}共{' '}
            {state.questionCount} 题，现在有 {state.players} 人。
          </p>
        )}
        {state.teams.length > 0 ? (
          <fieldset className={classes.teams}>
            <legend>{own.isIn ? '可以换队' : '选一队参加'}</legend>
            {state.teams.map(({ name, players }, at) => (
              <Button
                key={name}
                size="lg"
                variant={own.isIn && own.team === at ? 'filled' : 'default'}
                aria-pressed={own.isIn && own.team === at}
                disabled={isBusy}
                onClick={() => take.mutate(at)}
              >
                {name}（{players} 人）
              </Button>
            ))}
          </fieldset>
        ) : (
          !own.isIn && (
            <Button size="lg" loading={take.isPending} onClick={() => take.mutate(null)}>
              参加
            </Button>
          )
        )}
        {own.isIn && (
          <div>
            <Button
              variant="default"
              loading={leave.isPending}
              disabled={take.isPending}
              onClick={() => leave.mutate()}
            >
              退出
            </Button>
          </div>
        )}
        <ProblemNote error={take.error ?? leave.error} />
      </div>
    </Section>
  )
}
