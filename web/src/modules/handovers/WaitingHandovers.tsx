import { useQuery } from '@tanstack/react-query'
import { useSession } from '../../session.ts'
import { Section } from '../../ui/Section.tsx'
import { waitingQuery } from './api.ts'
import { HandoverRows } from './HandoverRows.tsx'

/** On the desk: files that wait to be compared and received. Nothing where none do. */
export function WaitingHandovers() {
  const keeps = (useSession()?.offices.length ?? 0) > 0
  const { data } = useQuery({ ...waitingQuery, enabled: keeps })
  if (!data || data.items.length === 0) return null
  return (
    <Section title="等待接收的档案" lead="别处移交来的档案，逐件核对以后接收或退回。">
      <HandoverRows label="等待接收的档案" rows={data.items} />
    </Section>
  )
}
