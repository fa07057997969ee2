import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { writtenNumber } from '@zhibu/server/modules/archive/names-schema'
import type { NumberingView } from '@zhibu/server/modules/archive/seal-schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { archiveClient, archiveKey, numberingQuery } from '../archive/api.ts'
import classes from './PracticeTab.module.css'

/** 档号格式: how the numbers of closed files are written, with the next ones as they would be. */
export function NumberPattern() {
  const { data, error, refetch } = useQuery(numberingQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return (
    <Section
      title="档号格式"
      lead="封存时由系统编号：每个党委每年从 1 起依次编，不跳号、不重号，不能预留，也不能手工填写。修改格式只影响以后的档号，已有的不变。"
    >
      {data.can.change ? (
        <Form key={data.pattern} numbering={data} />
      ) : (
        <p>
          现在的格式：{data.pattern}，例如 {data.example}。
        </p>
      )}
    </Section>
  )
}

function Form({ numbering }: { numbering: NumberingView }) {
  const queries = useQueryClient()
  const [pattern, setPattern] = useState(numbering.pattern)
  const isTouched = pattern.trim() !== numbering.pattern
  useUnsaved(isTouched)
  const save = useMutation({
    mutationFn: () => parseResponse(archiveClient.numbering.$put({ json: { pattern } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: archiveKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTouched) save.mutate()
  }
  const wrong = problemIn(save.error, 'pattern')
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput
        label="格式"
        description="〔组织〕换成党委的编码（没有编码的用名称的拼音首字母），〔年度〕换成封存的年份，〔序号〕换成四位序号。年度、序号必须有；有几个党委的，组织也必须有。"
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
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
      {wrong === undefined && <ProblemNote error={save.error} />}
      <div>
        <Button type="submit" disabled={!isTouched} loading={save.isPending}>
          保存档号格式
        </Button>
      </div>
    </form>
  )
}
