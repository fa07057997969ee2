import { dayWritten } from '@zhibu/rules'
import type { InboxRow, NoticeKind, NoticeView } from '@zhibu/server/modules/notices/schema'

/** What a reader is asked for, on their button. */
export const answerVerbs: Readonly<Record<Exclude<NoticeKind, 'information'>, string>> = {
  confirmation: '确认知悉',
  task: '已办结',
}

/** What is counted of a notice: who has read, confirmed, done. */
export const answeredNames: Readonly<Record<NoticeKind, string>> = {
  information: '已看',
  confirmation: '已确认',
  task: '已办结',
}

export const openNames: Readonly<Record<NoticeKind, string>> = {
  information: '未看',
  confirmation: '未确认',
  task: '未办结',
}

/** Whether a notice is unread, or asks its reader for something that was not done yet. */
export function isOpen(it: InboxRow): boolean {
  if (it.readAt === null) return true
  if (it.recalledAt !== null || it.correctedById !== null) return false
  return (it.kind === 'confirmation' && it.confirmedAt === null) || (it.kind === 'task' && it.doneAt === null)
}

/** A reason as it was written, closed by one full stop. */
export const asSentence = (reason: string | null): string => `${(reason ?? '').replace(/[。.]$/, '')}。`

/** Where a notice is read; short enough to be typed. */
export const shortLink = (noticeId: string): string => `${window.location.origin}/n/${noticeId}`

/** A notice for a group chat: what it is about, its days, and where the text is. Never whom it is for. */
export function groupText(
  it: Pick<NoticeView, 'id' | 'kind' | 'title' | 'dueOn' | 'happensOn' | 'organization' | 'correctsId'>,
): string {
  const mark = it.correctsId !== null ? '更正' : groupMarks[it.kind]
  return [
    `【${mark}】${it.title}`,
    ...(it.happensOn ? [`时间：${dayWritten(it.happensOn)}`] : []),
    ...(it.dueOn ? [`请在${dayWritten(it.dueOn)}前办理`] : []),
    it.organization.name,
    `登录后查看全文${it.kind === 'confirmation' ? '并确认' : ''}：${shortLink(it.id)}`,
  ].join('\n')
}

const groupMarks: Readonly<Record<NoticeKind, string>> = { information: '通知', confirmation: '请确认', task: '待办' }
