import { Badge, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { callStateNames } from '@zhibu/server/modules/calls/names-schema'
import type { CallsQuery } from '@zhibu/server/modules/calls/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { MoreButton } from '../notices/MoreButton.tsx'
import { callListQuery } from './api.ts'
import classes from './Calls.module.css'
import { ClosingText } from './ClosingText.tsx'

const nothing: Readonly<Record<CallsQuery['only'], string>> = {
  open: '现在没有征集',
  over: '还没有截止的征集',
  held: '还没有由您负责的征集',
}
const titles: Readonly<Record<CallsQuery['only'], string>> = {
  open: '正在征集',
  over: '已截止的',
  held: '我负责的',
}

/** Calls, each with its last day. */
export function CallList({ only }: { only: CallsQuery['only'] }) {
  const [sought, setSought] = useState('')
  const list = useInfiniteQuery(callListQuery(only, sought.trim()))
  const items = list.data?.pages.flatMap((it) => it.items)
  return (
    <Section title={titles[only]}>
      <TextInput label="查找征集" value={sought} onChange={(event) => setSought(event.currentTarget.value)} mb="sm" />
      {list.error && !items ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : !items ? (
        <PageLoading />
      ) : items.length === 0 ? (
        <EmptyState title={sought.trim() === '' ? nothing[only] : `没有找到“${sought.trim()}”`}>
          支部、学院或学校征集的故事和作品列在这里。
        </EmptyState>
      ) : (
        <RowList
          label={titles[only]}
          rows={items.map((it) => ({
            key: it.id,
            title: (
              <Link to="/calls/$callId" params={{ callId: it.id }} className={classes.link}>
                {it.title}
              </Link>
            ),
            mark: <Badge color={it.state === 'open' ? 'blue' : 'gray'}>{callStateNames[it.state]}</Badge>,
            facts: [
              it.organization.name,
              ...it.kinds.map((kind) => (
                <span key={kind.key}>
                  {kind.name} <ClosingText untilOn={kind.untilOn} closedOn={it.closedOn} />
                </span>
              )),
            ],
          }))}
        />
      )}
      <MoreButton list={list}>查看更多征集</MoreButton>
    </Section>
  )
}
