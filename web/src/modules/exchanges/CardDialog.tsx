import { Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { CardText, CardView } from '@zhibu/server/modules/exchanges/card-schema'
import type { CaseView, PracticeText } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { asProblem, problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { cardClient, caseClient } from './api.ts'
import { PracticeFields } from './PracticeFields.tsx'
import { useWrite } from './useWrite.ts'
import { topicsIn } from './words.ts'

/** Only what is written, out of a case or a card. */
const practiceOf = ({ title, problem, done, effect, conditions, learning, contact }: PracticeText): PracticeText => ({
  ...{ title, problem, done, effect, conditions, learning, contact },
})

/** Makes a card of a case. */
export function MakeCardDialog({ it, onClose }: { it: CaseView; onClose: () => void }) {
  const navigate = useNavigate()
  const [text, setText] = useState(practiceOf(it))
  const [topics, setTopics] = useState('')
  const make = useWrite(
    () =>
      parseResponse(
        caseClient.card.$post({
          param: { exchangeId: it.meeting.id, caseId: it.id },
          json: { ...text, topics: topicsIn(topics) },
        }),
      ),
    ({ id }) => {
      onClose()
      void navigate({ to: '/training/exchanges/cards/$cardId', params: { cardId: id } })
    },
  )
  return (
    <FormDialog
      title="整理成做法卡片"
      lead={`从案例开始，改到别的支部照着就能试。署${it.authorName}（${it.institution}）的名，放进全校都能看的做法库。`}
      submitLabel="放进做法库"
      needs={needsOf(text)}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <PracticeFields value={text} error={make.error} onChange={(part) => setText({ ...text, ...part })} />
      <TopicsField value={topics} error={make.error} onChange={setTopics} />
    </FormDialog>
  )
}

/** Writes another version of a card. */
export function ChangeCardDialog({ it, etag, onClose }: { it: CardView; etag: string; onClose: () => void }) {
  const [text, setText] = useState(practiceOf(it))
  const [topics, setTopics] = useState(it.topics.join('、'))
  const [change, setChange] = useState('')
  const save = useWrite(
    () =>
      parseResponse(
        cardClient.$put(
          { param: { cardId: it.id }, json: { ...text, topics: topicsIn(topics), change } },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  return (
    <FormDialog
      title="修改做法卡片"
      lead="保存为新的版本，以前的版本都留着。正在试的单位看得到有了新的版本。"
      submitLabel="保存为新的版本"
      needs={{ ...needsOf(text), 改了什么: change.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <PracticeFields value={text} error={save.error} onChange={(part) => setText({ ...text, ...part })} />
      <TopicsField value={topics} error={save.error} onChange={setTopics} />
      <Textarea
        label="改了什么"
        value={change}
        onChange={(event) => setChange(event.currentTarget.value)}
        error={problemIn(save.error, 'change')}
        maxLength={200}
        autosize
        required
      />
    </FormDialog>
  )
}

const needsOf = (text: Omit<CardText, 'topics'>) => ({
  标题: text.title.trim().length >= 4,
  '问题、做法和成效': [text.problem, text.done, text.effect].every((it) => it.trim() !== ''),
})

interface TopicsProps {
  value: string
  error: unknown
  onChange: (value: string) => void
}

function TopicsField({ value, error, onChange }: TopicsProps) {
  return (
    <TextInput
      label="主题词"
      description="别人按它查找，用空格或顿号分开，最多 6 个，如：集中学习、流动党员"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={problemOfTopics(error)}
      maxLength={100}
    />
  )
}

/** What is wrong with the topics, or with one of them. */
const problemOfTopics = (error: unknown): string | undefined =>
  error === null || error === undefined
    ? undefined
    : asProblem(error).details.fields?.find((it) => /^topics(\.|$)/.test(it.path))?.message
