import { Alert } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { OwnReflection } from '@zhibu/server/modules/training/reflection-schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { isBlank } from '@zhibu/server/platform/rich-text/reading-schema'
import { useEffect, useId, useState, useSyncExternalStore } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { Autosave, lastWords } from '../publicity/autosave.ts'
import { SavingNote } from '../publicity/SavingNote.tsx'
import { trainingKey } from './api.ts'
import { handInOwn, readOwn, saveOwn } from './reflectionApi.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/reflections/$promptId')

/** Writes a reflection; it saves itself, and is handed in by its author. */
export function ReflectionWritingPage() {
  const { programmeId, promptId } = route.useParams()
  const id = useId()
  const name = `reflection ${programmeId} ${promptId}`
  const { data, error, refetch } = useQuery({
    queryKey: ['reflection in writing', name, id],
    queryFn: async () => {
      await lastWords(name)
      return readOwn(programmeId, promptId)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const it = data?.value
  return (
    <Page
      title={it?.prompt.title ?? '学习心得'}
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(it ? [{ label: it.programme.name, to: `/training/${programmeId}` }] : []),
      ]}
      lead="提交以前只有您自己看得到。提交以后，评议人和组织培训的人看得到，别人看不到。"
    >
      {!data || !it ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : it.can.write ? (
        <Writing programmeId={programmeId} name={name} it={it} etag={data.etag} />
      ) : (
        <Alert color="gray">培训班已经办结、取消，或者您没有录取，心得不能再改。</Alert>
      )}
    </Page>
  )
}

interface Props {
  programmeId: string
  name: string
  it: OwnReflection
  etag: string
}

function Writing({ programmeId, name, it, etag }: Props) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const promptId = it.prompt.id
  const [autosave] = useState(
    () =>
      new Autosave<{ text: RichText }>(name, { draft: { text: it.text }, etag }, (draft, tag) =>
        saveOwn(programmeId, promptId, draft, tag),
      ),
  )
  const [text, setText] = useState(it.text)
  const saving = useSyncExternalStore(autosave.subscribe, autosave.saving)
  useUnsaved(saving.state !== 'saved', saving.state === 'overtaken')
  useEffect(() => {
    autosave.open()
    const goOn = () => void autosave.flush()
    window.addEventListener('online', goOn)
    return () => {
      window.removeEventListener('online', goOn)
      autosave.close()
      void queries.invalidateQueries({ queryKey: trainingKey })
    }
  }, [autosave, queries])
  const handIn = useWrite(
    async () => {
      if (!(await autosave.flush())) return false
      await handInOwn(programmeId, promptId, autosave.etag)
      return true
    },
    (isDone) => isDone && void navigate({ to: '/training/$programmeId', params: { programmeId } }),
  )
  const { about, hintCharacters } = it.prompt
  return (
    <Section title={it.versions > 0 ? `修改以后再交（已交 ${it.versions} 次）` : '写心得'}>
      <div className={parts.form}>
        {about !== '' && <p className={parts.text}>{about}</p>}
        {saving.state === 'overtaken' && (
          <Alert color="yellow" title="这篇心得在别的窗口里改过">
            这里的改动没有保存。请复制要留的文字，刷新页面以后再写。
          </Alert>
        )}
        <RichTextEditor
          label="正文"
          profile="article"
          value={it.text}
          onChange={(doc) => {
            if (JSON.stringify(doc) === JSON.stringify(autosave.draft.text)) return
            autosave.change({ text: doc })
            setText(doc)
          }}
          mediaUrl={() => undefined}
          placeholder="写自己的体会，联系学习、工作和生活里的事"
          error={saving.state === 'refused' ? problemIn(saving.error, 'text') : undefined}
        />
        {hintCharacters !== null && <p className={parts.note}>建议 {hintCharacters} 字左右，多一点少一点都可以。</p>}
        <SavingNote saving={saving} onAgain={() => void autosave.flush()} />
        <ProblemNote error={handIn.error} isKept />
        <div className={parts.buttons}>
          <LinkButton variant="default" to="/training/$programmeId" params={{ programmeId }}>
            以后再写
          </LinkButton>
          <ConfirmButton
            variant="filled"
            question="提交以后，评议人和组织培训的人看得到这一次的内容。以后还可以修改再交，每次都留着。"
            confirmLabel="提交心得"
            isBusy={handIn.isPending}
            disabled={isBlank(text) || saving.state === 'overtaken'}
            onConfirm={() => handIn.mutate()}
          >
            提交心得
          </ConfirmButton>
        </div>
      </div>
    </Section>
  )
}
