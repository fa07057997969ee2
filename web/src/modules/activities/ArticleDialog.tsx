import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { sectionsQuery } from '../publicity/api.ts'
import { activityClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Begins an article with what was recorded of an activity. */
export function ArticleDialog({ activityId, onClose }: { activityId: string; onClose: () => void }) {
  const navigate = useNavigate()
  const sections = useQuery(sectionsQuery)
  const open = sections.data?.items.filter((it) => !it.isClosed) ?? []
  const [chosen, setChosen] = useState<string>()
  const sectionId = chosen ?? (open.length === 1 ? open[0]?.id : undefined)
  const begin = useWrite(
    async () => {
      if (sectionId === undefined) throw new Error('the button is grey until then')
      return parseResponse(activityClient.article.$post({ param: { activityId }, json: { sectionId } }))
    },
    ({ id }) => void navigate({ to: '/publicity/$articleId/write', params: { articleId: id } }),
  )
  return (
    <FormDialog
      title="写成稿件"
      lead="用活动记录和照片起一篇稿件，接着可以修改、送审。活动记录不受影响。"
      submitLabel="开始写"
      needs={{ 栏目: sectionId !== undefined }}
      isBusy={begin.isPending}
      error={begin.error ?? sections.error}
      onSubmit={() => begin.mutate()}
      onClose={onClose}
    >
      <Select
        label="栏目"
        placeholder="选择栏目"
        data={open.map((it) => ({ value: it.id, label: it.name }))}
        value={sectionId ?? null}
        onChange={(value) => setChosen(value ?? undefined)}
        error={problemIn(begin.error, 'sectionId')}
        required
      />
      {sections.data && open.length === 0 && (
        <p className={parts.note}>网站还没有栏目。请学校负责宣传的同志先在“宣传设置”里新增栏目。</p>
      )}
    </FormDialog>
  )
}
