import { Button } from '@mantine/core'
import type { SuggestionState } from '@zhibu/server/modules/discussion/names-schema'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { topicsClient } from './api.ts'
import { MergeDialog } from './MergeDialog.tsx'
import { OutcomeDialog } from './OutcomeDialog.tsx'
import { PromiseDialog } from './PromiseDialog.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { StepDialog } from './StepDialog.tsx'
import { useWrite } from './useWrite.ts'
import { isAnswered, stateVerbs } from './words.ts'

type Open = { state: SuggestionState } | 'promise' | 'merge' | 'outcome' | 'close' | undefined

/** What an officer does with a topic: answers it step by step, publishes what became of it, pins or closes it. */
export function Tending({ it }: { it: TopicView }) {
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const { can } = it
  const param = { topicId: it.id }
  const pin = useWrite(() =>
    parseResponse(topicsClient[':topicId'].pin.$put({ param, json: { isPinned: !it.isPinned } })),
  )
  const reopen = useWrite(() => parseResponse(topicsClient[':topicId'].closing.$put({ param, json: { reason: null } })))
  if (!(can.pin || can.close || can.promise || can.merge || can.publishOutcome || can.enter.length > 0)) return null
  return (
    <Section title={isAnswered(it.kind) ? '办理和管理' : '管理'} lead={isAnswered(it.kind) ? leadOf(it) : undefined}>
      <div className={parts.buttons}>
        {can.enter.map((state) => (
          <Button key={state} variant="default" onClick={() => setOpen({ state })}>
            {stateVerbs[state]}
          </Button>
        ))}
        {can.promise && (
          <Button variant="default" onClick={() => setOpen('promise')}>
            约定答复日期
          </Button>
        )}
        {can.publishOutcome && (
          <Button variant="default" onClick={() => setOpen('outcome')}>
            公示结果
          </Button>
        )}
        {can.merge && (
          <Button variant="default" onClick={() => setOpen('merge')}>
            并入另一条
          </Button>
        )}
        {can.pin && (
          <Button variant="default" loading={pin.isPending} onClick={() => pin.mutate()}>
            {it.isPinned ? '取消置顶' : '置顶'}
          </Button>
        )}
        {can.close &&
          (it.isClosed ? (
            <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
              重新打开
            </Button>
          ) : (
            <Button variant="default" onClick={() => setOpen('close')}>
              关闭话题
            </Button>
          ))}
      </div>
      <ProblemNote error={pin.error ?? reopen.error} />
      {typeof open === 'object' && <StepDialog it={it} state={open.state} onClose={close} />}
      {open === 'close' && (
        <ReasonDialog
          title="关闭话题"
          lead="关闭以后不能再回复，内容仍然看得到。可以重新打开。"
          label="关闭原因"
          submitLabel="关闭话题"
          write={(reason) => parseResponse(topicsClient[':topicId'].closing.$put({ param, json: { reason } }))}
          onClose={close}
        />
      )}
      {open === 'promise' && <PromiseDialog it={it} onClose={close} />}
      {open === 'merge' && <MergeDialog it={it} onClose={close} />}
      {open === 'outcome' && <OutcomeDialog it={it} onClose={close} />}
    </Section>
  )
}

const leadOf = ({ isProtected }: TopicView): string =>
  `每一步都写几句话给作者，作为一条发言留在话题里，不能修改。${isProtected ? '作者自己来看，系统不发提醒。' : '关注的人会得知。'}`
