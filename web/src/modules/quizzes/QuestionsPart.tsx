import { Badge, Button, Checkbox } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { QuestionRow } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { letterOf } from './answering.ts'
import { questionsAt, questionsQuery, quizClient } from './api.ts'
import { ImportDialog } from './ImportDialog.tsx'
import { QuestionDialog } from './QuestionDialog.tsx'
import { QuestionOrder } from './QuestionOrder.tsx'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'

/** The questions of a set with what is right, for whoever writes it; on paper with or without the answers. */
export function QuestionsPart({ quizId, isPublished }: { quizId: string; isPublished: boolean }) {
  const { data, error, refetch } = useQuery(questionsQuery(quizId))
  const [asked, setAsked] = useState<'new' | 'import' | QuestionRow>()
  const [isSolved, setIsSolved] = useState(true)
  const [isOrdering, setIsOrdering] = useState(false)
  const close = () => setAsked(undefined)
  const items = data?.value.items ?? []
  const withoutSource = items.flatMap((it, at) => (it.source === '' ? [at + 1] : []))
  return (
    <Section
      title="题目"
      lead="只有负责的人看得到这份列表。打印前去掉“显示答案”，印出来的就是空白的题目。"
      actions={
        <>
          <Button onClick={() => setAsked('new')}>添加题目</Button>
          <Button variant="default" onClick={() => setAsked('import')}>
            导入题目
          </Button>
          {items.length > 1 && (
            <Button variant="default" onClick={() => setIsOrdering(!isOrdering)}>
              {isOrdering ? '完成调整' : '调整顺序'}
            </Button>
          )}
          {items.length > 0 && <DownloadLink href={questionsAt(quizId)}>导出题目</DownloadLink>}
        </>
      }
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : items.length === 0 ? (
        <EmptyState title="还没有题目">
          点“添加题目”逐题填写，或者点“导入题目”，从表格或 GIFT 文件一次添加多题。
        </EmptyState>
      ) : isOrdering && items.length > 1 ? (
        <QuestionOrder quizId={quizId} items={items} etag={data.etag} />
      ) : (
        <div className={parts.form}>
          <Checkbox
            label="显示答案"
            checked={isSolved}
            onChange={(event) => setIsSolved(event.currentTarget.checked)}
          />
          {withoutSource.length > 0 && (
            <p className={`${parts.note} no-print`}>第 {withoutSource.join('、')} 题还没有写出处。</p>
          )}
          <ol className={classes.questions} aria-label="题目">
            {items.map((it) => (
              <Question key={it.id} quizId={quizId} it={it} isSolved={isSolved} onChange={() => setAsked(it)} />
            ))}
          </ol>
          <div className="no-print">
            <Button variant="default" onClick={() => setAsked('new')}>
              再添加一题
            </Button>
          </div>
        </div>
      )}
      {asked === 'import' && <ImportDialog quizId={quizId} isPublished={isPublished} onClose={close} />}
      {asked === 'new' && (
        <QuestionDialog quizId={quizId} isPublished={isPublished} source={items.at(-1)?.source ?? ''} onClose={close} />
      )}
      {typeof asked === 'object' && (
        <QuestionDialog quizId={quizId} isPublished={isPublished} it={asked} onClose={close} />
      )}
    </Section>
  )
}

interface QuestionProps {
  quizId: string
  it: QuestionRow
  isSolved: boolean
  onChange: () => void
}

function Question({ quizId, it, isSolved, onChange }: QuestionProps) {
  const remove = useWrite(() =>
    parseResponse(quizClient.questions[':questionId'].$delete({ param: { quizId, questionId: it.id } })),
  )
  return (
    <li>
      <div className={classes.item}>
        <p className={parts.text}>
          {it.text} <Badge color="gray">{questionKindNames[it.kind]}</Badge>
        </p>
        {it.options.length > 0 && (
          <ul className={classes.written}>
            {it.options.map(({ text, isRight }, place) => (
              <li key={text} data-right={(isSolved && isRight) || undefined}>
                {letterOf(place)}. {text}
                {isSolved && isRight && (
                  <span className={classes.mark}>
                    <IconCheck size={18} stroke={2} aria-hidden />
                    正确答案
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {isSolved && (
          <>
            {it.accepted.length > 0 && <p className={parts.text}>正确答案：{it.accepted.join('，或 ')}</p>}
            {it.explanation !== '' && <p className={parts.note}>解析：{it.explanation}</p>}
            {it.source !== '' && <p className={parts.note}>出处：{it.source}</p>}
          </>
        )}
        <div className={`${parts.buttons} no-print`}>
          <Button size="compact-md" variant="default" onClick={onChange}>
            修改
          </Button>
          <ConfirmButton
            question="删去这道题和各人对它的作答，不能恢复。已经开始的现场答题不受影响。"
            confirmLabel="删除题目"
            variant="subtle"
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
