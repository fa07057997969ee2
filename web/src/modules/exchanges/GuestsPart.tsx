import { Alert, Badge, Button, CopyButton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { addDays, type Day, dayWritten } from '@zhibu/rules'
import { mostLinkDays } from '@zhibu/server/modules/exchanges/names-schema'
import type { GuestLink, GuestList, MeetingView } from '@zhibu/server/modules/exchanges/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FieldGrid } from '../../ui/FieldGrid.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { asDay, whenOf } from '../activities/words.ts'
import { guestsQuery, meetingClient } from './api.ts'
import classes from './Exchanges.module.css'
import { useWrite } from './useWrite.ts'

type Guest = GuestList['items'][number]
/** A link that was just made, and for whom. */
type Made = GuestLink & { name: string }

/** The guests from other institutions, for whoever runs the meeting. Each link is shown once. */
export function GuestsPart({ it }: { it: MeetingView }) {
  const { data, error, refetch } = useQuery(guestsQuery(it.id))
  const [isInviting, setIsInviting] = useState(false)
  const [renewed, setRenewed] = useState<Guest>()
  const [made, setMade] = useState<Made>()
  const revoke = useWrite((guestId: string) =>
    parseResponse(meetingClient.guests[':guestId'].link.$delete({ param: { exchangeId: it.id, guestId } })),
  )
  const rowOf = (guest: Guest) => ({
    key: guest.id,
    title: guest.name,
    mark: guest.closed && <Badge color="gray">{guest.closed === 'revoked' ? '链接已停用' : '链接已到期'}</Badge>,
    facts: [
      guest.institution,
      guest.email,
      guest.closed === null && (
        <span key="until">
          链接到 <DayText on={guest.untilOn} />
        </span>
      ),
      guest.firstOpenedAt === null ? (
        '还没有打开过'
      ) : (
        <span key="opened">
          第一次打开 <InstantText at={guest.firstOpenedAt} />
        </span>
      ),
    ],
    actions: it.can.invite && (
      <>
        <Button variant="subtle" size="compact-sm" color="gray" onClick={() => setRenewed(guest)}>
          重新生成链接
        </Button>
        {guest.closed === null && (
          <ConfirmButton
            question={`停用以后，${guest.name}不能再用这个链接进来，已经写的案例和发言保留。`}
            confirmLabel="停用链接"
            isBusy={revoke.isPending}
            onConfirm={() => revoke.mutate(guest.id)}
            isQuiet
          >
            停用链接
          </ConfirmButton>
        )}
      </>
    ),
  })
  return (
    <div className="no-print">
      <Section
        title="校外嘉宾"
        lead="每人一个链接，不用开账号。嘉宾只看得到这场交流会的安排和日程里的案例，可以写自己的案例、发言。"
        actions={it.can.invite && <Button onClick={() => setIsInviting(true)}>邀请校外嘉宾</Button>}
      >
        <div className={parts.form}>
          {made && <LinkNote it={it} made={made} />}
          {!data ? (
            error ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : (
              <PageLoading lines={2} />
            )
          ) : data.items.length === 0 ? (
            <p className={parts.note}>还没有邀请校外嘉宾。</p>
          ) : (
            <RowList label="校外嘉宾" rows={data.items.map(rowOf)} />
          )}
          <ProblemNote error={revoke.error} />
        </div>
      </Section>
      {isInviting && <InviteDialog it={it} onClose={() => setIsInviting(false)} onMade={setMade} />}
      {renewed && <RenewDialog it={it} guest={renewed} onClose={() => setRenewed(undefined)} onMade={setMade} />}
    </div>
  )
}

/** The link, to be copied and sent; it is not shown again. */
function LinkNote({ it, made }: { it: MeetingView; made: Made }) {
  const address = new URL(made.link, window.location.origin).href
  const letter = [
    `${made.name}，您好：`,
    `${it.organization.name}邀请您参加“${it.title}”，时间：${whenOf({ ...it, fromOn: it.on, untilOn: null })}${it.place === '' ? '' : `，地点：${it.place}`}。`,
    `请用下面的链接查看安排、填写案例、参加讨论，不用注册，${dayWritten(made.untilOn)}前有效。链接只供您本人使用，请不要转发。`,
    address,
  ].join('\n')
  return (
    <Alert color="blue" title={`${made.name}的邀请链接`} role="status">
      <p className={classes.line}>链接只在这里显示这一次，请现在复制，发给本人，不要发到群里。</p>
      <p className={classes.secret}>{address}</p>
      <div className={parts.buttons}>
        <Copy text={letter}>复制邀请文字</Copy>
        <Copy text={address}>复制链接</Copy>
      </div>
    </Alert>
  )
}

function Copy({ text, children }: { text: string; children: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? '已复制' : children}
        </Button>
      )}
    </CopyButton>
  )
}

/** Two weeks after the meeting, as far as a link may last. */
function usualEnd(today: Day | undefined, on: Day | undefined): Day | undefined {
  if (today === undefined) return undefined
  return [addDays(on !== undefined && on > today ? on : today, 14), addDays(today, mostLinkDays)].sort()[0]
}

interface DialogProps {
  it: MeetingView
  onClose: () => void
  onMade: (made: Made) => void
}

function InviteDialog({ it, onClose, onMade }: DialogProps) {
  const today = useToday()
  const [guest, setGuest] = useState({ name: '', institution: '', email: '' })
  const [untilOn, setUntilOn] = useState(usualEnd(today, asDay(it.on)))
  const invite = useWrite(
    (untilOn: Day) =>
      parseResponse(meetingClient.guests.$post({ param: { exchangeId: it.id }, json: { ...guest, untilOn } })),
    (made) => {
      onMade({ ...made, name: guest.name })
      onClose()
    },
  )
  const field = (key: keyof typeof guest, label: string, maxLength: number, description?: string) => (
    <TextInput
      label={label}
      {...(description !== undefined && { description })}
      value={guest[key]}
      onChange={(event) => setGuest({ ...guest, [key]: event.currentTarget.value })}
      error={problemIn(invite.error, key)}
      maxLength={maxLength}
      required={key !== 'email'}
      {...(key === 'name' && { 'data-autofocus': true })}
    />
  )
  return (
    <FormDialog
      title="邀请校外嘉宾"
      lead="邀请以后给出一个链接，由您发给本人。系统不会自己发邮件。"
      submitLabel="生成邀请链接"
      needs={{
        姓名: guest.name.trim().length >= 2,
        单位: guest.institution.trim().length >= 2,
        最后一天: untilOn !== undefined,
      }}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={() => untilOn !== undefined && invite.mutate(untilOn)}
      onClose={onClose}
    >
      <FieldGrid>
        {field('name', '姓名', 30)}
        {field('institution', '单位', 60)}
      </FieldGrid>
      {field('email', '电子邮箱（可不填）', 100, '只有举办单位负责的人看得到，备您联系用')}
      <LastDay value={untilOn} error={invite.error} onChange={setUntilOn} />
    </FormDialog>
  )
}

function RenewDialog({ it, guest, onClose, onMade }: DialogProps & { guest: Guest }) {
  const today = useToday()
  const [untilOn, setUntilOn] = useState(usualEnd(today, asDay(it.on)))
  const renew = useWrite(
    (untilOn: Day) =>
      parseResponse(
        meetingClient.guests[':guestId'].link.$post({
          param: { exchangeId: it.id, guestId: guest.id },
          json: { untilOn },
        }),
      ),
    (made) => {
      onMade({ ...made, name: guest.name })
      onClose()
    },
  )
  return (
    <FormDialog
      title={`重新生成${guest.name}的链接`}
      lead="以前的链接随即失效，用它进来的也要用新的链接重新进来。"
      submitLabel="重新生成链接"
      needs={{ 最后一天: untilOn !== undefined }}
      isBusy={renew.isPending}
      error={renew.error}
      onSubmit={() => untilOn !== undefined && renew.mutate(untilOn)}
      onClose={onClose}
    >
      <LastDay value={untilOn} error={renew.error} onChange={setUntilOn} />
    </FormDialog>
  )
}

interface LastDayProps {
  value: Day | undefined
  error: unknown
  onChange: (day: Day | undefined) => void
}

function LastDay({ value, error, onChange }: LastDayProps) {
  const today = useToday()
  return (
    <DayInput
      label="链接有效的最后一天"
      description={`最长 ${mostLinkDays} 天，随时可以停用。`}
      value={value}
      onChange={onChange}
      error={problemIn(error, 'untilOn')}
      {...(today !== undefined && { earliest: today, latest: addDays(today, mostLinkDays) })}
      required
    />
  )
}
