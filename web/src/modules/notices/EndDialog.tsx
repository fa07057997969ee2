import { parseResponse } from 'hono/client'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { noticesClient, noticesKey } from './api.ts'

interface Props {
  noticeId: string
  way: 'recall' | 'dropping'
  onClose: () => void
}

const words = {
  recall: {
    title: '撤回通知',
    lead: '撤回以后正文不再显示。看过的人会收到撤回说明和原因；没有看过的人不会再看到这条通知。撤回不能取消。',
    label: '撤回原因',
    submitLabel: '撤回',
  },
  dropping: {
    title: '不发这条通知',
    lead: '没有人会收到。系统拟的稿，同一件事不会再拟一份。',
    label: '不发的原因',
    submitLabel: '不发',
  },
} as const

/** Takes a notice back, or leaves a draft unsent; with the reason. */
export function EndDialog({ noticeId, way, onClose }: Props) {
  return (
    <ReasonDialog
      {...words[way]}
      write={(reason) =>
        parseResponse(noticesClient[':noticeId'][way].$post({ param: { noticeId }, json: { reason } }))
      }
      changes={noticesKey}
      onClose={onClose}
    />
  )
}
