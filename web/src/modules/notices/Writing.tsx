import { Alert, Button, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { NoticeSettings } from '@zhibu/server/modules/notices/schema'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { writeClock } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useToday } from '../../ui/today.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { type KeptNotice, useKeeping } from './keeping.ts'
import classes from './Notices.module.css'
import { audienceIn, differencesOf, hurryOf, isForSomebody, type NoticeDraft, needsOf } from './noticeDraft.ts'
import { Recipients } from './Recipients.tsx'
import { SendDialog } from './SendDialog.tsx'
import { TextFields } from './TextFields.tsx'

interface Props {
  /** What is written to begin with: nothing, or what is stored. */
  start: NoticeDraft
  /** The stored draft and its tag; absent while it is new. */
  stored?: KeptNotice
  settings: NoticeSettings
}

/** The form of a notice: text, for whom, who that is; kept as a draft while it is written, and sent. */
export function Writing({ start, stored, settings }: Props) {
  const today = useToday()
  const navigate = useNavigate()
  const kept = useKeeping(start, stored)
  const { draft, base, change, error } = kept
  const [toSend, setToSend] = useState<KeptNotice>()
  const audience = audienceIn(draft)
  const hurry = today && hurryOf(draft, today, settings)
  const needsToKeep = { 发通知的组织: draft.organizationId !== undefined, ...needsOf(draft) }
  const needsToSend = {
    ...needsToKeep,
    发送对象: isForSomebody(audience),
    ...(hurry && { 提前不足的原因: draft.hurriedReason.trim().length >= 2 }),
  }
  const isKept = base !== undefined && !kept.isTouched
  const keepByHand = () =>
    kept.keep(({ id }) => {
      if (stored === undefined)
        void navigate({ to: '/notices/$noticeId/change', params: { noticeId: id }, replace: true })
    })
  return (
    <>
      {kept.restored && (
        <Alert color="blue" title="上次没有保存的内容还在" role="status">
          已经放回下面的表格。
          {stored &&
            kept.restored.etag !== stored.etag &&
            '这份草稿在此期间有人改过；再次保存后以您填写的为准，请先核对。'}
          <Button variant="subtle" size="compact-sm" onClick={kept.forget}>
            不要了，恢复为已保存的
          </Button>
        </Alert>
      )}
      <ChangedMeanwhile
        error={error}
        changes={base && kept.theirs ? differencesOf(base.notice, kept.theirs.notice) : []}
      />
      <Section title="内容">
        <div className={classes.form}>
          <OrganizationPicker
            label="发通知的组织"
            value={draft.organizationId}
            onChange={(organizationId) => organizationId && change({ organizationId })}
            among={(it) => it.can.sendNotices && it.dissolvedOn === null}
            required
          />
          <TextFields draft={draft} onChange={change} error={error} />
          {hurry && (
            <>
              <Alert color="yellow" title={hurry.days === 0 ? '活动就在今天' : `离活动只有 ${hurry.days} 天`}>
                一般应提前 {settings.usualLeadDays} 天通知，至少 {settings.leastLeadDays} 天。
                {hurry.isBelowLeast && '现在已经少于最少的天数。'}确需现在通知的，请写明原因。
              </Alert>
              <Textarea
                label="提前不足的原因"
                value={draft.hurriedReason}
                onChange={(event) => change({ hurriedReason: event.currentTarget.value })}
                error={problemIn(error, 'hurriedReason')}
                maxLength={500}
                autosize
                minRows={2}
                required
              />
            </>
          )}
        </div>
      </Section>
      <Section title="发送对象" lead="几组条件之间，符合任何一组就发；同一组里的组织、职务、阶段要同时符合。">
        <AudienceFields draft={draft} onChange={change} />
      </Section>
      <Recipients organizationId={draft.organizationId} audience={audience} />
      <ProblemNote error={isChanged(error) || kept.isPassing ? null : error} isKept />
      <div className={classes.buttons}>
        <Button
          disabled={missingOf(needsToSend).length > 0}
          loading={kept.isPendingByHand}
          onClick={() => kept.keep(setToSend)}
        >
          核对并发送
        </Button>
        <Button
          variant="default"
          disabled={missingOf(needsToKeep).length > 0 || isKept}
          loading={kept.isPendingByHand}
          onClick={keepByHand}
        >
          {isKept ? '草稿已保存' : '保存草稿'}
        </Button>
        <StillMissing needs={needsToSend} />
        <KeepingNote {...kept} />
      </div>
      {toSend && <SendDialog it={toSend} onClose={() => setToSend(undefined)} />}
    </>
  )
}

/** How far what was written is kept, in quiet words. */
function KeepingNote({
  isPassing,
  isPending,
  lastKept,
}: Pick<ReturnType<typeof useKeeping>, 'isPassing' | 'isPending' | 'lastKept'>) {
  if (isPending) return <span className={parts.note}>正在保存…</span>
  if (isPassing) return <span className={parts.note}>暂时没有保存上，内容还在本页，稍后会再试。</span>
  if (lastKept === undefined) return null
  return (
    <span className={parts.note}>
      {lastKept.by === 'hand' ? '已保存' : '已自动保存'} {writeClock(lastKept.at)}
    </span>
  )
}
