import { type Day, daysBetween, type Stage } from '@zhibu/rules'
import { noticeKindNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type {
  Audience,
  NewNotice,
  NoticeKind,
  NoticeSettings,
  NoticeText,
  NoticeView,
} from '@zhibu/server/modules/notices/schema'
import type { OfficeKind } from '@zhibu/server/modules/organization/schema'
import type { Chosen } from '../accounts/chosen.ts'

/** What of a notice is written by hand. */
export interface TextDraft {
  kind: NoticeKind
  title: string
  body: string
  dueOn: Day | undefined
  happensOn: Day | undefined
  hurriedReason: string
}

/** One set of conditions for whom a notice is. */
export interface GroupDraft {
  organizationIds: readonly string[]
  offices: readonly OfficeKind[]
  stages: readonly Stage[]
}

/** A notice while it is written. */
export interface NoticeDraft extends TextDraft {
  organizationId: string | undefined
  groups: readonly GroupDraft[]
  persons: readonly Chosen[]
  except: readonly Chosen[]
}

export const emptyGroup: GroupDraft = { organizationIds: [], offices: [], stages: [] }

export const emptyText: TextDraft = {
  kind: 'information',
  title: '',
  body: '',
  dueOn: undefined,
  happensOn: undefined,
  hurriedReason: '',
}

/** A new notice in the name of an organisation, for all who belong to it. */
export const newDraft = (organizationId: string | undefined): NoticeDraft => ({
  ...emptyText,
  organizationId,
  groups: [organizationId === undefined ? emptyGroup : { ...emptyGroup, organizationIds: [organizationId] }],
  persons: [],
  except: [],
})

/** The text of a notice as it is stored, to be changed. */
export const textOf = (it: Pick<NoticeView, keyof TextDraft & keyof NoticeView>): TextDraft => ({
  kind: it.kind,
  title: it.title,
  body: it.body ?? '',
  dueOn: it.dueOn ?? undefined,
  happensOn: it.happensOn ?? undefined,
  hurriedReason: it.hurriedReason ?? '',
})

/** A stored draft, to be changed; `nameOf` tells the names of the persons in it. */
export function draftOf(it: NoticeView, nameOf: (personId: string) => string): NoticeDraft {
  const { groups = [], personIds = [], exceptIds = [] } = it.audience ?? {}
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: nameOf(id) }))
  return {
    ...textOf(it),
    organizationId: it.organization.id,
    groups: groups.length === 0 && personIds.length === 0 ? [emptyGroup] : groups,
    persons: named(personIds),
    except: named(exceptIds),
  }
}

/** For whom a draft is, as the server is told; conditions without an organisation are not there yet. */
export const audienceIn = ({
  groups,
  persons,
  except,
}: Pick<NoticeDraft, 'groups' | 'persons' | 'except'>): Audience => ({
  groups: groups
    .filter((it) => it.organizationIds.length > 0)
    .map(({ organizationIds, offices, stages }) => ({
      organizationIds: [...organizationIds],
      offices: [...offices],
      stages: [...stages],
    })),
  personIds: persons.map((it) => it.id),
  exceptIds: except.map((it) => it.id),
})

/** Whether an audience can reach anybody. */
export const isForSomebody = ({ groups, personIds }: Audience): boolean => groups.length > 0 || personIds.length > 0

/** The text as the server is told. Only a task has a day by which it is done, and only an event is announced too late. */
export function textIn(draft: TextDraft): NoticeText {
  const { kind, happensOn } = draft
  const reason = draft.hurriedReason.trim()
  return {
    kind,
    title: draft.title.trim(),
    body: draft.body.trim(),
    dueOn: kind === 'task' ? (draft.dueOn ?? null) : null,
    happensOn: happensOn ?? null,
    hurriedReason: happensOn !== undefined && reason !== '' ? reason : null,
  }
}

/** The notice as the server is told, in the name of an organisation. */
export const noticeIn = (draft: NoticeDraft, organizationId: string): NewNotice => ({
  ...textIn(draft),
  audience: audienceIn(draft),
  organizationId,
})

/** What a draft still needs to be kept, by the labels of the fields. */
export const needsOf = (draft: TextDraft): Record<string, boolean> => ({
  标题: draft.title.trim().length >= 2,
  正文: draft.body.trim() !== '',
  ...(draft.kind === 'task' && { 办理期限: draft.dueOn !== undefined }),
})

/** How few days are left before the event that a notice announces, where they are fewer than usual. */
export function hurryOf(
  { happensOn }: Pick<TextDraft, 'happensOn'>,
  today: Day,
  { usualLeadDays, leastLeadDays }: Pick<NoticeSettings, 'usualLeadDays' | 'leastLeadDays'>,
): { days: number; isBelowLeast: boolean } | undefined {
  if (happensOn === undefined || happensOn < today) return undefined
  const days = daysBetween(today, happensOn)
  return days < usualLeadDays ? { days, isBelowLeast: days < leastLeadDays } : undefined
}

/** What somebody else has changed in a draft, by the labels of the fields. */
export function differencesOf(before: NewNotice, now: NewNotice): { label: string; before: string; now: string }[] {
  const written = (it: NewNotice) => ({
    标题: it.title,
    正文: it.body,
    种类: noticeKindNames[it.kind],
    办理期限: it.dueOn ?? '',
    活动日期: it.happensOn ?? '',
    提前不足的原因: it.hurriedReason ?? '',
    发送对象: JSON.stringify(it.audience),
  })
  const [old, fresh] = [Object.entries(written(before)), Object.entries(written(now))]
  return old.flatMap(([label, value], at) => {
    const changed = fresh[at]?.[1] ?? ''
    if (value === changed) return []
    if (label === '发送对象') return [{ label, before: '原来选的', now: '有改动；再次保存后以您选的为准' }]
    return [{ label, before: value, now: changed }]
  })
}
