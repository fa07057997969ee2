import { useInfiniteQuery } from '@tanstack/react-query'
import { Section } from '../../ui/Section.tsx'
import { filingChangesQuery } from '../archive/api.ts'
import { ChangeHistory } from './ChangeHistory.tsx'

/** Who changed the filing list, when, why and what. */
export function FilingHistory() {
  return (
    <Section title="调整记录">
      <ChangeHistory
        label="调整记录"
        query={useInfiniteQuery(filingChangesQuery)}
        none="本校还没有调整过归档清单，现在使用系统自带的清单。"
      />
    </Section>
  )
}
