import { Textarea, TextInput } from '@mantine/core'
import type { CoursewareText, CoursewareView } from '@zhibu/server/modules/courseware/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { coursewareClient, pieceClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  organizations: readonly { id: string; name: string }[]
  /** The piece whose units it begins with. */
  copied?: CoursewareView
  onClose: () => void
  onDone: (coursewareId: string) => void
}

/** Begins a piece, empty or with the units of another one. */
export function NewCoursewareDialog({ organizations, copied, onClose, onDone }: Props) {
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [text, setText] = useState({ title: copied?.title ?? '', summary: copied?.summary ?? '' })
  const begin = useWrite(
    () =>
      parseResponse(
        coursewareClient.index.$post({ json: { ...text, organizationId, ...(copied && { copyOf: copied.id }) } }),
      ),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title={copied ? '复制课件' : '新建课件'}
      lead={
        copied
          ? `《${copied.title}》的单元复制到新的课件，以后各改各的。发布以前只有负责的人看得到。`
          : '先存为草稿，添加单元以后再发布。发布以前只有负责的人看得到。'
      }
      submitLabel={copied ? '复制课件' : '新建课件'}
      needs={{ 名称: text.title.trim().length >= 2 }}
      isBusy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <OrganizationSelect
        label="属于哪个组织"
        description="发布以后，这个组织和下级组织的人都可以看。"
        organizations={organizations}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <TextFields text={text} error={begin.error} onChange={setText} />
    </FormDialog>
  )
}

interface TextDialogProps {
  it: CoursewareView
  etag: string
  onClose: () => void
}

/** Changes what a piece is called and what is said of it. */
export function CoursewareTextDialog({ it, etag, onClose }: TextDialogProps) {
  const [text, setText] = useState({ title: it.title, summary: it.summary })
  const save = useWrite(
    () => parseResponse(pieceClient.$patch({ param: { coursewareId: it.id }, json: text }, ifMatch(etag))),
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
  text: CoursewareText
  error: unknown
  onChange: (text: CoursewareText) => void
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
        description="讲什么、给谁看。可以不填。"
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
