import { TextInput } from '@mantine/core'
import type { AttemptView } from '@zhibu/server/modules/exams/attempt-schema'
import { questionKindNames } from '@zhibu/server/modules/quizzes/names-schema'
import type { Answer } from '@zhibu/server/modules/quizzes/schema'
import { useEffect, useEffectEvent, useRef } from 'react'
import { chosenWith, letterOf, noAnswer, placeOfKey } from '../quizzes/answering.ts'
import quiz from '../quizzes/Quizzes.module.css'
import { takeFocus } from '../quizzes/takeFocus.ts'

interface Props {
  question: AttemptView['questions'][number]
  answer: Answer | undefined
  onAnswer: (answer: Answer) => void
  onNext: () => void
  onBack: () => void
}

/** A question of a paper, large enough for a thumb. The keys 1 to 8 and A to H choose, Enter and the arrows go on and back. */
export function PaperQuestion({ question, answer = noAnswer, onAnswer, onNext, onBack }: Props) {
  const { kind, text, options, worth } = question
  const field = useRef<HTMLFieldSetElement>(null)
  const choose = (place: number) => onAnswer({ choices: chosenWith(kind, answer.choices, place), text: '' })
  useKeys(field, options.length, { choose, onNext, onBack })
  return (
    <div className={quiz.sheet}>
      <fieldset ref={field} className={quiz.question}>
        <legend ref={takeFocus} tabIndex={-1}>
          <span className={quiz.kind}>
            {questionKindNames[kind]}，{worth} 分
          </span>
          {text}
        </legend>
        {kind === 'blank' ? (
          <TextInput
            label="您的答案"
            size="lg"
            value={answer.text}
            onChange={(event) => onAnswer({ choices: [], text: event.currentTarget.value })}
            onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onNext()}
            maxLength={100}
            autoComplete="off"
          />
        ) : (
          options.map((option, place) => (
            <label key={option} className={quiz.option} data-chosen={answer.choices.includes(place) || undefined}>
              <input
                type={kind === 'multiple' ? 'checkbox' : 'radio'}
                name="answer"
                checked={answer.choices.includes(place)}
                onChange={() => choose(place)}
              />
              <span className={quiz.letter}>{letterOf(place)}</span>
              <span>{option}</span>
            </label>
          ))
        )}
      </fieldset>
    </div>
  )
}

interface Ways {
  choose: (place: number) => void
  onNext: () => void
  onBack: () => void
}

/** Listens to the keys wherever the focus is, as long as nobody writes or presses a button. */
function useKeys(
  field: React.RefObject<HTMLFieldSetElement | null>,
  optionCount: number,
  { choose, onNext, onBack }: Ways,
) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { key, target, ctrlKey, altKey, metaKey } = event
    if (ctrlKey || altKey || metaKey || !(target instanceof Element)) return
    if (target.closest('input:not([type=radio], [type=checkbox]), textarea, [role=dialog]')) return
    const place = placeOfKey(key, optionCount)
    if (place !== undefined) {
      choose(place)
      field.current?.querySelectorAll('input')[place]?.focus()
    } else if (key === 'PageDown' || (key === 'Enter' && !target.closest('button, a'))) onNext()
    else if (key === 'PageUp') onBack()
    else return
    event.preventDefault()
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
