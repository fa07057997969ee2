import { Checkbox } from '@mantine/core'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { NewQuestion, Reading, ReadQuestion } from '@zhibu/server/modules/quizzes/schema'
import parts from '../../ui/Parts.module.css'
import { readInWords, repeatInWords } from './importing.ts'
import classes from './Quizzes.module.css'

interface ReadProps {
  /** What those that are there already are called together: 题集 or 题库. */
  setName?: string
  it: Reading
  wanted: ReadonlySet<ReadQuestion>
  onWant: (wanted: ReadonlySet<ReadQuestion>) => void
}

/** So many are shown at once; the others open. */
const shownQuestions = 5

/** What was read of a file of questions, what has to be mended, and what is there already. */
export function WhatWasRead({ setName = '题集', it: { questions, problems }, wanted, onWant }: ReadProps) {
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
      {repeated.length > 0 && <Repeated setName={setName} items={repeated} wanted={wanted} onWant={onWant} />}
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
function Repeated({ setName, items, wanted, onWant }: Omit<ReadProps, 'it'> & { items: readonly ReadQuestion[] }) {
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
          description={repeatInWords(it.repeats, setName)}
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
