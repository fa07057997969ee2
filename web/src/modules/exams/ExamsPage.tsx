import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { BankRow } from '@zhibu/server/modules/exams/bank-schema'
import { examFormNames, examStateNames } from '@zhibu/server/modules/exams/names-schema'
import type { ExamRow, OwnExamRow } from '@zhibu/server/modules/exams/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { bankListQuery, examListQuery } from './api.ts'
import { NewBankDialog } from './BankDialogs.tsx'
import { minutesInWords, outcomeInWords, periodInWords, stateColours } from './inWords.ts'

/** 考试: what one takes oneself, what one runs, and the banks it is made of. */
export function ExamsPage() {
  const { data, error, refetch } = useQuery(examListQuery)
  const runs = (data?.organizations.length ?? 0) > 0
  return (
    <Page
      title="考试"
      breadcrumbs={[{ label: '培训', to: '/training' }]}
      lead="参加考试、看自己的成绩。成绩只有本人和主办考试的人看得到，不排名。"
      actions={runs && <LinkButton to="/training/exams/new">新建考试</LinkButton>}
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <>
          <Section title="我的考试">
            {data.own.length === 0 ? (
              <EmptyState title="没有要参加的考试">安排您参加的考试，发布以后列在这里。</EmptyState>
            ) : (
              <RowList label="我的考试" rows={data.own.map(ownRow)} />
            )}
          </Section>
          {runs && (
            <Section title="我主办的考试" lead="发布以前只有主办的人看得到。">
              {data.run.length === 0 ? (
                <EmptyState title="还没有考试">先建题库，再点“新建考试”。</EmptyState>
              ) : (
                <RowList label="我主办的考试" rows={data.run.map(runRow)} />
              )}
            </Section>
          )}
          {runs && <Banks organizations={data.organizations} />}
        </>
      )}
    </Page>
  )
}

function ownRow(it: OwnExamRow): Row {
  const canGoOn = it.openAttemptId !== null
  return {
    key: it.id,
    title: (
      <Link to="/training/exams/$examId/own" params={{ examId: it.id }} className={parts.link}>
        {it.title}
      </Link>
    ),
    mark: <Badge color={stateColours[it.state]}>{examStateNames[it.state]}</Badge>,
    facts: [
      it.organization.name,
      periodInWords(it),
      it.isOnPaper ? '纸笔作答' : minutesInWords(it.minutes),
      it.best && `${outcomeInWords(it.best)}${it.isConfirmed ? '，已确认' : '，待确认'}`,
    ],
    actions:
      it.openAttemptId !== null ? (
        <LinkButton
          to="/training/exams/attempts/$attemptId"
          params={{ attemptId: it.openAttemptId }}
          aria-label={`继续作答：${it.title}`}
        >
          继续作答
        </LinkButton>
      ) : (
        !canGoOn &&
        it.state === 'open' &&
        !it.isOnPaper &&
        it.attemptsLeft > 0 &&
        !it.isConfirmed && (
          <LinkButton to="/training/exams/$examId/own" params={{ examId: it.id }} aria-label={`参加考试：${it.title}`}>
            参加考试
          </LinkButton>
        )
      ),
  }
}

const runRow = (it: ExamRow): Row => ({
  key: it.id,
  title: (
    <Link to="/training/exams/$examId" params={{ examId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  mark: <Badge color={stateColours[it.state]}>{examStateNames[it.state]}</Badge>,
  facts: [it.organization.name, examFormNames[it.form], periodInWords(it), `${it.candidateCount} 名考生`],
})

function Banks({ organizations }: { organizations: readonly { id: string; name: string }[] }) {
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(bankListQuery)
  const [isNew, setIsNew] = useState(false)
  return (
    <Section
      title="题库"
      lead="试卷从题库里抽题。题目和答案只有主办考试的人看得到。"
      actions={
        <Button variant="default" onClick={() => setIsNew(true)}>
          新建题库
        </Button>
      }
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading lines={2} />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title="还没有题库">点“新建题库”，再逐题填写，或者从 Excel 表格、GIFT 文件导入。</EmptyState>
      ) : (
        <RowList label="题库" rows={data.items.map(bankRow)} />
      )}
      {isNew && (
        <NewBankDialog
          organizations={organizations}
          onClose={() => setIsNew(false)}
          onDone={(bankId) => void navigate({ to: '/training/exams/banks/$bankId', params: { bankId } })}
        />
      )}
    </Section>
  )
}

const bankRow = (it: BankRow): Row => ({
  key: it.id,
  title: (
    <Link to="/training/exams/banks/$bankId" params={{ bankId: it.id }} className={parts.link}>
      {it.title}
    </Link>
  ),
  facts: [it.organization.name, `${it.questionCount} 题`, it.summary],
})
