import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { callStateNames, entryStateNames } from '@zhibu/server/modules/calls/names-schema'
import type { CallView } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { DraftLacks } from '../notices/DraftLacks.tsx'
import { callQuery, callsClient, callsKey } from './api.ts'
import classes from './Calls.module.css'
import { ClosingText } from './ClosingText.tsx'
import { CallCorrections } from './Corrections.tsx'
import { CriteriaShown } from './CriteriaShown.tsx'
import { JoinTeam } from './JoinTeam.tsx'
import { useWrite } from './useWrite.ts'
import { VotePart } from './VotePart.tsx'

const route = getRouteApi('/signed-in/calls/$callId')
const breadcrumbs = [{ label: '征集', to: '/calls' }]

/** One call: what is called for until when, the own entries, the vote, and what its officers do with it. */
export function CallPage() {
  const { callId } = route.useParams()
  const { data, error, refetch } = useQuery(callQuery(callId))
  const it = data?.value
  if (!data || !it)
    return (
      <Page title="征集" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={
        <>
          {it.organization.name} <Badge color={it.state === 'open' ? 'blue' : 'gray'}>{callStateNames[it.state]}</Badge>
        </>
      }
      actions={<Actions it={it} etag={data.etag} />}
    >
      {it.cancelReason !== null && <Alert color="gray">这次征集已经取消：{it.cancelReason}</Alert>}
      {it.closeReason !== null && it.cancelReason === null && (
        <Alert color="gray">这次征集提前截止：{it.closeReason}</Alert>
      )}
      {it.isOwnConcern && <Alert color="yellow">您有作品参加这次征集，作品和评审由其他负责同志处理，您看不到。</Alert>}
      {it.draft && (
        <DraftLacks of={it.state === 'decided' ? 'callResults' : 'call'} draft={it.draft} changes={callsKey} />
      )}
      <Section title="征集什么">
        <p className={classes.text}>{it.body}</p>
      </Section>
      <Entering it={it} />
      <CriteriaShown criteria={it.criteria} />
      {it.corrections.length > 0 && <CallCorrections items={it.corrections} />}
      {it.state === 'decided' && <VotePart it={it} />}
    </Page>
  )
}

function Actions({ it, etag }: { it: CallView; etag: string }) {
  const navigate = route.useNavigate()
  const [isCancelling, setIsCancelling] = useState(false)
  const [isClosing, setIsClosing] = useState(false)
  const param = { callId: it.id }
  const announce = useWrite(() => parseResponse(callsClient[':callId'].announcement.$post({ param }, ifMatch(etag))))
  const notify = useWrite(
    () => parseResponse(callsClient[':callId'].notice.$post({ param })),
    ({ id }) => void navigate({ to: '/notices/$noticeId/change', params: { noticeId: id } }),
  )
  return (
    <>
      {it.can.change && (
        <LinkButton variant="default" to="/calls/$callId/edit" params={param}>
          修改征集
        </LinkButton>
      )}
      {it.can.cancel && (
        <Button variant="default" onClick={() => setIsCancelling(true)}>
          取消征集
        </Button>
      )}
      {it.can.close && (
        <Button variant="default" onClick={() => setIsClosing(true)}>
          提前截止
        </Button>
      )}
      {it.can.notify && (
        <Button variant="default" loading={notify.isPending} onClick={() => notify.mutate()}>
          {it.draft ? '继续写通知' : '起草通知'}
        </Button>
      )}
      {it.can.judge && it.announcedAt !== null && (
        <LinkButton variant="default" to="/calls/$callId/entries" params={param}>
          作品和评审
        </LinkButton>
      )}
      {it.can.announce && (
        <ConfirmButton
          variant="filled"
          question="发布以后，本组织的人都能看到并参加；作品的栏目、类别和是否盲评不能再改。"
          confirmLabel="发布征集"
          isBusy={announce.isPending}
          onConfirm={() => announce.mutate()}
        >
          发布征集
        </ConfirmButton>
      )}
      {it.state === 'decided' && (
        <LinkButton to="/calls" search={{ list: 'shelf', call: it.id }}>
          看入选作品
        </LinkButton>
      )}
      <ProblemNote error={announce.error ?? notify.error} />
      {isClosing && (
        <ReasonDialog
          title="提前截止"
          lead="从现在起不再收作品，还没有提交的草稿不能再提交。原因写在征集的页面上。"
          label="提前截止的原因"
          submitLabel="提前截止"
          write={(reason) => parseResponse(callsClient[':callId'].closing.$post({ param, json: { reason } }))}
          changes={callsKey}
          onClose={() => setIsClosing(false)}
        />
      )}
      {isCancelling && (
        <ReasonDialog
          title="取消征集"
          lead="不再收作品，也不公布结果。已经提交的作品不会公开。"
          label="取消的原因"
          submitLabel="取消征集"
          write={(reason) => parseResponse(callsClient[':callId'].cancellation.$post({ param, json: { reason } }))}
          changes={callsKey}
          onClose={() => setIsCancelling(false)}
        />
      )}
    </>
  )
}

/** The kinds with their days, and the own entries. */
function Entering({ it }: { it: CallView }) {
  const navigate = route.useNavigate()
  const today = useToday()
  const begin = useWrite(
    (kindKey: string) =>
      parseResponse(callsClient[':callId'].entries.$post({ param: { callId: it.id }, json: { kindKey } })),
    ({ id }) => void navigate({ to: '/calls/entries/$entryId', params: { entryId: id } }),
  )
  const nameOf = (key: string) => it.kinds.find((kind) => kind.key === key)?.name ?? ''
  return (
    <>
      <Section title="类别和截止日期">
        <RowList
          label="类别"
          rows={it.kinds.map((kind) => ({
            key: kind.key,
            title: kind.name,
            facts: [
              <ClosingText
                key="until"
                untilOn={kind.untilOn}
                closedOn={it.closedOn}
                isRelative={it.state === 'open'}
              />,
            ],
            actions: it.can.enter && today !== undefined && kind.untilOn >= today && (
              <Button loading={begin.isPending} onClick={() => begin.mutate(kind.key)}>
                参加{kind.name}
              </Button>
            ),
          }))}
        />
        <ProblemNote error={begin.error} />
        <p className={parts.note}>
          每类每人最多 {it.entriesMost} 件，每件最多 {it.teamMost} 人。
          {it.isBlind && '评审看不到作者和单位，请不要在作品里写姓名、学号和单位。'}
        </p>
      </Section>
      {(it.ownEntries.length > 0 || (it.can.enter && it.teamMost > 1)) && (
        <Section title="我的作品">
          {it.ownEntries.length > 0 && (
            <RowList
              label="我的作品"
              rows={it.ownEntries.map((entry) => ({
                key: entry.id,
                title: (
                  <Link to="/calls/entries/$entryId" params={{ entryId: entry.id }} className={classes.link}>
                    {entry.title === '' ? '（还没有题目）' : entry.title}
                  </Link>
                ),
                mark: <Badge color={entry.state === 'draft' ? 'gray' : 'blue'}>{entryStateNames[entry.state]}</Badge>,
                facts: [nameOf(entry.kindKey)],
              }))}
            />
          )}
          {it.can.enter && it.teamMost > 1 && <JoinTeam />}
        </Section>
      )}
    </>
  )
}
