import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'

interface Props {
  isBusy: boolean
  error: unknown
  onRefuse: (reason: string) => void
  onClose: () => void
}

/** Refuses a package that would add nothing to the file; why is told to the sender by the receipt. */
export function RefusalDialog({ isBusy, error, onRefuse, onClose }: Props) {
  const [reason, setReason] = useState('档案中已有内容相同的全部材料')
  const written = reason.trim()
  return (
    <FormDialog
      title="不接收这个包"
      lead="每件材料都登记为未接收，档案不增加任何内容。系统照样生成回执，写明原因，可以交给移交方。"
      submitLabel="不接收"
      needs={{ 原因: written.length >= 2 }}
      isBusy={isBusy}
      error={error}
      onSubmit={() => onRefuse(written)}
      onClose={onClose}
    >
      <Textarea
        label="原因"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(error, 'items')}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        required
      />
    </FormDialog>
  )
}
