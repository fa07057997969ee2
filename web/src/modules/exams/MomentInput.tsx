import { TextInput } from '@mantine/core'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './Exams.module.css'
import type { Moment } from './examDraft.ts'

interface Props {
  /** “开始”: its inputs are 开始日期 and 开始时间. */
  name: string
  value: Moment
  onChange: (value: Moment) => void
  error?: string | undefined
  required?: boolean
}

/** A day and a time of day in China. */
export function MomentInput({ name, value, onChange, error, required = false }: Props) {
  return (
    <div className={classes.pair}>
      <DayInput
        label={`${name}日期`}
        value={value.day}
        onChange={(day) => onChange({ ...value, day })}
        error={error}
        required={required}
      />
      <TextInput
        label={`${name}时间`}
        type="time"
        value={value.clock}
        onChange={(event) => onChange({ ...value, clock: event.currentTarget.value })}
        required={required}
      />
    </div>
  )
}
