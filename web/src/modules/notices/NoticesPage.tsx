import { getRouteApi, Link } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import tabs from '../../ui/TabLinks.module.css'
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
  return (
    <nav aria-label="通知的各部分" className={`${tabs.tabs} no-print`}>
      {lists.map((it) => (
        <Link
          key={it.label}
          to="/notices"
          search={{ list: it.list }}
          replace
          className={tabs.tab}
          activeOptions={{ explicitUndefined: true }}
          aria-current={it.list === list ? 'page' : undefined}
        >
          {it.label}
        </Link>
      ))}
    </nav>
  )
}

const lists: readonly { list?: NoticesPart; label: string }[] = [
  { label: '收到的' },
  { list: 'waiting', label: '待发' },
  { list: 'sent', label: '已发通知' },
  { list: 'dropped', label: '不发的' },
  { list: 'settings', label: '通知设置' },
]
