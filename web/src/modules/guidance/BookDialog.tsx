import { Alert, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { FreeTime, MentorRow } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { bookingsClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { clashInWords, heldInWords } from './words.ts'

interface Props {
  time: FreeTime
  mentor: MentorRow | undefined
  onClose: () => void
}

/** Books a free time, with what one wants to talk about. */
export function BookDialog({ time, mentor, onClose }: Props) {
  const navigate = useNavigate()
  const [wish, setWish] = useState('')
  const book = useWrite(
    () => parseResponse(bookingsClient.$post({ json: { timeId: time.id, wish } })),
    ({ id }) => void navigate({ to: '/training/guidance/$bookingId', params: { bookingId: id } }),
  )
  const clash = clashInWords(time.clashes)
  return (
    <FormDialog
      title={`预约${mentor ? `：${mentor.person.name}` : ''}`}
      lead={`${heldInWords(time)}${time.place === '' ? '，线上' : `，${time.place}`}。约好以后两个人都会收到通知，可以改期、取消。`}
      submitLabel="预约"
      needs={{ 想谈什么: wish.trim().length >= 2 }}
      isBusy={book.isPending}
      error={book.error}
      onSubmit={() => book.mutate()}
      onClose={onClose}
    >
      {clash !== '' && <Alert color="yellow">这个时间{clash}，请自己安排好。</Alert>}
      <Textarea
        label="想谈什么"
        description="只有您和指导老师看得到。写几句，老师好准备。"
        value={wish}
        onChange={(event) => setWish(event.currentTarget.value)}
        error={problemIn(book.error, 'wish')}
        maxLength={500}
        autosize
        minRows={3}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
