import { Badge, Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { reviewedQuery, reviewingClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

/** 我的评审: the calls that the reader reviews, and how one asks to. */
export function ReviewedCalls() {
  const { data, error, refetch } = useQuery(reviewedQuery)
  const [code, setCode] = useState('')
  const ask = useWrite(
    () => parseResponse(reviewingClient.$post({ json: { code } })),
    () => setCode(''),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') ask.mutate()
  }
  return (
    <>
      <Section title="我的评审" lead="评审只看作品，不看作者。您的意见只有征集单位看到，不写您的名字。">
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <PageLoading />
        ) : data.items.length === 0 ? (
          <EmptyState title="还没有要评审的征集">收到征集单位给的邀请码，填在下面。</EmptyState>
        ) : (
          <RowList
            label="我的评审"
            rows={data.items.map((it) => ({
              key: it.callId,
              title: it.isConfirmed ? (
                <Link to="/calls/reviewing/$callId" params={{ callId: it.callId }} className={classes.link}>
                  {it.title}
                </Link>
              ) : (
                it.title
              ),
              mark: !it.isConfirmed ? (
                <Badge color="gray">等待确认</Badge>
              ) : it.open > 0 ? (
                <Badge>{it.open} 件待评</Badge>
              ) : undefined,
              facts: [
                it.untilOn !== null && isDay(it.untilOn) && (
                  <span key="until">
                    评到 <DayText on={it.untilOn} relative="day" />
                  </span>
                ),
              ],
            }))}
          />
        )}
      </Section>
      <Section title="参加评审">
        <form onSubmit={submit} className={classes.form} noValidate>
          <TextInput
            label="评审邀请码"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            maxLength={20}
          />
          <ProblemNote error={ask.error} isKept />
          <div className={parts.buttons}>
            <Button type="submit" variant="default" loading={ask.isPending} disabled={code.trim() === ''}>
              申请参加评审
            </Button>
          </div>
        </form>
      </Section>
    </>
  )
}
