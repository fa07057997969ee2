import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ArticleView } from '@zhibu/server/modules/publicity/schema'
import { useSession } from '../../session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Actions } from './Actions.tsx'
import { articleQuery } from './api.ts'
import { ReadSheet } from './ReadSheet.tsx'
import { Reviewing, Reviews } from './Reviewing.tsx'
import { readersOf, stateNames } from './words.ts'

const route = getRouteApi('/signed-in/publicity/$articleId')
const breadcrumbs = [{ label: '宣传', to: '/publicity' }]

/** One article as it is read: the text with the remarks beside it, where it stands, and what can be done with it. */
export function ArticlePage() {
  const { articleId } = route.useParams()
  const { data, error, refetch } = useQuery(articleQuery(articleId))
  if (data === undefined) {
    return (
      <Page title="稿件" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const it = data.value
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}，栏目“{it.section.name}”，{readersOf(it.isOpen)}，{it.authorName}写{' '}
          <Badge variant="default">{stateNames[it.state]}</Badge>
        </>
      }
      actions={<Actions it={it} etag={data.etag} />}
    >
      <Standing it={it} />
      <ReadSheet it={it} />
      <Reviewing it={it} />
      <Reviews it={it} />
    </Page>
  )
}

/** In words: what the article waits for, or what has become of it. */
function Standing({ it }: { it: ArticleView }) {
  const session = useSession()
  const isOfficer = session?.can.includes('publishing') ?? false
  return (
    <>
      {it.isBeingCorrected && it.state === 'published' && (
        <Alert color="yellow" title="正在更正">
          网站上还是更正以前的内容。
          {it.correctionNote && `读者将看到的更正说明：“${it.correctionNote}”`}
          <br />
          {it.submittedVersion === null
            ? '更正正在修改，改好以后送审。'
            : it.stillAsked
              ? `更正正在等待审核，审核时不能修改。${askedText(it.stillAsked)}${it.can.review ? '请看完稿件，在下面写审核意见。' : ''}`
              : it.scheduledFor === null
                ? '更正已经通过审核，等待发布。'
                : '更正已经通过审核，将按定好的时间发布。'}
        </Alert>
      )}
      {it.state === 'inReview' && it.stillAsked && (
        <Alert color="blue" title="等待审核" role="status">
          {it.submittedAt && (
            <>
              <InstantText at={it.submittedAt} /> 送审，审核时不能修改。
            </>
          )}
          {askedText(it.stillAsked)}
          {it.can.review && '请看完稿件，在下面写审核意见。'}
          {isOfficer && !it.can.review && '自己写的、自己修改过的，或者自己已经审核过的稿件，由其他同志审核。'}
        </Alert>
      )}
      {it.state === 'approved' && (
        <Alert color="green" title="审核已经通过，等待发布" role="status">
          {it.scheduleProblem
            ? `原定的定时发布没有进行：${it.scheduleProblem}`
            : it.can.publish
              ? '可以现在发布，也可以定好时间由系统发布。'
              : '由负责宣传的同志发布。'}
        </Alert>
      )}
      {it.scheduledFor !== null && it.state === 'scheduled' && (
        <Alert color="blue" title="已经定时" role="status">
          将在 <InstantText at={it.scheduledFor} /> 自动发布。在那以前可以取消。
        </Alert>
      )}
      {it.state === 'published' && it.publishedAt !== null && !it.isBeingCorrected && (
        <Alert color="green" title="已经发布" role="status">
          <InstantText at={it.publishedAt} /> 发布在网站上，{readersOf(it.isOpen)}。
        </Alert>
      )}
      {it.withdrawnAt !== null && (
        <Alert color="gray" title="已经撤下">
          <InstantText at={it.withdrawnAt} /> 从网站撤下，原因：“{it.withdrawalReason}
          ”。读者只看到“已撤下”，看不到原因。
        </Alert>
      )}
      {it.state === 'dropped' && (
        <Alert color="gray" title="已经放弃">
          这篇稿件不再修改和发布，可以作为底稿另写一篇。
        </Alert>
      )}
    </>
  )
}

/** How many have still to approve, and from where. */
export function askedText({ approvals, isFromAbove }: NonNullable<ArticleView['stillAsked']>): string {
  const above = isFromAbove ? (approvals > 1 ? '，其中一人来自上级党组织' : '（来自上级党组织）') : ''
  return `还需要 ${approvals} 人通过${above}。`
}
