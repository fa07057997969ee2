import { Textarea, TextInput } from '@mantine/core'
import type { QuizText, QuizView } from '@zhibu/server/modules/quizzes/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { quizClient, quizzesClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  organizations: readonly { id: string; name: string }[]
  /** The set whose questions it begins with. */
  copied?: QuizView
  onClose: () => void
  onDone: (quizId: string) => void
}

/** Begins a set, empty or with the questions of another one. */
export function NewQuizDialog({ organizations, copied, onClose, onDone }: Props) {
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [text, setText] = useState({ title: copied?.title ?? '', summary: copied?.summary ?? '' })
  const begin = useWrite(
    () =>
      parseResponse(
        quizzesClient.index.$post({ json: { ...text, organizationId, ...(copied && { copyOf: copied.id }) } }),
      ),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title={copied ? '复制题集' : '新建题集'}
      lead={
        copied
          ? `《${copied.title}》的题目复制到新的题集，以后各改各的。发布以前只有负责的人看得到。`
          : '先存为草稿，添加题目以后再发布。发布以前只有负责的人看得到。'
      }
      submitLabel={copied ? '复制题集' : '新建题集'}
      needs={{ 名称: text.title.trim().length >= 2 }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="属于哪个组织"
        description="发布以后，这个组织和下级组织的人都可以答题。"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <QuizTextFields text={text} error={begin.error} onChange={setText} />
    </FormDialog>
  )
}

/** Changes what a set is called and what is said of it. */
export function QuizTextDialog({ it, etag, onClose }: { it: QuizView; etag: string; onClose: () => void }) {
  const [text, setText] = useState({ title: it.title, summary: it.summary })
  const save = useWrite(
    () => parseResponse(quizClient.$patch({ param: { quizId: it.id }, json: text }, ifMatch(etag))),
    onClose,
  )
  return (
    <FormDialog
      title="修改名称和说明"
      submitLabel="保存修改"
      needs={{ 名称: text.title.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <QuizTextFields text={text} error={save.error} onChange={setText} />
    </FormDialog>
  )
}

interface FieldsProps {
  text: QuizText
  error: unknown
  onChange: (text: QuizText) => void
}

function QuizTextFields({ text, error, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label="名称"
        value={text.title}
        onChange={(event) => onChange({ ...text, title: event.currentTarget.value })}
        error={problemIn(error, 'title')}
        maxLength={60}
        required
        data-autofocus
      />
      <Textarea
        label="说明"
        description="讲哪方面的内容、给谁用。可以不填。"
        value={text.summary}
        onChange={(event) => onChange({ ...text, summary: event.currentTarget.value })}
        error={problemIn(error, 'summary')}
        maxLength={300}
        autosize
        minRows={2}
      />
    </>
  )
}
