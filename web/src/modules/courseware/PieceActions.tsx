import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { CoursewareView } from '@zhibu/server/modules/courseware/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { coursewareKey, coursewareListQuery, pieceClient } from './api.ts'
import { CoursewareTextDialog, NewCoursewareDialog } from './NewCoursewareDialog.tsx'
import { useWrite } from './useWrite.ts'

/** What writers do with a piece as a whole: publish it, name it, copy it, take it away. */
export function PieceActions({ it, etag }: { it: CoursewareView; etag: string }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<'text' | 'copy'>()
  const organizations = useQuery({ ...coursewareListQuery, enabled: it.can.begin }).data?.organizations ?? []
  const param = { coursewareId: it.id }
  const publish = useWrite(() => parseResponse(pieceClient.publication.$put({ param })))
  const takeBack = useWrite(() => parseResponse(pieceClient.publication.$delete({ param })))
  const remove = useMutation({
    mutationFn: () => parseResponse(pieceClient.$delete({ param })),
    onSuccess: async () => {
      await navigate({ to: '/training/courseware' })
      queries.removeQueries({ queryKey: [...coursewareKey, 'one', it.id] })
      await queries.invalidateQueries({ queryKey: coursewareKey })
    },
  })
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.write && (
        <>
          {it.isPublished ? (
            <ConfirmButton
              question="撤回以后，别人看不到这份课件。单元和各人学到哪里都保留，可以再发布。"
              confirmLabel="撤回发布"
              isBusy={takeBack.isPending}
              onConfirm={() => takeBack.mutate()}
            >
              撤回发布
            </ConfirmButton>
          ) : (
            <Button
              variant="default"
              loading={publish.isPending}
              disabled={it.unitCount === 0}
              onClick={() => publish.mutate()}
            >
              发布课件
            </Button>
          )}
          <Button variant="default" onClick={() => setAsked('text')}>
            修改名称
          </Button>
        </>
      )}
      {organizations.length > 0 && (
        <Button variant="default" onClick={() => setAsked('copy')}>
          复制到…
        </Button>
      )}
      {it.can.write && !it.isPublished && (
        <ConfirmButton
          question="删除课件、全部单元和各人的进度。素材库里的文件保留。删除后不能恢复。"
          confirmLabel="删除课件"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          删除课件
        </ConfirmButton>
      )}
      <ProblemNote error={publish.error ?? takeBack.error ?? remove.error} />
      {asked === 'text' && <CoursewareTextDialog it={it} etag={etag} onClose={close} />}
      {asked === 'copy' && (
        <NewCoursewareDialog
          organizations={organizations}
          copied={it}
          onClose={close}
          onDone={(coursewareId) =>
            void navigate({ to: '/training/courseware/$coursewareId', params: { coursewareId } })
          }
        />
      )}
    </>
  )
}
