import { Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import type { PostRow } from '@zhibu/server/modules/talent/post-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Calls for candidates for a post. */
export function CallDialog({ post, onClose }: { post: PostRow; onClose: () => void }) {
  const [untilOn, setUntilOn] = useState<Day>()
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const announce = useWrite(
    (last: Day) => parseResponse(talentClient.calls.$post({ json: { postId: post.id, untilOn: last, text } })),
    ({ id }) => void navigate({ to: '/staff/calls/$callId', params: { callId: id } }),
  )
  return (
    <FormDialog
      title={`征集人选：${post.title}`}
      lead={`${post.organization.name}和下级组织的人都看得到、可以报名。`}
      submitLabel="开始征集"
      needs={{ 报名截止: untilOn !== undefined }}
      isBusy={announce.isPending}
      error={announce.error}
      onSubmit={() => untilOn && announce.mutate(untilOn)}
      onClose={onClose}
    >
      <DayInput
        label="报名截止"
        value={untilOn}
        onChange={setUntilOn}
        error={problemIn(announce.error, 'untilOn')}
        required
        isFirst
      />
      <Textarea
        label="说明（可不填）"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(announce.error, 'text')}
        maxLength={500}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
