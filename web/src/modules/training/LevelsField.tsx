import { Radio } from '@mantine/core'
import type { AcceptanceView, Levels } from '@zhibu/server/modules/training/acceptance-schema'
import type { ReactNode } from 'react'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'

interface Props {
  criteria: AcceptanceView['criteria']
  levels: Levels
  onChange: (levels: Levels) => void
  error: unknown
  /** What is asked for beside the level of a criterion. */
  beside?: (key: string) => ReactNode
}

/** A level of each criterion, in its words. */
export function LevelsField({ criteria, levels, onChange, error, beside }: Props) {
  return criteria.map((criterion) => {
    const chosen = levels[criterion.key]
    return (
      <div key={criterion.key} className={parts.form}>
        <Radio.Group
          label={criterion.name}
          value={chosen === undefined ? '' : String(chosen)}
          onChange={(value) => onChange({ ...levels, [criterion.key]: Number(value) })}
          error={problemIn(error, `levels.${criterion.key}`)}
          required
        >
          {criterion.levels.map((level, place) => (
            <Radio key={level.name} value={String(place)} label={level.name} description={level.words} mt="xs" />
          ))}
        </Radio.Group>
        {beside?.(criterion.key)}
      </div>
    )
  })
}
