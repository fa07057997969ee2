import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CoursewareView } from '@zhibu/server/modules/courseware/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { pieceClient, pieceQuery } from './api.ts'
import { PieceActions } from './PieceActions.tsx'
import { UnitsPart } from './UnitsPart.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/courseware/$coursewareId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '课件', to: '/training/courseware' },
]

/** One piece: its units, how far the reader is, and for whoever writes it what can be changed. */
export function PiecePage() {
  const { coursewareId } = route.useParams()
  const { data, error, refetch } = useQuery(pieceQuery(coursewareId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="课件" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}，{it.unitCount} 个单元 {!it.isPublished && <Badge color="gray">未发布</Badge>}
        </>
      }
      actions={<PieceActions it={it} etag={data.etag} />}
    >
      {!it.isPublished && (
        <Alert color="gray" className="no-print">
          这份课件还没有发布，只有负责的人看得到。添加单元以后，点“发布课件”。
        </Alert>
      )}
      {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
      <Learning it={it} />
      <UnitsPart it={it} etag={data.etag} />
    </Page>
  )
}

/** Where to go on, and the reader's own way to have it forgotten. */
function Learning({ it }: { it: CoursewareView }) {
  const param = { coursewareId: it.id }
  const forget = useWrite(() => parseResponse(pieceClient.progress.$delete({ param })))
  const isBegun = it.units.some((unit) => unit.own !== null)
  const next = it.units.find((unit) => !unit.own?.isFinished) ?? it.units[0]
  if (next === undefined) return null
  return (
    <div className={`${parts.form} no-print`}>
      <div className={parts.buttons}>
        <LinkButton
          size="md"
          to="/training/courseware/$coursewareId/units/$unitId"
          params={{ coursewareId: it.id, unitId: next.id }}
        >
          {isBegun ? `接着学：${next.title}` : '开始学习'}
        </LinkButton>
        {isBegun && (
          <ConfirmButton
            question="清除您在这份课件里学到哪里、哪些单元学过，互动课件也从头开始。不能恢复。"
            confirmLabel="清除我的进度"
            variant="subtle"
            isBusy={forget.isPending}
            onConfirm={() => forget.mutate()}
          >
            清除我的进度
          </ConfirmButton>
        )}
      </div>
      <ProblemNote error={forget.error} />
    </div>
  )
}
