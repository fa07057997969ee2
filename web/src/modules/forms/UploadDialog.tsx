import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { steps } from '@zhibu/rules'
import { formScopeNames } from '@zhibu/server/modules/forms/names-schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { formsKey, uploadTemplate } from './api.ts'
import { type Filing, FilingFields } from './FilingFields.tsx'

/** What a template may be. */
export const accepted = { endings: ['.docx'], largestMb: 10 } as const

/** The steps of the way, to choose from. */
const stepChoices = steps.map((it) => ({ value: String(it.number), label: `${it.number}. ${it.title}` }))

/** Takes a Word file of the university into use as a form. */
export function UploadDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [file, setFile] = useState<File>()
  const [title, setTitle] = useState('')
  const [scope, setScope] = useState<keyof typeof formScopeNames>('person')
  const [step, setStep] = useState<string | null>(null)
  const [filing, setFiling] = useState<Filing>({ place: null, needsHand: true })
  const sending = useMutation({
    mutationFn: (it: File) =>
      uploadTemplate(it, { title: title.trim(), scope, step: step === null ? null : Number(step), ...filing }),
    onSuccess: async (templateId) => {
      await queries.invalidateQueries({ queryKey: formsKey })
      await navigate({ to: '/forms/templates/$templateId', params: { templateId } })
    },
  })
  const take = (chosen: File | undefined) => {
    setFile(chosen)
    if (chosen && title === '') setTitle(chosen.name.replace(/\.docx$/i, ''))
  }
  return (
    <FormDialog
      title="上传本校模板"
      lead="在 Word 里把要填的地方写成 {姓名}、{入党申请书.日期} 这样的标记，中英文花括号都可以。上传后会列出全部标记，名称不一致的可以点选对应的字段。"
      submitLabel="上传"
      needs={{ 模板文件: file !== undefined, 表格名称: title.trim() !== '' }}
      isBusy={sending.isPending}
      error={sending.error}
      onSubmit={() => file && sending.mutate(file)}
      onClose={onClose}
    >
      <FileDrop
        label={file ? file.name : '把 Word 模板拖到这里，或点击选择'}
        hint="只用 .docx，不超过 10 MB，不能带宏。"
        {...accepted}
        disabled={sending.isPending}
        onFiles={([chosen]) => take(chosen)}
      />
      <TextInput
        label="表格名称"
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={60}
        required
      />
      <Select
        label="份数"
        description="多人一份的，用“名单”逐人列出"
        data={choicesOf(formScopeNames)}
        value={scope}
        onChange={(value) => setScope(codeIn(formScopeNames, value) ?? 'person')}
        allowDeselect={false}
      />
      <Select
        label="用在哪一步"
        placeholder="不限"
        data={stepChoices}
        value={step}
        onChange={setStep}
        clearable
        searchable
      />
      <FilingFields value={filing} onChange={setFiling} />
    </FormDialog>
  )
}
