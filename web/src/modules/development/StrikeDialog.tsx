import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { actLabels, dayWritten } from '@zhibu/rules'
import type { FileView, RecordedAct } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { useMemo, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Acknowledgement, acknowledgementOf, isAcknowledged } from './Acknowledgement.tsx'
import { developmentClient, useReadAgain } from './api.ts'
import { causedFindings } from './causedFindings.ts'
import { changesBetween, standingActOf } from './changesBetween.ts'

interface Props {
  file: FileView
  etag: string
  it: RecordedAct
  onClose: () => void
}

/** Strikes out an act that has not happened, or that belongs into another file. It stays readable with the reason. */
export function StrikeDialog({ file, etag, it: asked, onClose }: Props) {
  const it = standingActOf(file, asked.act.id) ?? asked
  const readAgain = useReadAgain()
  const [opened] = useState(file)
  const [reason, setReason] = useState('')
  const [acknowledged, setAcknowledged] = useState({ rules: [] as readonly string[], reason: '' })
  const findings = useMemo(() => (file.isWhole ? causedFindings(file, undefined, it.act.id) : []), [file, it])
  const strike = useMutation({
    mutationFn: () =>
      parseResponse(
        developmentClient.files[':personId'].acts[':actId'].corrections.$post(
          {
            param: { personId: file.person.id, actId: it.act.id },
            json: { reason: reason.trim(), ...acknowledgementOf(findings, acknowledged) },
          },
          ifMatch(etag),
        ),
      ),
    onError: readAgain,
    onSuccess: async () => {
      await readAgain()
      onClose()
    },
  })
  return (
    <FormDialog
      title={`划去：${actLabels[it.act.kind]}`}
      lead={`记录的日期是${it.act.on ? dayWritten(it.act.on) : '“不详”'}。划去以后不再计入发展过程，原记录和原因仍然保留，可以查到。日期有误的请用“更正”。`}
      submitLabel="划去"
      needs={{ 划去的原因: reason.trim().length >= 2 }}
      isReady={isAcknowledged(findings, acknowledged)}
      isBusy={strike.isPending}
      error={isChanged(strike.error) ? null : strike.error}
      onSubmit={() => strike.mutate()}
      onClose={onClose}
    >
      <ChangedMeanwhile error={strike.error} changes={changesBetween(opened, file)} />
      <Textarea
        label="划去的原因"
        placeholder="如 误记到了同名人员的档案"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        required
        data-autofocus
      />
      <Acknowledgement findings={findings} acknowledged={acknowledged} onChange={setAcknowledged} />
    </FormDialog>
  )
}
