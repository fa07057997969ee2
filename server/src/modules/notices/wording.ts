import type { Day } from '@zhibu/rules'
import type { Card } from '../../platform/messengers/messenger.ts'
import type { Occasion } from './dispatching.ts'
import type { NoticeKind } from './schema.ts'

/** A notice as far as it is told outside the page. */
export interface ToldNotice {
  noticeId: string
  occasion: Occasion
  kind: NoticeKind
  title: string
  /** Null where the university does not send texts. */
  body: string | null
  organizationName: string
  senderName: string | null
  dueOn: Day | null
  happensOn: Day | null
  isCorrection: boolean
  recallReason: string | null
}

/** A mail without what belongs to the envelope. */
export interface Worded {
  subject: string
  text: string
}

/** Where a notice is read: short enough to be typed. */
export const linkTo = (baseUrl: string, noticeId: string): string => `${baseUrl}/n/${noticeId}`

/** The page with all notices of the reader, and the one on which they say how they want to be reached. */
export const inboxPage = '/notices'
export const preferencesPage = '/notices/preferences'

/** A mail about one notice. Only kind and title stand in the subject. */
export function mailOf(notice: ToldNotice, baseUrl: string): Worded {
  const { body, occasion } = notice
  const text = body === null || occasion === 'recall' ? [] : ['', ...body.split('\n')]
  const where = occasion === 'recall' ? '详情：' : body === null ? '正文请登录后查看：' : '在网页上查看和回复：'
  const lines = [heading(notice), '', ...factsOf(notice), ...text, '', where, linkTo(baseUrl, notice.noticeId)]
  return { subject: subjectOf(notice), text: withFoot(lines, baseUrl) }
}

/** One mail with all notices of a week that wait for their reader. */
export function digestMailOf(all: readonly ToldNotice[], baseUrl: string): Worded {
  const notices = onceEach(all)
  const items = notices.flatMap((it, at) => [
    '',
    `${at + 1}. ${subjectOf(it)}`,
    ...factsOf(it).map((line) => `   ${line}`),
    `   ${it.organizationName}　${linkTo(baseUrl, it.noticeId)}`,
  ])
  const lines = [
    `这一周您有 ${notices.length} 条通知还没有看或办理：`,
    ...items,
    '',
    `全部通知：${baseUrl}${inboxPage}`,
  ]
  return { subject: digestTitle(notices.length), text: withFoot(lines, baseUrl) }
}

export function cardOf(notice: ToldNotice, baseUrl: string): Card {
  const { occasion } = notice
  // 钉钉 takes the same words to the same person once a day only.
  const moment = occasion.startsWith('reminder:')
    ? [`${clockOf(new Date(occasion.slice('reminder:'.length)))} 提醒`]
    : []
  const description = [whoOf(notice), ...factsOf(notice), ...moment].join('\n')
  return { title: subjectOf(notice), description, url: linkTo(baseUrl, notice.noticeId) }
}

/** What is posted in the group of an organisation: no name of a person, sender or reader. */
export function groupCardOf(notice: ToldNotice, baseUrl: string): Card {
  const [, ...days] = factsOf(notice)
  const description = [notice.organizationName, ...days].join('\n')
  return { title: subjectOf(notice), description, url: linkTo(baseUrl, notice.noticeId) }
}

export function digestCardOf(all: readonly ToldNotice[], baseUrl: string): Card {
  const notices = onceEach(all)
  return {
    title: digestTitle(notices.length),
    description: notices.map((it) => `· ${subjectOf(it)}`).join('\n'),
    url: `${baseUrl}${inboxPage}`,
  }
}

const digestTitle = (count: number): string => `【每周汇总】${count} 条通知`

/** A notice and its reminder are one. */
const onceEach = (notices: readonly ToldNotice[]): ToldNotice[] => [
  ...new Map(notices.map((it) => [it.noticeId, it])).values(),
]

function subjectOf({ occasion, kind, title, isCorrection }: ToldNotice): string {
  if (occasion === 'recall') return `【已撤回】${title}`
  if (occasion !== 'notice') return `【提醒】${title}`
  return `【${isCorrection ? '更正' : kindWords[kind]}】${title}`
}

const kindWords: Readonly<Record<NoticeKind, string>> = { information: '通知', confirmation: '请确认', task: '待办' }

function heading(notice: ToldNotice): string {
  const who = whoOf(notice)
  if (notice.occasion === 'recall') return `${who}撤回了一条发给您的通知：`
  if (notice.occasion !== 'notice') return `${who}提醒您，下面的通知${openWords[notice.kind]}：`
  return notice.isCorrection ? `${who}更正了一条通知，请以这一条为准：` : `${who}发来一条通知：`
}

const openWords: Readonly<Record<NoticeKind, string>> = {
  information: '还没有看',
  confirmation: '还没有确认',
  task: '还没有办理',
}

const whoOf = ({ organizationName, senderName }: ToldNotice): string =>
  senderName === null ? organizationName : `${organizationName} ${senderName}`

/** What is told of a notice in any case: its title and its days. */
function factsOf({ title, occasion, dueOn, happensOn, recallReason }: ToldNotice): string[] {
  if (occasion === 'recall') return [title, ...(recallReason === null ? [] : [`撤回原因：${recallReason}`])]
  return [
    title,
    ...(happensOn === null ? [] : [`时间：${dayOf(happensOn)}`]),
    ...(dueOn === null ? [] : [`请在 ${dayOf(dueOn)}前办理`]),
  ]
}

const dayOf = (day: Day): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}

const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', timeStyle: 'short' })
const clockOf = (at: Date): string => (Number.isNaN(at.getTime()) ? '' : clock.format(at))

const withFoot = (lines: readonly string[], baseUrl: string): string =>
  `${[...lines, '', '-- ', '本邮件由支部工作台自动发出，请勿直接回复。', `不想再收到，或想换一种方式：${baseUrl}${preferencesPage}`].join('\n')}\n`
