import { Alert, Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { NoticeSettings, NoticeView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useEffect, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { ChangedMeanwhile, isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { keepChoice } from '../../ui/keptChoice.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import { OrganizationPicker } from '../organization/OrganizationPicker.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { noticeQuery, noticesClient, noticesKey } from './api.ts'
import { keepTyped, typedBefore } from './kept.ts'
import classes from './Notices.module.css'
import {
  audienceIn,
  changeIn,
  differencesOf,
  hurryOf,
  isForSomebody,
  type NoticeDraft,
  needsOf,
  noticeIn,
} from './noticeDraft.ts'
import { Recipients } from './Recipients.tsx'
import { aboutToSend, SendDialog } from './SendDialog.tsx'
import { TextFields } from './TextFields.tsx'

interface Props {
  /** What is written to begin with: nothing, or what is stored. */
  start: NoticeDraft
  /** The stored draft and its tag; absent while it is new. */
  stored?: { view: NoticeView; etag: string }
  settings: NoticeSettings
}

/** The form of a notice: text, for whom, who that is; kept as a draft and sent. What was typed outlives a refusal and a reload. */
export function Writing({ start, stored, settings }: Props) {
  const keptName = `${useSession()?.account.id} ${stored?.view.id ?? 'new'}`
  const today = useToday()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [base, setBase] = useState(stored)
  const [saved, setSaved] = useState(start)
  const [restored, setRestored] = useState(() => typedBefore(keptName))
  const [draft, setDraft] = useState(restored?.draft ?? start)
  const [isSending, setIsSending] = useState(false)
  const isTouched = JSON.stringify(draft) !== JSON.stringify(saved)
  const etag = base?.etag
  useUnsaved(isTouched)
  useEffect(() => keepTyped(keptName, isTouched ? { draft, etag } : undefined), [keptName, isTouched, draft, etag])
  // A form in which nothing was typed shows what others have saved meanwhile; one with something typed keeps the tag it was read with.
  if (stored && !isTouched && stored.etag !== etag) {
    setBase(stored)
    setSaved(start)
    setDraft(start)
  }
  const change = (part: Partial<NoticeDraft>) => setDraft((before) => ({ ...before, ...part }))
  const save = useMutation({
    mutationFn: async (_then: 'stay' | 'send') => {
      const { organizationId } = draft
      if (organizationId === undefined) throw new Error('the button is grey until it is chosen')
      if (base === undefined)
        return (await parseResponse(noticesClient.index.$post({ json: noticeIn(draft, organizationId) }))).id
      const noticeId = base.view.id
      if (isTouched)
        await parseResponse(
          noticesClient[':noticeId'].$put({ param: { noticeId }, json: changeIn(draft) }, ifMatch(base.etag)),
        )
      return noticeId
    },
    onSuccess: async (noticeId, then) => {
      setSaved(draft)
      setRestored(undefined)
      await queries.invalidateQueries({ queryKey: noticesKey })
      if (base === undefined) {
        keepTyped(keptName, undefined)
        if (then === 'send') keepChoice(aboutToSend, [noticeId])
        await navigate({ to: '/notices/$noticeId/change', params: { noticeId }, replace: true })
        return
      }
      setBase(readNow(noticeId) ?? base)
      if (then === 'send') setIsSending(true)
    },
    // A newer draft is read and compared with the one that was opened; saved once more, it is this one that is replaced.
    onError: async (error) => {
      if (!base || !isChanged(error)) return
      await queries.invalidateQueries({ queryKey: noticesKey })
      const now = readNow(base.view.id)
      if (now) setBase({ view: base.view, etag: now.etag })
    },
  })
  const readNow = (noticeId: string) => {
    const now = queries.getQueryData(noticeQuery(noticeId).queryKey)
    return now && { view: now.value, etag: now.etag }
  }
  const audience = audienceIn(draft)
  const hurry = today && hurryOf(draft, today, settings)
  const needsToKeep = { 发通知的组织: draft.organizationId !== undefined, ...needsOf(draft) }
  const needsToSend = {
    ...needsToKeep,
    发送对象: isForSomebody(audience),
    ...(hurry && { 提前不足的原因: draft.hurriedReason.trim().length >= 2 }),
  }
  const isStale = isChanged(save.error)
  return (
    <>
      {restored && (
        <Alert color="blue" title="上次没有保存的内容还在" role="status">
          已经放回下面的表格。
          {stored && restored.etag !== stored.etag && '这份草稿在此期间有人改过；再次保存后以您填写的为准，请先核对。'}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              setDraft(saved)
              setRestored(undefined)
            }}
          >
            不要了，恢复为已保存的
          </Button>
        </Alert>
      )}
      <ChangedMeanwhile error={save.error} changes={base && stored ? differencesOf(base.view, stored.view) : []} />
      <Section title="内容">
        <div className={classes.form}>
          <OrganizationPicker
            label="发通知的组织"
            value={draft.organizationId}
            onChange={(organizationId) => organizationId && change({ organizationId })}
            among={(it) => it.can.sendNotices && it.dissolvedOn === null && (!stored || it.id === draft.organizationId)}
            required
          />
          <TextFields draft={draft} onChange={change} error={save.error} />
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
                error={problemIn(save.error, 'hurriedReason')}
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
      <ProblemNote error={isStale ? null : save.error} isKept />
      <div className={classes.buttons}>
        <Button
          disabled={missingOf(needsToSend).length > 0}
          loading={save.isPending && save.variables === 'send'}
          onClick={() => save.mutate('send')}
        >
          核对并发送
        </Button>
        <Button
          variant="default"
          disabled={missingOf(needsToKeep).length > 0 || (stored !== undefined && !isTouched)}
          loading={save.isPending && save.variables === 'stay'}
          onClick={() => save.mutate('stay')}
        >
          {stored !== undefined && !isTouched ? '草稿已保存' : '保存草稿'}
        </Button>
        <StillMissing needs={needsToSend} />
      </div>
      {base && (
        <SendDialog
          isOpen={isSending}
          onOpen={() => setIsSending(true)}
          onClose={() => setIsSending(false)}
          it={base.view}
          etag={base.etag}
        />
      )}
    </>
  )
}
