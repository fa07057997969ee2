import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { leastAnalysed } from '@zhibu/server/modules/exams/names-schema'
import type { Analysis, QuestionAnalysis } from '@zhibu/server/modules/exams/schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { ShareBars } from '../../ui/ShareBars.tsx'
import { analysisQuery, examQuery } from './api.ts'
import classes from './Exams.module.css'

const route = getRouteApi('/signed-in/training/exams/$examId/analysis')

/** 题目分析: what the answers say of the questions, and nothing of persons. */
export function AnalysisPage() {
  const { examId } = route.useParams()
  const exam = useQuery(examQuery(examId)).data?.value
  const { data, error, refetch } = useQuery(analysisQuery(examId))
  return (
    <Page
      title="题目分析"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        { label: '考试', to: '/training/exams' },
        { label: exam?.title ?? '考试', to: `/training/exams/${examId}` },
      ]}
      subtitle={exam?.title}
      lead="看题目出得好不好，不看人。只算每人第一次的答卷，没有姓名。"
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : (
        <Analysed it={data} />
      )}
    </Page>
  )
}

function Analysed({ it: { attempts, questions } }: { it: Analysis }) {
  const analysed = questions.filter((it) => it.figures !== null)
  const few = questions.length - analysed.length
  if (attempts === 0) return <EmptyState title="还没有人交卷">有人交卷以后再来看。</EmptyState>
  return (
    <Section
      title={`${attempts} 份答卷`}
      lead="答对比例是考到这道题的人里答对的比例。区分度看答对这道题的人，其余题目是不是也答得好：接近 1 关系密切，接近 0 没有关系，小于 0 是反的。"
    >
      <div className={parts.form}>
        {few > 0 && (
          <p className={parts.note}>
            有 {few} 题考到的不足 {leastAnalysed} 份，数字会看得出是谁答的，所以不显示。
          </p>
        )}
        {analysed.length === 0 ? (
          <EmptyState title="答卷还不够">一道题至少要有 {leastAnalysed} 份答卷，才显示分析。</EmptyState>
        ) : (
          <ol className={classes.questions} aria-label="题目分析">
            {analysed.map((it) => (
              <Question key={it.questionId} it={it} />
            ))}
          </ol>
        )}
      </div>
    </Section>
  )
}

function Question({ it: { text, kind, topic, asked, figures } }: { it: QuestionAnalysis }) {
  if (figures === null) return null
  const { difficulty, discrimination, blank, options, remarks } = figures
  return (
    <li>
      <div className={classes.item}>
        <p className={parts.text}>
          {text} <Badge color="gray">{questionKindNames[kind]}</Badge>{' '}
          {topic !== '' && <Badge color="gray">{topic}</Badge>}
        </p>
        <p className={parts.note}>
          考到 {asked} 份，答对比例 {percentOf(difficulty)}，区分度{' '}
          {discrimination === null ? '算不出（大家答得一样）' : discrimination.toFixed(2)}
          {blank > 0 && `，${blank} 份没有作答`}
        </p>
        {options.length > 0 && (
          <ShareBars
            label={`各选项的人数：${text}`}
            items={options.map((option) => ({
              name: `${option.text}${option.isRight ? '（正确答案）' : ''}`,
              words: `${option.chosen} 份`,
              share: option.chosen / asked,
            }))}
          />
        )}
        <ul className={classes.figures}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      </div>
    </li>
  )
}

const percentOf = (share: number): string => `${Math.round(100 * share)}%`
