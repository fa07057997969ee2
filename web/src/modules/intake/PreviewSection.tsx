import { Button, Group, Stack, Tabs, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CountedImport, ImportView, RowEffect } from '@zhibu/server/modules/intake/schema'
import { useEffect, useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { intakeKey, type RowsShown, replaceFile, rowsKey, rowsQuery } from './api.ts'
import classes from './Intake.module.css'
import { accepted } from './IntakePage.tsx'
import { effectName } from './names.ts'
import { PreviewRow } from './PreviewRow.tsx'

const effects: readonly RowEffect[] = ['new', 'changed', 'unchanged', 'doubt', 'skipped']

/** What is left to be seen after the writing: rows that were not written, and what was changed. */
const effectsWritten: readonly RowEffect[] = ['doubt', 'changed', 'skipped']

/** What the import would do with each row, and what is wrong in which cell. */
export function PreviewSection({ it }: { it: CountedImport }) {
  const [wanted, setWanted] = useState<string>()
  // Until somebody chooses: what needs a decision first; when all is decided, what has problems.
  const chosen = wanted ?? (it.counts.doubt > 0 ? 'doubt' : it.counts.noted > 0 ? 'noted' : 'new')
  const [q, setQ] = useState('')
  const [asked] = useDebouncedValue(q, 300)
  useRowsAsCounted(it)
  const isWritten = it.state === 'committed'
  const shown = { ...shownBy(chosen), ...(asked !== '' && { q: asked }) }
  return (
    <Section
      title="逐行核对"
      lead={
        isWritten
          ? '没有写入的行，可以下载标注了问题的文件，改好以后作为新的表格导入。'
          : '有问题的单元格可以就地改，也可以下载标注了问题的文件，改好再传上来。'
      }
      actions={
        <Button component="a" variant="default" href={`/api/intake/imports/${it.id}/marked.xlsx`} download>
          下载标注了问题的文件
        </Button>
      }
    >
      <Stack gap="md">
        <Tabs value={chosen} onChange={(value) => setWanted(value ?? 'noted')} keepMounted={false}>
          <Tabs.List aria-label="按处理方式分开看">
            {isWritten ? null : <Tabs.Tab value="noted">有问题 {it.counts.noted}</Tabs.Tab>}
            {(isWritten ? effectsWritten : effects).map((effect) => (
              <Tabs.Tab key={effect} value={effect}>
                {effectName(effect, isWritten)} {it.counts[effect]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={chosen} pt="md">
            <Stack gap="md">
              <TextInput
                label="查找姓名"
                value={q}
                onChange={(event) => setQ(event.currentTarget.value)}
                w={240}
                maw="100%"
              />
              <Rows it={it} shown={shown} />
            </Stack>
          </Tabs.Panel>
        </Tabs>
        <Replacement it={it} />
      </Stack>
    </Section>
  )
}

/** Rows that were asked for while the file was still being read are asked for again when they are counted anew. */
function useRowsAsCounted({ id, counts }: CountedImport): void {
  const queries = useQueryClient()
  const counted = `${id} ${Object.values(counts).join()}`
  const [shown, setShown] = useState('')
  useEffect(() => {
    if (counted === shown) return
    setShown(counted)
    void queries.invalidateQueries({ queryKey: rowsKey(id) })
  }, [counted, shown, id, queries])
}

const shownBy = (chosen: string): RowsShown => {
  const effect = effects.find((it) => it === chosen)
  return effect ? { effect } : { noted: true }
}

function Rows({ it, shown }: { it: ImportView; shown: RowsShown }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    rowsQuery(it.id, shown),
  )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0) return <p>没有这样的行。</p>
  return (
    <>
      <ul className={classes.rows} aria-label="表中的行">
        {rows.map((row) => (
          <PreviewRow key={row.row} it={it} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Group>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            再看 25 行
          </Button>
        </Group>
      )}
    </>
  )
}

function Replacement({ it }: { it: ImportView }) {
  const queries = useQueryClient()
  const sending = useMutation({
    mutationFn: (file: File) => replaceFile(it.id, file),
    onSuccess: () => queries.invalidateQueries({ queryKey: intakeKey }),
  })
  if (!it.can.change) return null
  return (
    <details>
      <summary>重新上传改好的文件</summary>
      <Stack gap="sm" mt="sm">
        <FileDrop
          label={sending.isPending ? '正在上传，请稍候……' : '把改好的文件拖到这里，或点击选择'}
          hint="会从头核对一遍。在本页作过的决定和改过的单元格都会保留；文件里又改动过的单元格，以文件为准。"
          {...accepted}
          disabled={sending.isPending}
          onFiles={([file]) => file && sending.mutate(file)}
        />
        <ProblemNote error={sending.error} />
      </Stack>
    </details>
  )
}
