import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { TreeNode } from '@zhibu/server/modules/organization/schema'
import { useEffect, useState } from 'react'
import type { Session } from '../../session.ts'
import { useSession } from '../../session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { keepChoice, keptChoice } from '../../ui/keptChoice.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { treeQuery } from '../organization/api.ts'
import { settingsQuery } from './api.ts'
import { begunName } from './keeping.ts'
import { newDraft } from './noticeDraft.ts'
import { Writing } from './Writing.tsx'

/** 写通知: a new notice, kept as a draft or sent. */
export function WritingPage() {
  const session = useSession()
  const navigate = useNavigate()
  const name = begunName(session?.account.id)
  const [begun] = useState(() => keptChoice(name)[0])
  // Loaded anew after it was kept, it goes on as the page of that draft.
  useEffect(() => {
    if (begun === undefined) return
    keepChoice(name, [])
    void navigate({ to: '/notices/$noticeId/change', params: { noticeId: begun }, replace: true })
  }, [begun, name, navigate])
  const tree = useQuery(treeQuery())
  const settings = useQuery(settingsQuery)
  const error = tree.data && settings.data ? null : (tree.error ?? settings.error)
  return (
    <Page
      title="写通知"
      breadcrumbs={[{ label: '通知', to: '/notices' }]}
      lead="写给谁、什么事、要不要答复。写的内容随时存为草稿，能以这个组织名义发通知的同事也看得到，可以一起改好再发。"
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([tree.refetch(), settings.refetch()])} />
      ) : tree.data && settings.data && session && begun === undefined ? (
        <Writing start={newDraft(ownOrganization(session, tree.data.nodes))} settings={settings.data.value} />
      ) : (
        <PageLoading />
      )}
    </Page>
  )
}

/** The organisation in which the writer holds the first office by which they may send. */
function ownOrganization({ offices }: Session, nodes: readonly TreeNode[]): string | undefined {
  const sending = new Set(nodes.filter((it) => it.can.sendNotices && it.dissolvedOn === null).map((it) => it.id))
  return offices.map((it) => it.organizationId).find((id) => sending.has(id)) ?? [...sending][0]
}
