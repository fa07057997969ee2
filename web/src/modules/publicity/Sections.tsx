import { Badge, Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Sections as SectionsView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { publicityClient, publicityKey, sectionsQuery } from './api.ts'

type OneSection = SectionsView['items'][number]

/** The columns of the site: added, renamed, put in order, closed. */
export function Sections() {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(sectionsQuery)
  const [opened, setOpened] = useState<OneSection | 'new'>()
  const canChange = data?.can.change ?? false
  const move = useMutation({
    mutationFn: async ({ at, to }: { at: number; to: number }) => {
      const items = [...(data?.items ?? [])]
      const [moved] = items.splice(at, 1)
      if (!moved) return
      items.splice(to, 0, moved)
      // Places may have been the same; those that change are written one after another.
      for (const [position, it] of items.entries())
        if (it.position !== position + 1) await put(it, { position: position + 1 })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: sectionsQuery.queryKey }),
  })
  return (
    <Section
      title="栏目"
      lead="按这里的顺序显示在网站上。停用的栏目不再放新稿件，已经发布的还在。"
      actions={canChange && <Button onClick={() => setOpened('new')}>新增栏目</Button>}
    >
      <ProblemNote error={move.error} />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : data.items.length === 0 ? (
        <EmptyState title="还没有栏目">有了栏目才能写稿，例如“支部动态”“理论学习”“先锋故事”。</EmptyState>
      ) : (
        <RowList
          label="栏目"
          rows={data.items.map((it, at) => ({
            key: it.id,
            title: it.name,
            mark: it.isClosed && <Badge color="gray">已停用</Badge>,
            facts: [it.about, `/site/sections/${it.slug}`],
            ...(canChange && {
              actions: (
                <>
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={at === 0 || move.isPending}
                    aria-label={`把“${it.name}”上移`}
                    onClick={() => move.mutate({ at, to: at - 1 })}
                  >
                    上移
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={at === data.items.length - 1 || move.isPending}
                    aria-label={`把“${it.name}”下移`}
                    onClick={() => move.mutate({ at, to: at + 1 })}
                  >
                    下移
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`修改栏目“${it.name}”`}
                    onClick={() => setOpened(it)}
                  >
                    修改
                  </Button>
                </>
              ),
            }),
          }))}
        />
      )}
      {opened !== undefined && (
        <SectionDialog
          stored={opened === 'new' ? undefined : opened}
          onDone={() => queries.invalidateQueries({ queryKey: publicityKey })}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Section>
  )
}

const put = (it: OneSection, change: Partial<Pick<OneSection, 'name' | 'about' | 'position' | 'isClosed'>>) => {
  const { name, about, position, isClosed } = { ...it, ...change }
  return parseResponse(
    publicityClient.sections[':sectionId'].$put(
      { param: { sectionId: it.id }, json: { name, about, position, isClosed } },
      ifMatch(`"${it.revision}"`),
    ),
  )
}

interface DialogProps {
  stored: OneSection | undefined
  onDone: () => Promise<void>
  onClose: () => void
}

function SectionDialog({ stored, onDone, onClose }: DialogProps) {
  const [name, setName] = useState(stored?.name ?? '')
  const [slug, setSlug] = useState(stored?.slug ?? '')
  const [about, setAbout] = useState(stored?.about ?? '')
  const [isClosed, setIsClosed] = useState(stored?.isClosed ?? false)
  const write = useMutation({
    mutationFn: async (): Promise<void> => {
      if (stored) await put(stored, { name, about, isClosed })
      else await parseResponse(publicityClient.sections.$post({ json: { name, slug, about } }))
    },
    onSuccess: async () => {
      await onDone()
      onClose()
    },
  })
  return (
    <FormDialog
      title={stored ? '修改栏目' : '新增栏目'}
      submitLabel={stored ? '保存' : '新增'}
      needs={{ 名称: name.trim().length >= 2, ...(!stored && { 地址: slug !== '' }) }}
      isBusy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="名称"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problemIn(write.error, 'name')}
        maxLength={20}
        required
        data-autofocus
      />
      {!stored && (
        <TextInput
          label="地址"
          description="网址里的一个词，小写字母、数字和连字符，定了以后不能改，例如 branches。"
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value.toLowerCase())}
          error={problemIn(write.error, 'slug')}
          maxLength={31}
          required
        />
      )}
      <TextInput
        label="一句话说明（可不填）"
        value={about}
        onChange={(event) => setAbout(event.currentTarget.value)}
        error={problemIn(write.error, 'about')}
        maxLength={100}
      />
      {stored && (
        <Checkbox
          label="停用这个栏目"
          description="不再放新稿件；已经发布的稿件还在。"
          checked={isClosed}
          onChange={(event) => setIsClosed(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}
