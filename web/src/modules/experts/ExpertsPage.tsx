import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { OwnPart } from '@zhibu/server/modules/experts/schema'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { invitationListQuery, ownQuery } from './api.ts'
import { NewExpertDialog } from './ExpertDialog.tsx'
import { ExpertList } from './ExpertList.tsx'
import { ListDialog } from './ListDialog.tsx'
import { expertRow, invitationRow } from './rows.tsx'
import type { ExpertsSearch } from './searches.ts'
import { above } from './words.ts'

const route = getRouteApi('/signed-in/training/experts')

/** 专家: the base of experts and the invitations for those who run trainings; for an expert what is asked of them. */
export function ExpertsPage() {
  const { list } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(ownQuery)
  const [asked, setAsked] = useState<'new' | 'list'>()
  const close = () => setAsked(undefined)
  const runs = data !== undefined && data.organizations.length > 0
  return (
    <Page
      title="专家"
      breadcrumbs={above}
      lead="能请来讲课的人：讲什么、在哪里讲过、怎样联系。请谁由您定；讲课不付酬，不打分、不排名。"
      actions={
        runs && (
          <>
            <Button variant="default" onClick={() => setAsked('list')}>
              从名单登记
            </Button>
            <Button onClick={() => setAsked('new')}>登记专家</Button>
          </>
        )
      }
    >
      {data ? (
        <Parts list={list} own={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
      {asked === 'list' && data && <ListDialog organizations={data.organizations} onClose={close} />}
      {asked === 'new' && data && (
        <NewExpertDialog
          organizations={data.organizations}
          onClose={close}
          onDone={(expertId) => void navigate({ to: '/training/experts/$expertId', params: { expertId } })}
        />
      )}
    </Page>
  )
}

function Parts({ list, own }: { list: ExpertsSearch['list']; own: OwnPart }) {
  const runs = own.organizations.length > 0
  const isExpert = own.entries.length > 0 || own.invitations.length > 0
  if (!runs && !isExpert)
    return (
      <EmptyState title="专家库只有负责培训的人能看">
        党校、组织员和支部书记在这里找能讲课的人。您被登记为专家以后，自己的登记和收到的邀请列在这里。
      </EmptyState>
    )
  if (!runs) return <OwnEntries own={own} />
  const tabs: Tab<NonNullable<ExpertsSearch['list']>>[] = [
    { label: '专家库' },
    { list: 'invitations', label: '邀请' },
    ...(isExpert ? [{ list: 'own' as const, label: '请我讲课的' }] : []),
  ]
  return (
    <>
      <TabLinks label="专家的各部分" to="/training/experts" tabs={tabs} current={list} />
      {list === 'invitations' ? <Invitations /> : list === 'own' ? <OwnEntries own={own} /> : <ExpertList />}
    </>
  )
}

function Invitations() {
  const { data, error, refetch } = useQuery(invitationListQuery)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <Section title="邀请" lead="您负责的组织发出的邀请，最近的在前。">
      {data.items.length === 0 ? (
        <EmptyState title="还没有邀请">在“专家库”里打开一位专家，点“邀请讲课”。</EmptyState>
      ) : (
        <RowList label="邀请" rows={data.items.map((it) => invitationRow(it))} />
      )}
      {data.isCut && <p className={parts.note}>只列出最近的 200 份。</p>}
    </Section>
  )
}

function OwnEntries({ own }: { own: OwnPart }) {
  return (
    <>
      <Section title="收到的邀请" lead="能讲的，打开邀请约定时间；不能讲的，写一句话。讲课不付酬。">
        {own.invitations.length === 0 ? (
          <EmptyState title="还没有收到邀请" />
        ) : (
          <RowList label="收到的邀请" rows={own.invitations.map((it) => invitationRow(it, 'organization'))} />
        )}
      </Section>
      {own.entries.length > 0 && (
        <Section title="我在专家库的登记" lead="打开可以看别人看到什么，同意或不同意公开，也可以退出。">
          <RowList label="我在专家库的登记" rows={own.entries.map(expertRow)} />
        </Section>
      )}
    </>
  )
}
