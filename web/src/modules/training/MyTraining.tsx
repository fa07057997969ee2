import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { deskQuery } from './api.ts'
import { ToDoRows } from './WaitingTrainings.tsx'
import { whenHeld } from './words.ts'

/** On the own page: the sessions of the next days, and what is to be written or assessed. Nothing where there is neither. */
export function MyTraining() {
  const { data } = useQuery({ ...deskQuery, staleTime: 60_000 })
  const own = data?.toDo.filter((it) => it.kind === 'writing' || it.kind === 'assessing') ?? []
  const coming = data?.coming ?? []
  if (coming.length === 0 && own.length === 0) return null
  return (
    <Section
      title="培训"
      actions={
        <LinkButton variant="default" to="/training" search={{ list: 'mine' }}>
          我参加的培训
        </LinkButton>
      }
    >
      <div className={parts.form}>
        {coming.length > 0 && (
          <RowList
            label="近期的课程"
            rows={coming.map((it) => ({
              key: it.id,
              title: (
                <Link to="/training/$programmeId" params={{ programmeId: it.programmeId }} className={parts.link}>
                  {it.title}
                </Link>
              ),
              facts: [whenHeld(it), it.place, it.programme],
            }))}
          />
        )}
        {own.length > 0 && <ToDoRows items={own} />}
      </div>
    </Section>
  )
}
