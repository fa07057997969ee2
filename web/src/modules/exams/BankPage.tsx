import { Badge, Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { BankQuestionRow, BankView } from '@zhibu/server/modules/exams/bank-schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { letterOf } from '../quizzes/answering.ts'
import { bankClient, bankQuery, questionsAt } from './api.ts'
import { BankTextDialog } from './BankDialogs.tsx'
import { BankImportDialog } from './BankImportDialog.tsx'
import { BankQuestionDialog } from './BankQuestionDialog.tsx'
import classes from './Exams.module.css'
import { topicName, topicsOf } from './topics.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/exams/banks/$bankId')
const breadcrumbs = [
  { label: '培训', to: '/training' },
  { label: '考试', to: '/training/exams' },
]

/** One bank with its questions and what is right. */
export function BankPage() {
  const { bankId } = route.useParams()
  const { data, error, refetch } = useQuery(bankQuery(bankId))
  if (!data)
    return (
      <Page title="题库" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const it = data.value
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={`题库，${it.organization.name}，${it.questionCount} 题`}
      actions={<BankActions it={it} etag={data.etag} />}
    >
      {it.summary !== '' && <p className={parts.text}>{it.summary}</p>}
      <Questions it={it} />
    </Page>
  )
}

function BankActions({ it, etag }: { it: BankView; etag: string }) {
  const navigate = useNavigate()
  const [isChanging, setIsChanging] = useState(false)
  const remove = useWrite(
    () => parseResponse(bankClient.$delete({ param: { bankId: it.id } })),
    () => void navigate({ to: '/training/exams' }),
  )
  return (
    <div className={`${parts.buttons} no-print`}>
      <Button variant="default" onClick={() => setIsChanging(true)}>
        修改名称
      </Button>
      <ConfirmButton
        question="删除这个题库和全部题目，不能恢复。已经考过的答卷和成绩不变。"
        confirmLabel="删除题库"
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        删除题库
      </ConfirmButton>
      <ProblemNote error={remove.error} />
      {isChanging && <BankTextDialog it={it} etag={etag} onClose={() => setIsChanging(false)} />}
    </div>
  )
}

/** So many are shown at once. */
const shownAtOnce = 50

function Questions({ it }: { it: BankView }) {
  const [asked, setAsked] = useState<'new' | 'import' | BankQuestionRow>()
  const [topic, setTopic] = useState<string | null>(null)
  const [sought, setSought] = useState('')
  const [shown, setShown] = useState(shownAtOnce)
  const list = useListWhenOpened()
  const topics = topicsOf(it.supply)
  const word = sought.trim()
  const found = it.questions.filter(
    (one) => (topic === null || one.topic === topic) && `${one.question.text} ${one.question.source}`.includes(word),
  )
  const close = () => setAsked(undefined)
  return (
    <Section
      title="题目"
      lead="修改一道题，已经出过的试卷和答卷不变，以后出的试卷用新的。"
      actions={
        <>
          <Button onClick={() => setAsked('new')}>添加题目</Button>
          <Button variant="default" onClick={() => setAsked('import')}>
            导入题目
          </Button>
          {it.questionCount > 0 && <DownloadLink href={questionsAt(it.id)}>导出题目</DownloadLink>}
        </>
      }
    >
      {it.questionCount === 0 ? (
        <EmptyState title="还没有题目">
          点“添加题目”逐题填写，或者点“导入题目”，从表格或 GIFT 文件一次添加多题。
        </EmptyState>
      ) : (
        <div className={parts.form}>
          <search className={`${classes.filters} no-print`}>
            <TextInput
              aria-label="查找题目"
              placeholder="题目或出处里的字"
              type="search"
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
              maxLength={50}
            />
            <Select
              aria-label="章节"
              placeholder="全部章节"
              data={topics.map((name) => ({ value: `t${name}`, label: topicName(name) }))}
              value={topic === null ? null : `t${topic}`}
              onChange={(chosen) => setTopic(chosen === null ? null : chosen.slice(1))}
              clearable
              clearButtonProps={{ 'aria-label': '清除章节' }}
              {...list}
            />
          </search>
          {found.length === 0 ? (
            <EmptyState title="没有找到题目">请换个词，或者清除章节。</EmptyState>
          ) : (
            <ol className={classes.questions} aria-label="题目">
              {found.slice(0, shown).map((one) => (
                <Question key={one.id} bankId={it.id} it={one} onChange={() => setAsked(one)} />
              ))}
            </ol>
          )}
          {found.length > shown && (
            <div className="no-print">
              <Button variant="default" onClick={() => setShown(shown + shownAtOnce)}>
                再显示 {Math.min(shownAtOnce, found.length - shown)} 题
              </Button>
            </div>
          )}
        </div>
      )}
      {asked === 'import' && <BankImportDialog bankId={it.id} onClose={close} />}
      {asked === 'new' && (
        <BankQuestionDialog bankId={it.id} topics={topics} before={it.questions.at(-1)} onClose={close} />
      )}
      {typeof asked === 'object' && <BankQuestionDialog bankId={it.id} topics={topics} it={asked} onClose={close} />}
    </Section>
  )
}

function Question({ bankId, it, onChange }: { bankId: string; it: BankQuestionRow; onChange: () => void }) {
  const { kind, text, options, accepted, explanation, source } = it.question
  const remove = useWrite(() =>
    parseResponse(bankClient.questions[':questionId'].$delete({ param: { bankId, questionId: it.id } })),
  )
  return (
    <li>
      <div className={classes.item}>
        <p className={parts.text}>
          {text} <Badge color="gray">{questionKindNames[kind]}</Badge>{' '}
          {it.topic !== '' && <Badge color="gray">{it.topic}</Badge>}
        </p>
        {options.length > 0 && (
          <ul className={classes.written}>
            {options.map((option, place) => (
              <li key={option.text}>
                {letterOf(place)}. {option.text}
                {option.isRight && <b className={classes.right}>（正确答案）</b>}
              </li>
            ))}
          </ul>
        )}
        {accepted.length > 0 && <p className={parts.text}>正确答案：{accepted.join('，或 ')}</p>}
        {explanation !== '' && <p className={parts.note}>解析：{explanation}</p>}
        {source !== '' && <p className={parts.note}>出处：{source}</p>}
        <div className={`${parts.buttons} no-print`}>
          <Button size="compact-sm" variant="default" onClick={onChange} aria-label={`修改：${text}`}>
            修改
          </Button>
          <ConfirmButton
            question="从题库里删去这道题。已经出过的试卷和答卷不变。"
            confirmLabel="删除题目"
            isQuiet
            isBusy={remove.isPending}
            onConfirm={() => remove.mutate()}
          >
            删除
          </ConfirmButton>
        </div>
        <ProblemNote error={remove.error} />
      </div>
    </li>
  )
}
