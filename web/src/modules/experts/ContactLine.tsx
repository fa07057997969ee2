import { Button, Textarea } from '@mantine/core'
import type { ExpertView } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { expertClient } from './api.ts'
import classes from './Experts.module.css'
import { useWrite } from './useWrite.ts'
import { contactNames } from './words.ts'

/** A telephone number or an address as a mask; in the clear once it was said what for, which is recorded. */
export function ContactLine({ it, field }: { it: ExpertView; field: 'phone' | 'email' }) {
  const [isAsking, setIsAsking] = useState(false)
  const [value, setValue] = useState<string>()
  const mask = field === 'phone' ? it.phoneMask : it.emailMask
  if (mask === null) return '没有登记'
  return (
    <span className={classes.contact}>
      <span>{value ?? mask}</span>
      {value === undefined && (
        <Button
          size="compact-sm"
          variant="subtle"
          className="no-print"
          aria-label={`查看完整的${contactNames[field]}`}
          onClick={() => setIsAsking(true)}
        >
          查看
        </Button>
      )}
      {isAsking && (
        <ReadingDialog
          expertId={it.id}
          field={field}
          onClose={() => setIsAsking(false)}
          onDone={(value) => {
            setIsAsking(false)
            setValue(value)
          }}
        />
      )}
    </span>
  )
}

interface Props {
  expertId: string
  field: 'phone' | 'email'
  onClose: () => void
  onDone: (value: string) => void
}

function ReadingDialog({ expertId, field, onClose, onDone }: Props) {
  const [purpose, setPurpose] = useState('')
  const read = useWrite(
    () => parseResponse(expertClient.readings.$post({ param: { expertId }, json: { field, purpose } })),
    ({ value }) => onDone(value),
  )
  return (
    <FormDialog
      title={`查看${contactNames[field]}`}
      lead="谁在什么时候、为什么看了，会留下记录；专家本人登记在册的，本人看得到。"
      submitLabel={`查看${contactNames[field]}`}
      needs={{ 用来做什么: purpose.trim().length >= 2 }}
      isBusy={read.isPending}
      error={read.error}
      onSubmit={() => read.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="用来做什么"
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
        error={problemIn(read.error, 'purpose')}
        maxLength={200}
        autosize
        minRows={2}
        required
        data-autofocus
      />
    </FormDialog>
  )
}
