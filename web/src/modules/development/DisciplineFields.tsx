import { Select } from '@mantine/core'
import { type Day, disciplineLabels, type NamedMember } from '@zhibu/rules'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import classes from './ActDialog.module.css'

type Discipline = NonNullable<NamedMember['discipline']>

interface Props {
  of: NamedMember
  onChange: (discipline: Discipline | undefined) => void
  onProblem: (part: string, problem: string | undefined) => void
  latest: Day
}

/** A discipline that bars a member from introducing, or advises against it, with the time for which it does. */
export function DisciplineFields({ of: { discipline }, onChange, onProblem, latest }: Props) {
  const [kind, setKind] = useState(discipline?.kind)
  const put = (part: { [Key in keyof Discipline]?: Discipline[Key] | undefined }) => {
    const next = { kind, ...discipline, ...part }
    const { from, until } = next
    onProblem('discipline', next.kind !== undefined && from === undefined ? missingFrom : undefined)
    onChange(next.kind && from ? { kind: next.kind, from, ...(until && { until }) } : undefined)
  }
  return (
    <details className={classes.whole} {...(discipline && { open: true })}>
      <summary>受处分情况（没有的不填）</summary>
      <div className={classes.discipline}>
        <Select
          label="处分"
          data={choicesOf(disciplineLabels)}
          value={kind ?? null}
          onChange={(value) => {
            const chosen = codeIn(disciplineLabels, value)
            setKind(chosen)
            put({ kind: chosen })
          }}
          clearable
          clearButtonProps={{ 'aria-label': '清除处分' }}
        />
        <DayInput
          label="处分开始日期"
          value={discipline?.from}
          onChange={(from, problem) => {
            onProblem('from', problem)
            put({ from })
          }}
          latest={latest}
          disabled={kind === undefined}
          error={kind !== undefined && discipline === undefined && missingFrom}
        />
        <DayInput
          label="影响期届满"
          value={discipline?.until}
          onChange={(until, problem) => {
            onProblem('until', problem)
            put({ until })
          }}
          disabled={discipline === undefined}
        />
      </div>
    </details>
  )
}

const missingFrom = '请填写处分开始日期。'
