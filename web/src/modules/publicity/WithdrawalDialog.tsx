import { parseResponse } from 'hono/client'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { publicityClient, publicityKey } from './api.ts'

/** Takes a published article from the site, with the reason. */
export function WithdrawalDialog({ articleId, onClose }: { articleId: string; onClose: () => void }) {
  return (
    <ReasonDialog
      title="从网站撤下"
      lead="读者打开原来的地址，只看到“已撤下”。原因留在这里，不给读者看。撤下不能取消；要再发布，以此为底稿另写一篇。"
      label="撤下原因"
      submitLabel="撤下"
      write={(reason) =>
        parseResponse(
          publicityClient.articles[':articleId'].withdrawal.$post({ param: { articleId }, json: { reason } }),
        )
      }
      changes={publicityKey}
      onClose={onClose}
    />
  )
}
