import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CaseView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { AuthorLine } from './AuthorLine.tsx'
import { caseClient, caseQuery, exchangesKey } from './api.ts'
import { MakeCardDialog } from './CardDialog.tsx'
import { CaseDialog } from './CaseDialog.tsx'
import { Comments } from './Comments.tsx'
import { PracticeView } from './PracticeView.tsx'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/exchanges/$exchangeId/cases/$caseId')
const above = [
  { label: '培训', to: '/training' },
  { label: '经验交流', to: '/training/exchanges' },
]

/** One case with what is said of it. */
export function CasePage() {
  const params = route.useParams()
  const { data, error, refetch } = useQuery(caseQuery(params.exchangeId, params.caseId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="案例" breadcrumbs={above}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={[...above, { label: it.meeting.title, to: `/training/exchanges/${it.meeting.id}` }]}
      subtitle={<AuthorLine it={it} />}
      actions={<Actions it={it} etag={data.etag} />}
    >
      <Section title="案例">
        <PracticeView it={it} />
      </Section>
      {it.isSubmitted && <Discussion it={it} />}
    </Page>
  )
}

function Actions({ it, etag }: { it: CaseView; etag: string }) {
  const [asked, setAsked] = useState<'change' | 'card'>()
  const param = { exchangeId: it.meeting.id, caseId: it.id }
  const disagree = useWrite(() => parseResponse(caseClient.consent.$delete({ param })))
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.makeCard && <Button onClick={() => setAsked('card')}>整理成做法卡片</Button>}
      {it.cardId !== null && (
        <LinkButton variant="default" to="/training/exchanges/cards/$cardId" params={{ cardId: it.cardId }}>
          看做法卡片
        </LinkButton>
      )}
      {it.can.change && (
        <Button variant="default" onClick={() => setAsked('change')}>
          修改案例
        </Button>
      )}
      {it.can.disagree && !it.can.change && (
        <ConfirmButton
          question="收回以后，案例不能再整理成做法卡片；已经整理的卡片随即撤下。"
          confirmLabel="收回同意"
          isBusy={disagree.isPending}
          onConfirm={() => disagree.mutate()}
        >
          收回同意
        </ConfirmButton>
      )}
      <ProblemNote error={disagree.error} />
      {asked === 'change' && (
        <CaseDialog
          it={it}
          save={(json) => parseResponse(caseClient.$put({ param, json }, ifMatch(etag)))}
          changes={exchangesKey}
          onClose={close}
        />
      )}
      {asked === 'card' && <MakeCardDialog it={it} onClose={close} />}
    </>
  )
}

function Discussion({ it }: { it: CaseView }) {
  const [removed, setRemoved] = useState<string>()
  const param = { exchangeId: it.meeting.id, caseId: it.id }
  const comments = caseClient.comments
  return (
    <>
      <Comments
        items={it.comments}
        canSay={it.can.comment}
        say={(text) => parseResponse(comments.$post({ param, json: { text } }))}
        takeBack={(commentId) => parseResponse(comments[':commentId'].$delete({ param: { ...param, commentId } }))}
        {...(it.can.removeComments && {
          removal: ({ id }: { id: string }) => (
            <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setRemoved(id)}>
              撤下发言
            </Button>
          ),
        })}
        changes={exchangesKey}
      />
      {removed !== undefined && (
        <ReasonDialog
          title="撤下发言"
          lead="原来的话不再显示，换成您写的原因，大家都看得到。"
          label="撤下原因"
          submitLabel="撤下发言"
          write={(reason) =>
            parseResponse(
              comments[':commentId'].removal.$post({ param: { ...param, commentId: removed }, json: { reason } }),
            )
          }
          changes={exchangesKey}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  )
}
