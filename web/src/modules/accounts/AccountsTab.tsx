import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { administratorNames } from '@zhibu/server/modules/accounts/names-schema'
import type { AccountRow, InvitationLink } from '@zhibu/server/modules/accounts/schema'
import { useState } from 'react'
import { choicesOf } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DownloadButton } from '../../ui/DownloadButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { wholeList } from '../../ui/listSearch.ts'
import { Section } from '../../ui/Section.tsx'
import { AccountActions } from './AccountActions.tsx'
import { accountsPageQuery } from './api.ts'
import { InvitationLinkNote } from './InvitationLinkNote.tsx'
import { NewAccountDialog } from './NewAccountDialog.tsx'
import type { AccountsSearch } from './searches.ts'

const route = getRouteApi('/signed-in/system/accounts')

type Invited = InvitationLink & { name: string }

/** The accounts of the university: make, invite, lock. */
export function AccountsTab() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [isMaking, setIsMaking] = useState(false)
  const [invited, setInvited] = useState<Invited>()
  const list = useQuery({ ...accountsPageQuery(asked(search)), placeholderData: keepPreviousData })
  const change = (part: AccountsSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  return (
    <>
      {invited && <InvitationLinkNote {...invited} />}
      <Section
        title="账号"
        lead="账号由管理员开通，本人用邀请链接设置密码；不设默认密码，管理员不知道他人的密码。"
        actions={
          list.data?.can.create && (
            <Button variant="default" onClick={() => setIsMaking(true)}>
              开通账号
            </Button>
          )
        }
      >
        <DataList
          id="accounts"
          label="账号名单"
          columns={columnsWith(setInvited)}
          rowKey={(it) => it.id}
          search={search}
          onSearch={change}
          searchPlaceholder="姓名、学号（工号）、拼音首字母或用户名"
          list={list}
          filters={
            <ListFilter
              label="范围"
              all="全部账号"
              choices={choicesOf(scopes)}
              value={search.only}
              onChange={(only) => change({ only, cursor: undefined })}
              width={170}
            />
          }
          actions={
            <DownloadButton url="/api/accounts/exports" body={asked(wholeList(search))}>
              导出表格
            </DownloadButton>
          }
          empty={<EmptyState title="没有符合条件的账号">可以换一个姓名，或清除筛选条件。</EmptyState>}
        />
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

const scopes = {
  administrators: '三员',
  persons: '有对应人员的',
  invited: '邀请未接受的',
  locked: '已停用的',
} as const

const columnsWith = (onInvited: (link: Invited) => void): Column<AccountRow>[] => [
  { key: 'name', header: '姓名', cell: (it) => it.name },
  { key: 'userName', header: '用户名', cell: (it) => it.userName },
  { key: 'offices', header: '职务', cell: (it) => dutiesOf(it).join('、') },
  { key: 'isLocked', header: '状态', cell: (it) => (it.isLocked ? '已停用' : '正常') },
  {
    key: 'hasPassword',
    header: '密码',
    cell: ({ hasPassword, invitedUntil }) =>
      invitedUntil ? (
        <>
          邀请未接受，
          <InstantText at={invitedUntil} /> 前有效
        </>
      ) : hasPassword ? (
        '已设置'
      ) : (
        '未设密码'
      ),
  },
  { key: 'hasSecondFactor', header: '动态口令', cell: (it) => (it.hasSecondFactor ? '已绑定' : '未绑定') },
  {
    key: 'actions',
    header: '办理',
    cell: (it) => <AccountActions it={it} onInvited={onInvited} />,
    isForActions: true,
  },
]

const dutiesOf = ({ administrator, offices }: AccountRow): string[] =>
  administrator === null ? offices : [administratorNames[administrator], ...offices]

/** The address as a question to the server. */
const asked = ({ sort: _, ...same }: AccountsSearch) => same
