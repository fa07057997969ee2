import { Checkbox, TextInput } from '@mantine/core'
import type { BankQuestionRow } from '@zhibu/server/modules/exams/bank-schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import { useState } from 'react'
import parts from '../../ui/Parts.module.css'
import classes from './Exams.module.css'

interface Props {
  questions: readonly BankQuestionRow[]
  /** Their `lineId`s. */
  chosen: readonly string[]
  isFixed: boolean
  onChange: (chosen: string[]) => void
}

/** So many are shown at once. */
const shown = 200

/** Chooses questions one by one out of the banks. */
export function FixedQuestions({ questions, chosen, isFixed, onChange }: Props) {
  const [sought, setSought] = useState('')
  const word = sought.trim()
  const found = questions.filter((it) => `${it.topic} ${it.question.text}`.includes(word))
  if (questions.length === 0) return <p className={parts.note}>请先选择有题目的题库。</p>
  return (
    <fieldset className={classes.lines}>
      <legend>选好的题目（{chosen.length}）</legend>
      <TextInput
        aria-label="查找题目"
        placeholder="题目或章节里的字"
        type="search"
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
        maxLength={50}
      />
      {found.length > shown && <p className={parts.note}>题目较多，只列出前 {shown} 题；请填写要找的字。</p>}
      <div className={classes.chosen}>
        {found.slice(0, shown).map((it) => (
          <Checkbox
            key={it.lineId}
            label={it.question.text}
            description={[questionKindNames[it.question.kind], it.topic].filter((part) => part !== '').join('，')}
            checked={chosen.includes(it.lineId)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, it.lineId] : chosen.filter((id) => id !== it.lineId))
            }
            disabled={isFixed}
          />
        ))}
      </div>
    </fieldset>
  )
}
