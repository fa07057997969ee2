import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import { mostAccepted, mostOptions } from '@zhibu/server/modules/quizzes/names-schema'
import parts from '../../ui/Parts.module.css'
import { letterOf } from './answering.ts'
import classes from './Quizzes.module.css'
import { marked, type QuestionDraft, withAccepted, withOption } from './questionDraft.ts'

interface Props {
  draft: QuestionDraft
  problem: (path: string) => string | undefined
  onChange: (part: Partial<QuestionDraft>) => void
}

/** What is right, as the kind of the question has it. */
export function Right({ draft, problem, onChange }: Props) {
  if (draft.kind === 'blank') return <Accepted draft={draft} problem={problem} onChange={onChange} />
  if (draft.kind === 'judgement')
    return (
      <Radio.Group
        label="正确答案"
        value={draft.isTrue === undefined ? null : String(draft.isTrue)}
        onChange={(value) => onChange({ isTrue: value === 'true' })}
        error={problem('options')}
        required
      >
        <Radio mt="xs" value="true" label="正确" />
        <Radio mt="xs" value="false" label="错误" />
      </Radio.Group>
    )
  return <Options draft={draft} problem={problem} onChange={onChange} />
}

function Options({ draft, problem, onChange }: Props) {
  const { kind, options } = draft
  const Mark = kind === 'single' ? Radio : Checkbox
  return (
    <fieldset className={classes.lines}>
      <legend>选项</legend>
      <p className={parts.note}>{kind === 'single' ? '勾选正确的一项。' : '勾选正确的各项，至少两项。'}</p>
      {options.map(({ key, text, isRight }, at) => (
        <div key={key} className={classes.optionLine}>
          <Mark
            aria-label={`选项 ${letterOf(at)} 是正确答案`}
            checked={isRight}
            onChange={() => onChange({ options: marked(draft, key) })}
          />
          <TextInput
            aria-label={`选项 ${letterOf(at)}`}
            placeholder={`选项 ${letterOf(at)}`}
            value={text}
            onChange={(event) => {
              const written = event.currentTarget.value
              onChange({ options: options.map((one) => (one.key === key ? { ...one, text: written } : one)) })
            }}
            error={problem(`options.${at}.text`)}
            maxLength={200}
          />
          <Button
            variant="subtle"
            disabled={options.length <= 2}
            aria-label={`删去选项 ${letterOf(at)}`}
            onClick={() => onChange({ options: options.filter((one) => one.key !== key) })}
          >
            删去
          </Button>
        </div>
      ))}
      <Problem>{problem('options')}</Problem>
      {options.length < mostOptions && (
        <div>
          <Button variant="default" onClick={() => onChange({ options: withOption(options) })}>
            加一个选项
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function Accepted({ draft: { accepted }, problem, onChange }: Props) {
  return (
    <fieldset className={classes.lines}>
      <legend>正确答案</legend>
      <p className={parts.note}>有几种写法都算对的，各写一行。大小写、全角半角和空格不同的，不必另写。</p>
      {accepted.map(({ key, text }, at) => (
        <div key={key} className={classes.removable}>
          <TextInput
            aria-label={`正确答案 ${at + 1}`}
            value={text}
            onChange={(event) => {
              const written = event.currentTarget.value
              onChange({ accepted: accepted.map((one) => (one.key === key ? { key, text: written } : one)) })
            }}
            error={problem(`accepted.${at}`)}
            maxLength={100}
          />
          <Button
            variant="subtle"
            disabled={accepted.length <= 1}
            aria-label={`删去正确答案 ${at + 1}`}
            onClick={() => onChange({ accepted: accepted.filter((one) => one.key !== key) })}
          >
            删去
          </Button>
        </div>
      ))}
      <Problem>{problem('accepted')}</Problem>
      {accepted.length < mostAccepted && (
        <div>
          <Button variant="default" onClick={() => onChange({ accepted: withAccepted(accepted) })}>
            加一种写法
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function Problem({ children }: { children: string | undefined }) {
  return (
    children !== undefined && (
      <p role="alert" className={classes.problem}>
        {children}
      </p>
    )
  )
}
