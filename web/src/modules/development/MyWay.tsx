import { useQuery } from '@tanstack/react-query'
import { stageLabels } from '@zhibu/rules'
import type { ReactNode } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { fileQuery } from './api.ts'
import { FileTimeline } from './FileTimeline.tsx'
import { NextActs } from './NextActs.tsx'
import { wayOf } from './way.ts'

interface Props {
  personId: string
  /** What else is next, before the way so far: that is long, and nobody scrolls past it on a phone. */
  beside: ReactNode
}

/** Where a person stands, what is next and why, and the way so far: the file as its page shows it, without its forms. */
export function MyWay({ personId, beside }: Props) {
  const { data, error, refetch } = useQuery(fileQuery(personId))
  if (error)
    return (
      <>
        <ErrorState error={error} onRetry={() => void refetch()} />
        {beside}
      </>
    )
  if (data === undefined) return <PageLoading />
  const file = data.value
  const { stage, person, acts } = file
  if (acts.length === 0) {
    return (
      <>
        <EmptyState title="还没有登记入党申请">
          递交入党申请书后，由{person.organization}登记；之后这里会显示走到哪一步、下一步是什么。
        </EmptyState>
        {beside}
      </>
    )
  }
  return (
    <>
      <Section title={stage === null ? '尚未递交申请' : `现在是${stageLabels[stage]}`} lead={person.organization}>
        如有日期或内容与实际不符，请告诉所在党支部，由其更正；更正会留下记录。
      </Section>
      <NextActs file={file} />
      {beside}
      <FileTimeline file={file} way={wayOf(file)} />
    </>
  )
}
