import { Textarea, TextInput } from '@mantine/core'
import { type Day, isDay } from '@zhibu/rules'
import type { Call, Place } from '@zhibu/server/modules/discussion/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { useToday } from '../../ui/today.ts'
import { callsClient } from './api.ts'
import classes from './Discussion.module.css'
import { useWrite } from './useWrite.ts'

interface Props {
  /** Where the reader may call for ideas; with `changed` it stays where it is. */
  places?: readonly Place[]
  changed?: { value: Call; etag: string }
  onClose: () => void
}

/** Calls for ideas on a theme, or changes what a call says. */
export function CallDialog({ places = [], changed, onClose }: Props) {
  const today = useToday()
  const before = changed?.value
  const asDay = (text: string | undefined) => (text !== undefined && isDay(text) ? text : undefined)
  const [organizationId, setOrganizationId] = useState(before?.organization.id ?? places[0]?.id)
  const [title, setTitle] = useState(before?.title ?? '')
  const [body, setBody] = useState(before?.body ?? '')
  const [fromOn, setFromOn] = useState<Day | undefined>(asDay(before?.fromOn) ?? today)
  const [untilOn, setUntilOn] = useState<Day | undefined>(asDay(before?.untilOn))
  const save = useWrite(async () => {
    if (!fromOn || !untilOn || organizationId === undefined) return
    const text = { title, body, fromOn, untilOn }
    await (changed
      ? parseResponse(
          callsClient[':callId'].$put({ param: { callId: changed.value.id }, json: text }, ifMatch(changed.etag)),
        )
      : parseResponse(callsClient.$post({ json: { ...text, organizationId } })))
  }, onClose)
  return (
    <FormDialog
      title={changed ? '修改征集主题' : '征集意见建议'}
      lead="来稿公开给这个组织和下级的人看，可以赞同，有答复期限，和建议一样办理。"
      submitLabel={changed ? '保存修改' : '开始征集意见'}
      needs={{
        主题: title.trim().length >= 4,
        征集什么: body.trim().length >= 10,
        开始日期: fromOn !== undefined,
        截止日期: untilOn !== undefined,
      }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!changed && (
        <OrganizationSelect
          label="以哪个组织的名义"
          organizations={places}
          value={organizationId}
          onChange={setOrganizationId}
        />
      )}
      <TextInput
        label="主题"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={problemIn(save.error, 'title')}
        maxLength={80}
        required
        data-autofocus
      />
      <Textarea
        label="征集什么"
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={problemIn(save.error, 'body')}
        maxLength={3_000}
        autosize
        minRows={4}
        required
      />
      <div className={classes.pair}>
        <DayInput
          label="开始日期"
          value={fromOn}
          onChange={setFromOn}
          error={problemIn(save.error, 'fromOn')}
          required
        />
        <DayInput
          label="截止日期"
          value={untilOn}
          onChange={setUntilOn}
          error={problemIn(save.error, 'untilOn')}
          {...(fromOn && { earliest: fromOn })}
          required
        />
      </div>
    </FormDialog>
  )
}
