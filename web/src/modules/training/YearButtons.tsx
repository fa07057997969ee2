import { LinkButton } from '../../ui/LinkButton.tsx'
import { useToday } from '../../ui/today.ts'
import type { TrainingPart } from './searches.ts'

/** From a year of trainings to the one before and the one after; the other parts of the address stay. */
export function YearButtons({ year, list }: { year: number; list: TrainingPart }) {
  const current = Number((useToday() ?? '').slice(0, 4))
  const go = (to: number) => (before: object) => ({
    ...before,
    list,
    year: to === current ? undefined : String(to),
  })
  return (
    <>
      <LinkButton variant="default" to="/training" search={go(year - 1)} replace>
        上一年
      </LinkButton>
      <LinkButton variant="default" to="/training" search={go(year + 1)} replace>
        下一年
      </LinkButton>
    </>
  )
}
