import { isDay } from '@zhibu/rules'
import { DayText } from '../../ui/DayText.tsx'
import { InstantText } from '../../ui/InstantText.tsx'

interface Props {
  at: string
  /** Whether it was written under protection: of that no more is known than the day in China on which it was handed over. */
  isProtected: boolean
}

/** When something was written. */
export function WrittenAt({ at, isProtected }: Props) {
  if (!isProtected) return <InstantText at={at} />
  const on = new Date(Date.parse(at) + chinaAheadMs).toISOString().slice(0, 10)
  return isDay(on) ? <DayText on={on} /> : null
}

const chinaAheadMs = 8 * 3_600_000
