import type { Day } from '@zhibu/rules'
import type { PersonRow } from '@zhibu/server/modules/people/schema'
import type { PostRow } from '@zhibu/server/modules/talent/post-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Gives a post to somebody. */
export function HolderDialog({ post, onClose }: { post: PostRow; onClose: () => void }) {
  const [person, setPerson] = useState<PersonRow>()
  const [chosen, setChosen] = useState<Day>()
  const today = useToday()
  const fromOn = chosen ?? today
  const fill = useWrite(
    (given: { personId: string; fromOn: Day }) =>
      parseResponse(talentClient.posts[':postId'].holders.$post({ param: { postId: post.id }, json: given })),
    onClose,
  )
  return (
    <FormDialog
      title={`登记到岗：${post.title}`}
      lead="还没有登记过岗位的人，专职或兼职、岗位类别和名称按这个岗位一起登记，不用再填。"
      submitLabel="登记到岗"
      needs={{ 人员: person !== undefined, 到岗日期: fromOn !== undefined }}
      isBusy={fill.isPending}
      error={fill.error}
      onSubmit={() => person && fromOn && fill.mutate({ personId: person.id, fromOn })}
      onClose={onClose}
    >
      <PersonPicker
        label="人员"
        value={person}
        onChange={setPerson}
        error={problemIn(fill.error, 'personId')}
        required
      />
      <DayInput label="到岗日期" value={fromOn} onChange={setChosen} error={problemIn(fill.error, 'fromOn')} required />
    </FormDialog>
  )
}

/** Writes down the last day on which somebody holds a post. */
export function LeavingDialog({
  post,
  holder,
  onClose,
}: {
  post: PostRow
  holder: PostRow['holders'][number]
  onClose: () => void
}) {
  const [chosen, setChosen] = useState<Day>()
  const today = useToday()
  const on = chosen ?? today
  const leave = useWrite(
    (last: Day) =>
      parseResponse(
        talentClient.posts[':postId'].holders[':holdingId'].ending.$post({
          param: { postId: post.id, holdingId: holder.id },
          json: { on: last },
        }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={`登记离岗：${holder.person.name}`}
      lead={`${post.organization.name} ${post.title}。手上的工作请当面交接。`}
      submitLabel="登记离岗"
      needs={{ 最后一天: on !== undefined }}
      isBusy={leave.isPending}
      error={leave.error}
      onSubmit={() => on && leave.mutate(on)}
      onClose={onClose}
    >
      <DayInput label="最后一天" value={on} onChange={setChosen} error={problemIn(leave.error, 'on')} required />
    </FormDialog>
  )
}
