import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CountedImport } from '@zhibu/server/modules/intake/schema'
import { useState } from 'react'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { isUnsaved } from '../../ui/unsaved.ts'
import { intakeClient, intakeKey } from './api.ts'

/** What will be written, what will not, and the button that does it. */
export function CommitSection({ it }: { it: CountedImport }) {
  const queries = useQueryClient()
  const [takesFaulty, setTakesFaulty] = useState(false)
  const [hasUnsaved, setHasUnsaved] = useState(false)
  const { new: fresh, changed, unchanged, doubt, skipped, faulty } = it.counts
  const committing = useMutation({
    mutationFn: () =>
      intakeClient.imports[':importId'].commit.$post({ param: { importId: it.id }, json: { takesFaulty } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  const commit = () => {
    setHasUnsaved(isUnsaved())
    if (!isUnsaved()) committing.mutate()
  }
  if (!it.can.commit) return null
  const rows = fresh + changed - (takesFaulty ? 0 : faulty)
  const left = [
    faulty > 0 && !takesFaulty && `${faulty} 行有读不出的单元格`,
    doubt > 0 && `${doubt} 行存疑`,
    skipped > 0 && `${skipped} 行已选择跳过`,
    unchanged > 0 && `${unchanged} 行与系统中的相同`,
  ].filter((text) => text !== false)
  return (
    <Section title="写入">
      <Stack gap="md">
        <p>
          将写入 {rows} 行（新增 {fresh} 人、变更 {changed} 人{faulty > 0 && !takesFaulty && `，扣除 ${faulty} 行`}）。
          {left.length > 0 && `不写入：${left.join('，')}。`}
          前后矛盾的日期照原样写入，在人员页标出，由支部核对原始材料后更正。
        </p>
        {faulty > 0 && (
          <Checkbox
            label={`有读不出的单元格的 ${faulty} 行也写入，只空出这些单元格`}
            description="日期等读不出的单元格不会猜测；对应的事项记为日期未填，以后可在人员页补上。"
            checked={takesFaulty}
            onChange={(event) => setTakesFaulty(event.currentTarget.checked)}
          />
        )}
        <ProblemNote error={committing.error} />
        {hasUnsaved && (
          <Alert color="yellow" role="alert" title="还有填了没有保存的内容，没有写入">
            改过的单元格请点“改为此值”，选定的人员请点“就是此人”，选好的支部请点“保存对应”；不需要的，请改回原样。
          </Alert>
        )}
        <Group>
          <Button disabled={rows === 0} loading={committing.isPending} onClick={commit}>
            确认写入 {rows} 行
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}
