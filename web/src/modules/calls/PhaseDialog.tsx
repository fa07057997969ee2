import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import type { Day } from '@zhibu/rules'
import type { JudgedEntry } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { callsClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

interface Props {
  callId: string
  entries: readonly JudgedEntry[]
  onClose: () => void
}

/** Begins a phase of the review: which entries, until when, by how many each. */
export function PhaseDialog({ callId, entries, onClose }: Props) {
  const [name, setName] = useState('初评')
  const [untilOn, setUntilOn] = useState<Day | undefined>()
  const [perEntry, setPerEntry] = useState(2)
  const [chosen, setChosen] = useState(entries.map((it) => it.id))
  const open = useWrite(async () => {
    if (untilOn === undefined) return
    const entryIds = chosen.length === entries.length ? null : chosen
    await parseResponse(
      callsClient[':callId'].phases.$post({ param: { callId }, json: { name, untilOn, perEntry, entryIds } }),
    )
  }, onClose)
  return (
    <FormDialog
      title="开始一轮评审"
      lead="作品平均分给已经确认的评审，作者本人和同一支部的人不评。分不出去的会列出来。"
      submitLabel="开始评审"
      needs={{ 名称: name.trim() !== '', 评到哪一天: untilOn !== undefined, 作品: chosen.length > 0 }}
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <TextInput
          label="名称"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={20}
          required
        />
        <DayInput
          label="评到哪一天"
          value={untilOn}
          onChange={setUntilOn}
          error={problemIn(open.error, 'untilOn')}
          required
        />
        <NumberInput
          label="每件几人评"
          value={perEntry}
          onChange={(value) => typeof value === 'number' && setPerEntry(value)}
          min={1}
          max={9}
          allowDecimal={false}
          clampBehavior="strict"
        />
      </div>
      <Checkbox.Group label="评哪些作品" value={chosen} onChange={setChosen} error={problemIn(open.error, 'entryIds')}>
        {entries.map((it) => (
          <Checkbox
            key={it.id}
            value={it.id}
            label={`${it.number === null ? '' : `${it.number} 号 `}${it.title}（${it.kindName}）`}
            mt="xs"
          />
        ))}
      </Checkbox.Group>
    </FormDialog>
  )
}
