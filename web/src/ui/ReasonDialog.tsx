import { Textarea } from '@mantine/core'
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../problem.ts'
import { FormDialog } from './FormDialog.tsx'

interface Props {
  title: string
  /** What follows from it. */
  lead: string
  /** What is asked for, such as “撤下原因”. */
  label: string
  /** The verb of the button. */
  submitLabel: string
  write: (reason: string) => Promise<unknown>
  /** What is read anew once it is done. */
  changes: QueryKey
  onClose: () => void
}

/** Asks why before something is done that cannot be undone, and does it. */
export function ReasonDialog({ title, lead, label, submitLabel, write, changes, onClose }: Props) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: changes })
      onClose()
    },
  })
  return (
    <FormDialog
      {...{ title, lead, submitLabel, error, onClose }}
      needs={{ [label]: reason.trim().length >= 2 }}
      isBusy={isPending}
      onSubmit={() => mutate(reason)}
    >
      <Textarea
        label={label}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
