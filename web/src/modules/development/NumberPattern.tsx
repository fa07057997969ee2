import { Button, Textarea, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { writtenNumber } from '@zhibu/server/modules/archive/names-schema'
import type { NumberingView } from '@zhibu/server/modules/archive/seal-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { archiveClient, numberingChangesQuery, numberingQuery } from '../archive/api.ts'
import { archiveKey } from '../archive/key.ts'
import { ChangeHistory } from './ChangeHistory.tsx'
import classes from './PracticeTab.module.css'

/** 档号格式: how the numbers of closed files are written, with the next ones as they would be. */
export function NumberPattern() {
  const { data, error, refetch } = useQuery(numberingQuery)
  const changes = useInfiniteQuery(numberingChangesQuery)
  if (error && data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  const { value } = data
  return (
    <Section
      title="档号格式"
      lead="封存时由系统编号：每个党委每年从 1 起依次编，不跳号、不重号，不能预留，也不能手工填写。修改格式只影响以后的档号，已有的不变。"
    >
      {value.can.change ? (
        <Form numbering={value} etag={data.etag} />
      ) : (
        <p>
          现在的格式：{value.pattern}，例如 {value.example}。
        </p>
      )}
      <h3>修改记录</h3>
      <ChangeHistory label="修改记录" query={changes} none="本校还没有修改过档号格式，现在使用系统自带的格式。" />
    </Section>
  )
}

/** What was typed, and the revision that was read when typing began. */
interface Draft {
  pattern: string
  etag: string
}

function Form({ numbering, etag }: { numbering: NumberingView; etag: string }) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>()
  const [reason, setReason] = useState('')
  const pattern = draft?.pattern ?? numbering.pattern
  const isTouched = pattern.trim() !== numbering.pattern
  useUnsaved(isTouched)
  const save = useMutation({
    mutationFn: () =>
      parseResponse(archiveClient.numbering.$put({ json: { pattern, reason } }, ifMatch(draft?.etag ?? etag))),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      setDraft(undefined)
      setReason('')
    },
    // The refusal says what stands there now; what was typed stays, and is sent again only by the person.
    onError: async (error) => {
      if (!isChanged(error)) return
      await queries.invalidateQueries({ queryKey: archiveKey })
      const now = queries.getQueryData(numberingQuery.queryKey)
      if (now) setDraft({ pattern, etag: now.etag })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTouched && reason.trim().length >= 2) save.mutate()
  }
  const wrong = problemIn(save.error, 'pattern')
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput
        label="格式"
        description="〔组织〕换成党委的编码（没有编码的用名称的拼音首字母），〔年度〕换成封存的年份，〔序号〕换成四位序号。年度、序号必须有；有几个党委的，组织也必须有。"
        value={pattern}
        onChange={(event) => setDraft({ pattern: event.currentTarget.value, etag: draft?.etag ?? etag })}
        error={wrong}
        maxLength={60}
        maw="32rem"
      />
      <div>
        <p className={classes.meta}>{isTouched ? '按填写的格式，下一个档号将是：' : '下一个档号：'}</p>
        <ul className={classes.refused} aria-label="下一个档号">
          {numbering.next.map((it) => (
            <li key={it.name}>
              {it.name}：{writtenNumber(pattern.trim(), it)}
            </li>
          ))}
        </ul>
      </div>
      {isTouched && (
        <Textarea
          label="原因"
          placeholder="如：按本校档案编号办法"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problemIn(save.error, 'reason')}
          autosize
          minRows={2}
          maw="32rem"
          required
        />
      )}
      {wrong === undefined && <ProblemNote error={save.error} />}
      <div>
        <Button type="submit" disabled={!isTouched || reason.trim().length < 2} loading={save.isPending}>
          保存档号格式
        </Button>
      </div>
    </form>
  )
}
