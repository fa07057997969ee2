import { Select, Textarea, TextInput } from '@mantine/core'
import type { MarkedDay } from '@zhibu/server/modules/activities/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import classes from './Activities.module.css'
import { daysClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  /** For which organisations a day may be added; with `changed` it stays where it is. */
  places?: readonly { id: string; name: string }[]
  changed?: MarkedDay
  onClose: () => void
}

const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
const dates = Array.from({ length: 31 }, (_, at) => String(at + 1).padStart(2, '0'))

/** Adds a day of an organisation that comes round each year, or changes one. */
export function OwnDayDialog({ places = [], changed, onClose }: Props) {
  const [organizationId, setOrganizationId] = useState(places[0]?.id)
  const [name, setName] = useState(changed?.name ?? '')
  const [month, setMonth] = useState(changed?.on.slice(5, 7) ?? null)
  const [date, setDate] = useState(changed?.on.slice(8, 10) ?? null)
  const [sentence, setSentence] = useState(changed?.sentence ?? '')
  const save = useWrite(async () => {
    const json = { name, monthDay: `${month ?? ''}-${date ?? ''}`, sentence }
    if (changed)
      return parseResponse(
        daysClient[':dayId'].$put({ param: { dayId: changed.dayKey }, json }, ifMatch(`"${changed.revision ?? 0}"`)),
      )
    if (organizationId === undefined) return undefined
    return parseResponse(daysClient.$post({ json: { ...json, organizationId } }))
  }, onClose)
  return (
    <FormDialog
      title={changed ? '修改日子' : '添加本组织的日子'}
      lead="每年这一天都会出现在本组织和下级的日历里，例如建校日、建院日、支部成立的日子。"
      submitLabel={changed ? '保存修改' : '添加'}
      needs={{ 名称: name.trim().length >= 2, 日期: month !== null && date !== null }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!changed && (
        <OrganizationSelect
          label="哪个组织的日子"
          organizations={places}
          value={organizationId}
          onChange={setOrganizationId}
        />
      )}
      <TextInput
        label="名称"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problemIn(save.error, 'name')}
        maxLength={40}
        required
        data-autofocus
      />
      <div className={classes.pair}>
        <Select
          label="月"
          data={months.map((value) => ({ value, label: `${Number(value)} 月` }))}
          value={month}
          onChange={setMonth}
          error={problemIn(save.error, 'monthDay')}
          required
        />
        <Select
          label="日"
          data={dates.map((value) => ({ value, label: `${Number(value)} 日` }))}
          value={date}
          onChange={setDate}
          required
        />
      </div>
      <Textarea
        label="由来（可不填）"
        value={sentence}
        onChange={(event) => setSentence(event.currentTarget.value)}
        error={problemIn(save.error, 'sentence')}
        maxLength={200}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
