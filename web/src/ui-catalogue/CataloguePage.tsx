import { useState } from 'react'
import type { Viewer } from '../session.ts'
import { navigation } from '../shell/navigation.ts'
import { Shell } from '../shell/Shell.tsx'
import { Page } from '../ui/Page.tsx'
import { DaySamples } from './DaySamples.tsx'
import { DocumentSamples } from './DocumentSamples.tsx'
import { ListSamples } from './ListSamples.tsx'
import { PartSamples } from './PartSamples.tsx'
import { RichTextSamples } from './RichTextSamples.tsx'
import { StateSamples } from './StateSamples.tsx'
import { TimelineSamples } from './TimelineSamples.tsx'
import { TreeSamples } from './TreeSamples.tsx'

const session: Viewer = {
  name: '周明远',
  administrator: null,
  offices: [
    {
      office: 'organiser',
      organizationId: '1',
      organizationName: '信息工程学院党委',
      title: '信息工程学院党委 组织员',
    },
    {
      office: 'orgMember',
      organizationId: '2',
      organizationName: '信息工程学院研究生第一党支部',
      title: '信息工程学院研究生第一党支部 组织委员',
    },
  ],
  // No server stands behind this page that could tell what is unread.
  can: navigation.map((it) => it.can).filter((it) => it !== 'notices' && it !== 'discussion'),
  universityName: '青禾大学',
  today: '2026-05-11',
  isDemo: true,
}

const people = [
  { kind: '人员', label: '沈知微', note: '研究生第一党支部 · 2023110204', to: '/people/1' },
  { kind: '人员', label: '沈知行', note: '本科生第二党支部 · 2022110731', to: '/people/2' },
]

/** Every part of `ui` in all its states, inside the shell. */
export function CataloguePage() {
  const [signedOut, setSignedOut] = useState(false)
  return (
    <Shell
      session={session}
      search={async (query) => people.filter((it) => it.label.includes(query))}
      onSignOut={() => setSignedOut(true)}
    >
      <Page
        title="界面样例"
        breadcrumbs={[{ label: '工作台', to: '/' }]}
        lead={signedOut ? '已点击退出登录。' : '每个部件的各种状态，仅在开发时可见。'}
      >
        <ListSamples />
        <TimelineSamples />
        <DaySamples />
        <PartSamples />
        <TreeSamples />
        <StateSamples />
        <DocumentSamples />
        <RichTextSamples />
      </Page>
    </Shell>
  )
}
