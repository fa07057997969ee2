import { TextInput } from '@mantine/core'
import { type Day, isMonth, type Month } from '@zhibu/rules'
import { type ReactNode, useState } from 'react'
import { readDay } from './writtenDay.ts'

interface Props {
  label: string
  value: Day | Month | undefined
  /** Told the day or month, or undefined while the text is empty or neither; `problem` then says why. */
  onChange: (value: Day | Month | undefined, problem: string | undefined) => void
  error?: ReactNode
  disabled?: boolean
}

/** A day, or a month where the day is not known. Never completes or corrects what was typed. */
export function DayOrMonthInput({ label, value, onChange, error, disabled }: Props) {
  const [typed, setTyped] = useState<string>()
  const problem = typed === undefined ? undefined : read(typed).problem
  return (
    <TextInput
      label={label}
      placeholder="如 2003-05-11，或只有年月 2003-05"
      inputMode="numeric"
      autoComplete="off"
      value={typed ?? value ?? ''}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        const { on, problem } = read(event.currentTarget.value)
        onChange(on, problem)
      }}
      onBlur={() => problem === undefined && setTyped(undefined)}
      error={problem ?? error}
      disabled={disabled ?? false}
    />
  )
}

function read(text: string): { on?: Day | Month; problem?: string } {
  const written = /^(\d{4})[-./年](\d{1,2})月?$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  const month = written && `${written[1]}-${(written[2] ?? '').padStart(2, '0')}`
  if (month) return isMonth(month) ? { on: month } : { problem: '月份应在 1 至 12 之间，请核对。' }
  const { day, problem } = readDay(text)
  return { ...(day && { on: day }), ...(problem && { problem }) }
}
