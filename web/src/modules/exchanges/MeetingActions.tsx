import { Button, Textarea } from '@mantine/core'
import type { MeetingView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { exchangesKey, meetingClient } from './api.ts'
import { ChangeMeetingDialog } from './MeetingDialog.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  it: MeetingView
  etag: string
}

/** What whoever runs a meeting does with it as a whole. */
export function MeetingActions({ it, etag }: Props) {
  const [asked, setAsked] = useState<'change' | 'cancel' | 'conclude'>()
  const param = { exchangeId: it.id }
  const announce = useWrite(() => parseResponse(meetingClient.announcement.$put({ param }, ifMatch(etag))))
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.announce && (
        <Button loading={announce.isPending} disabled={it.on === null} onClick={() => announce.mutate()}>
          发布交流会
        </Button>
      )}
      {it.can.conclude && (
        <Button {...(it.conclusion !== '' && { variant: 'default' })} onClick={() => setAsked('conclude')}>
          {it.conclusion === '' ? '填写小结' : '修改小结'}
        </Button>
      )}
      {it.can.change && (
        <Button variant="default" onClick={() => setAsked('change')}>
          修改
        </Button>
      )}
      {it.can.cancel && (
        <Button variant="default" onClick={() => setAsked('cancel')}>
          取消交流会
        </Button>
      )}
      <ProblemNote error={announce.error} />
      {asked === 'change' && <ChangeMeetingDialog it={it} etag={etag} onClose={close} />}
      {asked === 'conclude' && <ConclusionDialog it={it} etag={etag} onClose={close} />}
      {asked === 'cancel' && (
        <ReasonDialog
          title="取消交流会"
          lead="参加的人和校外嘉宾都会看到已取消和原因，案例不能再写。取消后不能恢复。"
          label="取消原因"
          submitLabel="取消交流会"
          write={(reason) => parseResponse(meetingClient.cancellation.$post({ param, json: { reason } }))}
          changes={exchangesKey}
          onClose={close}
        />
      )}
    </>
  )
}

function ConclusionDialog({ it, etag, onClose }: Props & { onClose: () => void }) {
  const [text, setText] = useState(it.conclusion)
  const save = useWrite(
    () => parseResponse(meetingClient.conclusion.$put({ param: { exchangeId: it.id }, json: { text } }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="填写小结"
      lead="谈了什么，大家准备回去试什么。小结以后，案例和讨论不能再改；做法卡片还可以整理。"
      submitLabel="保存小结"
      needs={{ 小结: text.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="小结"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(save.error, 'text')}
        maxLength={3_000}
        autosize
        minRows={4}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
