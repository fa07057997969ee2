import { Textarea } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  title: string
  lead?: ReactNode
  label: string
  submitLabel: string
  /** What the server calls it. */
  field?: 'reason' | 'words'
  write: (text: string) => Promise<unknown>
  onClose: () => void
  /** What is read anew afterwards; all of the discussion where it is left out. */
  changes?: QueryKey | undefined
}

/** Asks for a few words, and does something with them. */
export function ReasonDialog({ title, lead, label, submitLabel, field = 'reason', write, onClose, changes }: Props) {
  const [text, setText] = useState('')
  const writing = useWrite(() => write(text), onClose, changes)
  return (
    <FormDialog
      title={title}
      lead={lead}
      submitLabel={submitLabel}
      needs={{ [label]: text.trim().length >= 2 }}
      isBusy={writing.isPending}
      error={writing.error}
      onSubmit={() => writing.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problemIn(writing.error, field)}
        maxLength={field === 'words' ? 2_000 : 500}
        autosize
        minRows={3}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
