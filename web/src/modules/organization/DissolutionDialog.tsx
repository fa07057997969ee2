import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { type Organization, organizationClient, organizationKey } from './api.ts'

interface Props {
  it: Organization
  etag: string
  onClose: () => void
}

/** Dissolves an organisation that has nobody left in it. */
export function DissolutionDialog({ it, etag, onClose }: Props) {
  const queries = useQueryClient()
  const today = useToday()
  const [on, setOn] = useState<Day>()
  const [reason, setReason] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: organizationKey })
  const dissolve = useMutation({
    mutationFn: (day: Day) =>
      parseResponse(
        organizationClient[':organizationId'].dissolution.$post(
          { param: { organizationId: it.id }, json: { on: day, reason } },
          ifMatch(etag),
        ),
      ),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: refresh,
  })
  return (
    <FormDialog
      title={`撤销组织：${it.name}`}
      lead="撤销前须转出全部人员、撤销下级组织。仍在任的职务同日结束，历史记录保留。撤销后不能恢复。"
      submitLabel="撤销组织"
      needs={{ 撤销日期: on !== undefined, 撤销原因: reason.trim() !== '' }}
      isBusy={dissolve.isPending}
      error={dissolve.error}
      onSubmit={() => on && dissolve.mutate(on)}
      onClose={onClose}
    >
      <DayInput
        label="撤销日期"
        value={on}
        onChange={setOn}
        error={problemIn(dissolve.error, 'on')}
        {...(today && { latest: today })}
        required
      />
      <Textarea
        label="撤销原因"
        placeholder="如 学院合并，党员编入本科生第二党支部；批复文号"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(dissolve.error, 'reason')}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}
