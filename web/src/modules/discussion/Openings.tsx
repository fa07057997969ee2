import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { openingsQuery } from './api.ts'
import { OpeningRows } from './OpeningRows.tsx'

/** All requests to open an identity, for the two offices. */
export function Openings() {
  const { data, error, refetch } = useQuery(openingsQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  if (data.items.length === 0)
    return (
      <EmptyState title="没有查看身份的申请">
        在身份受保护的话题里提出。一个职务的人申请，另一个职务的人同意，才能查看。
      </EmptyState>
    )
  return (
    <Section title="查看身份的申请" lead="只有两个指定职务的人看得到这一页。">
      <OpeningRows openings={data.items} withTitle />
    </Section>
  )
}
