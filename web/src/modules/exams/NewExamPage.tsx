import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ExamSettings } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { bankListQuery, examsClient } from './api.ts'
import { ExamForm } from './ExamForm.tsx'
import { usualDraft } from './examDraft.ts'
import { useWrite } from './useWrite.ts'

/** 新建考试: prepared first, seen by nobody but those who run it until it is published. */
export function NewExamPage() {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(bankListQuery)
  const [chosen, setChosen] = useState<string>()
  const organizations = data?.organizations ?? []
  const organizationId = chosen ?? organizations[0]?.id ?? ''
  const prepare = useWrite(
    (settings: ExamSettings) => parseResponse(examsClient.index.$post({ json: { ...settings, organizationId } })),
    ({ id }) => void navigate({ to: '/training/exams/$examId', params: { examId: id } }),
  )
  return (
    <Page
      title="新建考试"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: '考试', to: '/training/exams' },
      ]}
      lead="先存为筹备中的考试，安排好考生再发布。发布以前只有主办的人看得到。"
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : organizations.length === 0 ? (
        <EmptyState title="您的职务不包括办考试">请联系支部书记、学院组织员或党校。</EmptyState>
      ) : (
        <ExamForm
          initial={usualDraft}
          hasBegun={false}
          submitLabel="存为筹备中的考试"
          isBusy={prepare.isPending || prepare.isSuccess}
          error={prepare.error}
          onSubmit={(settings) => prepare.mutate(settings)}
        >
          <OrganizationSelect
            label="由哪个组织主办"
            organizations={organizations}
            value={organizationId}
            onChange={setChosen}
          />
        </ExamForm>
      )}
    </Page>
  )
}
