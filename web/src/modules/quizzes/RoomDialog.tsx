import { Button, NumberInput, Radio, SegmentedControl, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { leastInTeam, mostInRoom, mostTeams } from '@zhibu/server/modules/quizzes/names-schema'
import type { QuizView } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import parts from '../../ui/Parts.module.css'
import { quizzesClient } from './api.ts'
import classes from './Quizzes.module.css'
import { teamChoices, usualTeams, withTeam } from './teams.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  it: QuizView
  organizations: readonly { id: string; name: string }[]
  onClose: () => void
}

const times = [
  { value: '', label: '不限时' },
  { value: '15', label: '15 秒' },
  { value: '30', label: '30 秒' },
  { value: '60', label: '60 秒' },
] as const

/** Opens a room: for whom, with how many questions, in which teams, and how long each question may be answered. */
export function RoomDialog({ it, organizations, onClose }: Props) {
  const navigate = useNavigate()
  const isLong = it.questionCount > mostInRoom
  const [organizationId, setOrganizationId] = useState(
    (organizations.find(({ id }) => id === it.organization.id) ?? organizations[0])?.id ?? '',
  )
  const [isDrawn, setIsDrawn] = useState(isLong)
  const [draw, setDraw] = useState<number | undefined>(Math.min(10, it.questionCount))
  const [teams, setTeams] = useState<string[]>([])
  const [seconds, setSeconds] = useState('30')
  const open = useWrite(
    () =>
      parseResponse(
        quizzesClient.rooms.$post({
          json: {
            ...{ quizId: it.id, organizationId, teams, seconds: seconds === '' ? null : Number(seconds) },
            ...(isDrawn && draw !== undefined && { draw }),
          },
        }),
      ),
    ({ id }) => void navigate({ to: '/quizzes/rooms/$roomId/screen', params: { roomId: id } }),
  )
  return (
    <FormDialog
      title="开始现场答题"
      lead="打开以后，大屏上显示二维码和答题码，大家用手机参加。由您决定什么时候出下一题、什么时候公布答案。"
      submitLabel="打开大屏"
      needs={{ 抽取的题数: !isDrawn || draw !== undefined, 队名: teams.every((name) => name.trim() !== '') }}
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="给哪个组织"
        description="这个组织和下级组织的人在“答题”里看得到；扫了码、有答题码的本校人员都可以参加。"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <Radio.Group
        label="题目"
        value={isDrawn ? 'drawn' : 'all'}
        onChange={(value) => setIsDrawn(value === 'drawn')}
        error={problemIn(open.error, 'draw')}
      >
        <Radio
          mt="xs"
          value="all"
          label={`全部 ${it.questionCount} 题，按题集的顺序`}
          disabled={isLong}
          {...(isLong && { description: `现场最多 ${mostInRoom} 题，请抽取一部分。` })}
        />
        <Radio mt="xs" value="drawn" label="随机抽取一部分" />
      </Radio.Group>
      {isDrawn && (
        <NumberInput
          label="抽取几题"
          value={draw ?? ''}
          onChange={(value) => setDraw(typeof value === 'number' ? value : undefined)}
          min={1}
          max={Math.min(mostInRoom, it.questionCount)}
          allowDecimal={false}
          clampBehavior="strict"
          required
        />
      )}
      <Teams teams={teams} error={problemIn(open.error, 'teams')} onChange={setTeams} />
      <div className={classes.part}>
        <span aria-hidden="true" className={classes.label}>
          每题作答时间
        </span>
        <SegmentedControl aria-label="每题作答时间" data={[...times]} value={seconds} onChange={setSeconds} />
        <p className={parts.note}>
          {seconds === '' ? '由您按“公布答案”结束作答。' : '时间到了，大屏自动公布答案；您也可以提前公布。'}
        </p>
      </div>
    </FormDialog>
  )
}

interface TeamsProps {
  teams: readonly string[]
  error: string | undefined
  onChange: (teams: string[]) => void
}

function Teams({ teams, error, onChange }: TeamsProps) {
  return (
    <div className={classes.part}>
      <span aria-hidden="true" className={classes.label}>
        分队
      </span>
      <SegmentedControl
        aria-label="分队"
        data={teamChoices(teams.length)}
        value={String(teams.length)}
        onChange={(value) => onChange(usualTeams(Number(value)))}
      />
      {teams.map((name, at) => (
        // A team is told from the others by its place; its name is being written.
        <div key={`team ${String(at)}`} className={classes.removable}>
          <TextInput
            aria-label={`第 ${at + 1} 队的队名`}
            value={name}
            onChange={(event) => onChange(teams.with(at, event.currentTarget.value))}
            maxLength={12}
          />
          <Button
            variant="subtle"
            disabled={teams.length <= 2}
            aria-label={`删去第 ${at + 1} 队`}
            onClick={() => onChange(teams.filter((_, place) => place !== at))}
          >
            删去
          </Button>
        </div>
      ))}
      {error !== undefined && (
        <p role="alert" className={classes.problem}>
          {error}
        </p>
      )}
      {teams.length > 0 && (
        <>
          {teams.length < mostTeams && (
            <div>
              <Button variant="default" onClick={() => onChange(withTeam(teams))}>
                加一队
              </Button>
            </div>
          )}
          <p className={parts.note}>各人参加时自己选队。不足 {leastInTeam} 人的队不单独显示答对的比例。</p>
        </>
      )}
    </div>
  )
}
