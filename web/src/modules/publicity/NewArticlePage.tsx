import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ArticleText } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { emptyText, placesQuery, publicityClient, publicityKey, readWordFile, sectionsQuery } from './api.ts'
import { keepRemarks } from './kept.ts'
import classes from './Publicity.module.css'

const route = getRouteApi('/signed-in/publicity/new')

/** Begins an article: for which organisation, in which column, with what title; or with what stands in a Word document. */
export function NewArticlePage() {
  const places = useQuery(placesQuery)
  const sections = useQuery(sectionsQuery)
  const error = places.data && sections.data ? null : (places.error ?? sections.error)
  const open = sections.data?.items.filter((it) => !it.isClosed) ?? []
  return (
    <Page
      title="写稿件"
      breadcrumbs={[{ label: '宣传', to: '/publicity' }]}
      lead="先选定为哪个组织写、放在哪个栏目；栏目和标题以后还可以改。接下来写的内容会自动保存。"
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([places.refetch(), sections.refetch()])} />
      ) : !places.data || !sections.data ? (
        <PageLoading />
      ) : places.data.organizationIds.length === 0 ? (
        <EmptyState title="没有您可以写稿的组织">您还没有编入党支部。请联系所在支部的书记或组织委员。</EmptyState>
      ) : open.length === 0 ? (
        <EmptyState title="网站还没有栏目">请学校负责宣传的同志先在“宣传设置”里新增栏目。</EmptyState>
      ) : (
        <Form places={places.data} sections={open} />
      )}
    </Page>
  )
}

interface FormProps {
  places: { organizationIds: string[]; ownId: string | null }
  sections: readonly { id: string; name: string; about: string }[]
}

function Form({ places, sections }: FormProps) {
  const { word } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const session = useSession()
  const mayWriteFor = new Set(places.organizationIds)
  const ofOffice = session?.offices.map((it) => it.organizationId).find((id) => mayWriteFor.has(id))
  const [organizationId, setOrganizationId] = useState(ofOffice ?? places.ownId ?? places.organizationIds[0])
  const [sectionId, setSectionId] = useState(sections.length === 1 ? sections[0]?.id : undefined)
  const [title, setTitle] = useState('')
  const [file, setFile] = useState<File>()
  useUnsaved(title !== '' || file !== undefined)
  const needs = {
    写稿的组织: organizationId !== undefined,
    栏目: sectionId !== undefined,
    标题: title.trim().length >= 2 || file !== undefined,
    ...(word && { 'Word 文档': file !== undefined }),
  }
  const begin = useMutation({
    mutationFn: async () => {
      if (organizationId === undefined || sectionId === undefined) throw new Error('the button is grey until then')
      const { text, remarks } = file
        ? await (await import('./wordText.ts')).textFromWord(await readWordFile(file), {
            typed: title.trim(),
            ofFile: nameOf(file),
          })
        : { text: emptyText(title.trim()), remarks: [] }
      const json = { organizationId, sectionId, text: signedBy(text, session?.name ?? '') }
      const { id } = await parseResponse(publicityClient.articles.$post({ json }))
      return { id, remarks }
    },
    onSuccess: async ({ id, remarks }) => {
      keepRemarks(id, remarks)
      void queries.invalidateQueries({ queryKey: publicityKey })
      await navigate({ to: '/publicity/$articleId/write', params: { articleId: id }, replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missingOf(needs).length === 0 && !begin.isPending) begin.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Section title={word ? '导入 Word 文档' : '新的稿件'}>
        <div className={classes.form}>
          {word && (
            <>
              <FileDrop
                label="把 Word 文档拖到这里，或点击选择"
                hint="只要 .docx，50 MB 以内。正文、标题、列表、表格、脚注和图片会带过来，字体和颜色不带。旧的 .doc 文档请先另存为 .docx。"
                endings={['.docx']}
                largestMb={50}
                onFiles={([chosen]) => setFile(chosen)}
              />
              {file && (
                <p className={parts.note} role="status">
                  已选择：{file.name}
                </p>
              )}
            </>
          )}
          <TextInput
            label={word ? '标题（不填的，用文档里的标题或者文件名，以后可以改）' : '标题'}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={problemIn(begin.error, 'text.title')}
            maxLength={100}
            required={!word}
          />
          <div className={classes.pair}>
            <OrganizationPicker
              label="写稿的组织"
              value={organizationId}
              onChange={setOrganizationId}
              among={(it) => mayWriteFor.has(it.id)}
              error={problemIn(begin.error, 'organizationId')}
              required
            />
            <Select
              label="栏目"
              placeholder="选择栏目"
              data={sections.map((it) => ({ value: it.id, label: it.name }))}
              value={sectionId ?? null}
              onChange={(chosen) => setSectionId(chosen ?? undefined)}
              error={problemIn(begin.error, 'sectionId')}
              required
            />
          </div>
          <ProblemNote error={begin.error} isKept />
          <div className={classes.buttons}>
            <Button type="submit" disabled={missingOf(needs).length > 0} loading={begin.isPending}>
              {word ? '导入，接着改' : '开始写'}
            </Button>
            <StillMissing needs={needs} />
          </div>
        </div>
      </Section>
    </form>
  )
}

const nameOf = (file: File): string => file.name.replace(/\.docx$/i, '').slice(0, 100)

/** Whoever begins an article is its author until something else is written there. */
const signedBy = (text: ArticleText, name: string): ArticleText => ({
  ...text,
  byline: { ...text.byline, author: name.slice(0, 40) },
})
