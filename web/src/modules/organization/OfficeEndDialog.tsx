import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import type { OfficeRow } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { type Organization, organizationClient, organizationKey } from './api.ts'

interface Props {
  it: Organization
  office: OfficeRow
  onClose: () => void
}

/** Records the last day of an office. */
export function OfficeEndDialog({ it, office, onClose }: Props) {
  const queries = useQueryClient()
  const [on, setOn] = useState<Day>()
  const [reason, setReason] = useState('')
  const end = useMutation({
    mutationFn: (lastDay: Day) =>
      parseResponse(
        organizationClient[':organizationId'].offices[':officeId'].end.$post({
          param: { organizationId: it.id, officeId: office.id },
          json: { on: lastDay, ...(reason && { reason }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`登记离任：${officeNames[office.office]}${office.personName}`}
      lead="离任日期是任职的最后一天；自次日起，这项任职带来的权限收回，记录保留在历任中。"
      submitLabel="登记离任"
      needs={{ 离任日期: on !== undefined }}
      isBusy={end.isPending}
      error={end.error}
      onSubmit={() => on && end.mutate(on)}
      onClose={onClose}
    >
      <DayInput
        label="离任日期"
        value={on}
        onChange={setOn}
        earliest={office.from}
        error={problemIn(end.error, 'on')}
        required
      />
      <TextInput
        label="离任原因（可不填）"
        placeholder="如 换届、毕业、工作调动"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(end.error, 'reason')}
      />
    </FormDialog>
  )
}
