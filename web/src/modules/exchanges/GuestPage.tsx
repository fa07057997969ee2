import { Alert, Badge, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { dayWritten } from '@zhibu/rules'
import type { CaseRow, GuestView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { Standalone } from '../../shell/Standalone.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { whenOf } from '../activities/words.ts'
import { guestClient, guestKey, guestQuery } from './api.ts'
import { CaseDialog } from './CaseDialog.tsx'
import { markOf } from './CasesPart.tsx'
import { GuestCase } from './GuestCase.tsx'
import { meetingStateNames, stateColours } from './words.ts'

/** The page behind the link of an invitation, for a guest without an account: one meeting, and nothing else. */
export function GuestPage() {
  const queries = useQueryClient()
  const [secret] = useState(() => window.location.hash.slice(1))
  const enter = useMutation({
    mutationFn: () => parseResponse(guestClient.session.$post({ json: { secret } })),
    // From here on the cookie says who has come; the secret leaves the address and the history.
    onSuccess: () => {
      window.history.replaceState(window.history.state, '', window.location.pathname)
      return queries.resetQueries({ queryKey: guestKey })
    },
  })
  const { mutate } = enter
  useEffect(() => {
    if (secret !== '') mutate()
  }, [secret, mutate])
  const isIn = secret === '' || enter.isSuccess
  const { data, error } = useQuery({ ...guestQuery, enabled: isIn })
  const problem = enter.error ?? error
  return (
    <Standalone>
      {problem ? (
        <Page title="经验交流会">
          <ErrorState error={problem} />
        </Page>
      ) : data === undefined ? (
        <Page title="经验交流会">
          <PageLoading lines={4} />
        </Page>
      ) : (
        <Meeting it={data} />
      )}
    </Standalone>
  )
}

function Meeting({ it }: { it: GuestView }) {
  const { meeting } = it
  const [caseId, setCaseId] = useState<string>()
  const leave = useMutation({
    mutationFn: () => parseResponse(guestClient.session.$delete()),
    onSuccess: () => window.location.reload(),
  })
  if (caseId !== undefined) return <GuestCase caseId={caseId} onBack={() => setCaseId(undefined)} />
  return (
    <Page
      title={meeting.title}
      subtitle={
        <>
          {meeting.organization}举办{' '}
          <Badge color={stateColours[meeting.state]}>{meetingStateNames[meeting.state]}</Badge>
        </>
      }
      lead={`${it.guest.name}（${it.guest.institution}），您好。您的链接到${dayWritten(it.guest.untilOn)}为止，请不要转发。`}
      actions={
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          离开
        </Button>
      }
    >
      <ProblemNote error={leave.error} />
      {meeting.state === 'cancelled' ? (
        <Alert color="red" title="这场交流会已取消">
          {meeting.cancelReason}
        </Alert>
      ) : (
        <>
          <Facts meeting={meeting} />
          {meeting.conclusion !== '' && (
            <Section title="小结">
              <p className={parts.text}>{meeting.conclusion}</p>
            </Section>
          )}
          <Cases it={it} onOpen={setCaseId} />
        </>
      )}
    </Page>
  )
}

function Facts({ meeting }: Pick<GuestView, 'meeting'>) {
  return (
    <Section title="安排">
      <DescriptionList
        items={[
          { label: '时间', value: whenOf({ ...meeting, fromOn: meeting.on, untilOn: null }) },
          { label: '地点', value: meeting.place || '见线上会议' },
          ...(meeting.link === ''
            ? []
            : [
                {
                  label: '线上会议',
                  value: (
                    <a href={meeting.link} target="_blank" rel="noreferrer">
                      打开会议链接
                    </a>
                  ),
                },
              ]),
          { label: '交流什么', value: <span className={parts.text}>{meeting.theme}</span> },
        ]}
      />
    </Section>
  )
}

function Cases({ it, onOpen }: { it: GuestView; onOpen: (caseId: string) => void }) {
  const [isWriting, setIsWriting] = useState(false)
  const own = it.cases.filter((one) => one.isOwn && one.place === null)
  const programme = it.cases.filter((one) => one.place !== null)
  const rowOf = (one: CaseRow) => ({
    key: one.id,
    title: one.title,
    mark: markOf(one),
    facts: [`${one.authorName}，${one.institution}`],
    actions: (
      <Button variant="default" aria-label={`打开：${one.title}`} onClick={() => onOpen(one.id)}>
        打开
      </Button>
    ),
  })
  return (
    <>
      <Section
        title="您的案例"
        lead="写自己真做过的事，会前会后都可以写。"
        actions={it.can.write && <Button onClick={() => setIsWriting(true)}>写案例</Button>}
      >
        <div className={parts.form}>
          {own.length > 0 ? (
            <RowList label="您的案例" rows={own.map(rowOf)} />
          ) : (
            <p className={parts.note}>
              {it.cases.some((one) => one.isOwn) ? '您的案例已经排进日程，在下面。' : '还没有写案例。'}
            </p>
          )}
        </div>
      </Section>
      <Section title="日程">
        {programme.length > 0 ? (
          <RowList label="日程" rows={programme.map(rowOf)} />
        ) : (
          <EmptyState title="日程还没有排好">举办单位排好以后，列在这里。</EmptyState>
        )}
      </Section>
      {isWriting && (
        <CaseDialog
          save={(json) => parseResponse(guestClient.cases.$post({ json }))}
          changes={guestKey}
          onClose={() => setIsWriting(false)}
        />
      )}
    </>
  )
}
