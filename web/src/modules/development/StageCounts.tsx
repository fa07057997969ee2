import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { stageLabels } from '@zhibu/rules'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { boardQuery } from './api.ts'
import classes from './StageCounts.module.css'

/** How many persons of an organisation and of all below it stand at which stage. */
export function StageCounts({ organizationId }: { organizationId: string }) {
  const { data, error, refetch } = useQuery(boardQuery(organizationId))
  return (
    <Section
      title="发展党员"
      actions={
        <Link to="/development" search={{ organizationId }}>
          查看发展档案
        </Link>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading lines={2} />
      ) : (
        <dl className={classes.counts}>
          {data.stages.map(({ stage, count }) => (
            <div key={stage ?? 'none'}>
              <dt>{stage === null ? '尚未递交申请' : stageLabels[stage]}</dt>
              <dd>{count.toLocaleString('zh-CN')}</dd>
            </div>
          ))}
          <div>
            <dt>有逾期事项</dt>
            <dd>{data.overdue.toLocaleString('zh-CN')}</dd>
          </div>
          <div>
            <dt>有疑点</dt>
            <dd>{data.withFindings.toLocaleString('zh-CN')}</dd>
          </div>
        </dl>
      )}
    </Section>
  )
}
