import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { administratorNames } from '@zhibu/server/modules/accounts/names-schema'
import type { AccountRow } from '@zhibu/server/modules/accounts/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import type { AdministratorRole } from '../../session.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { StillMissing } from '../../ui/StillMissing.tsx'
import classes from './AccountsTab.module.css'
import { accountsClient, accountsKey, accountsQuery } from './api.ts'

const roles: readonly AdministratorRole[] = ['sysadmin', 'secadmin', 'auditor']

const duties: Readonly<Record<AdministratorRole, string>> = {
  sysadmin: '开通账号、发邀请链接、维护运行。',
  secadmin: '任免三员、停用账号、重置动态口令（三员的除外）。',
  auditor: '查看操作记录，核验其是否被改动。',
}

/** Who holds which of the three roles; appointing and dismissing, with what excludes what. */
export function AdministratorsTab() {
  const queries = useQueryClient()
  const { data, error, refetch } = useInfiniteQuery(accountsQuery({ only: 'administrators', limit: '100' }))
  const dismiss = useMutation({
    mutationFn: (accountId: string) =>
      parseResponse(accountsClient[':accountId'].administrator.$delete({ param: { accountId } })),
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  })
  const holders = data?.pages.flatMap((it) => it.items) ?? []
  return (
    <>
      <Section
        title="三员分立"
        lead="系统管理员、安全管理员、审计员各司其职，不能由同一账号兼任，也不能有党内任职或协助授权；三员都不能查看党员材料。首任安全管理员和审计员由系统管理员任命，以后由安全管理员任免。"
      >
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <PageLoading />
        ) : (
          <RowList
            label="三员"
            rows={roles.flatMap((role): Row[] => {
              const held = holders.filter((it) => it.administrator === role)
              if (held.length === 0) {
                return [{ key: role, title: administratorNames[role], mark: '空缺', facts: [duties[role]] }]
              }
              return held.map((it) => ({
                key: it.id,
                title: `${administratorNames[role]}　${it.name}`,
                mark: it.isLocked ? '（已停用）' : undefined,
                facts: [duties[role], it.hasSecondFactor ? '已绑定动态口令' : '尚未绑定动态口令'],
                actions: it.can.dismiss && (
                  <ConfirmButton
                    question={`${it.name}的登录会话随即结束，不再有${administratorNames[role]}的权限。`}
                    confirmLabel="免去"
                    onConfirm={() => dismiss.mutate(it.id)}
                    isBusy={dismiss.isPending && dismiss.variables === it.id}
                  >
                    免去
                  </ConfirmButton>
                ),
              }))
            })}
          />
        )}
        <ProblemNote error={dismiss.error} />
      </Section>
      <Appointment />
    </>
  )
}

function whyNot({ name, hasSecondFactor, administrator, offices }: AccountRow): string {
  if (administrator !== null) return `${name}已是${administratorNames[administrator]}`
  if (offices.length > 0) return `${name}现有党内任职，不能担任三员`
  return hasSecondFactor ? '您不能任命这个账号' : '还没有绑定动态口令，请其本人登录后在“本人账号”中绑定'
}

/** Chooses an account and one of the roles that the server allows for it. */
function Appointment() {
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [account, setAccount] = useState<AccountRow>()
  const [role, setRole] = useState<AdministratorRole>()
  const [settled] = useDebouncedValue(typed.trim(), 200)
  const found = useInfiniteQuery({ ...accountsQuery({ q: settled, limit: '20' }), enabled: settled !== '' })
  const appoint = useMutation({
    mutationFn: (given: { accountId: string; role: AdministratorRole }) =>
      parseResponse(
        accountsClient[':accountId'].administrator.$put({
          param: { accountId: given.accountId },
          json: { role: given.role },
        }),
      ),
    onSuccess: () => {
      setAccount(undefined)
      setRole(undefined)
      setTyped('')
    },
    onSettled: () => queries.invalidateQueries({ queryKey: accountsKey }),
  })
  const items = settled === '' ? [] : (found.data?.pages.flatMap((it) => it.items) ?? [])
  const shown = account === undefined || items.some((it) => it.id === account.id) ? items : [account, ...items]
  const allowed = account?.can.appoint ?? []
  return (
    <Section
      title="任命"
      lead="先在“账号”中开通，由其本人登录并在“本人账号”中绑定动态口令，再在这里任命。任命后，原有登录会话结束。"
    >
      <div className={`${classes.filters} ${classes.labelled}`}>
        <Select
          label="账号"
          placeholder="姓名、学号（工号）、拼音首字母或用户名"
          searchable
          data={shown.map((it) => ({ value: it.id, label: it.userName ? `${it.name}（${it.userName}）` : it.name }))}
          value={account?.id ?? null}
          onChange={(id) => {
            setAccount(shown.find((it) => it.id === id))
            setRole(undefined)
          }}
          searchValue={typed}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          nothingFoundMessage={
            settled !== '' && <NothingFound>{found.isFetching ? '正在查找…' : '没有找到'}</NothingFound>
          }
        />
        <Select
          label="职责"
          data={allowed.map((value) => ({ value, label: administratorNames[value] }))}
          value={role ?? null}
          onChange={(value) => setRole(roles.find((it) => it === value))}
          disabled={allowed.length === 0}
          error={account !== undefined && allowed.length === 0 ? whyNot(account) : undefined}
        />
        <ConfirmButton
          question={account && role ? `任命${account.name}为${administratorNames[role]}。` : ''}
          confirmLabel="任命"
          disabled={account === undefined || role === undefined}
          isBusy={appoint.isPending}
          onConfirm={() => account && role && appoint.mutate({ accountId: account.id, role })}
          variant="filled"
        >
          任命
        </ConfirmButton>
        {(account === undefined || allowed.length > 0) && (
          <StillMissing needs={{ 账号: account !== undefined, 职责: role !== undefined }} />
        )}
      </div>
      <ProblemNote error={appoint.error} />
    </Section>
  )
}
