import { Badge, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { CoursewareRow } from '@zhibu/server/modules/courseware/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { coursewareListQuery } from './api.ts'
import { NewCoursewareDialog } from './NewCoursewareDialog.tsx'

/** 课件: what there is to read, watch and try out. */
export function CoursewarePage() {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(coursewareListQuery)
  const [isNew, setIsNew] = useState(false)
  const writes = (data?.organizations.length ?? 0) > 0
  return (
    <Page
      title="课件"
      breadcrumbs={[{ label: '培训', to: '/training' }]}
      lead="图文、PDF、带章节的视频和互动课件，随时看，从上次的地方接着学。学到哪里只有本人看得到，不计时、不计分。"
      actions={writes && <Button onClick={() => setIsNew(true)}>新建课件</Button>}
    >
      <Section title="全部课件">
        {data ? (
          <Pieces items={data.items} writes={writes} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )}
      </Section>
      {isNew && data && (
        <NewCoursewareDialog
          organizations={data.organizations}
          onClose={() => setIsNew(false)}
          onDone={(coursewareId) =>
            void navigate({ to: '/training/courseware/$coursewareId', params: { coursewareId } })
          }
        />
      )}
    </Page>
  )
}

/** So many are looked through without a field to search in. */
const few = 10

function Pieces({ items, writes }: { items: readonly CoursewareRow[]; writes: boolean }) {
  const [sought, setSought] = useState('')
  const word = sought.trim()
  const found = items.filter((it) => `${it.title} ${it.summary} ${it.organization.name}`.includes(word))
  if (items.length === 0)
    return (
      <EmptyState title="还没有课件">
        {writes ? '点“新建课件”，把讲义、视频或者做好的互动课件放进来。' : '党校和支部发布以后，列在这里。'}
      </EmptyState>
    )
  return (
    <div className={parts.form}>
      {items.length > few && (
        <search className="no-print">
          <TextInput
            aria-label="查找课件"
            placeholder="名称、说明或组织"
            type="search"
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
            maxLength={50}
          />
        </search>
      )}
      {found.length === 0 ? (
        <EmptyState title={`没有找到“${word}”`}>请换个词。</EmptyState>
      ) : (
        <RowList label="课件" rows={found.map(rowOf)} />
      )}
    </div>
  )
}

const rowOf = (it: CoursewareRow) => ({
  key: it.id,
  title: (
    <Link to="/training/courseware/$coursewareId" params={{ coursewareId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  mark: it.isPublished ? undefined : <Badge color="gray">未发布</Badge>,
  facts: [
    it.organization.name,
    `${it.unitCount} 个单元`,
    it.ownFinished > 0 && (it.ownFinished === it.unitCount ? '都学过了' : `学过 ${it.ownFinished} 个`),
    it.summary,
  ],
})
