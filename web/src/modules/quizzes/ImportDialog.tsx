import { useMutation } from '@tanstack/react-query'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { NewQuestion, Reading } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizClient, readFile, templateAt } from './api.ts'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'

/** What a file of questions may be. */
const accepted = { endings: ['.xlsx', '.txt', '.gift'], largestMb: 1 } as const

interface Props {
  quizId: string
  /** Each question of a set that is published says where it can be looked up. */
  isPublished: boolean
  onClose: () => void
}

/** Takes questions from a file: first it is shown what was read and what has to be mended, then they are added. */
export function ImportDialog({ quizId, isPublished, onClose }: Props) {
  const reading = useMutation({ mutationFn: (file: File) => readFile(quizId, file) })
  const questions = reading.data?.questions ?? []
  const withoutSource = questions.filter(({ source }) => source === '').length
  const isRefused = isPublished && withoutSource > 0
  const add = useWrite(
    () => parseResponse(quizClient.questions.$post({ param: { quizId }, json: { questions } })),
    onClose,
  )
  return (
    <FormDialog
      title="导入题目"
      lead="选好文件，先看读出了什么，再加入题集。已有的题目不变。"
      submitLabel={questions.length > 0 ? `加入 ${questions.length} 题` : '加入题集'}
      isReady={questions.length > 0 && !reading.isPending && !isRefused}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <FileDrop
        label={reading.variables ? reading.variables.name : '把文件拖到这里，或点击选择'}
        hint="Excel 表格（.xlsx）按模板的栏目填写；GIFT 文本（.txt、.gift）可以从 Moodle 等平台导出，解析里另起一行写“出处：”的，读作出处。不超过 1 MB。"
        {...accepted}
        disabled={reading.isPending || add.isPending}
        onFiles={([file]) => {
          add.reset()
          if (file) reading.mutate(file)
        }}
      />
      <div>
        <DownloadLink href={templateAt}>下载模板</DownloadLink>
      </div>
      <ProblemNote error={reading.error} isKept />
      {reading.isPending && <p role="status">正在读取文件…</p>}
      {reading.data && <WhatWasRead it={reading.data} />}
      {withoutSource > 0 && (
        <p role={isRefused ? 'alert' : 'note'} className={isRefused ? classes.problem : classes.note}>
          {isRefused
            ? `其中 ${withoutSource} 题没有出处。题集已经发布，请在文件里补上出处，或者先撤回发布，再加入。`
            : `其中 ${withoutSource} 题没有出处，加入以后补上，才能发布。`}
        </p>
      )}
    </FormDialog>
  )
}

/** So many are shown at once; the others open. */
const shownQuestions = 5

function WhatWasRead({ it: { questions, problems } }: { it: Reading }) {
  return (
    <div className={classes.form}>
      <p role="status">{readInWords(questions.length, problems.length)}</p>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label="要改的地方">
          {problems.map(({ at, message }) => (
            <li key={`${at} ${message}`}>
              <b>{at}</b>：{message}
            </li>
          ))}
        </ul>
      )}
      {questions.length > 0 && (
        <ReadQuestions label="读出的题目" questions={questions.slice(0, shownQuestions)} from={1} />
      )}
      {questions.length > shownQuestions && (
        <details>
          <summary>看另外 {questions.length - shownQuestions} 题</summary>
          <ReadQuestions label="另外的题目" questions={questions.slice(shownQuestions)} from={shownQuestions + 1} />
        </details>
      )}
    </div>
  )
}

function ReadQuestions({ label, questions, from }: { label: string; questions: readonly NewQuestion[]; from: number }) {
  return (
    <ol className={classes.written} aria-label={label} start={from}>
      {questions.map((question, at) => (
        // They have no names of their own before they are added.
        <li key={`${String(at)} ${question.text}`}>
          {question.text}（{questionKindNames[question.kind]}，{rightOf(question)}）
        </li>
      ))}
    </ol>
  )
}

function readInWords(questions: number, problems: number): string {
  if (problems > 0) return `读出 ${questions} 题，另有 ${problems} 处读不出来，不会加入。改好文件，可以再选一次。`
  return questions > 0
    ? `读出 ${questions} 题，没有问题。`
    : '没有读出题目。“示例：”开头的行不算，请在模板里填写自己的题目。'
}

const rightOf = ({ options, accepted: words }: NewQuestion): string =>
  `答案：${options.length > 0 ? options.flatMap(({ text, isRight }) => (isRight ? [text] : [])).join('、') : words.join('，或 ')}`
