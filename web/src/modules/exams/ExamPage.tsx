import { Alert, Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { examFormNames, examStateNames, explainNames, paperWayNames } from '@zhibu/server/modules/exams/names-schema'
import type { ExamView } from '@zhibu/server/modules/exams/schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { examClient, examQuery } from './api.ts'
import { CandidatesPart } from './CandidatesPart.tsx'
import { ImportsPart } from './ImportsPart.tsx'
import { minutesInWords, periodInWords, stateColours } from './inWords.ts'
import { PrintPart } from './PrintPart.tsx'
import { topicName } from './topics.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/exams/$examId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '考试', to: '/training/exams' },
]

/** One examination for whoever runs it: how it is set, who takes it, what came of it. */
export function ExamPage() {
  const { examId } = route.useParams()
  const { data, error, refetch } = useQuery(examQuery(examId))
  if (!data)
    return (
      <Page title="考试" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name}，{examFormNames[it.form]}{' '}
          <Badge color={stateColours[it.state]}>{examStateNames[it.state]}</Badge>
        </>
      }
      actions={<ExamActions it={it} />}
    >
      {it.state === 'draft' && (
        <Alert color="gray" className="no-print">
          这场考试还没有发布，考生看不到。添加考生、备好试卷以后点“发布考试”。
        </Alert>
      )}
      <Arranged it={it} />
      <CandidatesPart exam={it} />
      <PrintPart it={it} />
      {it.state !== 'draft' && <ImportsPart exam={it} />}
    </Page>
  )
}

function ExamActions({ it }: { it: ExamView }) {
  const navigate = useNavigate()
  const param = { examId: it.id }
  const publish = useWrite(() => parseResponse(examClient.publication.$put({ param })))
  const withdraw = useWrite(() => parseResponse(examClient.publication.$delete({ param })))
  const remove = useWrite(
    () => parseResponse(examClient.$delete({ param })),
    () => void navigate({ to: '/training/exams' }),
  )
  return (
    <div className={`${parts.buttons} no-print`}>
      {it.can.publish && (
        <ConfirmButton
          question={`发布以后，名单上的 ${it.candidateCount} 名考生在“考试”里看得到这场考试，到开始时间就能作答。`}
          confirmLabel="发布考试"
          variant="filled"
          isBusy={publish.isPending}
          onConfirm={() => publish.mutate()}
        >
          发布考试
        </ConfirmButton>
      )}
      {it.can.change && (
        <LinkButton variant="default" to="/training/exams/$examId/edit" params={param}>
          修改考试
        </LinkButton>
      )}
      {it.form === 'online' && it.state !== 'draft' && (
        <LinkButton variant="default" to="/training/exams/$examId/analysis" params={param}>
          题目分析
        </LinkButton>
      )}
      {it.can.withdraw && (
        <ConfirmButton
          question="撤回以后考生看不到这场考试，可以修改后再发布。"
          confirmLabel="撤回发布"
          isBusy={withdraw.isPending}
          onConfirm={() => withdraw.mutate()}
        >
          撤回发布
        </ConfirmButton>
      )}
      {it.can.remove && (
        <ConfirmButton
          question="删除这场考试和考生名单，不能恢复。题库不变。"
          confirmLabel="删除考试"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          删除考试
        </ConfirmButton>
      )}
      <ProblemNote error={publish.error ?? withdraw.error ?? remove.error} />
    </div>
  )
}

function Arranged({ it }: { it: ExamView }) {
  const { way, draws, worth } = it.paper
  const kinds = [...new Set(draws.map((draw) => draw.kind))]
  return (
    <Section title="考试安排">
      <div className={parts.form}>
        <DescriptionList
          items={[
            { label: '时间', value: periodInWords(it) },
            { label: '时长', value: minutesInWords(it.minutes) },
            ...(it.form === 'online'
              ? [
                  { label: '可以参加几次', value: `${it.attempts} 次，取最好的一次` },
                  { label: '答案和解析', value: explainNames[it.explains] },
                ]
              : []),
            { label: '试卷', value: `${paperWayNames[way]}，共 ${it.questionCount} 题` },
            { label: '满分', value: `${it.total} 分` },
            { label: '及格线', value: `${it.passAt} 分` },
          ]}
        />
        {draws.length > 0 && (
          <p className={parts.note}>
            {draws
              .map(
                (draw) =>
                  `${draw.topic === null ? '不限章节' : topicName(draw.topic)}${questionKindNames[draw.kind]} ${draw.count} 题`,
              )
              .join('，')}
            {kinds.length > 0 &&
              `；每题${kinds.map((kind) => `${questionKindNames[kind]} ${worth[kind]} 分`).join('、')}`}
            。
          </p>
        )}
        {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
      </div>
    </Section>
  )
}
