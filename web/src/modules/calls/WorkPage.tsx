import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { sectionsQuery } from '../publicity/api.ts'
import { mediaAt, shelfClient, workQuery } from './api.ts'
import { ShownFields } from './ShownFields.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/calls/shelf/$entryId')
const breadcrumbs = [{ label: '征集', to: '/calls' }]

/** A work on the shelf. */
export function WorkPage() {
  const { entryId } = route.useParams()
  const { data: it, error, refetch } = useQuery(workQuery(entryId))
  const [isTelling, setIsTelling] = useState(false)
  if (!it)
    return (
      <Page title="作品" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={`${it.call.name}，${it.kindName}${it.authors.length > 0 ? `，作者：${it.authors.join('、')}` : ''}`}
      actions={
        <>
          <LinkButton variant="default" to="/calls/$callId" params={{ callId: it.call.id }}>
            查看征集
          </LinkButton>
          {it.can.beginArticle && <Button onClick={() => setIsTelling(true)}>写成稿件</Button>}
        </>
      }
    >
      <Section title="作品">
        <ShownFields fields={it.fields} at={mediaAt.shelf(it.id)} title={it.title} />
      </Section>
      {isTelling && <ArticleDialog entryId={it.id} onClose={() => setIsTelling(false)} />}
    </Page>
  )
}

function ArticleDialog({ entryId, onClose }: { entryId: string; onClose: () => void }) {
  const navigate = route.useNavigate()
  const list = useListWhenOpened()
  const sections = useQuery(sectionsQuery).data?.items.filter((it) => !it.isClosed) ?? []
  const [sectionId, setSectionId] = useState<string | null>(null)
  const begin = useWrite(
    () =>
      parseResponse(
        shelfClient[':entryId'].article.$post({ param: { entryId }, json: { sectionId: sectionId ?? '' } }),
      ),
    ({ id }) => void navigate({ to: '/publicity/$articleId/write', params: { articleId: id } }),
  )
  return (
    <FormDialog
      title="写成稿件"
      lead="作品的文字、图片和同意公开的姓名放进一篇新稿件，在“宣传”中接着修改、审核、发布。"
      submitLabel="写成稿件"
      needs={{ 栏目: sectionId !== null }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <Select
        label="栏目"
        data={sections.map((it) => ({ value: it.id, label: it.name }))}
        value={sectionId}
        onChange={setSectionId}
        required
        {...list}
      />
    </FormDialog>
  )
}
