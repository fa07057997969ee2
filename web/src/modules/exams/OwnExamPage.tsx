import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { examStateNames } from '@zhibu/server/modules/exams/names-schema'
import type { OwnExam } from '@zhibu/server/modules/exams/schema'
import { parseResponse } from 'hono/client'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { writeInstant } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { examClient, ownExamQuery } from './api.ts'
import classes from './Exams.module.css'
import { minutesInWords, outcomeInWords, periodInWords, stateColours } from './inWords.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/exams/$examId/own')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '考试', to: '/training/exams' },
]

/** An examination for whoever takes it: what holds, the way in, what they have done. */
export function OwnExamPage() {
  const { examId } = route.useParams()
  const { data: it, error, refetch } = useQuery(ownExamQuery(examId))
  if (!it)
    return (
      <Page title="考试" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name} <Badge color={stateColours[it.state]}>{examStateNames[it.state]}</Badge>
        </>
      }
    >
      <Rules it={it} />
      {it.best && (
        <Section title="我的成绩">
          <div className={parts.form}>
            <p className={classes.tally} role="status">
              {outcomeInWords(it.best)}
            </p>
            <p className={parts.note}>
              {it.isConfirmed ? '主办的人已经确认。' : '等主办的人确认。'}只有您和主办的人看得到。
            </p>
          </div>
        </Section>
      )}
      {it.attempts.length > 0 && (
        <Section title="我的答卷">
          <RowList label="我的答卷" rows={it.attempts.map(attemptRow)} />
        </Section>
      )}
    </Page>
  )
}

function Rules({ it }: { it: OwnExam }) {
  const navigate = useNavigate()
  const begin = useWrite(
    () => parseResponse(examClient.attempts.$post({ param: { examId: it.id } })),
    ({ id }) => void navigate({ to: '/training/exams/attempts/$attemptId', params: { attemptId: id } }),
  )
  return (
    <Section title="考试安排">
      <div className={parts.form}>
        <DescriptionList
          items={[
            { label: '时间', value: periodInWords(it) },
            ...(it.isOnPaper
              ? [{ label: '方式', value: '纸笔作答' }]
              : [{ label: '时长', value: minutesInWords(it.minutes) }]),
            { label: '试卷', value: `${it.questionCount} 题，满分 ${it.total} 分` },
            { label: '及格线', value: `${it.passAt} 分` },
            ...(it.isOnPaper ? [] : [{ label: '还可以参加', value: `${it.attemptsLeft} 次` }]),
          ]}
        />
        {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
        {!it.isOnPaper && it.state !== 'closed' && (
          <p className={parts.note}>
            答案随时保存，断网、锁屏、刷新都不会丢，回来接着答；计时不停，到时间自动收卷。题目和选项可以用数字键、字母键选，按回车到下一题。
          </p>
        )}
        {it.openAttemptId !== null ? (
          <div className={parts.buttons}>
            <LinkButton size="md" to="/training/exams/attempts/$attemptId" params={{ attemptId: it.openAttemptId }}>
              继续作答
            </LinkButton>
          </div>
        ) : it.whyNot === null ? (
          <div className={parts.buttons}>
            <Button size="md" loading={begin.isPending} onClick={() => begin.mutate()}>
              开始作答
            </Button>
          </div>
        ) : (
          <p>{it.whyNot}</p>
        )}
        <ProblemNote error={begin.error} />
      </div>
    </Section>
  )
}

const attemptRow = (it: OwnExam['attempts'][number]): Row => ({
  key: it.id,
  title: (
    <Link to="/training/exams/attempts/$attemptId" params={{ attemptId: it.id }} className={parts.link}>
      第 {it.number} 次作答
    </Link>
  ),
  mark: it.handedInAt === null && <Badge color="blue">没有交卷</Badge>,
  facts: [
    `${writeInstant(it.startedAt)} 开始`,
    it.handedInAt !== null && it.earned !== null ? `${it.earned} 分（满分 ${it.total}）` : undefined,
  ],
})
