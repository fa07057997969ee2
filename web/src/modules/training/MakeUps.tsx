import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { makeUpsQuery } from './api.ts'
import { whenHeld } from './words.ts'

/** Sessions to come in which a missed one can be heard. */
export function MakeUps({ sessionId }: { sessionId: string }) {
  const { data, error, refetch } = useQuery(makeUpsQuery(sessionId))
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  if (data.items.length === 0) return <p className={parts.note}>近期没有同名或者同类内容的课程。</p>
  return (
    <RowList
      label="可以补课的课程"
      rows={data.items.map((it) => ({
        key: it.id,
        title: (
          <Link to="/training/$programmeId" params={{ programmeId: it.programmeId }} className={parts.link}>
            {it.title}
          </Link>
        ),
        facts: [whenHeld({ ...it, endMinute: null }), it.place, it.programme, it.isSameTitle ? '同一门课' : '同类内容'],
      }))}
    />
  )
}
