import { Alert, Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import type { VoteView } from '@zhibu/server/modules/calls/review-schema'
import type { CallView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { callsClient, voteQuery } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'
import { VoteDialog } from './VoteDialog.tsx'

/** 投票 on the works of a call; nothing where there is none and none can be settled. */
export function VotePart({ it: { id: callId, can, hasVote } }: { it: CallView }) {
  const { data, error, refetch } = useQuery({ ...voteQuery(callId), enabled: hasVote })
  const [isSettling, setIsSettling] = useState(false)
  if (!hasVote && !can.settleVote) return null
  return (
    <Section
      title="投票"
      actions={
        can.settleVote && (
          <Button variant="default" onClick={() => setIsSettling(true)}>
            设置投票
          </Button>
        )
      }
    >
      {!hasVote ? (
        <p className={parts.note}>没有设置投票。投票由大家选出喜欢的作品，不影响是否入选。</p>
      ) : error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : (
        <Vote it={data} />
      )}
      {isSettling && <VoteDialog callId={callId} rule={data?.rule ?? null} onClose={() => setIsSettling(false)} />}
    </Section>
  )
}

function Vote({ it }: { it: VoteView }) {
  const [chosen, setChosen] = useState<string[]>([])
  const cast = useWrite(() =>
    parseResponse(callsClient[':callId'].ballots.$post({ param: { callId: it.callId }, json: { entryIds: chosen } })),
  )
  const { fromOn, untilOn, most } = it.rule
  return (
    <div className={classes.form}>
      <p className={parts.note}>
        {isDay(fromOn) && <DayText on={fromOn} />} 至 {isDay(untilOn) && <DayText on={untilOn} />}，每人最多选 {most}{' '}
        件，只投一次。没有人能看到谁选了什么；结束以前不公布任何数字。
      </p>
      {cast.data && (
        <Alert color="green" title="已经投票" role="status">
          您的回执：<span className={classes.code}>{cast.data.receipt}</span>
          <br />
          请抄下来，只显示这一次。投票结束以后，可以凭回执在公布的选票中找到自己的一张。
        </Alert>
      )}
      {it.canVote ? (
        <>
          <Checkbox.Group
            label={`选择作品（最多 ${most} 件）`}
            value={chosen}
            onChange={(value) => value.length <= most && setChosen(value)}
          >
            {it.works.map((work) => (
              <Checkbox key={work.id} value={work.id} label={`${work.title}（${work.kindName}）`} mt="xs" />
            ))}
          </Checkbox.Group>
          <ProblemNote error={cast.error} />
          <div className={parts.buttons}>
            <Button disabled={chosen.length === 0} loading={cast.isPending} onClick={() => cast.mutate()}>
              投票
            </Button>
          </div>
        </>
      ) : (
        it.state === 'open' && it.hasVoted && !cast.data && <p className={parts.note}>您已经投过票。</p>
      )}
      {it.state === 'ahead' && <p className={parts.note}>投票还没有开始。</p>}
      {it.state === 'over' && <Outcome it={it} />}
    </div>
  )
}

function Outcome({ it }: { it: VoteView }) {
  const [receipt, setReceipt] = useState('')
  if (it.outcome === null)
    return <p className={parts.note}>投票的不到 {it.fewestVoters} 人，为了不让人猜出谁选了什么，不公布结果。</p>
  const { voters, approvals, ballots } = it.outcome
  const countOf = new Map(approvals.map((one) => [one.entryId, one.count]))
  const titleOf = new Map(it.works.map((one) => [one.id, one.title]))
  const wanted = receipt.trim().toUpperCase()
  const own = ballots.find((one) => one.receipt === wanted)
  return (
    <>
      <p>{voters} 人投票。按作品编号排列，不排名次。</p>
      <ul aria-label="投票结果">
        {it.works.map((work) => (
          <li key={work.id}>
            <Link to="/calls/shelf/$entryId" params={{ entryId: work.id }}>
              {work.title}
            </Link>
            ：{countOf.get(work.id) ?? 0} 人选
          </li>
        ))}
      </ul>
      <TextInput
        label="凭回执查自己的选票"
        value={receipt}
        onChange={(event) => setReceipt(event.currentTarget.value)}
        maxLength={20}
      />
      {wanted !== '' && (
        <p role="status">
          {own
            ? `这张选票选了：${own.entryIds.map((id) => titleOf.get(id) ?? '已经取下的作品').join('、')}`
            : '没有找到这张选票。请核对回执；如果确实没有，请告诉征集单位。'}
        </p>
      )}
    </>
  )
}
