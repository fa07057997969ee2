import { Button, Textarea } from '@mantine/core'
import type { BookingView } from '@zhibu/server/modules/guidance/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { bookingClient, guidanceKey } from './api.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  it: BookingView
  etag: string
}

/** What the two do with a booking: move it, say anew what it is about, cancel it. */
export function BookingActions({ it, etag }: Props) {
  const [asked, setAsked] = useState<'move' | 'wish' | 'cancel'>()
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.move && <Button onClick={() => setAsked('move')}>改期</Button>}
      {it.can.changeWish && (
        <Button variant="default" onClick={() => setAsked('wish')}>
          修改想谈的内容
        </Button>
      )}
      {it.can.cancel && (
        <Button variant="default" onClick={() => setAsked('cancel')}>
          取消预约
        </Button>
      )}
      {asked === 'move' && <MoveDialog it={it} etag={etag} onClose={close} />}
      {asked === 'wish' && <WishDialog it={it} etag={etag} onClose={close} />}
      {asked === 'cancel' && (
        <ReasonDialog
          title="取消预约"
          lead={
            it.state === 'coming'
              ? `两个人都会收到通知，原因只有两个人看得到。${it.side === 'mentor' ? '这个时间同时撤回。' : '这个时间可以再约给别人。'}`
              : '这次没有谈成的，写一句话取消，就不用再写记录。原因只有两个人看得到。'
          }
          label="原因"
          submitLabel="取消预约"
          write={(reason) =>
            parseResponse(bookingClient.cancellation.$post({ param: { bookingId: it.id }, json: { reason } }))
          }
          changes={guidanceKey}
          onClose={close}
        />
      )}
    </>
  )
}

function WishDialog({ it, etag, onClose }: Props & { onClose: () => void }) {
  const [wish, setWish] = useState(it.wish)
  const save = useWrite(
    () => parseResponse(bookingClient.wish.$put({ param: { bookingId: it.id }, json: { wish } }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="修改想谈的内容"
      submitLabel="保存修改"
      needs={{ 想谈什么: wish.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="想谈什么"
        value={wish}
        onChange={(event) => setWish(event.currentTarget.value)}
        error={problemIn(save.error, 'wish')}
        maxLength={500}
        autosize
        minRows={3}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
