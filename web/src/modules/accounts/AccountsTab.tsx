import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { AccountRow, InvitationLink } from '@zhibu/server/modules/accounts/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { AccountActions } from './AccountActions.tsx'
import classes from './AccountsTab.module.css'
import { accountsQuery } from './api.ts'
import { InvitationLinkNote } from './InvitationLinkNote.tsx'
import { NewAccountDialog } from './NewAccountDialog.tsx'
import { administratorNames } from './names.ts'
import type { AccountsSearch } from './routes.tsx'

const route = getRouteApi('/signed-in/system/accounts')

/** The accounts of the university: make, invite, lock. */
export function AccountsTab() {
  const { q, only } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState(q ?? '')
  const [isMaking, setIsMaking] = useState(false)
  const [invited, setInvited] = useState<InvitationLink & { name: string }>()
  const list = useInfiniteQuery(accountsQuery({ limit: '30', ...(q && { q }), ...(only && { only }) }))
  const change = ({ q: words = '', only: kind }: { q?: string; only?: AccountsSearch['only'] }) =>
    void navigate({ search: { ...(words && { q: words }), ...(kind && { only: kind }) }, replace: true })
  const settle = useDebouncedCallback((words: string) => change({ q: words, ...(only && { only }) }), 300)
  const rows = list.data?.pages.flatMap((it) => it.items) ?? []
  const [first] = list.data?.pages ?? []
  return (
    <>
      {invited && <InvitationLinkNote {...invited} />}
      <Section
        title="账号"
        lead="账号由管理员开通，本人用邀请链接设置密码；不设默认密码，管理员不知道他人的密码。"
        actions={
          first?.can.create && (
            <Button variant="default" onClick={() => setIsMaking(true)}>
              开通账号
            </Button>
          )
        }
      >
        <div className={classes.filters}>
          <TextInput
            type="search"
            aria-label="在账号中查找"
            placeholder="姓名或用户名"
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              settle(event.currentTarget.value.trim())
            }}
          />
          <Select
            aria-label="范围"
            placeholder="全部账号"
            data={scopes.map(({ value, label }) => ({ value, label }))}
            value={only ?? null}
            onChange={(value) => {
              const scope = scopes.find((it) => it.value === value)?.value
              change({ ...(q && { q }), ...(scope && { only: scope }) })
            }}
            clearable
            clearButtonProps={{ 'aria-label': '清除范围' }}
          />
          <span className={classes.total}>{first?.total !== undefined && `共 ${first.total} 个`}</span>
        </div>
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : list.data === undefined ? (
          <PageLoading />
        ) : rows.length === 0 ? (
          <EmptyState title="没有符合条件的账号">可以换一个姓名，或清除筛选条件。</EmptyState>
        ) : (
          <RowList label="账号" rows={rows.map((it) => rowOf(it, setInvited))} />
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              显示更多
            </Button>
          </div>
        )}
      </Section>
      {isMaking && (
        <NewAccountDialog
          onMade={(link) => {
            setInvited(link)
            setIsMaking(false)
          }}
          onClose={() => setIsMaking(false)}
        />
      )}
    </>
  )
}

const scopes = [
  { value: 'administrators', label: '三员' },
  { value: 'persons', label: '有对应人员的' },
  { value: 'invited', label: '邀请未接受的' },
  { value: 'locked', label: '已停用的' },
] as const

function rowOf(it: AccountRow, onInvited: (link: InvitationLink & { name: string }) => void) {
  const { administrator, isLocked, hasPassword, hasSecondFactor, invitedUntil, offices } = it
  return {
    key: it.id,
    title: it.name,
    mark: [administrator && `（${administratorNames[administrator]}）`, isLocked && '（已停用）']
      .filter(Boolean)
      .join(''),
    facts: [
      it.userName && `用户名 ${it.userName}`,
      ...offices,
      !hasPassword && invitedUntil === null && '未设密码',
      hasSecondFactor && '已绑定动态口令',
      invitedUntil && (
        <span key="invited">
          邀请未接受，
          <InstantText at={invitedUntil} /> 前有效
        </span>
      ),
    ],
    actions: <AccountActions it={it} onInvited={onInvited} />,
  }
}
