import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { stageLabels } from '@zhibu/rules'
import type { FileView } from '@zhibu/server/modules/development/schema'
import { Suspense } from 'react'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { fileQuery } from './api.ts'
import { Corrections } from './Corrections.tsx'
import { FileForms } from './FileForms.tsx'
import classes from './FilePage.module.css'
import { FilePapers } from './FilePapers.tsx'
import { FileTimeline } from './FileTimeline.tsx'
import { FindingIndex } from './FindingIndex.tsx'
import { NextActs } from './NextActs.tsx'
import { useParts } from './parts.ts'
import { wayOf } from './way.ts'

const route = getRouteApi('/signed-in/development/$personId')

/** One person's file: where they stand, the way as a time line, what contradicts what, and the forms to record. */
export function FilePage() {
  const { personId } = route.useParams()
  const session = useSession()
  const read = useQuery(fileQuery(personId))
  const breadcrumbs = wayFrom(session?.can ?? [], '/development')
  if (read.data === undefined) {
    return (
      <Page title="个人档案" breadcrumbs={breadcrumbs}>
        {read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const { value: file, etag } = read.data
  return (
    <Page
      title={file.person.name}
      breadcrumbs={breadcrumbs}
      printTitle={`${file.person.name}发展党员情况`}
      subtitle={<Head file={file} />}
      actions={<Actions file={file} />}
    >
      {/* First, because it says where it cannot be filled in. */}
      <FileForms file={file} etag={etag} />
      {file.acts.length === 0 ? <EmptyFile file={file} /> : <Content file={file} />}
    </Page>
  )
}

function Head({ file: { person, stage } }: { file: FileView }) {
  return [stage ? stageLabels[stage] : '尚未递交申请', person.organization, person.studentNumber]
    .filter((it) => it !== null)
    .join(' · ')
}

function Actions({ file: { person, can, stage, isWhole } }: { file: FileView }) {
  const mayRecord = can.record.length > 0
  const session = useSession()
  const mayReadPeople = session?.can.includes('people') ?? false
  return (
    <>
      {mayReadPeople && (
        <LinkButton to="/people/$personId" params={{ personId: person.id }} variant="default">
          人员信息
        </LinkButton>
      )}
      <LinkButton to="/archive/persons/$personId" params={{ personId: person.id }} variant="default">
        电子档案
      </LinkButton>
      {isWhole && session?.can.includes('forms') && (
        <LinkButton to="/forms" search={{ personId: person.id }} variant="default">
          生成表格
        </LinkButton>
      )}
      {can.plan && stage !== 'full' && (
        <LinkButton to="/development/$personId/plan" params={{ personId: person.id }} variant="default">
          倒排计划
        </LinkButton>
      )}
      {mayRecord && (
        <LinkButton to="/development/$personId" params={{ personId: person.id }} search={{ record: 'choose' }}>
          记录事项
        </LinkButton>
      )}
    </>
  )
}

function Content({ file }: { file: FileView }) {
  const { PersonHandovers } = useParts()
  const way = wayOf(file)
  return (
    <div className={classes.columns}>
      <div className={classes.aside}>
        <NextActs file={file} />
        <FindingIndex file={file} way={way} />
        <FilePapers personId={file.person.id} />
      </div>
      <div className={classes.main}>
        <FileTimeline file={file} way={way} />
        <Corrections file={file} />
        <Suspense fallback={null}>
          <PersonHandovers personId={file.person.id} />
        </Suspense>
      </div>
    </div>
  )
}

function EmptyFile({ file }: { file: FileView }) {
  const mayRecord = file.can.record.includes('application')
  return (
    <EmptyState
      title={file.isWhole ? '还没有发展记录' : '授权范围内还没有记录'}
      action={
        mayRecord && (
          <LinkButton
            to="/development/$personId"
            params={{ personId: file.person.id }}
            search={{ record: 'application' }}
          >
            记录递交入党申请书
          </LinkButton>
        )
      }
    >
      {file.isWhole && '从递交入党申请书开始记录，之后会显示下一步和期限。'}
    </EmptyState>
  )
}
