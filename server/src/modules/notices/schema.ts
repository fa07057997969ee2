import { stages } from '@zhibu/rules'
import { z } from 'zod'
import { cursor, day, line, minuteOfDay, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'

/** What crosses the wire about notices (通知). */

/** 仅供知悉、请确认、限期办理 */
export const noticeKinds = ['information', 'confirmation', 'task'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Where a notice comes from that nobody has written: what the platform noticed and a person looks at before it goes. */
export const outboxSources = ['due', 'term', 'review', 'suggestion'] as const
export type OutboxSource = (typeof outboxSources)[number]
/** What always goes by itself: those whom it concerns are waiting for it, and nobody would look in time. */
export const alwaysSources = ['lecture', 'activity', 'call', 'guidance', 'expert', 'training', 'talent'] as const
export type AlwaysSource = (typeof alwaysSources)[number]
/** What goes by itself from one organisation to others: whoever sends in its name sees who has read it. */
export const officialSources = ['report'] as const
export type OfficialSource = (typeof officialSources)[number]
export const noticeSources = [...outboxSources, ...alwaysSources, ...officialSources] as const
export type NoticeSource = (typeof noticeSources)[number]

/** 页面之外的送达方式 */
export const channels = ['email', 'wecom', 'dingtalk'] as const
export type Channel = (typeof channels)[number]

/** 随时、每周汇总、不要 */
export const channelChoices = ['atOnce', 'weekly', 'never'] as const
export type ChannelChoice = (typeof channelChoices)[number]

/** The most characters of a title. */
export const mostOfTitle = 80

/** The most persons that are named one by one. */
export const mostNamed = 2_000

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const title = line.min(2, '请填写标题').max(mostOfTitle, `标题不超过 ${mostOfTitle} 个字`)
const body = prose.min(1, '请填写正文').max(5_000, '正文不超过 5000 个字')

/**
 * Persons for whom all that is given holds: in one of these organisations or below, in one of these offices there, at one of these
 * stages. Without offices and stages: everybody there.
 */
export const audienceGroup = z.object({
  organizationIds: z.array(z.uuid()).min(1, '请选择组织').max(200, '一次不超过 200 个组织'),
  offices: z.array(z.enum(officeKinds)).max(officeKinds.length).default([]),
  stages: z.array(z.enum(stages)).max(stages.length).default([]),
})
export type AudienceGroup = z.infer<typeof audienceGroup>

/** Everybody of any of the groups, and these persons, without those. */
export const audience = z.object({
  groups: z.array(audienceGroup).max(20, '不超过 20 组条件').default([]),
  personIds: z.array(z.uuid()).max(mostNamed, `逐个指定不超过 ${mostNamed} 人`).default([]),
  exceptIds: z.array(z.uuid()).max(mostNamed, `逐个排除不超过 ${mostNamed} 人`).default([]),
})
export type Audience = z.infer<typeof audience>

/** What a notice says. `dueOn` stands on a task only; `happensOn` is the day of the event that it announces. */
export const noticeText = z.object({
  kind: z.enum(noticeKinds),
  title,
  body,
  dueOn: day.nullable().default(null),
  happensOn: day.nullable().default(null),
  /** Why it goes out later than is usual before such an event. */
  hurriedReason: reason.nullable().default(null),
})
export type NoticeText = z.infer<typeof noticeText>

export const newNotice = noticeText.extend({ organizationId: z.uuid(), audience })
export type NewNotice = z.infer<typeof newNotice>

/** Another organisation in whose name it goes, where one is given. */
export const noticeChange = noticeText.extend({ audience, organizationId: z.uuid().exactOptional() })
export type NoticeChange = z.infer<typeof noticeChange>

/** A corrected text: it reaches all who got the old one. */
export const correction = noticeText.extend({ reason })
export type Correction = z.infer<typeof correction>

export const withReason = z.object({ reason })
export type WithReason = z.infer<typeof withReason>

/** For whom a notice by this organisation would be. */
export const audienceQuestion = z.object({
  organizationId: z.uuid(),
  audience,
  cursor,
  limit: pageSize,
})
export type AudienceQuestion = z.infer<typeof audienceQuestion>

const recipient = named.extend({ organization: named })

/** Who would get it, page by page, and how much they got in the last seven days: a budget, by people and never by person. */
export const audienceView = page(recipient.extend({ hasAccount: z.boolean() })).extend({
  count: z.number().int(),
  /** Whether whoever asks is one of them: they get no copy of what is to be confirmed. */
  isAmongThem: z.boolean(),
  /** Of them, how many have no account and are reached by no channel. */
  withoutAccount: z.number().int(),
  /** How many of them got so many notices in the last seven days; 5 stands for all above. Empty where they are few. */
  received: z.array(z.object({ notices: z.number().int(), persons: z.number().int() })),
})
export type AudienceView = z.infer<typeof audienceView>

/** Whom one may name one by one: by a part of the name or the beginning of a number or of the pinyin, or all of an organisation. */
export const addresseesQuery = z.object({
  q: line.max(50).optional(),
  organizationId: z.uuid().optional(),
  cursor,
  limit: pageSize,
})
export type AddresseesQuery = z.infer<typeof addresseesQuery>
export const addressees = page(recipient)

/** Numbers out of a list that somebody has; not in the address, where they would reach a log. */
export const addresseeNumbers = z.object({
  numbers: z
    .array(line.min(1).max(40, '有一行不是学号（工号），请核对'))
    .min(1, '请填写学号（工号）')
    .max(mostNamed, `一次不超过 ${mostNamed} 个`),
})

/** A notice as its reader finds it in the list. */
export const inboxRow = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  organization: named,
  senderName: z.string(),
  sentAt: instant,
  dueOn: day.nullable(),
  happensOn: day.nullable(),
  readAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  doneAt: instant.nullable(),
  /** When its sender last reminded of it. */
  remindedAt: instant.nullable(),
  recalledAt: instant.nullable(),
  /** Of what it is the correction. */
  correctsId: z.uuid().nullable(),
  /** By what it was corrected. */
  correctedById: z.uuid().nullable(),
})
export type InboxRow = z.infer<typeof inboxRow>
export const inbox = page(inboxRow)

export const inboxQuery = z.object({
  /** Only what is unread, or asks for something that was not done yet. */
  open: z.stringbool().default(false),
  cursor,
  limit: pageSize,
})
export type InboxQuery = z.infer<typeof inboxQuery>

/** What is unread, or was reminded of since it was read, and what asks for something. */
export const inboxCounts = z.object({ unread: z.number().int(), open: z.number().int() })
export type InboxCounts = z.infer<typeof inboxCounts>

/** From what a draft may be begun: a published article, an activity, a call, or the results of a call. */
export const beginningKinds = ['article', 'activity', 'call', 'callResults'] as const
export const beginning = z.object({ of: z.enum(beginningKinds), id: z.uuid() })
export type Beginning = z.infer<typeof beginning>

/** What holds now and does not stand in a notice: 地点, and which it is. */
export const lack = z.object({ label: z.string(), now: z.string() })
export type Lack = z.infer<typeof lack>

/** A draft that waits, for the page of what it was begun from. */
export const begunDraft = z.object({ id: z.uuid(), revision: z.number().int(), lacks: z.array(lack) })
export type BegunDraft = z.infer<typeof begunDraft>

const can = z.object({
  change: z.boolean(),
  send: z.boolean(),
  drop: z.boolean(),
  recall: z.boolean(),
  correct: z.boolean(),
  /** Only the sender; of what went by itself, whoever sends in its organisation. */
  seeReceipts: z.boolean(),
})

/** A notice with all that its reader, its sender or another officer of the organisation may see. Recalled, it has no text for readers. */
export const noticeView = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  body: z.string().nullable(),
  dueOn: day.nullable(),
  happensOn: day.nullable(),
  hurriedReason: z.string().nullable(),
  organization: named,
  source: z.enum(noticeSources).nullable(),
  senderName: z.string().nullable(),
  /** Sent by the platform: whoever sends in its organisation sees the receipts, as its sender would. */
  wentByItself: z.boolean(),
  createdAt: instant,
  sentAt: instant.nullable(),
  recalledAt: instant.nullable(),
  recallReason: z.string().nullable(),
  droppedAt: instant.nullable(),
  dropReason: z.string().nullable(),
  correctsId: z.uuid().nullable(),
  correctionReason: z.string().nullable(),
  correctedById: z.uuid().nullable(),
  /** Null for who only reads it. */
  audience: audience.nullable(),
  recipientCount: z.number().int().nullable(),
  /** True as soon as all deliveries are written. */
  isDelivered: z.boolean(),
  /** From what a draft that waits was begun, and what of that does not stand in it as it holds now. */
  begunFrom: beginning.nullable(),
  lacks: z.array(lack),
  /** Of the reader's own copy; null where the notice did not go to them. */
  own: z.object({ readAt: instant.nullable(), confirmedAt: instant.nullable(), doneAt: instant.nullable() }).nullable(),
  can,
})
export type NoticeView = z.infer<typeof noticeView>

/** A notice of the organisations in which the reader may send. */
export const sentRow = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  organization: named,
  source: z.enum(noticeSources).nullable(),
  senderName: z.string().nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  recalledAt: instant.nullable(),
  droppedAt: instant.nullable(),
  dropReason: z.string().nullable(),
  recipientCount: z.number().int().nullable(),
  /** Of what it is the correction, and whether it was corrected itself. */
  correctsId: z.uuid().nullable(),
  isCorrected: z.boolean(),
  isOwn: z.boolean(),
})
export type SentRow = z.infer<typeof sentRow>
export const sentNotices = page(sentRow)

export const sentQuery = z.object({
  /** 待发（含系统拟稿）、已发、不发 */
  state: z.enum(['waiting', 'sent', 'dropped']).default('sent'),
  organizationId: z.uuid().optional(),
  cursor,
  limit: pageSize,
})
export type SentQuery = z.infer<typeof sentQuery>

/** What became of it with one recipient, for the sender only. */
export const receiptRow = recipient.extend({
  readAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  doneAt: instant.nullable(),
  remindedAt: instant.nullable(),
  hasAccount: z.boolean(),
  /** Channels by which it could not be delivered, and why. */
  failures: z.array(z.object({ channel: z.enum(channels), why: z.string() })),
})
export type ReceiptRow = z.infer<typeof receiptRow>

export const receiptsQuery = z.object({
  only: z.enum(['all', 'open', 'failed']).default('all'),
  cursor,
  limit: pageSize,
})
export type ReceiptsQuery = z.infer<typeof receiptsQuery>

export const receipts = page(receiptRow).extend({
  counts: z.object({
    recipients: z.number().int(),
    read: z.number().int(),
    /** Confirmed, or done in time or later, where the notice asks for it. */
    answered: z.number().int(),
    open: z.number().int(),
    /** Of the open, how many have no account and cannot be reminded. */
    unreached: z.number().int(),
    failed: z.number().int(),
  }),
  /** Groups in which its robot could not post it, and why. */
  groupFailures: z.array(
    z.object({ organization: named, channel: z.enum(channels).exclude(['email']), why: z.string() }),
  ),
  /** When the others may be reminded again; null where it can be done now or nobody is left. */
  remindableAt: instant.nullable(),
})
export type Receipts = z.infer<typeof receipts>

/** Between which moments of a day nothing goes out; null where there is no such time. */
export const quietHours = z
  .object({ from: minuteOfDay, until: minuteOfDay })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: '开始和结束不能相同' })
  .nullable()
export type QuietHours = z.infer<typeof quietHours>

const choices = z.object({
  email: z.enum(channelChoices),
  wecom: z.enum(channelChoices),
  dingtalk: z.enum(channelChoices),
})
export type Choices = z.infer<typeof choices>

/** How a person wants to be reached besides the page. Null quiet hours: none. */
export const preferencesChange = z.object({ choices, quietHours })
export type PreferencesChange = z.infer<typeof preferencesChange>

export const preferencesView = preferencesChange.extend({
  /** Which channels this installation has. */
  available: z.array(z.enum(channels)),
  /** Masked; null where none was given and proven. */
  email: z.string().nullable(),
  /** An address that waits for its code, masked. */
  emailToProve: z.string().nullable(),
  /** The name in 企业微信 or 钉钉, as given by the person. */
  wecomUser: z.string().nullable(),
  dingtalkUser: z.string().nullable(),
})
export type PreferencesView = z.infer<typeof preferencesView>

export const emailAddress = z.object({ email: z.email('请填写邮箱地址，如 name@example.edu.cn').max(200) })
export const emailProof = z.object({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, '请填写邮件中的 6 位数字'),
})
/** Null takes the name away. */
export const messengerUser = z.object({
  channel: z.enum(['wecom', 'dingtalk']),
  user: line.min(1, '请填写').max(64, '不超过 64 个字').nullable(),
})

/** What a university settles about notices. */
export const noticeSettings = z.object({
  /** Days of lead before an event: so many are usual, and so many are the least. */
  usualLeadDays: z.number().int().min(0).max(30),
  leastLeadDays: z.number().int().min(0).max(30),
  /** Hours between two reminders of the same notice. */
  reminderPauseHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 14),
  /** Which generated notices go by themselves; the others wait for a person. */
  byThemselves: z.array(z.enum(outboxSources)),
  /** Whether mails hold the text of a notice. Mail is not private: without it they say what it is about and where to read it. */
  sendsText: z.boolean().default(false),
})
export type NoticeSettings = z.infer<typeof noticeSettings>

export const noticeSettingsView = noticeSettings.extend({ can: z.object({ change: z.boolean() }) })
export type NoticeSettingsView = z.infer<typeof noticeSettingsView>

/** A calendar address of a person, a branch or committee; its secret is shown once, when it is made. */
export const newCalendarFeed = z.object({ organizationId: z.uuid().nullable() })
export type NewCalendarFeed = z.infer<typeof newCalendarFeed>
export const madeCalendarFeed = z.object({ id: z.uuid(), url: z.string() })
export const calendarFeeds = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      /** Null: the own calendar. */
      organization: named.nullable(),
      createdAt: instant,
      lastReadOn: day.nullable(),
    }),
  ),
})
export type CalendarFeeds = z.infer<typeof calendarFeeds>

export const created = z.object({ id: z.uuid() })
