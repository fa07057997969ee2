import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { QuizView } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizClient, quizListQuery, quizzesKey } from './api.ts'
import { NewQuizDialog, QuizTextDialog } from './NewQuizDialog.tsx'
import { RoomDialog } from './RoomDialog.tsx'
import { useWrite } from './useWrite.ts'

/** What holders do with a set as a whole: play it, publish it, name it, copy it, take it away. */
export function QuizActions({ it, etag }: { it: QuizView; etag: string }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<'room' | 'text' | 'copy'>()
  const organizations = useQuery({ ...quizListQuery, enabled: it.can.play || it.can.write }).data?.organizations ?? []
  const param = { quizId: it.id }
  const publish = useWrite(() => parseResponse(quizClient.publication.$put({ param })))
  const takeBack = useWrite(() => parseResponse(quizClient.publication.$delete({ param })))
  const remove = useMutation({
    mutationFn: () => parseResponse(quizClient.$delete({ param })),
    onSuccess: async () => {
      await navigate({ to: '/quizzes' })
      queries.removeQueries({ queryKey: [...quizzesKey, 'one', it.id] })
      queries.removeQueries({ queryKey: [...quizzesKey, 'questions', it.id] })
      await queries.invalidateQueries({ queryKey: quizzesKey })
    },
  })
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.play && it.questionCount > 0 && organizations.length > 0 && (
        <Button onClick={() => setAsked('room')}>开始现场答题</Button>
      )}
      {it.can.write && (
        <>
          {it.isPublished ? (
            <ConfirmButton
              question="撤回以后，别人看不到这个题集，也不能再答。题目和各人的作答都保留，可以再发布。"
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
              disabled={it.questionCount === 0}
              onClick={() => publish.mutate()}
            >
              发布题集
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
          question="删除题集、全部题目和各人的作答。删除后不能恢复。"
          confirmLabel="删除题集"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          删除题集
        </ConfirmButton>
      )}
      <ProblemNote error={publish.error ?? takeBack.error ?? remove.error} />
      {asked === 'room' && <RoomDialog it={it} organizations={organizations} onClose={close} />}
      {asked === 'text' && <QuizTextDialog it={it} etag={etag} onClose={close} />}
      {asked === 'copy' && (
        <NewQuizDialog
          organizations={organizations}
          copied={it}
          onClose={close}
          onDone={(quizId) => void navigate({ to: '/quizzes/$quizId', params: { quizId } })}
        />
      )}
    </>
  )
}
