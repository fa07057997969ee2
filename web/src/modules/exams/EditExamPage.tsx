import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ExamSettings } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { examClient, examQuery } from './api.ts'
import { ExamForm } from './ExamForm.tsx'
import { draftOf } from './examDraft.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/exams/$examId/edit')

/** Changes an examination, as far as it may still be changed. */
export function EditExamPage() {
  const { examId } = route.useParams()
  const { data, error, refetch } = useQuery(examQuery(examId))
  return (
    <Page
      title="修改考试"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: '考试', to: '/training/exams' },
        { label: data?.value.title ?? '考试', to: `/training/exams/${examId}` },
      ]}
    >
      {data ? (
        <Editing key={examId} examId={examId} read={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

function Editing({ examId, read }: { examId: string; read: { value: Parameters<typeof draftOf>[0]; etag: string } }) {
  const navigate = useNavigate()
  // What is written was begun on what was read first, whatever is read meanwhile.
  const [first] = useState(read)
  const save = useWrite(
    (json: ExamSettings) => parseResponse(examClient.$put({ param: { examId }, json }, ifMatch(first.etag))),
    () => void navigate({ to: '/training/exams/$examId', params: { examId } }),
  )
  return (
    <ExamForm
      initial={draftOf(first.value)}
      hasBegun={first.value.hasBegun}
      submitLabel="保存修改"
      isBusy={save.isPending || save.isSuccess}
      error={save.error}
      onSubmit={(settings) => save.mutate(settings)}
    />
  )
}
