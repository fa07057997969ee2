import { isDay } from '@zhibu/rules'
import { DayText } from '../../ui/DayText.tsx'

interface Props {
  untilOn: string
  /** When all kinds were closed before their days, and null where they were not. */
  closedOn: string | null
  isRelative?: boolean
}

/** Until when entries come in, or came in: where a call was closed early that day, not the one that was meant. */
export function ClosingText({ untilOn, closedOn, isRelative = false }: Props) {
  if (closedOn !== null && closedOn < untilOn && isDay(closedOn))
    return (
      <span>
        已于 <DayText on={closedOn} /> 提前截止
      </span>
    )
  return isDay(untilOn) ? (
    <span>
      截止 <DayText on={untilOn} {...(isRelative && { relative: 'day' as const })} />
    </span>
  ) : null
}
