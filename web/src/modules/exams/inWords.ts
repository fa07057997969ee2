import { dayWritten } from '@zhibu/rules'
import type { ExamState } from '@zhibu/server/modules/exams/names-schema'
import type { Arrangement, CandidateRow, ExamOutcome } from '@zhibu/server/modules/exams/schema'
import { writeInstant } from '../../ui/InstantText.tsx'

/** The colours of the states. */
export const stateColours: Readonly<Record<ExamState, string>> = {
  draft: 'gray',
  announced: 'blue',
  open: 'green',
  closed: 'gray',
}

/** From when until when, in words; a day that is the same is named once. */
export function periodInWords({ opensAt, closesAt }: { opensAt: string; closesAt: string }): string {
  const [from, until] = [writeInstant(opensAt), writeInstant(closesAt)]
  const [day, clock] = until.split(' ')
  return `${from}—${from.startsWith(`${day} `) ? clock : until}`
}

/** How long an attempt lasts, in words. */
export const minutesInWords = (minutes: number | null): string => (minutes === null ? '不限时长' : `${minutes} 分钟`)

/** A result in words: a fact, and whether it reaches the pass mark. */
export const outcomeInWords = ({
  earned,
  total,
  isPassed,
}: Pick<ExamOutcome, 'earned' | 'total' | 'isPassed'>): string =>
  `${earned} 分（满分 ${total}），${isPassed ? '及格' : '未及格'}`

/** What is arranged, in words; the reason is not among it. */
export function arrangementInWords({ moreMinutes, opensAt, closesAt, isOnPaper }: Arrangement): string {
  const all = [
    moreMinutes !== null && `延长 ${moreMinutes} 分钟`,
    opensAt !== null && `${writeInstant(opensAt)} 开始`,
    closesAt !== null && `${writeInstant(closesAt)} 结束`,
    isOnPaper && '用纸笔作答',
  ]
  return `便利安排：${all.filter((it) => it !== false).join('，')}`
}

/** What came of it for a candidate, in words. */
export function resultInWords({ best, last, confirmed, attempts }: CandidateRow): string[] {
  if (confirmed !== null)
    return [outcomeInWords(confirmed), `${confirmed.confirmedBy} ${dayWritten(confirmed.confirmedOn)}确认`]
  if (best === null) return []
  const isAnother = last !== null && (last.earned !== best.earned || last.satOn !== best.satOn)
  return [
    `${attempts > 1 || isAnother ? '最好 ' : ''}${outcomeInWords(best)}`,
    ...(isAnother ? [`最近 ${outcomeInWords(last)}`] : []),
  ]
}
