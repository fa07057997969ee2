import { Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import type { HandoverView } from '@zhibu/server/modules/handovers/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { organizationArchiveQuery } from '../archive/api.ts'
import { handoversClient, handoversKey } from './api.ts'

/** Enters the receipt that a unit outside has sent back, and the scan of it. */
export function ReceiptDialog({ it, onClose }: { it: HandoverView; onClose: () => void }) {
  const queries = useQueryClient()
  const today = useToday()
  const [on, setOn] = useState<Day>()
  const [signedBy, setSignedBy] = useState('')
  const [documentId, setDocumentId] = useState<string>()
  const archive = useQuery(organizationArchiveQuery(it.from.id ?? ''))
  const scans = archive.data?.places.find((place) => place.code === 'handoverReceipts')?.documents ?? []
  const enter = useMutation({
    mutationFn: (day: Day) =>
      parseResponse(
        handoversClient[':handoverId'].receipt.$post({
          param: { handoverId: it.id },
          json: { on: day, signedBy, ...(documentId && { documentId }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: handoversKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title="登记接收回执"
      lead={`${it.to.name}签收以后登记。人员不会因此转走：离校（离职）日期请在人员页登记。`}
      submitLabel="登记"
      needs={{ 签收日期: on !== undefined, 签收人: signedBy.trim().length >= 2 }}
      isBusy={enter.isPending}
      error={enter.error}
      onSubmit={() => on && enter.mutate(on)}
      onClose={onClose}
    >
      <DayInput
        label="签收日期"
        value={on}
        onChange={setOn}
        {...(today && { latest: today })}
        error={problemIn(enter.error, 'on')}
        required
        isFirst
      />
      <TextInput
        label="签收人"
        value={signedBy}
        onChange={(event) => setSignedBy(event.currentTarget.value)}
        error={problemIn(enter.error, 'signedBy')}
        required
      />
      <Select
        label="回执扫描件"
        description={`先在${it.from.name}的电子档案中，按“档案移交清单、接收回执”归档扫描件，再在这里选择。`}
        data={scans.map((one) => ({ value: one.id, label: one.title }))}
        value={documentId ?? null}
        onChange={(chosen) => setDocumentId(chosen ?? undefined)}
        error={problemIn(enter.error, 'documentId')}
        clearable
        clearButtonProps={{ 'aria-label': '清除回执扫描件' }}
      />
    </FormDialog>
  )
}
