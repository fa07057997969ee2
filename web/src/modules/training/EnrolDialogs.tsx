import { Textarea } from '@mantine/core'
import type { Enrolled, ProgrammeView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { programmeClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  programmeId: string
  /** Ids of persons. */
  chosen: ReadonlySet<string>
  onDone: (result: Enrolled) => void
  onClose: () => void
}

const told = '培训班发布以后，本人会收到通知；已经发布的，马上通知。'

/** Puts those chosen onto the list; for somebody for whom the programme is not, with a reason. */
export function EnrolChosenDialog({
  programmeId,
  chosen,
  mayBeOthers,
  onDone,
  onClose,
}: Props & { mayBeOthers: boolean }) {
  const [reason, setReason] = useState('')
  const enrol = useWrite(
    () =>
      parseResponse(
        programmeClient.participants.$post({
          param: { programmeId },
          json: { personIds: [...chosen], reason: reason.trim() },
        }),
      ),
    onDone,
  )
  return (
    <FormDialog
      title={`录取 ${chosen.size} 人`}
      lead={`名额满了的排在候补。${told}`}
      submitLabel="录取"
      isBusy={enrol.isPending}
      error={enrol.error}
      onSubmit={() => enrol.mutate()}
      onClose={onClose}
    >
      {(mayBeOthers || problemIn(enrol.error, 'reason') !== undefined) && (
        <Textarea
          label="录取不符合对象的人的原因"
          description="选中的人里有不符合对象的才要填，写在名单上"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problemIn(enrol.error, 'reason')}
          maxLength={500}
          autosize
          minRows={2}
        />
      )}
    </FormDialog>
  )
}

interface AllProps {
  it: ProgrammeView
  total: number
  organizationId: string | undefined
  isUntrained: boolean
  onDone: (result: Enrolled) => void
  onClose: () => void
}

/** Puts everybody of the list, as it is narrowed, onto the list of participants. */
export function EnrolAllDialog({ it, total, organizationId, isUntrained, onDone, onClose }: AllProps) {
  const enrol = useWrite(
    () =>
      parseResponse(
        programmeClient.participants.$post({
          param: { programmeId: it.id },
          json: { all: true, isUntrained, ...(organizationId && { organizationId }) },
        }),
      ),
    onDone,
  )
  const free = it.capacity === null ? total : Math.max(0, it.capacity - it.taken)
  return (
    <FormDialog
      title={`全部录取：${total} 人`}
      lead={`按支部和姓名的顺序录取列出的 ${total} 人${free < total ? `；名额还有 ${free} 个，其余 ${total - free} 人候补` : ''}。${told}`}
      submitLabel={`录取 ${total} 人`}
      isBusy={enrol.isPending}
      error={enrol.error}
      onSubmit={() => enrol.mutate()}
      onClose={onClose}
    >
      {null}
    </FormDialog>
  )
}

/** Proposes those chosen of the own branch. */
export function NominateDialog({ programmeId, chosen, onDone, onClose }: Props) {
  const [note, setNote] = useState('')
  const nominate = useWrite(
    () =>
      parseResponse(
        programmeClient.nominations.$post({ param: { programmeId }, json: { personIds: [...chosen], note } }),
      ),
    onDone,
  )
  return (
    <FormDialog
      title={`推荐 ${chosen.size} 人`}
      lead="推荐以后就在名单上，本人会收到通知；名额满了的候补。要撤回的，请联系组织培训的单位。"
      submitLabel="推荐"
      isBusy={nominate.isPending}
      error={nominate.error}
      onSubmit={() => nominate.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="推荐说明（可不填）"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={problemIn(nominate.error, 'note')}
        maxLength={300}
        autosize
        minRows={2}
      />
    </FormDialog>
  )
}
