import { Button } from '@mantine/core'
import { Problem } from '../problem.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Sample } from './Sample.tsx'

const unlawful = new Problem({
  title: '与规定不符',
  status: 422,
  detail: '公示不足五个工作日，不能登记支部党员大会。请核对公示的起止日期。',
  fields: [{ path: 'endedOn', message: '公示结束日期：最早为 2026年5月18日。' }],
  instance: '01J9-4C7T',
})

/** Nothing there, and something wrong. */
export function StateSamples() {
  return (
    <Sample name="EmptyState、ErrorState 空与错">
      <EmptyState title="今天没有要办的事" action={<Button variant="default">查看本月安排</Button>}>
        下一件是 5 月 23 日前的半年考察。
      </EmptyState>
      <ErrorState error={unlawful} onRetry={() => {}} />
      <ErrorState error={new Error('unexpected')} />
    </Sample>
  )
}
