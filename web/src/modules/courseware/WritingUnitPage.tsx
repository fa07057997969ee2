import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { UnitView } from '@zhibu/server/modules/courseware/schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { isBlank } from '@zhibu/server/platform/rich-text/reading-schema'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { placeOfUpload, readWord, sendMedium } from '../publicity/sendingMedia.ts'
import { addUnit, changeUnit, mediaOf, pieceQuery, unitQuery } from './api.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/courseware/$coursewareId/write')

/** Writes a unit of text and pictures. */
export function WritingUnitPage() {
  const { coursewareId } = route.useParams()
  const { unit: unitId } = route.useSearch()
  const piece = useQuery(pieceQuery(coursewareId))
  const read = useQuery({
    ...unitQuery(coursewareId, unitId ?? ''),
    enabled: unitId !== undefined,
    // What stands in the form is what was read when it was opened.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const it = piece.data?.value
  const error = piece.error ?? read.error
  return (
    <Page
      title={unitId === undefined ? '添加图文单元' : '修改图文单元'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: '课件', to: '/training/courseware' },
        { label: it?.title ?? '…', to: `/training/courseware/${coursewareId}` },
      ]}
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([piece.refetch(), read.refetch()])} />
      ) : !it || (unitId !== undefined && !read.data) ? (
        <PageLoading />
      ) : !it.can.write || (read.data && read.data.value.kind !== 'text') ? (
        <EmptyState title="这里不能写图文">这份课件不归您编写，或者这个单元不是图文。</EmptyState>
      ) : (
        <Writing coursewareId={coursewareId} {...(read.data && { before: read.data })} />
      )}
    </Page>
  )
}

interface WritingProps {
  coursewareId: string
  before?: { value: UnitView; etag: string }
}

const blank: RichText = { type: 'doc', content: [{ type: 'paragraph' }] }

function Writing({ coursewareId, before }: WritingProps) {
  const navigate = useNavigate()
  const [title, setTitle] = useState(before?.value.title ?? '')
  const [body, setBody] = useState(before?.value.body ?? blank)
  const [isTouched, setIsTouched] = useState(false)
  const params = { coursewareId }
  const write = useWrite(
    (): Promise<unknown> => {
      const unit = { kind: 'text', title, body } as const
      return before ? changeUnit(coursewareId, before.value.id, unit, before.etag) : addUnit(coursewareId, unit)
    },
    () => void navigate({ to: '/training/courseware/$coursewareId', params }),
  )
  useUnsaved(isTouched && !write.isSuccess)
  const needs = { 名称: title.trim().length >= 2, 正文: !isBlank(body) }
  const placed = mediaOf(coursewareId, before?.value.id ?? '')
  return (
    <form
      className={parts.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (missingOf(needs).length === 0 && !write.isPending) write.mutate()
      }}
    >
      <Section title="单元">
        <div className={parts.form}>
          <TextInput
            label="名称"
            value={title}
            onChange={(event) => {
              setTitle(event.currentTarget.value)
              setIsTouched(true)
            }}
            error={problemIn(write.error, 'title')}
            maxLength={80}
            required
          />
          <RichTextEditor
            label="正文"
            profile="article"
            value={body}
            onChange={(doc) => {
              if (JSON.stringify(doc) !== JSON.stringify(body)) setIsTouched(true)
              setBody(doc)
            }}
            upload={sendMedium}
            readWord={readWord}
            mediaUrl={(mediaId, use) => placeOfUpload(mediaId) ?? placed(mediaId, use)}
            placeholder="在这里写正文，也可以从 Word、WPS 粘贴"
            error={problemIn(write.error, 'body')}
          />
        </div>
      </Section>
      <ProblemNote error={write.error} isKept />
      <div className={parts.buttons}>
        <StillMissing needs={needs} />
        <LinkButton variant="default" to="/training/courseware/$coursewareId" params={params}>
          返回课件
        </LinkButton>
        <Button type="submit" loading={write.isPending} disabled={missingOf(needs).length > 0}>
          {before ? '保存修改' : '添加单元'}
        </Button>
      </div>
    </form>
  )
}
