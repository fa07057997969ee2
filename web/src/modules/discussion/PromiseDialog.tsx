import { Alert, Select, Textarea } from '@mantine/core'
import { type Day, dayWritten, isDay } from '@zhibu/rules'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { topicsClient } from './api.ts'
import { ChangedTopic } from './ChangedTopic.tsx'
import { useTopicWrite } from './useTopicWrite.ts'
import { answeringOffices } from './words.ts'

/** Says by when a suggestion is answered, and by which office. */
export function PromiseDialog({ it, onClose }: { it: TopicView; onClose: () => void }) {
  const today = useToday()
  const before = it.promisedOn
  const [promisedOn, setPromisedOn] = useState<Day | undefined>(before !== null && isDay(before) ? before : undefined)
  const [office, setOffice] = useState(codeIn(answeringOffices, it.answeredBy?.office))
  const [words, setWords] = useState('')
  const save = useTopicWrite(async () => {
    if (promisedOn && office)
      await parseResponse(
        topicsClient[':topicId'].promise.$put(
          { param: { topicId: it.id }, json: { promisedOn, office, words } },
          ifMatch(`"${it.revision}"`),
        ),
      )
  }, onClose)
  const usual = it.usualAnswerOn !== null && isDay(it.usualAnswerOn) ? it.usualAnswerOn : undefined
  return (
    <FormDialog
      title="约定答复日期"
      lead="日期写给作者和关注的人看。到期前和过期后提醒负责答复的人。"
      submitLabel="约定"
      needs={{
        答复日期: promisedOn !== undefined,
        由谁答复: office !== undefined,
        给作者的话: words.trim().length >= 2,
      }}
      isBusy={save.isPending}
      error={isChanged(save.error) ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ChangedTopic error={save.error} it={it} />
      <DayInput
        label="答复日期"
        value={promisedOn}
        onChange={setPromisedOn}
        error={problemIn(save.error, 'promisedOn')}
        {...(today && { earliest: today })}
        required
        isFirst
      />
      {usual && promisedOn && promisedOn > usual && (
        <Alert color="yellow" title="比规定的答复期限晚" role="status">
          按本校规定，今天约定的最晚到 {dayWritten(usual)}。确需更长时间的，请在给作者的话里写明原因。
        </Alert>
      )}
      <Select
        label="由谁答复"
        description={it.organization.name}
        data={choicesOf(answeringOffices)}
        value={office ?? null}
        onChange={(value) => setOffice(codeIn(answeringOffices, value))}
        error={problemIn(save.error, 'office')}
        required
      />
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
