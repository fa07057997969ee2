import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { bookingClient, remarkQuery } from './api.ts'
import { useWrite } from './useWrite.ts'

/** 仅自己可见的备注: what the reader keeps for themselves about a talk. It is not printed. */
export function RemarkPart({ bookingId }: { bookingId: string }) {
  const { data, error, refetch } = useQuery(remarkQuery(bookingId))
  return (
    <div className="no-print">
      <Section
        title="仅自己可见的备注"
        lead="加密保存。对方、单位和管理员都看不到，不进导出，也不进操作记录。清空保存就删去。"
      >
        {data ? (
          <RemarkForm key={bookingId} bookingId={bookingId} kept={data.text} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading lines={2} />
        )}
      </Section>
    </div>
  )
}

function RemarkForm({ bookingId, kept }: { bookingId: string; kept: string }) {
  const [typed, setTyped] = useState<string>()
  const text = typed ?? kept
  const isChanged = text !== kept
  useUnsaved(isChanged)
  const save = useWrite(
    () => parseResponse(bookingClient.remark.$put({ param: { bookingId }, json: { text } })),
    () => setTyped(undefined),
  )
  return (
    <div className={parts.form}>
      <Textarea
        aria-label="仅自己可见的备注"
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={problemIn(save.error, 'text')}
        maxLength={2000}
        autosize
        minRows={2}
      />
      <div className={parts.buttons}>
        <Button variant="default" loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate()}>
          保存备注
        </Button>
        {save.isSuccess && !isChanged && (
          <p className={parts.note} role="status">
            已保存。
          </p>
        )}
      </div>
      <ProblemNote error={save.error} />
    </div>
  )
}
