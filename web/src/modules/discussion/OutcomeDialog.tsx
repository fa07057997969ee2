import { Textarea, TextInput } from '@mantine/core'
import { type Day, isDay } from '@zhibu/rules'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { dayInChina } from '../publicity/instants.ts'
import { topicsClient } from './api.ts'
import { ChangedTopic } from './ChangedTopic.tsx'
import { useTopicWrite } from './useTopicWrite.ts'

/** Publishes what was asked, what was done, by whom and when. */
export function OutcomeDialog({ it, onClose }: { it: TopicView; onClose: () => void }) {
  const today = useToday()
  // What was published before is changed; once the matter was taken up again, what came of it then is told.
  const before = it.outcome?.resumedAt === null ? it.outcome : (it.outcomeDraft ?? it.outcome)
  const [asked, setAsked] = useState(before?.asked ?? '')
  const [done, setDone] = useState(before?.done ?? '')
  const [responsible, setResponsible] = useState(before?.responsible ?? '')
  const [doneOn, setDoneOn] = useState<Day | undefined>(before && isDay(before.doneOn) ? before.doneOn : today)
  const save = useTopicWrite(async () => {
    if (doneOn)
      await parseResponse(
        topicsClient[':topicId'].outcome.$put(
          { param: { topicId: it.id }, json: { asked, done, responsible, doneOn } },
          ifMatch(`"${it.revision}"`),
        ),
      )
  }, onClose)
  const askedOn = dayInChina(it.createdAt)
  const isSaid = (text: string) => text.trim().length >= 2
  return (
    <FormDialog
      title="公示结果"
      lead={
        it.isConfidential
          ? '本组织的人都看得到公示。原话题不公开，请不要写出能认出作者和当事人的内容。'
          : '本组织的人都看得到公示。再次公示会替换原来的。'
      }
      submitLabel="公示"
      needs={{
        提了什么: isSaid(asked),
        怎么办的: isSaid(done),
        谁办的: isSaid(responsible),
        办结日期: doneOn !== undefined,
      }}
      isBusy={save.isPending}
      error={isChanged(save.error) ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ChangedTopic error={save.error} it={it} />
      <Textarea
        label="提了什么"
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
        error={problemIn(save.error, 'asked')}
        maxLength={2_000}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      <Textarea
        label="怎么办的"
        value={done}
        onChange={(event) => setDone(event.currentTarget.value)}
        error={problemIn(save.error, 'done')}
        maxLength={2_000}
        autosize
        minRows={3}
        required
      />
      <TextInput
        label="谁办的"
        value={responsible}
        onChange={(event) => setResponsible(event.currentTarget.value)}
        error={problemIn(save.error, 'responsible')}
        maxLength={100}
        required
      />
      <DayInput
        label="办结日期"
        value={doneOn}
        onChange={setDoneOn}
        error={problemIn(save.error, 'doneOn')}
        {...(askedOn && { earliest: askedOn })}
        {...(today && { latest: today })}
        required
      />
    </FormDialog>
  )
}
