import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { bookingListQuery, ownStepsQuery } from './api.ts'
import { OwnSteps } from './OwnSteps.tsx'
import { talkRow } from './OwnTalks.tsx'

/** On the own page: the talks to come and the next steps. Nothing where there is neither. */
export function MyGuidance() {
  const talks = useInfiniteQuery(bookingListQuery('coming')).data?.pages.flatMap((it) => it.items) ?? []
  const steps = useQuery(ownStepsQuery).data?.items ?? []
  if (talks.length === 0 && steps.length === 0) return null
  return (
    <Section
      title="一对一指导"
      actions={
        <LinkButton variant="default" to="/training/guidance" search={{ list: 'mine' }}>
          我的指导
        </LinkButton>
      }
    >
      <div className={parts.form}>
        {talks.length > 0 && <RowList label="已约的指导" rows={talks.map(talkRow)} />}
        {steps.length > 0 && <OwnSteps steps={steps} />}
      </div>
    </Section>
  )
}
