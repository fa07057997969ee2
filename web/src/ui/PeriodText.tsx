import type { Day } from '@zhibu/rules'
import { DayText } from './DayText.tsx'

/** 2026年5月11日 至今, or 2026年5月11日 至 2028年5月10日. */
export function PeriodText({ from, until }: { from: Day; until: Day | null }) {
  return (
    <span>
      <DayText on={from} />{' '}
      {until === null ? (
        '至今'
      ) : (
        <>
          至 <DayText on={until} />
        </>
      )}
    </span>
  )
}
