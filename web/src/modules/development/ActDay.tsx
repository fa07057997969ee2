import { Checkbox } from '@mantine/core'
import { DayInput } from '../../ui/DayInput.tsx'
import type { FieldProps } from './actDraft.ts'

interface Props extends FieldProps {
  label: string
  isUnknown: boolean
  onUnknown: (isUnknown: boolean) => void
}

/** The day of an act, or that it is not known. */
export function ActDay({ label, draft, onChange, onProblem, file, isUnknown, onUnknown }: Props) {
  return (
    <div>
      <DayInput
        label={label}
        value={draft.on}
        onChange={(on, problem) => {
          onProblem('on', problem)
          onChange({ on })
        }}
        latest={file.on}
        disabled={isUnknown}
        isFirst
        required
      />
      <Checkbox
        mt="xs"
        label="已经完成，但日期不详"
        checked={isUnknown}
        onChange={(event) => {
          onProblem('on', undefined)
          onChange({ on: undefined })
          onUnknown(event.currentTarget.checked)
        }}
      />
    </div>
  )
}
