import { Alert, Button, Select, Textarea, TextInput } from '@mantine/core'
import type { Answers, CallField, CallView, EntryView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { entriesClient } from './api.ts'
import classes from './Calls.module.css'
import { MediaField } from './MediaField.tsx'
import { Tellings } from './Tellings.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  it: EntryView
  etag: string
  call: CallView
}

const answersOf = ({ fields }: EntryView): Answers =>
  Object.fromEntries(fields.map((it) => [it.key, { text: it.text, mediaIds: it.media.map((one) => one.mediaId) }]))

/** A draft, field by field; what is missing is named, and whether it can be submitted. */
export function EntryWriting({ it, etag, call }: Props) {
  const list = useListWhenOpened()
  const [title, setTitle] = useState(it.title)
  const [kindKey, setKindKey] = useState(it.kindKey)
  const [answers, setAnswers] = useState(() => answersOf(it))
  const saved = JSON.stringify([it.title, it.kindKey, answersOf(it)])
  const isTouched = JSON.stringify([title, kindKey, answers]) !== saved
  useUnsaved(isTouched)
  const param = { entryId: it.id }
  const save = useWrite(async () => {
    await parseResponse(entriesClient[':entryId'].$put({ param, json: { title, kindKey, answers } }, ifMatch(etag)))
  })
  const [isAsking, setIsAsking] = useState(false)
  const submit = useWrite(async (hasLookedAt: boolean) => {
    await parseResponse(entriesClient[':entryId'].submission.$post({ param, json: { hasLookedAt } }, ifMatch(etag)))
  })
  const answer = (key: string) => answers[key] ?? { text: '', mediaIds: [] }
  const set = (key: string, part: Partial<Answers[string]>) =>
    setAnswers({ ...answers, [key]: { ...answer(key), ...part } })
  const isTelling = it.tellings.length > 0
  return (
    <>
      <Section title="填写作品" lead="保存的草稿只有自己和成员看得到。提交以后、截止以前可以取回修改。">
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <TextInput
            label="题目"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={problemIn(save.error, 'title') ?? problemIn(submit.error, 'title')}
            maxLength={60}
            required
          />
          {call.kinds.length > 1 && (
            <Select
              label="类别"
              data={call.kinds.map((kind) => ({ value: kind.key, label: kind.name }))}
              value={kindKey}
              onChange={(value) => setKindKey(value ?? kindKey)}
              error={problemIn(save.error, 'kindKey')}
              allowDeselect={false}
              {...list}
            />
          )}
          {call.fields.map((field) => (
            <Field
              key={field.key}
              field={field}
              value={answer(field.key)}
              error={problemIn(save.error, `answers.${field.key}`) ?? problemIn(submit.error, field.key)}
              onChange={(part) => set(field.key, part)}
            />
          ))}
          <ProblemNote error={save.error} isKept />
          <div className={parts.buttons}>
            <Button type="submit" variant="default" loading={save.isPending} disabled={!isTouched}>
              保存草稿
            </Button>
            {!isTouched && it.title !== '' && <span className={parts.note}>已经保存</span>}
          </div>
        </form>
      </Section>
      <Section title="提交">
        {isTouched ? (
          <p className={parts.note}>有改动还没有保存。请先保存草稿，再提交。</p>
        ) : it.problems.length > 0 ? (
          <>
            <p className={parts.note}>还要补充：</p>
            <ul>
              {it.problems.map((problem) => (
                <li key={problem.message}>{problem.message}</li>
              ))}
            </ul>
          </>
        ) : (
          <>
            {isTelling && <Tellings it={it} />}
            <ProblemNote error={submit.error} />
            {isAsking && (
              <Alert color="yellow" title="确认提交">
                上面列出的内容评审会看到。确认无碍的，可以提交；否则请先改好。
              </Alert>
            )}
            <div className={parts.buttons}>
              {isTelling && !isAsking ? (
                <Button onClick={() => setIsAsking(true)}>已经看过，继续提交</Button>
              ) : (
                <Button loading={submit.isPending} onClick={() => submit.mutate(isTelling)}>
                  提交作品
                </Button>
              )}
            </div>
          </>
        )}
      </Section>
    </>
  )
}

interface FieldProps {
  field: CallField
  value: Answers[string]
  error: string | undefined
  onChange: (part: Partial<Answers[string]>) => void
}

function Field({ field, value, error, onChange }: FieldProps) {
  const { label, kind, most, hint, isRequired } = field
  if (kind !== 'line' && kind !== 'prose')
    return (
      <MediaField
        field={field}
        mediaIds={value.mediaIds}
        error={error}
        onChange={(mediaIds) => onChange({ mediaIds })}
      />
    )
  const length = [...value.text.trim()].length
  const shared = {
    label,
    description: `${hint === '' ? '' : `${hint} `}现在 ${length} 字，最多 ${most} 字。`,
    value: value.text,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ text: event.currentTarget.value }),
    error: error ?? (length > most ? `超出 ${length - most} 个字` : undefined),
    required: isRequired,
  }
  return kind === 'line' ? <TextInput {...shared} /> : <Textarea {...shared} autosize minRows={6} />
}
