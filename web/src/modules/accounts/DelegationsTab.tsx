import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { DelegationRow } from '@zhibu/server/modules/accounts/delegation-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { accountsClient, accountsKey, delegationsQuery } from './api.ts'
import { delegableName } from './delegable.ts'
import { NewDelegationDialog } from './NewDelegationDialog.tsx'

const route = getRouteApi('/signed-in/system/delegations')

/** The tasks handed to helpers: given, received, in the reader's part of the tree. */
export function DelegationsTab() {
  const queries = useQueryClient()
  const isAllShown = route.useSearch().ended === 'yes'
  const navigate = route.useNavigate()
  const [isGiving, setIsGiving] = useState(false)
  const list = useInfiniteQuery(delegationsQuery(!isAllShown))
  const end = useMutation({
    mutationFn: (delegationId: string) =>
      parseResponse(accountsClient.delegations[':delegationId'].$delete({ param: { delegationId } })),
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  })
  const rows = list.data?.pages.flatMap((it) => it.items) ?? []
  const mayGive = list.data?.pages[0]?.can.give ?? false
  return (
    <Section
      title="协助授权"
      lead="请他人协助填写时，指定哪些人员、哪些内容、到哪一天为止；到期自动收回。协助人不能再转授，填写的内容记在其本人名下。"
      actions={
        mayGive && (
          <Button variant="default" onClick={() => setIsGiving(true)}>
            授权协助
          </Button>
        )
      }
    >
      <Checkbox
        label="包括已结束的"
        checked={isAllShown}
        onChange={(event) => {
          const ended = event.currentTarget.checked
          void navigate({ search: ended ? { ended: 'yes' } : {}, replace: true })
        }}
      />
      {list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <PageLoading lines={3} />
      ) : rows.length === 0 ? (
        <EmptyState title="没有正在进行的授权">
          {mayGive ? '需要他人协助填写材料时，点“授权协助”，不要把自己的密码交给别人。' : '收到的授权会显示在这里。'}
        </EmptyState>
      ) : (
        <RowList
          label="协助授权"
          rows={rows.map((it) => ({
            ...rowOf(it),
            actions: it.can.end && (
              <ConfirmButton
                question={`${it.helper.name}立即不能再填写。已填写的内容保留。`}
                confirmLabel="结束授权"
                onConfirm={() => end.mutate(it.id)}
                isBusy={end.isPending && end.variables === it.id}
              >
                结束授权
              </ConfirmButton>
            ),
          }))}
        />
      )}
      {list.hasNextPage && (
        <div>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            显示更多
          </Button>
        </div>
      )}
      <ProblemNote error={end.error} />
      {isGiving && <NewDelegationDialog onClose={() => setIsGiving(false)} />}
    </Section>
  )
}

function rowOf({
  id,
  giver,
  helper,
  purpose,
  fields,
  from,
  until,
  endedOn,
  isRunning,
  personCount,
}: DelegationRow): Row {
  return {
    key: id,
    title: `${giver.name} 授权 ${helper.name}：${purpose}`,
    mark: isRunning ? undefined : endedOn ? '（已结束）' : '（未在期限内）',
    facts: [
      `${personCount} 人`,
      <span key="period">
        <DayText on={from} /> 至 <DayText on={endedOn ?? until} relative="day" />
      </span>,
      `可填写：${fields.map(delegableName).join('、')}`,
    ],
  }
}
