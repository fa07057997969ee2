import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Figures, SummaryView } from '@zhibu/server/modules/training/summary-schema'
import type { RichText } from '@zhibu/server/platform/rich-text/document-schema'
import { isBlank, plainText } from '@zhibu/server/platform/rich-text/reading-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch, request } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RichTextEditor } from '../../ui/rich-text/RichTextEditor.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { programmeClient } from './api.ts'
import { summaryQuery } from './reflectionApi.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/summary')

/** 培训总结 of a closed programme: drafted from the records, written over, signed, and taken away as Word or PDF. */
export function SummaryPage() {
  const { programmeId } = route.useParams()
  const { data, error, refetch } = useQuery(summaryQuery(programmeId))
  const view = data?.value
  return (
    <Page
      title="培训总结"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(view ? [{ label: view.programme.name, to: `/training/${programmeId}` }] : []),
      ]}
      lead="按登记的情况起草，由您修改、署名。只写各项的总数，不写个人的结果；学员的话都经本人同意。"
      actions={
        view?.isWritten && (
          <>
            <DownloadLink href={paperAt(programmeId, 'pdf')}>下载 PDF</DownloadLink>
            <DownloadLink href={paperAt(programmeId, 'docx')}>下载 Word</DownloadLink>
          </>
        )
      }
    >
      {!data || !view ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <>
          <FiguresShown it={view.figures} />
          {view.signed ? (
            <Section title="总结">
              <RichTextView doc={view.text} profile="article" mediaUrl={() => undefined} />
              <p className={parts.text}>
                {view.signed.by}，<DayText on={view.signed.on} /> 签署
              </p>
            </Section>
          ) : (
            <Writing key={data.etag} programmeId={programmeId} view={view} etag={data.etag} />
          )}
        </>
      )}
    </Page>
  )
}

/** Which headings nothing is written under, as a sentence before the question; empty where there is none. */
function unwritten({ content }: RichText): string {
  const open = content.flatMap((block, at) => {
    const after = content.slice(at + 1)
    const end = after.findIndex((it) => it.type === 'heading')
    const below = end === -1 ? after : after.slice(0, end)
    return block.type === 'heading' && isBlank({ type: 'doc', content: below })
      ? [`“${plainText({ type: 'doc', content: [block] })}”`]
      : []
  })
  return open.length === 0 ? '' : `${open.join('、')}下面还没有写。`
}

const paperAt = (programmeId: string, form: 'pdf' | 'docx') => `/api/training/${programmeId}/summary/paper.${form}`

function FiguresShown({ it }: { it: Figures }) {
  return (
    <Section title="登记的数字" lead="下载的文件里有这些数字的条形图和表。">
      <DescriptionList
        items={[
          { label: '课程', value: `${it.sessions} 次课，${it.hours} 学时` },
          { label: '录取学员', value: `${it.participants} 人` },
          { label: '通过', value: `${it.passed} 人` },
          { label: '未完成', value: `${it.unfinished} 人` },
          ...it.byOrganization.map((one) => ({
            label: one.organization,
            value: one.passed === null ? `${one.participants} 人` : `${one.participants} 人，通过 ${one.passed} 人`,
          })),
          ...it.criteria.map((one) => ({
            label: one.name,
            value: [
              ...one.levels.map((level) => `${level.name} ${level.people} 人`),
              ...(one.differing > 0 ? [`评议不一致 ${one.differing} 人`] : []),
            ].join('，'),
          })),
        ]}
      />
      {it.byOrganization.some((one) => one.passed === null) && (
        <p className={parts.note}>有的组织参加的学员不到 5 位，各组织通过的人数不列出来，以免看出是谁。</p>
      )}
      {it.criteria.length === 0 && (
        <p className={parts.note}>按标准评议的学员不到 5 位，各档人数不列出来，以免看出是谁。</p>
      )}
    </Section>
  )
}

function Writing({ programmeId, view, etag }: { programmeId: string; view: SummaryView; etag: string }) {
  const [text, setText] = useState(view.text)
  const [drafted, setDrafted] = useState(0)
  const isTouched = JSON.stringify(text) !== JSON.stringify(view.text)
  useUnsaved(isTouched)
  const save = useWrite(() =>
    request(`/api/training/${programmeId}/summary`, {
      method: 'PUT',
      body: JSON.stringify({ text }),
      headers: { 'content-type': 'application/json', ...ifMatch(etag).headers },
    }),
  )
  const sign = useWrite(() =>
    parseResponse(programmeClient.summary.signature.$post({ param: { programmeId } }, ifMatch(etag))),
  )
  const isSame = JSON.stringify(text) === JSON.stringify(view.proposed)
  return (
    <Section title={view.isWritten ? '总结' : '起草的总结，还没有保存'}>
      <div className={parts.form}>
        {view.writtenBy !== null && <p className={parts.note}>最近由{view.writtenBy}修改。</p>}
        <RichTextEditor
          key={String(drafted)}
          label="正文"
          profile="article"
          value={text}
          onChange={setText}
          mediaUrl={() => undefined}
          error={problemIn(save.error, 'text')}
        />
        {isTouched && view.isWritten && <Alert color="gray">改动还没有保存。保存以后才能签署。</Alert>}
        <ProblemNote error={save.error ?? sign.error} isKept />
        <div className={parts.buttons}>
          <Button
            onClick={() => save.mutate()}
            loading={save.isPending}
            disabled={isBlank(text) || (!isTouched && view.isWritten)}
          >
            保存总结
          </Button>
          {view.isWritten && !isSame && (
            <ConfirmButton
              question="现在的文字会被换成按记录起草的，保存以前还可以刷新页面取回。"
              confirmLabel="重新起草"
              isBusy={false}
              onConfirm={() => {
                setText(view.proposed)
                setDrafted(drafted + 1)
              }}
            >
              按记录重新起草
            </ConfirmButton>
          )}
          <ConfirmButton
            variant="filled"
            question={`${unwritten(text)}以您的姓名和今天的日期签署。签署以后文字和数字都不能再改。`}
            confirmLabel="确认签署"
            isBusy={sign.isPending}
            disabled={!view.can.sign || isTouched}
            onConfirm={() => sign.mutate()}
          >
            签署总结
          </ConfirmButton>
        </div>
      </div>
    </Section>
  )
}
