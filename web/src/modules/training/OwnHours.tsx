import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { statementQuery } from './api.ts'
import { StatementView } from './StatementView.tsx'
import { yearIn } from './words.ts'
import { YearButtons } from './YearButtons.tsx'

const route = getRouteApi('/signed-in/training')

/** 我的学时: the reader's own hours of a year. */
export function OwnHours() {
  const today = useToday()
  const year = yearIn(route.useSearch().year, today)
  const { data, error, refetch } = useQuery({ ...statementQuery(undefined, year), enabled: year > 0 })
  return (
    <Section
      title={`我的 ${year} 年学时`}
      lead="参加集中学习培训的学时，由组织培训的人登记。只有本人、保管档案的人和组织培训的人看得到。"
      actions={<YearButtons year={year} list="hours" />}
    >
      {data ? (
        <StatementView it={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Section>
  )
}
