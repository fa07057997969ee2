import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconInfoCircleFilled } from '@tabler/icons-react'
import type { Severity } from '@zhibu/rules'
import classes from './SeverityMark.module.css'

const marks = {
  error: { word: '须改正', Icon: IconAlertOctagonFilled },
  warning: { word: '请核对', Icon: IconAlertTriangleFilled },
  info: { word: '提示', Icon: IconInfoCircleFilled },
} satisfies Record<Severity, unknown>

interface Props {
  severity: Severity
  /** A count in place of the word, such as the number of findings in a row of a list. */
  count?: number
}

/** How much a finding weighs: by form, word and colour, never by colour alone. */
export function SeverityMark({ severity, count }: Props) {
  const { word, Icon } = marks[severity]
  return (
    <span className={classes.mark} data-severity={severity}>
      <Icon size={16} aria-hidden />
      {count === undefined ? (
        word
      ) : (
        <>
          <span className="for-screen-readers">{word}</span>
          {count}
        </>
      )}
    </span>
  )
}
