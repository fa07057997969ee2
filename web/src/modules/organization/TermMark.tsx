import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconCircleCheck } from '@tabler/icons-react'
import { termStandingNames } from '@zhibu/server/modules/organization/names-schema'
import type { TermRow } from '@zhibu/server/modules/organization/schema'
import classes from './TermMark.module.css'

const marks = {
  running: { tone: 'calm', Icon: IconCircleCheck },
  plan: { tone: 'warning', Icon: IconAlertTriangleFilled },
  request: { tone: 'warning', Icon: IconAlertTriangleFilled },
  overdue: { tone: 'error', Icon: IconAlertOctagonFilled },
  ended: { tone: 'calm', Icon: IconCircleCheck },
} satisfies Record<TermRow['standing'], unknown>

/** Where a term stands, by sign, word and colour. */
export function TermMark({ standing }: { standing: TermRow['standing'] }) {
  const { tone, Icon } = marks[standing]
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {termStandingNames[standing]}
    </span>
  )
}
