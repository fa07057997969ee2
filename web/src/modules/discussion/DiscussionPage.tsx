import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { type Tab, TabLinks } from '../../ui/TabLinks.tsx'
import { countsQuery, placesQuery, settingsQuery } from './api.ts'
import { Calls } from './Calls.tsx'
import { Concerning } from './Concerning.tsx'
import { Moderation } from './Moderation.tsx'
import { Openings } from './Openings.tsx'
import { Outcomes } from './Outcomes.tsx'
import { OwnProtected } from './OwnProtected.tsx'
import { SettingsTab } from './SettingsTab.tsx'
import type { DiscussionPart } from './searches.ts'
import { ToAnswer } from './ToAnswer.tsx'
import { TopicList } from './TopicList.tsx'

const route = getRouteApi('/signed-in/discussion')

/** 交流: the topics, and beside them calls, outcomes, what is protected, and what officers have to do. */
export function DiscussionPage() {
  const { list } = route.useSearch()
  return (
    <Page
      title="交流"
      lead="讨论、提问、提建议，看办理结果。看过什么只有自己知道，不统计谁发言多少。"
      actions={
        <>
          <LinkButton variant="default" to="/discussion/new" search={{ kind: 'suggestion' }}>
            提建议
          </LinkButton>
          <LinkButton to="/discussion/new">发起话题</LinkButton>
        </>
      }
    >
      <Tabs list={list} />
      <Part list={list} />
    </Page>
  )
}

function Part({ list }: { list: DiscussionPart | undefined }) {
  switch (list) {
    case 'concerning':
      return <Concerning />
    case 'calls':
      return <Calls />
    case 'outcomes':
      return <Outcomes />
    case 'protected':
      return <OwnProtected />
    case 'answers':
      return <ToAnswer />
    case 'moderation':
      return <Moderation />
    case 'openings':
      return <Openings />
    case 'settings':
      return <SettingsTab />
    default:
      return <TopicList />
  }
}

function Tabs({ list }: { list: DiscussionPart | undefined }) {
  const places = useQuery(placesQuery).data?.items ?? []
  const counts = useQuery(countsQuery).data
  const settings = useQuery(settingsQuery).data?.value
  const moderates = places.some((it) => it.can.moderate)
  const shown: Tab<DiscussionPart>[] = [
    { label: '话题' },
    { list: 'concerning', label: '与我有关', count: counts?.concerning },
    { list: 'calls', label: '征集意见建议' },
    { list: 'outcomes', label: '结果公示' },
    { list: 'protected', label: '隐去身份提交的' },
    ...(moderates
      ? ([
          { list: 'answers', label: '要答复的建议', count: counts?.toAnswer },
          { list: 'moderation', label: '举报和隐藏', count: counts?.toDecide },
        ] as const)
      : []),
    ...(settings?.can.open || list === 'openings' ? ([{ list: 'openings', label: '查看身份的申请' }] as const) : []),
    ...(settings?.can.change || list === 'settings' ? ([{ list: 'settings', label: '交流设置' }] as const) : []),
  ]
  return <TabLinks label="交流的各部分" to="/discussion" tabs={shown} current={list} />
}
