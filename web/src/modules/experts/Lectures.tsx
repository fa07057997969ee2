import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ExpertView, PastLecture } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { NothingFound } from '../../ui/NothingFound.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { expertClient, linkableQuery } from './api.ts'
import { EvaluationView } from './EvaluationView.tsx'
import classes from './Experts.module.css'
import { useWrite } from './useWrite.ts'
import { dayOf } from './words.ts'

/** 讲过的课, with what whoever invited has written, and the way to what listeners have said for whoever holds the lecture. */
export function Lectures({ it }: { it: ExpertView }) {
  const [isLinking, setIsLinking] = useState(false)
  return (
    <Section
      title="讲过的课"
      lead="评价由邀请的单位用几句话写，负责培训的人和专家本人都看得到；听众的反馈只有举办的单位能看。"
      actions={
        it.can.link && (
          <Button variant="default" onClick={() => setIsLinking(true)}>
            登记讲过的课
          </Button>
        )
      }
    >
      {it.lectures.length === 0 ? (
        <EmptyState title="还没有讲过的课">按邀请办的讲座，讲过以后自己列在这里。</EmptyState>
      ) : (
        <ul className={classes.lectures}>
          {it.lectures.map((one) => (
            <Lecture key={one.activityId} expertId={it.id} it={one} />
          ))}
        </ul>
      )}
      {isLinking && <LinkDialog expertId={it.id} onClose={() => setIsLinking(false)} />}
    </Section>
  )
}

function Lecture({ expertId, it }: { expertId: string; it: PastLecture }) {
  const param = { expertId, activityId: it.activityId }
  const remove = useWrite(() => parseResponse(expertClient.lectures[':activityId'].$delete({ param })))
  return (
    <li>
      <p>
        {it.canOpen ? (
          <Link to="/activities/$activityId" params={{ activityId: it.activityId }}>
            {it.title}
          </Link>
        ) : (
          it.title
        )}
      </p>
      <p className={parts.note}>
        {dayOf(it.on)}，{it.organization}
      </p>
      {it.evaluation && <EvaluationView it={it.evaluation} by={it.evaluation.by} />}
      <div className={`${parts.buttons} no-print`}>
        {it.canSeeFeedback && (
          <Link to="/activities/$activityId/live" params={{ activityId: it.activityId }}>
            听众的反馈
          </Link>
        )}
        {it.canUnlink && (
          <ConfirmButton
            isQuiet
            question={`“${it.title}”不是这位专家讲的，从讲过的课里去掉。`}
            confirmLabel="去掉"
            isBusy={remove.isPending}
            onConfirm={() => remove.mutate()}
          >
            登记错了
          </ConfirmButton>
        )}
        <ProblemNote error={remove.error} />
      </div>
    </li>
  )
}

function LinkDialog({ expertId, onClose }: { expertId: string; onClose: () => void }) {
  const { data } = useQuery(linkableQuery(expertId))
  const list = useListWhenOpened()
  const [activityId, setActivityId] = useState<string | null>(null)
  const link = useWrite(async () => {
    if (activityId === null) throw new Error('the button is grey until then')
    await parseResponse(expertClient.lectures.$post({ param: { expertId }, json: { activityId } }))
  }, onClose)
  return (
    <FormDialog
      title="登记讲过的课"
      lead="选您的单位办过的讲座或交流会。只是把它列在这位专家名下，活动里写的主讲人不变。"
      submitLabel="登记讲过的课"
      needs={{ 讲座: activityId !== null }}
      isBusy={link.isPending}
      error={link.error}
      onSubmit={() => link.mutate()}
      onClose={onClose}
    >
      <Select
        label="讲座"
        placeholder="输入题目或主讲人查找"
        data={(data?.items ?? []).map((it) => ({
          value: it.id,
          label: `${it.title}（${dayOf(it.on)}${it.speaker === '' ? '' : `，${it.speaker}`}）`,
        }))}
        value={activityId}
        onChange={setActivityId}
        nothingFoundMessage={<NothingFound>没有办过的讲座</NothingFound>}
        searchable
        required
        {...list}
      />
    </FormDialog>
  )
}
