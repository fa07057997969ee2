import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewNotice, NoticeView } from '@zhibu/server/modules/notices/schema'
import { useEffect, useRef, useState } from 'react'
import { ifMatch, withEtag } from '../../api.ts'
import { asProblem } from '../../problem.ts'
import { useSession } from '../../session.ts'
import { isChanged } from '../../ui/ChangedMeanwhile.tsx'
import { keepChoice } from '../../ui/keptChoice.ts'
import { missingOf } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { noticeQuery, noticesClient, noticesKey } from './api.ts'
import { keepTyped, typedBefore } from './kept.ts'
import { type NoticeDraft, needsOf, noticeIn } from './noticeDraft.ts'

/** A draft as the server has it, and its tag. */
export interface KeptNotice {
  id: string
  etag: string
  notice: NewNotice
}

/** The same of what was read. */
export const keptNotice = (it: NoticeView, etag: string): KeptNotice => {
  const { id, kind, title, body, dueOn, happensOn, hurriedReason, organization, audience } = it
  return {
    ...{ id, etag },
    notice: {
      ...{ kind, title, dueOn, happensOn, hurriedReason, body: body ?? '', organizationId: organization.id },
      audience: audience ?? { groups: [], personIds: [], exceptIds: [] },
    },
  }
}

/** After so long a pause in writing it is kept, but not more often than so; what did not get through is tried again. */
const [pauseMs, leastMs, againMs] = [2_000, 15_000, 15_000]

/** Under this name a page of a new notice keeps which draft it has become, for the page after a reload. */
export const begunName = (accountId: string | undefined): string => `notice-begun ${accountId}`

interface Save {
  sent: NoticeDraft
  by: 'itself' | 'hand'
}

/**
 * What is written of a notice, kept at the server as a draft: after a pause in writing, when the page is left or lies behind another, and by
 * hand. Nothing is written over what somebody else has changed meanwhile until the writer has seen it. What is not complete enough for the
 * server stays in this window.
 */
export function useKeeping(start: NoticeDraft, stored: KeptNotice | undefined) {
  const accountId = useSession()?.account.id
  const nameOf = (noticeId = 'new') => `${accountId} ${noticeId}`
  const queries = useQueryClient()
  const [base, setBase] = useState(stored)
  const [saved, setSaved] = useState(start)
  const [restored, setRestored] = useState(() => typedOtherThan(start, nameOf(stored?.id)))
  const [draft, setDraft] = useState(restored?.draft ?? start)
  const [theirs, setTheirs] = useState<KeptNotice>()
  const [lastKept, setLastKept] = useState<{ at: number; by: Save['by'] }>()
  const isTouched = JSON.stringify(draft) !== JSON.stringify(saved)
  const latest = useRef({ base, draft })
  useEffect(() => {
    latest.current = { base, draft }
  })

  // A form in which nothing was typed shows what others have saved meanwhile; one with something typed keeps the tag it was read with.
  if (stored && base && !isTouched && revisionIn(stored) > revisionIn(base)) {
    setBase(stored)
    setSaved(start)
    setDraft(start)
  }

  const { mutate, ...save } = useMutation({
    // One after another: the next has the tag that the one before was given.
    scope: { id: `notice ${nameOf(stored?.id)}` },
    mutationFn: async ({ sent }: Save): Promise<KeptNotice> => {
      const { organizationId } = sent
      if (organizationId === undefined) throw new Error('nothing is kept before it is chosen')
      const notice = noticeIn(sent, organizationId)
      const before = latest.current.base
      const kept = { ...(await write(before, notice)), notice }
      latest.current.base = kept
      return kept
    },
    onSuccess: (kept, { sent, by }) => {
      setBase(kept)
      setSaved(sent)
      setRestored(undefined)
      setTheirs(undefined)
      setLastKept({ at: Date.now(), by })
      keepTyped(nameOf(), undefined)
      if (latest.current.draft === sent) keepTyped(nameOf(kept.id), undefined)
      void queries.invalidateQueries({ queryKey: noticeQuery(kept.id).queryKey })
      void queries.invalidateQueries({ queryKey: [...noticesKey, 'sent'] })
    },
    // A newer draft is read and compared with the one that was opened; saved once more by hand, it is this one that is replaced.
    onError: async (error) => {
      const before = latest.current.base
      if (!before || !isChanged(error)) return
      const { value, etag } = await queries.fetchQuery({ ...noticeQuery(before.id), staleTime: 0 })
      setTheirs(keptNotice(value, etag))
      setBase({ ...before, etag })
    },
  })

  const typedOver = base?.etag
  const keptName = nameOf(base?.id)
  // Left by a link it is kept at the server, or, not complete enough for it, in this window.
  useUnsaved(isTouched, false)
  useEffect(
    () => keepTyped(keptName, isTouched ? { draft, etag: typedOver } : undefined),
    [keptName, isTouched, draft, typedOver],
  )
  useEffect(() => {
    if (stored || !base) return
    keepChoice(begunName(accountId), [base.id])
    return () => keepChoice(begunName(accountId), [])
  }, [accountId, stored, base])

  const isPassing = save.isError && asProblem(save.error).isPassing
  const isRefused = save.isError && !isPassing && save.variables.sent === draft
  const isDisputed = theirs !== undefined || (restored !== undefined && restored.etag !== stored?.etag)
  const isComplete = draft.organizationId !== undefined && missingOf(needsOf(draft)).length === 0
  const keepsItself = isTouched && isComplete && !isDisputed && !isRefused && draft !== restored?.draft
  const isWaiting = keepsItself && !save.isPending
  useEffect(() => {
    if (!isWaiting) return
    const sinceKept = lastKept === undefined ? leastMs : Date.now() - lastKept.at
    const wait = isPassing ? againMs : Math.max(pauseMs, leastMs - sinceKept)
    const timer = setTimeout(() => mutate({ sent: draft, by: 'itself' }), wait)
    return () => clearTimeout(timer)
  }, [isWaiting, isPassing, lastKept, draft, mutate])
  const leave = useRef(() => {})
  useEffect(() => {
    leave.current = () => keepsItself && mutate({ sent: draft, by: 'itself' })
  })
  useEffect(() => {
    // A new one is not: loaded anew, the page would not know that it was kept, and keep it a second time.
    const look = () => document.visibilityState === 'hidden' && latest.current.base && leave.current()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      leave.current()
    }
  }, [])

  return {
    ...{ draft, base, theirs, lastKept, isTouched, restored, isPassing },
    change: (part: Partial<NoticeDraft>) => setDraft((before) => ({ ...before, ...part })),
    /** Keeps it now; what comes next is told the draft as it was kept. */
    keep: (then: (kept: KeptNotice) => void) => {
      if (base && !isTouched) then(base)
      else mutate({ sent: draft, by: 'hand' }, { onSuccess: then })
    },
    /** Throws away what was typed before the page was loaded anew. */
    forget: () => {
      setDraft(saved)
      setRestored(undefined)
    },
    error: save.error,
    isPending: save.isPending,
    isPendingByHand: save.isPending && save.variables.by === 'hand',
  }
}

/** What was typed before the page was loaded anew, unless it was kept all the same. */
function typedOtherThan(start: NoticeDraft, name: string) {
  const typed = typedBefore(name)
  const told = (it: NoticeDraft) => JSON.stringify(noticeIn(it, it.organizationId ?? ''))
  return typed && told(typed.draft) !== told(start) ? typed : undefined
}

async function write(before: KeptNotice | undefined, notice: NewNotice): Promise<{ id: string; etag: string }> {
  if (before === undefined) {
    const { value, etag } = await withEtag(noticesClient.index.$post({ json: notice }))
    return { id: value.id, etag }
  }
  const { headers } = await noticesClient[':noticeId'].$put(
    { param: { noticeId: before.id }, json: notice },
    ifMatch(before.etag),
  )
  return { id: before.id, etag: headers.get('etag') ?? before.etag }
}

/** Which revision a tag names. */
export const revisionIn = ({ etag }: Pick<KeptNotice, 'etag'>): number => Number(etag.replaceAll(/\D/g, ''))
