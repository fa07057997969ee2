import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { callsQuery } from './api.ts'
import { dayInWords } from './words.ts'

/** 岗位征集: the calls that are open where the reader belongs, and those that the reader decides. */
export function CallsPart() {
  const { data, error, refetch } = useQuery(callsQuery)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <Section title="岗位征集" lead="愿意做的都可以报名。由负责的党组织决定，写明原因，本人看得到；不打分、不排名。">
      {data.items.length === 0 ? (
        <EmptyState title="现在没有征集">有岗位征集人选的时候，列在这里。</EmptyState>
      ) : (
        <RowList
          label="岗位征集"
          rows={data.items.map((it) => ({
            key: it.id,
            title: (
              <Link to="/staff/calls/$callId" params={{ callId: it.id }}>
                {`${it.organization.name} ${it.title}`}
              </Link>
            ),
            mark: (
              <>
                {it.isOpen ? <Badge color="blue">正在征集</Badge> : <Badge color="gray">报名已截止</Badge>}{' '}
                {it.hasApplied && <Badge color="green">我已报名</Badge>}
              </>
            ),
            facts: [`报名截止：${dayInWords(it.untilOn)}`, it.runs && '由您负责决定'],
          }))}
        />
      )}
    </Section>
  )
}
