import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Day } from '@zhibu/rules'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import type { OfficeKind } from '@zhibu/server/modules/organization/schema'
import { parseResponse } from 'hono/client'
import { Suspense, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { type Organization, organizationClient, organizationKey } from './api.ts'
import { useParts } from './parts.ts'

/** Gives a person of the register an office. */
export function AppointmentDialog({ it, onClose }: { it: Organization; onClose: () => void }) {
  const queries = useQueryClient()
  const { PersonPicker } = useParts()
  const [personId, setPersonId] = useState<string>()
  const [office, setOffice] = useState<OfficeKind>()
  const [from, setFrom] = useState<Day>()
  const [until, setUntil] = useState<Day>()
  const [documentNumber, setDocumentNumber] = useState('')
  const appoint = useMutation({
    mutationFn: (json: { personId: string; office: OfficeKind; from: Day }) =>
      parseResponse(
        organizationClient[':organizationId'].offices.$post({
          param: { organizationId: it.id },
          json: { ...json, ...(until && { until }), ...(documentNumber && { documentNumber }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: organizationKey })
      onClose()
    },
  })
  return (
    <FormDialog
      title={`登记任职：${it.name}`}
      lead="任职自任职日期起带来相应的权限，离任后自动收回。同一职务的前任请先登记离任。"
      submitLabel="登记任职"
      needs={{ 人员: personId !== undefined, 职务: office !== undefined, 任职日期: from !== undefined }}
      isBusy={appoint.isPending}
      error={appoint.error}
      onSubmit={() => personId && office && from && appoint.mutate({ personId, office, from })}
      onClose={onClose}
    >
      <Suspense fallback={<PageLoading lines={1} />}>
        <PersonPicker label="人员" onChange={setPersonId} />
      </Suspense>
      <Select
        label="职务"
        data={it.can.appoint.map((value) => ({ value, label: officeNames[value] }))}
        value={office ?? null}
        onChange={(value) => setOffice(codeIn(officeNames, value))}
        required
      />
      <DayInput label="任职日期" value={from} onChange={setFrom} error={problemIn(appoint.error, 'from')} required />
      <DayInput
        label="任期截止（可不填）"
        value={until}
        onChange={setUntil}
        error={problemIn(appoint.error, 'until')}
        {...(from && { earliest: from })}
      />
      <TextInput
        label="任职文号（可不填）"
        value={documentNumber}
        onChange={(event) => setDocumentNumber(event.currentTarget.value)}
        error={problemIn(appoint.error, 'documentNumber')}
      />
    </FormDialog>
  )
}
