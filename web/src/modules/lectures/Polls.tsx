import { Button, Radio } from '@mantine/core'
import type { LectureView, Poll } from '@zhibu/server/modules/lectures/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { ShareBars } from '../../ui/ShareBars.tsx'
import { pollClient } from './api.ts'
import classes from './Lectures.module.css'
import { PollDialog } from './PollDialog.tsx'
import { useWrite } from './useWrite.ts'

/** Shows of hands: the one that is open, and what the others have come to. */
export function Polls({ it }: { it: LectureView }) {
  const [isNew, setIsNew] = useState(false)
  const open = it.polls.find(({ closedAt }) => closedAt === null)
  const over = it.polls.filter(({ closedAt }) => closedAt !== null).toReversed()
  const mayBegin = it.can.hold && it.session.isOpen && open === undefined
  if (it.polls.length === 0 && !mayBegin) return null
  return (
    <Section
      title="举手表决"
      lead="只数人数，谁选了什么不显示；结束时只留下人数，不足 5 人的不显示。"
      actions={
        mayBegin ? (
          <Button variant="default" onClick={() => setIsNew(true)}>
            发起举手表决
          </Button>
        ) : undefined
      }
    >
      <div className={parts.form}>
        {open && <OpenPoll key={open.id} it={it} poll={open} />}
        {over.map((poll) => (
          <ClosedPoll key={poll.id} poll={poll} />
        ))}
        {it.polls.length === 0 && <p className={parts.note}>还没有发起过。</p>}
      </div>
      {isNew && <PollDialog activityId={it.activityId} onClose={() => setIsNew(false)} />}
    </Section>
  )
}

function OpenPoll({ it, poll: { id, question, options, answers } }: { it: LectureView; poll: Poll }) {
  const param = { activityId: it.activityId, pollId: id }
  const own = it.own.hands.find(({ pollId }) => pollId === id)?.choice
  const raise = useWrite((choice: number) => parseResponse(pollClient.hand.$put({ param, json: { choice } })))
  const close = useWrite(() => parseResponse(pollClient.closing.$post({ param })))
  const chosen = raise.isPending ? raise.variables : own
  return (
    <div className={classes.part}>
      <Radio.Group
        label={question}
        description={own === undefined ? '选一项，结束以前可以改选。' : '已举手，结束以前可以改选。'}
        value={chosen === undefined ? null : String(chosen)}
        onChange={(value) => raise.mutate(Number(value))}
      >
        <div className={classes.options}>
          {options.map((option, at) => (
            <Radio key={option} value={String(at)} label={option} mt="xs" />
          ))}
        </div>
      </Radio.Group>
      <p className={parts.note} role="status">
        {answers === null ? '举手的人还不多，人数暂不显示。' : `${answers} 人已举手，结束后显示各项人数。`}
      </p>
      {it.can.hold && (
        <div>
          <ConfirmButton
            question="结束以后不能再举手，只留下各项的人数；不足 5 人的不显示。"
            confirmLabel="结束表决"
            isBusy={close.isPending}
            onConfirm={() => close.mutate()}
          >
            结束表决
          </ConfirmButton>
        </div>
      )}
      <ProblemNote error={raise.error ?? close.error} />
    </div>
  )
}

function ClosedPoll({ poll: { question, options, counts, answers } }: { poll: Poll }) {
  return (
    <div className={classes.part}>
      <h3>{question}</h3>
      {counts === null ? (
        <p className={parts.note}>人数太少，不显示。选项有：{options.join('、')}。</p>
      ) : (
        <ShareBars
          label={`${question}的结果`}
          items={options.map((name, at) => {
            const count = counts[at] ?? 0
            return { name, words: `${count} 人`, share: count / Math.max(1, answers ?? 0) }
          })}
        />
      )}
    </div>
  )
}
