import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TrainingDesk } from '@zhibu/server/modules/training/schema'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { deskQuery } from './api.ts'
import { deskKindNames, whenHeld } from './words.ts'

type ToDo = TrainingDesk['toDo'][number]

/** So many stand on the desk, where other things are due as well. */
const shownAtMost = 5

/** On the desk: what waits for the reader in trainings. Nothing where nothing does. */
export function WaitingTrainings() {
  const { data } = useQuery({ ...deskQuery, staleTime: 60_000 })
  if (!data || data.toDo.length === 0) return null
  const more = data.toDo.length - shownAtMost
  return (
    <Section
      title="培训待办"
      {...(more > 0 && { lead: `列出 ${shownAtMost} 项，还有 ${more} 项在各培训班的页面上。` })}
      actions={
        <LinkButton variant="default" to="/training">
          培训
        </LinkButton>
      }
    >
      <ToDoRows items={data.toDo.slice(0, shownAtMost)} />
    </Section>
  )
}

/** What is to be done in trainings, each with the way there. */
export function ToDoRows({ items }: { items: readonly ToDo[] }) {
  return (
    <RowList
      label="培训待办"
      rows={items.map((it) => ({
        key: `${it.kind} ${it.programmeId} ${it.sessionId ?? ''}`,
        title: <Way it={it} />,
        facts: [
          it.programme,
          ...(it.on === null ? [] : [whenHeld({ on: it.on, startMinute: null, endMinute: null })]),
          ...(it.kind === 'requests' ? [`${it.count} 条`] : []),
          ...(it.kind === 'deciding' || it.kind === 'assessing' ? [`${it.count} 人`] : []),
        ],
      }))}
    />
  )
}

function Way({ it: { kind, programmeId, sessionId, session } }: { it: ToDo }) {
  const label = session === null ? deskKindNames[kind] : `${deskKindNames[kind]}：${session}`
  const of = { params: { programmeId }, className: parts.link }
  if (sessionId !== null)
    return (
      <Link to="/training/sessions/$sessionId/attendance" params={{ sessionId }} className={parts.link}>
        {label}
      </Link>
    )
  if (kind === 'assessing')
    return (
      <Link to="/training/assessing/$programmeId" {...of}>
        {label}
      </Link>
    )
  if (kind === 'writing')
    return (
      <Link to="/training/$programmeId/self" {...of}>
        {label}
      </Link>
    )
  return (
    <Link to="/training/$programmeId/acceptance" {...of}>
      {label}
    </Link>
  )
}
