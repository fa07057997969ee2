import { Button, TextInput } from '@mantine/core'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { Answer, AskedQuestion } from '@zhibu/server/modules/quizzes/schema'
import { type FormEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { chosenWith, isAnswered, letterOf, noAnswer, placeOfKey } from './answering.ts'
import classes from './Quizzes.module.css'
import { takeFocus } from './takeFocus.ts'

interface Props {
  question: AskedQuestion
  isBusy: boolean
  /** Why it was not taken; what was chosen stays. */
  error: unknown
  onSubmit: (answer: Answer) => void
}

/** A question with what can be answered, large enough for a thumb; the keys 1 to 8, A to H and Enter do the same. */
export function AnswerForm({ question: { kind, text, options }, isBusy, error, onSubmit }: Props) {
  const [answer, setAnswer] = useState(noAnswer)
  const form = useRef<HTMLFormElement>(null)
  const isReady = isAnswered(kind, answer)
  const choose = (place: number) =>
    setAnswer(({ choices }) => ({ choices: chosenWith(kind, choices, place), text: '' }))
  useKeys(options.length, choose, form)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !isBusy) onSubmit({ ...answer, text: answer.text.trim() })
  }
  return (
    <form ref={form} onSubmit={submit} className={parts.form} noValidate>
      <fieldset className={classes.question}>
        <legend ref={takeFocus} tabIndex={-1}>
          <span className={classes.kind}>{questionKindNames[kind]}</span>
          {text}
        </legend>
        {kind === 'blank' ? (
          <TextInput
            label="您的答案"
            size="lg"
            value={answer.text}
            onChange={(event) => setAnswer({ choices: [], text: event.currentTarget.value })}
            maxLength={100}
            autoComplete="off"
          />
        ) : (
          options.map((option, place) => (
            <label key={option} className={classes.option} data-chosen={answer.choices.includes(place) || undefined}>
              <input
                type={kind === 'multiple' ? 'checkbox' : 'radio'}
                name="answer"
                checked={answer.choices.includes(place)}
                onChange={() => choose(place)}
              />
              <span className={classes.letter}>{letterOf(place)}</span>
              <span>{option}</span>
            </label>
          ))
        )}
      </fieldset>
      <ProblemNote error={error} isKept />
      <Button type="submit" size="lg" loading={isBusy} disabled={!isReady}>
        提交答案
      </Button>
    </form>
  )
}

/** Listens to the keys wherever the focus is, as long as nobody writes or presses a button. */
function useKeys(optionCount: number, choose: (place: number) => void, form: React.RefObject<HTMLFormElement | null>) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { key, target, ctrlKey, altKey, metaKey } = event
    if (ctrlKey || altKey || metaKey || !(target instanceof Element)) return
    if (target.closest('input:not([type=radio], [type=checkbox]), textarea, [role=dialog]')) return
    const place = placeOfKey(key, optionCount)
    if (place !== undefined) {
      choose(place)
      form.current?.querySelectorAll('input')[place]?.focus()
    } else if (key === 'Enter' && !target.closest('input, button, a')) form.current?.requestSubmit()
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
