import { NumberInput } from '@mantine/core'
import { type Day, isDay } from '@zhibu/rules'
import type { VoteRule } from '@zhibu/server/modules/calls/review-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { callsClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

/** Settles from when until when people vote, and how many works they choose. */
export function VoteDialog({ callId, rule, onClose }: { callId: string; rule: VoteRule | null; onClose: () => void }) {
  const today = useToday()
  const asDay = (it: string | undefined) => (it !== undefined && isDay(it) ? it : undefined)
  const [fromOn, setFromOn] = useState<Day | undefined>(asDay(rule?.fromOn) ?? today)
  const [untilOn, setUntilOn] = useState<Day | undefined>(asDay(rule?.untilOn))
  const [most, setMost] = useState(rule?.most ?? 3)
  const save = useWrite(async () => {
    if (fromOn === undefined || untilOn === undefined) return
    const json = { rule: { fromOn, untilOn, most } }
    await parseResponse(callsClient[':callId'].vote.$put({ param: { callId }, json }))
  }, onClose)
  return (
    <FormDialog
      title="设置投票"
      lead="能看到这次征集的人都可以投票。开始以后不能再改。"
      submitLabel="保存设置"
      needs={{ 开始日期: fromOn !== undefined, 结束日期: untilOn !== undefined }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className={classes.pair}>
        <DayInput
          label="开始日期"
          value={fromOn}
          onChange={setFromOn}
          error={problemIn(save.error, 'rule.fromOn')}
          required
        />
        <DayInput
          label="结束日期"
          value={untilOn}
          onChange={setUntilOn}
          error={problemIn(save.error, 'rule.untilOn')}
          {...(fromOn && { earliest: fromOn })}
          required
        />
      </div>
      <NumberInput
        label="每人最多选几件"
        value={most}
        onChange={(value) => typeof value === 'number' && setMost(value)}
        min={1}
        max={50}
        allowDecimal={false}
        clampBehavior="strict"
      />
    </FormDialog>
  )
}
