import { Select, Textarea, TextInput } from '@mantine/core'
import { isDay } from '@zhibu/rules'
import { type Correction, correctionNames, dutyNames, employmentNames } from '@zhibu/server/modules/talent/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Asks to have something of the own record corrected that others keep. */
export function CorrectionDialog({ onClose }: { onClose: () => void }) {
  const [field, setField] = useState<Correction>('title')
  const [proposed, setProposed] = useState('')
  const ask = useWrite(() => parseResponse(talentClient.own.corrections.$post({ json: { field, proposed } })), onClose)
  return (
    <FormDialog
      title="申请更正"
      lead="一次写一项。由登记的党组织答复：同意的，岗位当时改好；任职、学时和证书由负责的地方改。"
      submitLabel="提交申请"
      needs={{ 应当是什么: proposed.trim() !== '' }}
      isBusy={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate()}
      onClose={onClose}
    >
      <Select
        label="哪一项不对"
        data={choicesOf(correctionNames)}
        value={field}
        onChange={(value) => {
          setField(codeIn(correctionNames, value) ?? field)
          setProposed('')
        }}
        allowDeselect={false}
        error={problemIn(ask.error, 'field')}
      />
      <Proposed field={field} value={proposed} onChange={setProposed} error={problemIn(ask.error, 'proposed')} />
    </FormDialog>
  )
}

interface ProposedProps {
  field: Correction
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

function Proposed({ field, value, onChange, error }: ProposedProps) {
  const label = '应当是什么'
  if (field === 'employment' || field === 'duty')
    return (
      <Select
        label={label}
        data={field === 'employment' ? choicesOf(employmentNames) : choicesOf(dutyNames)}
        value={value === '' ? null : value}
        onChange={(it) => onChange(it ?? '')}
        error={error}
        required
      />
    )
  if (field === 'since')
    return (
      <DayInput
        label={label}
        value={isDay(value) ? value : undefined}
        onChange={(it) => onChange(it ?? '')}
        error={error}
        required
      />
    )
  if (field === 'title')
    return (
      <TextInput
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        maxLength={40}
        required
      />
    )
  return (
    <Textarea
      label={label}
      description="写明哪一条、哪一天，正确的是什么"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      maxLength={300}
      autosize
      minRows={2}
      required
    />
  )
}
