import { Textarea, TextInput } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import type { InvitationView } from '@zhibu/server/modules/experts/invitation-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FromUntilInputs } from '../../ui/FromUntilInputs.tsx'
import { invitationClient } from './api.ts'
import { useWrite } from './useWrite.ts'
import { asDay, readMinute, writeMinute } from './words.ts'

interface Props {
  it: InvitationView
  etag: string
  onClose: () => void
}

/** What both agreed on. Whoever invites says how the expert said it; an expert of the register says it here. */
export function AgreementDialog({ it, etag, onClose }: Props) {
  const { agreed } = it
  const [topic, setTopic] = useState(agreed?.topic ?? it.topic)
  const [on, setOn] = useState<Day | undefined>(asDay(agreed?.on ?? it.wishedOn[0]))
  const [hours, setHours] = useState({
    start: writeMinute(agreed?.startMinute ?? null),
    end: writeMinute(agreed?.endMinute ?? null),
  })
  const [place, setPlace] = useState(agreed?.place ?? it.place)
  const [link, setLink] = useState(agreed?.link ?? '')
  const [how, setHow] = useState(agreed?.how ?? '')
  const startMinute = readMinute(hours.start)
  const save = useWrite(() => {
    if (on === undefined || startMinute === null) throw new Error('the button is grey until then')
    const json = { topic, on, startMinute, endMinute: readMinute(hours.end), place, link, how }
    return parseResponse(invitationClient.agreement.$put({ param: { invitationId: it.id }, json }, ifMatch(etag)))
  }, onClose)
  const said = (path: string) => problemIn(save.error, path)
  return (
    <FormDialog
      title={agreed ? '修改约定' : it.isOwn ? '同意讲课' : '记下约定'}
      lead={
        it.isOwn
          ? '定好题目、时间和地点，邀请的单位会收到通知。讲课不付酬。'
          : '照专家的答复记。约定以后，一次点击就能起草讲座。'
      }
      submitLabel={agreed ? '保存约定' : it.isOwn ? '同意讲课' : '记下约定'}
      needs={{
        题目: topic.trim().length >= 4,
        日期: on !== undefined,
        开始时间: startMinute !== null,
        地点或网址: `${place}${link}`.trim() !== '',
        ...(!it.isOwn && { 怎样答复的: how.trim().length >= 2 }),
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="题目"
        value={topic}
        onChange={(event) => setTopic(event.currentTarget.value)}
        error={said('topic')}
        maxLength={80}
        required
        data-autofocus
      />
      <FieldGrid>
        <DayInput label="日期" value={on} onChange={setOn} error={said('on')} required />
        <FromUntilInputs {...hours} onChange={(set) => setHours({ ...hours, ...set })} said={said} required="start" />
      </FieldGrid>
      <FieldGrid>
        <TextInput
          label="地点"
          value={place}
          onChange={(event) => setPlace(event.currentTarget.value)}
          error={said('place')}
          maxLength={100}
        />
        <TextInput
          label="线上会议的网址"
          description="线上讲的，填网址"
          value={link}
          onChange={(event) => setLink(event.currentTarget.value)}
          error={said('link')}
          maxLength={500}
          inputMode="url"
        />
      </FieldGrid>
      <Textarea
        label={it.isOwn ? '还要说明的（可不填）' : '怎样答复的'}
        {...(!it.isOwn && { description: '例如：12月1日电话里说定' })}
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
        error={said('how')}
        maxLength={200}
        autosize
        required={!it.isOwn}
      />
    </FormDialog>
  )
}

/** That it did not come to an agreement, in a few words. */
export function RefusalDialog({ it, etag, onClose }: Props) {
  const [words, setWords] = useState('')
  const save = useWrite(
    () =>
      parseResponse(invitationClient.refusal.$put({ param: { invitationId: it.id }, json: { words } }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title={it.isOwn ? '这次不能讲' : '记下没有约成'}
      lead={it.isOwn ? '写一句话，邀请的单位会收到通知。' : '照专家的答复记，以后还可以再邀请。'}
      submitLabel={it.isOwn ? '答复' : '记下没有约成'}
      needs={{ 答复: words.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="答复"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        error={problemIn(save.error, 'words')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
