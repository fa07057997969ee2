import type { Day } from '@zhibu/rules'
import type { ExpertView } from '@zhibu/server/modules/experts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { expertClient } from './api.ts'
import { ConsentFields } from './ExpertDialog.tsx'
import { useWrite } from './useWrite.ts'

/** Writes down that an expert agrees to be listed; the expert themselves only has to say yes. */
export function ConsentDialog({ it, etag, onClose }: { it: ExpertView; etag: string; onClose: () => void }) {
  const today = useToday()
  const [on, setOn] = useState<Day | undefined>(today)
  const [how, setHow] = useState(it.isOwn ? '本人在页面上同意' : '')
  const save = useWrite(() => {
    if (on === undefined) throw new Error('the button is grey until then')
    return parseResponse(expertClient.consent.$put({ param: { expertId: it.id }, json: { on, how } }, ifMatch(etag)))
  }, onClose)
  return (
    <FormDialog
      title={it.isOwn ? '同意公开' : '登记同意公开'}
      lead="同意以后，全校负责培训的人都能看到姓名、单位、主题、简介和讲过的课，能邀请讲课；电话和邮箱要写明用来做什么才能看，看了留下记录。随时可以收回。"
      submitLabel={it.isOwn ? '同意公开' : '登记同意公开'}
      needs={{ 同意的日期: on !== undefined, 怎样同意的: how.trim().length >= 2 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <ConsentFields on={on} how={how} error={save.error} onOn={setOn} onHow={setHow} />
    </FormDialog>
  )
}
