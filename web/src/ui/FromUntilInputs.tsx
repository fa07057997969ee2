import { TextInput } from '@mantine/core'

interface FromUntil {
  start: string
  end: string
}

/** From when until when on a day: two times as the inputs have them, 14:00, or nothing. `said`: what is wrong with `startMinute` and `endMinute`. */
export function FromUntilInputs({
  start,
  end,
  onChange,
  said,
  required,
}: FromUntil & {
  onChange: (set: Partial<FromUntil>) => void
  said: (path: 'startMinute' | 'endMinute') => string | undefined
  required?: 'start' | 'both'
}) {
  return (
    <>
      <TextInput
        label="开始时间"
        type="time"
        value={start}
        onChange={(event) => onChange({ start: event.currentTarget.value })}
        error={said('startMinute')}
        required={required !== undefined}
      />
      <TextInput
        label="结束时间"
        type="time"
        value={end}
        onChange={(event) => onChange({ end: event.currentTarget.value })}
        error={said('endMinute')}
        required={required === 'both'}
      />
    </>
  )
}
