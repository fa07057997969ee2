import { Button, TextInput } from '@mantine/core'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { lectureClient } from './api.ts'
import classes from './Lectures.module.css'
import { useWrite } from './useWrite.ts'

const most = 6

/** Asks the audience for a show of hands. */
export function PollDialog({ activityId, onClose }: { activityId: string; onClose: () => void }) {
  const [question, setQuestion] = useState('')
  const [lines, setLines] = useState([
    { key: 1, text: '' },
    { key: 2, text: '' },
  ])
  const options = lines.map(({ text }) => text.trim()).filter((text) => text !== '')
  const open = useWrite(
    () => parseResponse(lectureClient.polls.$post({ param: { activityId }, json: { question, options } })),
    onClose,
  )
  const change = (key: number, text: string) =>
    setLines((all) => all.map((it) => (it.key === key ? { key, text } : it)))
  return (
    <FormDialog
      title="发起举手表决"
      lead="现场的人各选一项，只数人数。用来了解情况；选举和正式表决请按规定办理。"
      submitLabel="发起举手表决"
      needs={{ 问题: question.trim().length >= 2, 至少两个选项: options.length >= 2 }}
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="问题"
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        error={problemIn(open.error, 'question')}
        maxLength={120}
        required
        data-autofocus
      />
      <div className={classes.part}>
        {lines.map(({ key, text }, at) => (
          <div key={key} className={classes.optionInput}>
            <TextInput
              aria-label={`选项 ${at + 1}`}
              placeholder={`选项 ${at + 1}`}
              value={text}
              onChange={(event) => change(key, event.currentTarget.value)}
              error={problemIn(open.error, `options.${at}`)}
              maxLength={60}
            />
            <Button
              variant="subtle"
              disabled={lines.length <= 2}
              aria-label={`删去选项 ${at + 1}`}
              onClick={() => setLines((all) => all.filter((it) => it.key !== key))}
            >
              删去
            </Button>
          </div>
        ))}
        {lines.length < most && (
          <div>
            <Button
              variant="default"
              onClick={() => setLines((all) => [...all, { key: Math.max(...all.map((it) => it.key)) + 1, text: '' }])}
            >
              加一个选项
            </Button>
          </div>
        )}
      </div>
    </FormDialog>
  )
}
