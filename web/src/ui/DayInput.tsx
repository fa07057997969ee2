import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import type { Day } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import { type ReactNode, useState } from 'react'
import type DayCalendar from './DayCalendar.tsx'
import { readDay } from './writtenDay.ts'

type Props = Labelled & {
  description?: ReactNode
  value: Day | undefined
  /** Told the day, or undefined while the text is empty or is no day; `problem` then says why. */
  onChange: (day: Day | undefined, problem: string | undefined) => void
  /** What is wrong with the day itself, such as a contradiction with another act. */
  error?: ReactNode
  /** Neither typed nor picked before or after these. */
  earliest?: Day
  latest?: Day
  required?: boolean
  disabled?: boolean
  /** Has the focus when the dialog around it opens. */
  isFirst?: boolean
}

/** A bare one stands among the filters of a list: its label stands in it and is read by screen readers. */
type Labelled = { label: ReactNode; isBare?: false } | { label: string; isBare: true }

/** A day, typed in any usual way or picked. Never completes or corrects what was typed; says what is wrong with it. */
export function DayInput(props: Props) {
  const { description, value, onChange, error, earliest, latest, required, disabled, isFirst } = props
  const [typed, setTyped] = useState<string>()
  const [isPicking, setIsPicking] = useState(false)
  const [Calendar, setCalendar] = useState<typeof DayCalendar>()
  const problem = typed === undefined ? undefined : problemOf(typed, earliest, latest)

  const take = (text: string) => {
    setTyped(text)
    const problem = problemOf(text, earliest, latest)
    onChange(problem === undefined ? readDay(text).day : undefined, problem)
  }
  // Loaded before the popover opens, so that the focus finds a day to go to.
  const open = async () => {
    const loaded = await import('./DayCalendar.tsx')
    setCalendar(() => loaded.default)
    setIsPicking(true)
  }
  const pick = (day: Day) => {
    setIsPicking(false)
    take(day)
  }
  // What was typed stays as it is until it is left, then a good day is written in one way.
  const leave = () => setTyped((text) => (text !== undefined && problemOf(text, earliest, latest) ? text : undefined))

  return (
    <Popover opened={isPicking} onChange={setIsPicking} position="bottom-end" trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <TextInput
          {...(props.isBare
            ? { 'aria-label': props.label, placeholder: props.label }
            : { label: props.label, placeholder: '如 2026-05-11' })}
          description={description}
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? value ?? ''}
          onChange={(event) => take(event.currentTarget.value)}
          onBlur={leave}
          error={problem ?? error}
          required={required ?? false}
          disabled={disabled ?? false}
          {...(isFirst && { 'data-autofocus': true })}
          rightSection={
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="从日历中选择"
              aria-expanded={isPicking}
              disabled={disabled ?? false}
              onClick={() => (isPicking ? setIsPicking(false) : void open())}
            >
              <IconCalendar size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          }
        />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="日历">
        {Calendar && <Calendar value={value} earliest={earliest} latest={latest} onPick={pick} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function problemOf(text: string, earliest: Day | undefined, latest: Day | undefined): string | undefined {
  const { day, problem } = readDay(text)
  if (day === undefined) return problem
  if (earliest !== undefined && day < earliest) return `不能早于${dayWritten(earliest)}。`
  if (latest !== undefined && day > latest) return `不能晚于${dayWritten(latest)}。`
  return undefined
}
