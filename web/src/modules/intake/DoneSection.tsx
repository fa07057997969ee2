import { Alert, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CountedImport, ImportView } from '@zhibu/server/modules/intake/schema'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { intakeClient, undoQuery } from './api.ts'
import { PreviewSection } from './PreviewSection.tsx'

/** How an import ended, where its persons are, and the way back. */
export function DoneSection({ it }: { it: CountedImport }) {
  const { written } = it
  if (it.state === 'undone') {
    return (
      <Alert color="gray" title="已撤销">
        这次导入写入的内容已经全部退回。
      </Alert>
    )
  }
  if (it.state === 'discarded' || !written) {
    return (
      <Alert color="gray" title="已放弃">
        文件和核对结果已经删除。
      </Alert>
    )
  }
  return (
    <>
      <Section title="已写入">
        <Stack gap="md">
          <p>
            新增 {written.registered} 人，变更 {written.changed} 人，记录发展过程 {written.acts} 条
            {written.leftOut > 0 && `；另有 ${written.leftOut} 行没有写入，列在下面`}。
          </p>
          <Group gap="sm">
            {written.registered > 0 && (
              <LinkButton to="/people" search={{ importId: it.id }}>
                查看新登记的 {written.registered} 人
              </LinkButton>
            )}
            <LinkButton variant="default" to="/development" search={{ importId: it.id, only: 'findings' }}>
              查看有疑点的档案
            </LinkButton>
            <UndoButton it={it} />
          </Group>
        </Stack>
      </Section>
      {it.counts.doubt > 0 && <PreviewSection it={it} />}
    </>
  )
}

function UndoButton({ it }: { it: ImportView }) {
  const queries = useQueryClient()
  const { data } = useQuery({ ...undoQuery(it.id), enabled: it.can.undo })
  const undoing = useMutation({
    mutationFn: () => intakeClient.imports[':importId'].undo.$post({ param: { importId: it.id } }),
    onSettled: () => queries.invalidateQueries(),
  })
  if (!it.can.undo) return null
  const conflicts = data?.conflicts ?? []
  if (conflicts.length > 0) {
    return (
      <Stack gap="xs">
        <p>
          有 {conflicts.length} 处后来的记录依赖这次导入，不能整体撤销。需要改回的，请打开下列人员，逐项修改或更正。
        </p>
        <RowList
          label="依赖这次导入的记录"
          rows={conflicts.slice(0, 50).map(({ personId, name, what, by }) => ({
            key: `${personId} ${what}`,
            title: (
              <Link to="/people/$personId" params={{ personId }}>
                {name}
              </Link>
            ),
            facts: [what, by && `经办：${by}`],
          }))}
        />
      </Stack>
    )
  }
  return (
    <>
      <ConfirmButton
        question="这次导入登记的人员和写入的内容会全部退回，操作记录保留。"
        confirmLabel="撤销导入"
        isBusy={undoing.isPending}
        onConfirm={() => undoing.mutate()}
      >
        撤销导入
      </ConfirmButton>
      <ProblemNote error={undoing.error} />
    </>
  )
}
