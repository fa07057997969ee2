import { useQuery } from '@tanstack/react-query'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Section } from '../../ui/Section.tsx'
import { successionDeskQuery } from './api.ts'
import { SuccessionRows } from './SuccessionRows.tsx'

/** So many stand on the desk, where other things are due as well. */
const shownAtMost = 5

/** On the first page: hand-overs of offices that wait for the reader. Nothing where none do. */
export function WaitingSuccessions() {
  const { data } = useQuery({ ...successionDeskQuery, staleTime: 60_000 })
  if (!data || data.items.length === 0) return null
  const more = data.items.length - shownAtMost
  return (
    <Section
      title="要办的工作交接"
      {...(more > 0 && { lead: `列出 ${shownAtMost} 次，还有 ${more} 次。` })}
      actions={
        <LinkButton variant="default" to="/staff" search={{ list: 'successions' }}>
          工作交接
        </LinkButton>
      }
    >
      <SuccessionRows label="要办的工作交接" rows={data.items.slice(0, shownAtMost)} />
    </Section>
  )
}
