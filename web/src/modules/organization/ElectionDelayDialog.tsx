import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { type Organization, organizationClient, organizationKey, type Term } from './api.ts'

interface Props {
  it: Organization
  term: Term
  onClose: () => void
}

/** Records that the higher organisation has approved a later re-election. */
export function ElectionDelayDialog({ it, term, onClose }: Props) {
  const queries = useQueryClient()
  const [until, setUntil] = useState<Day>()
  const [documentNumber, setDocumentNumber] = useState('')
  const delay = useMutation({
    mutationFn: (lastDay: Day) =>
      parseResponse(
        organizationClient[':organizationId'].terms[':termId'].delay.$put({
          param: { organizationId: it.id, termId: term.id },
          json: { until: lastDay, ...(documentNumber && { documentNumber }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`登记延期换届：${it.name}`}
      lead={`本届任期至 ${term.until}。延期须经上级党组织批准，请按批复登记。`}
      submitLabel="登记延期"
      needs={{ 延期至: until !== undefined }}
      isBusy={delay.isPending}
      error={delay.error}
      onSubmit={() => until && delay.mutate(until)}
      onClose={onClose}
    >
      <DayInput
        label="延期至"
        value={until}
        onChange={setUntil}
        earliest={term.until}
        error={problemIn(delay.error, 'until')}
        required
      />
      <TextInput
        label="批复文号（可不填）"
        value={documentNumber}
        onChange={(event) => setDocumentNumber(event.currentTarget.value)}
        error={problemIn(delay.error, 'documentNumber')}
      />
    </FormDialog>
  )
}
