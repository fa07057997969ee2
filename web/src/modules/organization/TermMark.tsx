import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconCircleCheck } from '@tabler/icons-react'
import type { TermRow } from '@zhibu/server/modules/organization/schema'
import classes from './TermMark.module.css'

const marks = {
  running: { word: '任期内', tone: 'calm', Icon: IconCircleCheck },
  plan: { word: '任期将满', tone: 'warning', Icon: IconAlertTriangleFilled },
  request: { word: '应请示换届', tone: 'warning', Icon: IconAlertTriangleFilled },
  overdue: { word: '超期未换届', tone: 'error', Icon: IconAlertOctagonFilled },
  ended: { word: '已换届', tone: 'calm', Icon: IconCircleCheck },
} satisfies Record<TermRow['standing'], unknown>

/** Where a term stands, by sign, word and colour. */
export function TermMark({ standing }: { standing: TermRow['standing'] }) {
  const { word, tone, Icon } = marks[standing]
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {word}
    </span>
  )
}
