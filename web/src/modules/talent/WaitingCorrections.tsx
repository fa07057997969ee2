import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { correctionNames } from '@zhibu/server/modules/talent/names-schema'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { correctionsQuery, keptPlacesQuery } from './api.ts'

/** So many stand on the desk, where other things are due as well. */
const shownAtMost = 3

/** On the desk: corrections of records of the staff that the reader answers. Nothing where none wait. */
export function WaitingCorrections() {
  const keeps = (useQuery({ ...keptPlacesQuery, staleTime: 60_000 }).data?.items.length ?? 0) > 0
  const { data } = useQuery({ ...correctionsQuery, staleTime: 60_000, enabled: keeps })
  if (!data || data.items.length === 0) return null
  const more = data.items.length - shownAtMost
  return (
    <Section
      title="要答复的更正申请"
      {...(more > 0 && { lead: `列出 ${shownAtMost} 项，还有 ${more} 项。` })}
      actions={
        <LinkButton variant="default" to="/staff" search={{ list: 'corrections' }}>
          更正申请
        </LinkButton>
      }
    >
      <RowList
        label="要答复的更正申请"
        rows={data.items.slice(0, shownAtMost).map((it) => ({
          key: it.id,
          title: (
            <Link to="/staff/$personId" params={{ personId: it.person.id }}>
              {it.person.name}
            </Link>
          ),
          facts: [it.organization.name, correctionNames[it.field]],
        }))}
      />
    </Section>
  )
}
