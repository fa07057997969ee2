import { Textarea, TextInput } from '@mantine/core'
import type { BankText, BankView } from '@zhibu/server/modules/exams/bank-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { bankClient, examsClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  organizations: readonly { id: string; name: string }[]
  onClose: () => void
  onDone: (bankId: string) => void
}

/** Begins a bank. */
export function NewBankDialog({ organizations, onClose, onDone }: Props) {
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [text, setText] = useState({ title: '', summary: '' })
  const begin = useWrite(
    () => parseResponse(examsClient.banks.$post({ json: { ...text, organizationId } })),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title="新建题库"
      lead="建好以后添加题目，再用它出试卷。"
      submitLabel="新建题库"
      needs={{ 名称: text.title.trim().length >= 2 }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="属于哪个组织"
        description="这个组织和上级主办考试的人都能用。"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <TextFields text={text} error={begin.error} onChange={setText} />
    </FormDialog>
  )
}

/** Changes what a bank is called and what is said of it. */
export function BankTextDialog({ it, etag, onClose }: { it: BankView; etag: string; onClose: () => void }) {
  const [text, setText] = useState({ title: it.title, summary: it.summary })
  const save = useWrite(
    () => parseResponse(bankClient.$patch({ param: { bankId: it.id }, json: text }, ifMatch(etag))),
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
      <TextFields text={text} error={save.error} onChange={setText} />
    </FormDialog>
  )
}

interface FieldsProps {
  text: BankText
  error: unknown
  onChange: (text: BankText) => void
}

function TextFields({ text, error, onChange }: FieldsProps) {
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
        description="讲哪方面的内容、给哪类考试用。可以不填。"
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
