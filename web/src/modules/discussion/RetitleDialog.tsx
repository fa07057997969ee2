import { Textarea, TextInput } from '@mantine/core'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { topicsClient } from './api.ts'
import { ChangedTopic } from './ChangedTopic.tsx'
import { useTopicWrite } from './useTopicWrite.ts'

/** Gives a topic another title. */
export function RetitleDialog({ it, onClose }: { it: TopicView; onClose: () => void }) {
  const [title, setTitle] = useState(it.title)
  const [reason, setReason] = useState('')
  const save = useTopicWrite(
    () =>
      parseResponse(
        topicsClient[':topicId'].title.$put(
          { param: { topicId: it.id }, json: { title, ...(!it.isOwn && { reason }) } },
          ifMatch(`"${it.revision}"`),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="改标题"
      lead={`原来的标题留在修改记录里，看得到这个话题的人都能查看。${it.supportCount > 0 ? `已有 ${it.supportCount} 人赞同原来的标题，请不要改变意思。` : ''}`}
      submitLabel="保存标题"
      needs={{
        标题: title.trim().length >= 4 && title.trim() !== it.title,
        ...(!it.isOwn && { 修改原因: reason.trim().length >= 2 }),
      }}
      isBusy={save.isPending}
      error={isChanged(save.error) ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ChangedTopic error={save.error} it={it} />
      <TextInput
        label="标题"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(save.error, 'title')}
        maxLength={80}
        description={title.length > 60 ? `${title.length} / 80 字` : undefined}
        required
        data-autofocus
      />
      {!it.isOwn && (
        <Textarea
          label="修改原因"
          description="作者看得到。"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problemIn(save.error, 'reason')}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
      )}
    </FormDialog>
  )
}
