import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { peopleQuery } from '../people/api.ts'

/** The persons whom the words mean by name, number or pinyin; nothing is shown where they mean nobody. */
export function FoundPersons({ q }: { q: string }) {
  const found = useQuery(peopleQuery({ q, limit: '5' }))
  const persons = found.data?.items ?? []
  if (persons.length === 0) return null
  return (
    <Section title="人员">
      <RowList
        label="人员"
        rows={persons.map(({ id, name, studentNumber, organization }) => ({
          key: id,
          title: (
            <Link to="/people/$personId" params={{ personId: id }}>
              {name}
            </Link>
          ),
          facts: [studentNumber, organization.name],
        }))}
      />
      {found.data?.next !== undefined && (
        <p>
          <Link to="/people" search={{ q }}>
            在名册中查看全部
          </Link>
        </p>
      )}
    </Section>
  )
}
