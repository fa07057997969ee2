import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type PlanConstraints, plan } from '@zhibu/rules'
import { type FileView, factsIn, settingFrom } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { useMemo, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { developmentClient, fileQuery, useReadAgain } from './api.ts'
import { PlanForm } from './PlanForm.tsx'
import classes from './PlanPage.module.css'
import { PlanResult } from './PlanResult.tsx'
import { constraintsFrom, draftOf, type PlanDraft, sentFrom, written } from './planDraft.ts'

const route = getRouteApi('/signed-in/development/$personId/plan')

/** 倒排计划: works back from a target day to the last feasible day of each act that remains. */
export function PlanPage() {
  const { personId } = route.useParams()
  const read = useQuery(fileQuery(personId))
  const file = read.data?.value
  return (
    <Page
      title="倒排计划"
      breadcrumbs={[
        { label: '发展党员', to: '/development' },
        { label: file?.person.name ?? '…', to: `/development/${personId}` },
      ]}
      lead="从要达到的日期往回推，每一步最迟哪天办；从今天往后推，最早哪天能办。培养教育一年等是下限，不是目标。"
    >
      {read.error ? (
        <ErrorState error={read.error} onRetry={() => void read.refetch()} />
      ) : read.data === undefined ? (
        <PageLoading />
      ) : read.data.value.can.plan ? (
        <Planner file={read.data.value} etag={read.data.etag} />
      ) : (
        <EmptyState title="不能制定计划">培养计划由所在支部和学院党委制定。</EmptyState>
      )}
    </Page>
  )
}

function Planner({ file, etag }: { file: FileView; etag: string }) {
  const [draft, setDraft] = useState<PlanDraft>(() => draftOf(file))
  const constraints = useMemo(() => constraintsFrom(draft), [draft])
  const found = useMemo(
    () => constraints && plan(factsIn(file), constraints, file.on, settingFrom(file.setting)),
    [file, constraints],
  )
  return (
    <div className={classes.columns}>
      <PlanForm file={file} draft={draft} onChange={setDraft} />
      <div className={classes.result}>
        {found && constraints ? (
          <>
            <PlanResult plan={found} file={file} until={constraints.target.by} />
            {found.acts.length > 0 && <Save file={file} etag={etag} constraints={constraints} />}
          </>
        ) : (
          <EmptyState title="还没有要达到的日期">
            填写希望在哪一天以前完成哪一步，例如毕业离校以前召开支部党员大会。
          </EmptyState>
        )}
      </div>
    </div>
  )
}

function Save({ file, etag, constraints }: { file: FileView; etag: string; constraints: PlanConstraints }) {
  const readAgain = useReadAgain()
  const save = useMutation({
    mutationFn: () =>
      parseResponse(
        developmentClient.files[':personId'].plan.$put(
          { param: { personId: file.person.id }, json: sentFrom(constraints) },
          ifMatch(etag),
        ),
      ),
    onSettled: readAgain,
  })
  const isSaved = file.constraints !== null && written(file.constraints) === written(constraints)
  return (
    <div className="no-print">
      <ProblemNote error={save.error} />
      <Button onClick={() => save.mutate()} loading={save.isPending} disabled={isSaved}>
        {isSaved ? '条件已保存' : '保存计划条件'}
      </Button>
    </div>
  )
}
