import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { GuestCase as Case } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useWriting } from '../../useWriting.ts'
import { AuthorLine } from './AuthorLine.tsx'
import { guestCaseQuery, guestClient, guestKey } from './api.ts'
import { CaseDialog } from './CaseDialog.tsx'
import { Comments } from './Comments.tsx'
import { PracticeView } from './PracticeView.tsx'

const client = guestClient.cases[':caseId']

/** A case as a guest reads it, and their own to be changed. */
export function GuestCase({ caseId, onBack }: { caseId: string; onBack: () => void }) {
  const { data, error, refetch } = useQuery(guestCaseQuery(caseId))
  const back = (
    <Button variant="default" onClick={onBack}>
      回到交流会
    </Button>
  )
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="案例" actions={back}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  const param = { caseId }
  return (
    <Page
      title={it.title}
      subtitle={<AuthorLine it={it} />}
      actions={
        <>
          <OwnActions it={it} etag={data.etag} />
          {back}
        </>
      }
    >
      <Section title="案例">
        <PracticeView it={it} />
      </Section>
      {it.isSubmitted && (
        <Comments
          items={it.comments}
          canSay={it.can.comment}
          say={(text) => parseResponse(client.comments.$post({ param, json: { text } }))}
          takeBack={(commentId) =>
            parseResponse(client.comments[':commentId'].$delete({ param: { ...param, commentId } }))
          }
          changes={guestKey}
        />
      )}
    </Page>
  )
}

function OwnActions({ it, etag }: { it: Case; etag: string }) {
  const [isChanging, setIsChanging] = useState(false)
  const param = { caseId: it.id }
  const disagree = useWriting(guestKey, () => parseResponse(client.consent.$delete({ param })))
  return (
    <>
      {it.can.change && <Button onClick={() => setIsChanging(true)}>修改案例</Button>}
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
      {isChanging && (
        <CaseDialog
          it={it}
          save={(text) => parseResponse(client.$put({ param, json: text }, ifMatch(etag)))}
          changes={guestKey}
          onClose={() => setIsChanging(false)}
        />
      )}
    </>
  )
}
