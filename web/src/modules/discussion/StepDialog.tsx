import { Textarea } from '@mantine/core'
import type { SuggestionState } from '@zhibu/server/modules/discussion/names-schema'
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
import { stateVerbs } from './words.ts'

/** Says how far a suggestion has come, with words to its author. */
export function StepDialog({ it, state, onClose }: { it: TopicView; state: SuggestionState; onClose: () => void }) {
  const [words, setWords] = useState('')
  const isDeclined = state === 'declined'
  const label = isDeclined ? '不采纳的原因' : '给作者的话'
  const save = useTopicWrite(
    () =>
      parseResponse(
        topicsClient[':topicId'].steps.$post(
          { param: { topicId: it.id }, json: { state, words } },
          ifMatch(`"${it.revision}"`),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title={stateVerbs[state]}
      lead={leadOf(it, state)}
      submitLabel={stateVerbs[state]}
      needs={{ [label]: words.trim().length >= 2 }}
      isBusy={save.isPending}
      error={isChanged(save.error) ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ChangedTopic error={save.error} it={it} />
      <Textarea
        label={label}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={problemIn(save.error, 'words')}
        maxLength={2_000}
        autosize
        minRows={3}
        required
        data-autofocus
      />
    </FormDialog>
  )
}

function leadOf({ outcome }: TopicView, state: SuggestionState): string | undefined {
  if (state === 'declined') return '请写明为什么不采纳，让作者和赞同的人看得明白。'
  const isTakenUpAgain = (state === 'doing' || state === 'looking') && outcome !== null
  return isTakenUpAgain ? '结果已经公示。重新办理以后，公示上写明从今天起重新办理。' : undefined
}
