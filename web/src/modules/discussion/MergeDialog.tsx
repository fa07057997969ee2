import { Select, Textarea } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { MoreButton } from '../notices/MoreButton.tsx'
import { topicsClient, topicsQuery } from './api.ts'
import { ChangedTopic } from './ChangedTopic.tsx'
import { useTopicWrite } from './useTopicWrite.ts'

/** Merges a suggestion into another one of the same organisation. */
export function MergeDialog({ it, onClose }: { it: TopicView; onClose: () => void }) {
  const others = useInfiniteQuery(topicsQuery({ organizationId: it.organization.id, kind: it.kind }))
  const list = useListWhenOpened()
  const [intoId, setIntoId] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const choices = (others.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((other) => other.id !== it.id && other.mergedIntoId === null && !other.isHidden && !other.isProtected)
  const save = useTopicWrite(async () => {
    if (intoId !== null)
      await parseResponse(
        topicsClient[':topicId'].merging.$post(
          { param: { topicId: it.id }, json: { intoId, words } },
          ifMatch(`"${it.revision}"`),
        ),
      )
  }, onClose)
  return (
    <FormDialog
      title="并入另一条"
      lead="说的是同一件事的，合起来办理。赞同和关注一并转过去，每人只算一次；打开这一条的人会看到并入了哪里。合并不能取消。"
      submitLabel="合并"
      needs={{ 并入哪一条: intoId !== null, 给作者的话: words.trim().length >= 2 }}
      isBusy={save.isPending}
      error={isChanged(save.error) ? others.error : (save.error ?? others.error)}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ChangedTopic error={save.error} it={it} />
      <Select
        label="并入哪一条"
        description={`${it.organization.name}的同类话题`}
        data={choices.map((other) => ({ value: other.id, label: other.title }))}
        value={intoId}
        onChange={setIntoId}
        error={problemIn(save.error, 'intoId')}
        searchable
        required
        nothingFoundMessage="没有可以并入的"
        {...list}
      />
      <MoreButton list={others}>列出更早的话题</MoreButton>
      <Textarea
        label="给作者的话"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={problemIn(save.error, 'words')}
        maxLength={2_000}
        autosize
        minRows={3}
        required
      />
    </FormDialog>
  )
}
