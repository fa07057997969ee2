import { Badge, Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { unitKindNames } from '@zhibu/server/modules/courseware/names-schema'
import type { UnitView } from '@zhibu/server/modules/courseware/schema'
import { useEffect, useMemo } from 'react'
import { DocumentViewer } from '../../ui/DocumentViewer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { coursewareKey, keepProgress, mediaOf, pageOf, pagesQuery, unitQuery } from './api.ts'
import classes from './Courseware.module.css'
import { FilmUnit } from './FilmUnit.tsx'
import { PackageUnit } from './PackageUnit.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/courseware/$coursewareId/units/$unitId')

/** A unit as it is read, watched or tried out, and the ways to the next one. */
export function UnitPage() {
  const { coursewareId, unitId } = route.useParams()
  const { data, error, refetch } = useQuery(unitQuery(coursewareId, unitId))
  const it = data?.value
  const breadcrumbs = [
    { label: '培训', to: '/training' },
    { label: '课件', to: '/training/courseware' },
    { label: it?.courseware.title ?? '…', to: `/training/courseware/${coursewareId}` },
  ]
  if (!it)
    return (
      <Page title="单元" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          第 {it.place} 个单元，共 {it.unitCount} 个，{unitKindNames[it.kind]}{' '}
          {it.own?.isFinished && <Badge color="green">已学</Badge>}
        </>
      }
    >
      <Reading key={it.id} it={it} />
      <Foot it={it} />
    </Page>
  )
}

function Reading({ it }: { it: UnitView }) {
  const { id: unitId, courseware } = it
  const queries = useQueryClient()
  const isOpened = it.own !== null
  useEffect(() => {
    if (isOpened) return
    // Whoever cannot be reached just now has it remembered the next time.
    keepProgress(courseware.id, unitId, {}).then(
      () => queries.invalidateQueries({ queryKey: coursewareKey }),
      () => undefined,
    )
  }, [courseware.id, unitId, isOpened, queries])

  if (it.medium && !it.medium.isThere)
    return (
      <EmptyState title="这个单元的内容已经撤下">“{it.medium.fileName}”不再公开。请联系发布课件的同志。</EmptyState>
    )
  switch (it.kind) {
    case 'text':
      return (
        <div className={classes.reading}>
          {it.body && <RichTextView doc={it.body} profile="article" mediaUrl={mediaOf(courseware.id, unitId)} />}
        </div>
      )
    case 'file':
      return <FileUnit it={it} />
    case 'film':
      return <FilmUnit it={it} />
    case 'package':
      return <PackageUnit it={it} />
  }
}

function FileUnit({ it }: { it: UnitView }) {
  const { data, error, refetch } = useQuery(pagesQuery(it.courseware.id, it.id))
  const shown = useMemo(
    () =>
      data && {
        kind: 'pages' as const,
        pages: data.pages,
        pictureUrl: (page: number, width: number, turn: number) =>
          pageOf(it.courseware.id, it.id, page + 1, width, turn),
      },
    [data, it.courseware.id, it.id],
  )
  return <DocumentViewer label={it.title} document={{ data: shown, error, refetch: () => void refetch() }} />
}

/** What the reader says of themselves, and where to go from here. */
function Foot({ it }: { it: UnitView }) {
  const { courseware } = it
  const isFinished = it.own?.isFinished ?? false
  const mark = useWrite(() => keepProgress(courseware.id, it.id, { isFinished: !isFinished }))
  const to = '/training/courseware/$coursewareId/units/$unitId'
  return (
    <div className={`${parts.form} no-print`}>
      <div className={classes.foot}>
        <div className={parts.buttons}>
          <Button variant={isFinished ? 'default' : 'filled'} loading={mark.isPending} onClick={() => mark.mutate()}>
            {isFinished ? '标为没有学完' : '标为已学'}
          </Button>
          <span className={parts.note}>只有您自己看得到。</span>
        </div>
        <nav className={parts.buttons} aria-label="前后单元">
          {it.before && (
            <LinkButton
              variant="default"
              to={to}
              params={{ coursewareId: courseware.id, unitId: it.before.id }}
              aria-label={`上一个单元：${it.before.title}`}
            >
              上一个单元
            </LinkButton>
          )}
          {it.behind ? (
            <LinkButton
              variant="default"
              to={to}
              params={{ coursewareId: courseware.id, unitId: it.behind.id }}
              aria-label={`下一个单元：${it.behind.title}`}
            >
              下一个单元
            </LinkButton>
          ) : (
            <LinkButton
              variant="default"
              to="/training/courseware/$coursewareId"
              params={{ coursewareId: courseware.id }}
            >
              返回课件
            </LinkButton>
          )}
        </nav>
      </div>
      <ProblemNote error={mark.error} />
    </div>
  )
}
