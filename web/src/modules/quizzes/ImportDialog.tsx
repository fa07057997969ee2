import { Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { largestFileMb, questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { NewQuestion, Reading, ReadQuestion } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { quizClient, readFile, templateAt } from './api.ts'
import { readInWords, repeatInWords, takenOf } from './importing.ts'
import classes from './Quizzes.module.css'
import { useWrite } from './useWrite.ts'

/** What a file of questions may be. */
const accepted = { endings: ['.xlsx', '.txt', '.gift'], largestMb: largestFileMb } as const

interface Props {
  quizId: string
  /** Each question of a set that is published says where it can be looked up. */
  isPublished: boolean
  onClose: () => void
}

/** Takes questions from a file: first it is shown what was read, what has to be mended and what is there already, then they are added. */
export function ImportDialog({ quizId, isPublished, onClose }: Props) {
  const reading = useMutation({ mutationFn: (file: File) => readFile(quizId, file) })
  const [wanted, setWanted] = useState<ReadonlySet<ReadQuestion>>(new Set())
  const taken = takenOf(reading.data?.questions ?? [], wanted)
  const withoutSource = taken.filter(({ question }) => question.source === '').length
  const isRefused = isPublished && withoutSource > 0
  const add = useWrite(
    () =>
      parseResponse(
        quizClient.questions.$post({ param: { quizId }, json: { questions: taken.map((it) => it.question) } }),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="导入题目"
      lead="选好文件，先看读出了什么，再添加到题集。已有的题目不变。"
      submitLabel={taken.length > 0 ? `添加 ${taken.length} 题` : '添加题目'}
      isReady={taken.length > 0 && !reading.isPending && !isRefused}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate()}
      onClose={onClose}
    >
      <FileDrop
        label={reading.variables ? reading.variables.name : '把文件拖到这里，或点击选择'}
        hint={`Excel 表格（.xlsx）按模板的栏目填写；GIFT 文本（.txt、.gift）可以从 Moodle 等平台导出，解析里另起一行写“出处：”的，读作出处。不超过 ${largestFileMb} MB。`}
        {...accepted}
        disabled={reading.isPending || add.isPending}
        onFiles={([file]) => {
          add.reset()
          setWanted(new Set())
          if (file) reading.mutate(file)
        }}
      />
      <div>
        <DownloadLink href={templateAt}>下载模板</DownloadLink>
      </div>
      <ProblemNote error={reading.error} isKept />
      {reading.isPending && <p role="status">正在读取文件…</p>}
      {reading.data && <WhatWasRead it={reading.data} wanted={wanted} onWant={setWanted} />}
      {withoutSource > 0 && (
        <p role={isRefused ? 'alert' : 'note'} className={isRefused ? classes.problem : parts.note}>
          {isRefused
            ? `其中 ${withoutSource} 题没有出处。题集已经发布，请在文件里补上出处，或者先撤回发布，再添加。`
            : `其中 ${withoutSource} 题没有出处，添加以后补上，才能发布。`}
        </p>
      )}
    </FormDialog>
  )
}

interface ReadProps {
  it: Reading
  wanted: ReadonlySet<ReadQuestion>
  onWant: (wanted: ReadonlySet<ReadQuestion>) => void
}

/** So many are shown at once; the others open. */
const shownQuestions = 5

function WhatWasRead({ it: { questions, problems }, wanted, onWant }: ReadProps) {
  const fresh = questions.filter((it) => it.repeats === null).map((it) => it.question)
  const repeated = questions.filter((it) => it.repeats !== null)
  return (
    <div className={parts.form}>
      <p role="status">{readInWords(questions.length, repeated.length, problems.length)}</p>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label="要改的地方">
          {problems.map(({ at, message }) => (
            <li key={`${at} ${message}`}>
              <b>{at}</b>：{message}
            </li>
          ))}
        </ul>
      )}
      {repeated.length > 0 && <Repeated items={repeated} wanted={wanted} onWant={onWant} />}
      {repeated.length > 0 && fresh.length > 0 && <p className={classes.label}>不重复的 {fresh.length} 题</p>}
      {fresh.length > 0 && (
        <ReadQuestions
          label={repeated.length > 0 ? '不重复的题目' : '读出的题目'}
          questions={fresh.slice(0, shownQuestions)}
          from={1}
        />
      )}
      {fresh.length > shownQuestions && (
        <details>
          <summary>看另外 {fresh.length - shownQuestions} 题</summary>
          <ReadQuestions label="另外的题目" questions={fresh.slice(shownQuestions)} from={shownQuestions + 1} />
        </details>
      )}
    </div>
  )
}

/** What is there already: left out, unless it is ticked. */
function Repeated({ items, wanted, onWant }: Omit<ReadProps, 'it'> & { items: readonly ReadQuestion[] }) {
  const areAll = items.every((it) => wanted.has(it))
  return (
    <fieldset className={classes.lines}>
      <legend>重复的 {items.length} 题</legend>
      <p className={parts.note}>题目和选项都相同的，不添加。仍要添加的，请勾选。</p>
      {items.length > 1 && (
        <Checkbox
          label="全部添加"
          checked={areAll}
          indeterminate={!areAll && items.some((it) => wanted.has(it))}
          onChange={() => onWant(new Set(areAll ? [] : items))}
        />
      )}
      {items.map((it) => (
        <Checkbox
          key={it.at}
          label={`${it.at}：${inWords(it.question)}`}
          description={repeatInWords(it.repeats)}
          checked={wanted.has(it)}
          onChange={() => onWant(new Set(items.filter((other) => wanted.has(other) !== (other === it))))}
        />
      ))}
    </fieldset>
  )
}

function ReadQuestions({ label, questions, from }: { label: string; questions: readonly NewQuestion[]; from: number }) {
  return (
    <ol className={classes.written} aria-label={label} start={from}>
      {questions.map((question, at) => (
        // They have no names of their own before they are added.
        <li key={`${String(at)} ${question.text}`}>{inWords(question)}</li>
      ))}
    </ol>
  )
}

const inWords = ({ kind, text, options, accepted: words }: NewQuestion): string =>
  `${text}（${questionKindNames[kind]}，答案：${options.length > 0 ? options.flatMap(({ text, isRight }) => (isRight ? [text] : [])).join('、') : words.join('，或 ')}）`
