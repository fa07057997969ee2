import { ActionIcon, Autocomplete, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Day } from '@zhibu/rules'
import type { ReactNode } from 'react'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './ActDialog.module.css'

interface Row {
  name: string
  on?: Day | undefined
}

interface Props<It extends Row> {
  legend: string
  hint: string
  /** What each row names, such as “材料”, and what it is usually called. */
  nameLabel: string
  names: readonly string[]
  dayLabel: string
  addLabel: string
  rows: readonly It[]
  onChange: (rows: readonly It[]) => void
  /** Told what is wrong with the day of a row. */
  onProblem: (at: number, problem: string | undefined) => void
  latest: Day
  /** A new row. */
  fresh: It
  /** Something more about a row. */
  more?: (row: It, change: (part: Partial<It>) => void) => ReactNode
}

/** Rows of a name and a day. */
export function NamedDays<It extends Row>(props: Props<It>) {
  const { legend, hint, nameLabel, names, dayLabel, addLabel, rows, onChange, onProblem, latest, fresh, more } = props
  const change = (at: number, part: Partial<It>) =>
    onChange(rows.map((it, place) => (place === at ? { ...it, ...part } : it)))
  const put = (at: number, name: string, on: Day | undefined) =>
    onChange(rows.map((it, place) => (place === at ? { ...it, name, on } : it)))
  return (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      <p className={classes.hint}>{hint}</p>
      {rows.map((row, at) => (
        // Rows are told apart by their place: names may repeat, and are empty at first.
        <div key={String(at)} className={classes.member}>
          <div>
            <Autocomplete
              label={nameLabel}
              data={[...names]}
              value={row.name}
              onChange={(name) => put(at, name, row.on)}
            />
          </div>
          <div>
            <DayInput
              label={dayLabel}
              value={row.on}
              onChange={(on, problem) => {
                onProblem(at, problem)
                put(at, row.name, on)
              }}
              latest={latest}
            />
          </div>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={`移去${row.name || `第 ${at + 1} 行`}`}
            onClick={() => {
              onProblem(at, undefined)
              onChange(rows.filter((_, place) => place !== at))
            }}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
          {more?.(row, (part) => change(at, part))}
        </div>
      ))}
      <div className={classes.buttons}>
        <Button variant="default" size="compact-sm" onClick={() => onChange([...rows, fresh])}>
          {addLabel}
        </Button>
      </div>
    </fieldset>
  )
}
