import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { type Organization, organizationClient, organizationKey } from './api.ts'

/** Records an election: a new term begins with it, the one before ends. */
export function NewTermDialog({ it, onClose }: { it: Organization; onClose: () => void }) {
  const queries = useQueryClient()
  const today = useToday()
  const [from, setFrom] = useState<Day>()
  const [until, setUntil] = useState<Day>()
  const [documentNumber, setDocumentNumber] = useState('')
  const begin = useMutation({
    mutationFn: (electedOn: Day) =>
      parseResponse(
        organizationClient[':organizationId'].terms.$post({
          param: { organizationId: it.id },
          json: { from: electedOn, ...(until && { until }), ...(documentNumber && { documentNumber }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`登记换届：${it.name}`}
      lead="填写选举产生新一届的日期，上一届随之结束。委员的任职和离任请另行登记。"
      submitLabel="登记换届"
      needs={{ 选举日期: from !== undefined }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => from && begin.mutate(from)}
      onClose={onClose}
    >
      <DayInput
        label="选举日期"
        value={from}
        onChange={setFrom}
        error={problemIn(begin.error, 'from')}
        {...(today && { latest: today })}
        required
      />
      <DayInput
        label="届满日期（可不填）"
        description="不填时，按选举之日施行的规定推算。"
        value={until}
        onChange={setUntil}
        error={problemIn(begin.error, 'until')}
        {...(from && { earliest: from })}
      />
      <TextInput
        label="批复文号（可不填）"
        value={documentNumber}
        onChange={(event) => setDocumentNumber(event.currentTarget.value)}
        error={problemIn(begin.error, 'documentNumber')}
      />
    </FormDialog>
  )
}
