import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import type { Move, PersonPage } from '@zhibu/server/modules/people/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { organizationKey } from '../organization/api.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { peopleClient, peopleKey } from './api.ts'

interface Props {
  it: PersonPage
  etag: string
  onClose: () => void
}

/** Moves a person to another organisation within the reader's hands. */
export function MoveDialog({ it, etag, onClose }: Props) {
  const queries = useQueryClient()
  const today = useToday()
  const [organizationId, setOrganizationId] = useState<string>()
  const [on, setOn] = useState<Day>()
  const [reason, setReason] = useState('')
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: peopleKey })
    await queries.invalidateQueries({ queryKey: organizationKey })
  }
  const move = useMutation({
    mutationFn: (json: Move) =>
      parseResponse(peopleClient[':personId'].moves.$post({ param: { personId: it.id }, json }, ifMatch(etag))),
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: refresh,
  })
  return (
    <FormDialog
      title={`${it.name}转到其他组织`}
      lead={`现在${it.organization.name}。培养教育时间连续计算，发展档案随人转移。`}
      submitLabel="转到该组织"
      needs={{ 转入组织: organizationId !== undefined, 转接日期: on !== undefined }}
      isBusy={move.isPending}
      error={move.error}
      onSubmit={() => organizationId && on && move.mutate({ organizationId, on, ...(reason && { reason }) })}
      onClose={onClose}
    >
      <OrganizationPicker
        label="转入组织"
        value={organizationId}
        onChange={setOrganizationId}
        among={(node) => node.can.keepFiles && node.dissolvedOn === null && node.id !== it.organization.id}
        error={problemIn(move.error, 'organizationId')}
        required
      />
      <DayInput
        label="转接日期"
        value={on}
        onChange={setOn}
        error={problemIn(move.error, 'on')}
        {...(today && { latest: today })}
        required
      />
      <TextInput
        label="原因（可不填）"
        placeholder="如 转专业、升学、支部调整"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(move.error, 'reason')}
      />
    </FormDialog>
  )
}
