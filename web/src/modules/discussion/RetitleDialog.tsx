import { TextInput } from '@mantine/core'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { topicsClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Gives a topic another title. */
export function RetitleDialog({ it, onClose }: { it: TopicView; onClose: () => void }) {
  const [title, setTitle] = useState(it.title)
  const save = useWrite(
    () =>
      parseResponse(
        topicsClient[':topicId'].title.$put(
          { param: { topicId: it.id }, json: { title } },
          ifMatch(`"${it.revision}"`),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="改标题"
      submitLabel="保存标题"
      needs={{ 标题: title.trim().length >= 4 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="标题"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(save.error, 'title')}
        maxLength={80}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
