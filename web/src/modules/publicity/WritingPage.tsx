import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { readArticle, sectionsQuery } from './api.ts'
import { lastWords } from './autosave.ts'
import { Writing } from './Writing.tsx'

const route = getRouteApi('/signed-in/publicity/$articleId/write')

/** Writes an article; it saves itself. */
export function WritingPage() {
  const { articleId } = route.useParams()
  return <Opened key={articleId} articleId={articleId} />
}

function Opened({ articleId }: { articleId: string }) {
  const id = useId()
  const [reading, setReading] = useState(0)
  // Read anew by every page that opens it, and by no other reading while it is written.
  const read = useQuery({
    queryKey: ['article in writing', articleId, id, reading],
    queryFn: async () => {
      await lastWords(articleId)
      return readArticle(articleId)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const sections = useQuery(sectionsQuery)
  const it = read.data?.value
  const error = read.data && sections.data ? null : (read.error ?? sections.error)
  return (
    <Page
      title={it?.publishedAt ? '更正稿件' : '写稿件'}
      breadcrumbs={[
        { label: '宣传', to: '/publicity' },
        { label: it?.title ?? '…', to: `/publicity/${articleId}` },
      ]}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([read.refetch(), sections.refetch()])} />
      ) : !read.data || !it || !sections.data ? (
        <PageLoading />
      ) : it.can.write ? (
        <Writing
          key={reading}
          view={it}
          etag={read.data.etag}
          sections={sections.data.items}
          onReadAgain={() => setReading(reading + 1)}
        />
      ) : (
        <EmptyState
          title="这篇稿件现在不能修改"
          action={
            <Link to="/publicity/$articleId" params={{ articleId }}>
              查看稿件
            </Link>
          }
        >
          {it.submittedVersion === null ? '它已经撤下或者放弃。' : '它正在审核或者等待发布，撤回送审以后才能改。'}
        </EmptyState>
      )}
    </Page>
  )
}
