import { getRouteApi } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { Inbox } from './Inbox.tsx'
import { SentList } from './SentList.tsx'
import { SettingsTab } from './SettingsTab.tsx'
import type { NoticesPart } from './searches.ts'

const route = getRouteApi('/signed-in/notices')

/** 通知: what the reader got; for whoever sends, what waits, was sent, was dropped. */
export function NoticesPage() {
  const { list } = route.useSearch()
  const can = useSession()?.can ?? []
  const sends = can.includes('notice-sending')
  return (
    <Page
      title="通知"
      lead="发给我的通知、要我确认和办理的事。谁看过，只有发送人知道；没有看过的人不公布。"
      actions={
        <>
          {can.includes('my-way') && (
            <LinkButton variant="default" to="/notices/preferences">
              怎样通知我
            </LinkButton>
          )}
          {sends && <LinkButton to="/notices/new">写通知</LinkButton>}
        </>
      }
    >
      {sends && <Tabs list={list} />}
      {!sends || !list ? <Inbox /> : list === 'settings' ? <SettingsTab /> : <SentList key={list} list={list} />}
    </Page>
  )
}

function Tabs({ list }: { list: NoticesPart | undefined }) {
  return <TabLinks label="通知的各部分" to="/notices" tabs={lists} current={list} />
}

const lists: readonly Tab<NoticesPart>[] = [
  { label: '收到的' },
  { list: 'waiting', label: '待发' },
  { list: 'sent', label: '已发通知' },
  { list: 'dropped', label: '不发的' },
  { list: 'settings', label: '通知设置' },
]
