import { z } from 'zod'
import { post as postDocument } from '../../platform/rich-text/schema.ts'
import { codesOf, cursor, day, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { officeKinds } from '../organization/schema.ts'
import {
  type FollowWay,
  followWayNames,
  type StepKind,
  type SuggestionState,
  stateNames,
  stepNames,
  type TopicKind,
  topicKindNames,
} from './names-schema.ts'

/** What crosses the wire about discussion (交流): topics, posts, suggestions and what becomes of them. */

export const topicKinds = codesOf<TopicKind>(topicKindNames)
export const suggestionStates = codesOf<SuggestionState>(stateNames)
export const stepKinds = codesOf<StepKind>(stepNames)
export const followWays = codesOf<FollowWay>(followWayNames)

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const count = z.number().int()
const title = line.min(4, '标题至少 4 个字').max(80, '标题不超过 80 个字')
const words = prose.min(2, '请写几句话').max(2_000, '不超过 2000 个字')

export const withReason = z.object({ reason })
export const created = z.object({ id: z.uuid() })

/** An organisation in which the reader may take part. */
export const place = named.extend({
  /** How far it stands from the root: 0 is the university. */
  level: count,
  /** Whether the reader belongs there; elsewhere they read because of an office above. */
  isOwn: z.boolean(),
  can: z.object({ write: z.boolean(), moderate: z.boolean(), complain: z.boolean() }),
})
export type Place = z.infer<typeof place>
export const places = z.object({ items: z.array(place) })

export const topicsQuery = z.object({
  organizationId: z.uuid().optional(),
  kind: topicKinds.optional(),
  state: suggestionStates.optional(),
  callId: z.uuid().optional(),
  /**
   * Only topics of the reader, those they follow, those in which something is unread, those that they have to answer, or what of all of it waits for
   * them: what is new where they take part or were named, and what they have to answer.
   */
  only: z.enum(['own', 'followed', 'unread', 'toAnswer', 'concerning']).optional(),
  cursor,
  limit: pageSize,
})
export type TopicsQuery = z.infer<typeof topicsQuery>

/** A topic in a list, pinned ones of the organisation first, then by their last post. */
export const topicRow = z.object({
  id: z.uuid(),
  kind: topicKinds,
  title: z.string(),
  organization: named,
  /** Null where it was taken away with the account. Of a protected one: its pseudonym. */
  authorName: z.string(),
  isProtected: z.boolean(),
  createdAt: instant,
  lastPostAt: instant,
  /** Posts without the first. */
  replyCount: count,
  state: suggestionStates.nullable(),
  promisedOn: day.nullable(),
  supportCount: count,
  isPinned: z.boolean(),
  isClosed: z.boolean(),
  isHidden: z.boolean(),
  isAnswered: z.boolean(),
  /** Where this one was merged into. */
  mergedIntoId: z.uuid().nullable(),
  /** Posts the reader has not seen; only the reader knows. */
  unreadCount: count,
})
export type TopicRow = z.infer<typeof topicRow>
export const topics = page(topicRow)

export const newTopic = z.object({
  organizationId: z.uuid(),
  kind: z.enum(['discussion', 'question', 'suggestion', 'idea', 'complaint']),
  title,
  /** Persons may be mentioned who may read the topic, and whom `mentionable` names. */
  body: postDocument,
  /** The call that an idea answers. */
  callId: z.uuid().nullable().default(null),
})
export type NewTopic = z.infer<typeof newTopic>

/** Two named offices that open an identity together. */
const namedOffice = z.object({ organization: named, office: z.enum(officeKinds) })

/** Somebody has read the identity that was opened. */
const identityReading = z.object({ by: z.string(), office: z.enum(officeKinds), at: instant })
export type Reading = z.infer<typeof identityReading>

/** A request to open the identity of a protected topic: shown to its author, and to whoever may act on it. Never with the identity. */
export const opening = z.object({
  id: z.uuid(),
  topicId: z.uuid(),
  topicTitle: z.string(),
  reason: z.string(),
  askedBy: z.string(),
  askedOffice: z.enum(officeKinds),
  askedAt: instant,
  /** The last day on which the other office may agree. */
  untilOn: day,
  agreedBy: z.string().nullable(),
  agreedAt: instant.nullable(),
  declinedBy: z.string().nullable(),
  declinedAt: instant.nullable(),
  declineReason: z.string().nullable(),
  readings: z.array(identityReading),
  /** `openTopic`: an office that does not answer there decides by the reason alone. */
  can: z.object({ decide: z.boolean(), read: z.boolean(), openTopic: z.boolean() }),
})
export type Opening = z.infer<typeof opening>
export const openings = z.object({ items: z.array(opening) })
export const newOpening = z.object({ topicId: z.uuid(), reason })
export const openedIdentity = z.object({ name: z.string(), organization: z.string() })

/** What was asked, what was done, by whom and when: published for all readers of the organisation. */
export const outcomeText = z.object({
  asked: words,
  done: words,
  responsible: line.min(2, '请写明由谁办理').max(100, '不超过 100 个字'),
  doneOn: day,
})
export type OutcomeText = z.infer<typeof outcomeText>
export const outcome = outcomeText.extend({
  topicId: z.uuid(),
  /** Null where the reader may not read the topic itself. */
  title: z.string().nullable(),
  kind: topicKinds,
  organization: named,
  isProtected: z.boolean(),
  publishedAt: instant,
  publishedBy: z.string(),
  /** When it was taken up again after it was published. */
  resumedAt: instant.nullable(),
})
export type Outcome = z.infer<typeof outcome>
export const outcomes = page(outcome)
export const outcomesQuery = z.object({ organizationId: z.uuid().optional(), cursor, limit: pageSize })
export type OutcomesQuery = z.infer<typeof outcomesQuery>

/** Why a topic or a post is not shown, and what its author may do about it. */
export const hiding = z.object({
  id: z.uuid(),
  topicId: z.uuid(),
  topicTitle: z.string(),
  postId: z.uuid(),
  postSeq: count,
  authorName: z.string(),
  /** The text that is hidden, for moderators and its author. */
  excerpt: z.string(),
  reason: z.string(),
  hiddenBy: z.string(),
  hiddenAt: instant,
  appeal: z.string().nullable(),
  appealedAt: instant.nullable(),
  /** 维持、恢复 */
  decision: z.enum(['upheld', 'restored']).nullable(),
  decisionReason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  can: z.object({ appeal: z.boolean(), decide: z.boolean(), restore: z.boolean() }),
})
export type Hiding = z.infer<typeof hiding>
export const hidings = page(hiding)
export const ownHidings = z.object({ items: z.array(hiding) })

/** What a topic was called before. */
const earlierTitle = z.object({
  title: z.string(),
  /** Who has given it another one, when, and why where it is not their own topic. */
  by: z.string(),
  at: instant,
  reason: z.string().nullable(),
  /** How many supported it then, and whether its outcome was published. */
  supportCount: count,
  hasOutcome: z.boolean(),
})
export type EarlierTitle = z.infer<typeof earlierTitle>

/** By when an answer was promised, and what was promised before. */
const promiseMade = z.object({ on: day, before: day.nullable() })
export type PromiseMade = z.infer<typeof promiseMade>

export const topicView = topicRow.extend({
  revision: count,
  lastSeq: count,
  /** The last post the reader has seen; 0 where none. */
  readSeq: count,
  follow: followWays,
  /** Whether the reader has said that they support it. */
  supports: z.boolean(),
  isOwn: z.boolean(),
  /** Read only by those who answer, and its author. */
  isConfidential: z.boolean(),
  /** Who answers; null where it is not a suggestion. */
  answeredBy: namedOffice.nullable(),
  acceptedPostId: z.uuid().nullable(),
  closedReason: z.string().nullable(),
  call: named.nullable(),
  mergedInto: named.nullable(),
  /** What was merged into this one. */
  merged: z.array(named),
  outcome: outcome.nullable(),
  openings: z.array(opening),
  /** What officers have entered, the first of them first; empty where nobody answers. */
  steps: z.array(
    z.object({
      step: stepKinds,
      seq: count,
      at: instant,
      officeName: z.string().nullable(),
      promise: promiseMade.nullable(),
    }),
  ),
  earlierTitles: z.array(earlierTitle),
  /** By when the university would have an answer that is promised today; null for whoever promises none. */
  usualAnswerOn: day.nullable(),
  /** What is known of the outcome, for whoever may publish it. */
  outcomeDraft: z.object({ asked: z.string(), done: z.string(), responsible: z.string(), doneOn: day }).nullable(),
  can: z.object({
    reply: z.boolean(),
    retitle: z.boolean(),
    accept: z.boolean(),
    support: z.boolean(),
    follow: z.boolean(),
    pin: z.boolean(),
    close: z.boolean(),
    /** Which states an officer may enter now. */
    enter: z.array(suggestionStates),
    promise: z.boolean(),
    merge: z.boolean(),
    publishOutcome: z.boolean(),
    askOpening: z.boolean(),
    moderate: z.boolean(),
    /** Whether replies go as letters, under the pseudonym (`POST /protected/:topicId/letters`). */
    replyProtected: z.boolean(),
  }),
})
export type TopicView = z.infer<typeof topicView>

/** More posts than a topic can have. */
const mostPosts = 1_000_000_000

/** From where posts are read: at the first unread one, from the beginning or end, or on from a post either way. */
export const postsQuery = z.object({
  at: z.enum(['unread', 'first', 'last']).optional(),
  after: z.coerce.number().int().min(0).max(mostPosts).optional(),
  before: z.coerce.number().int().min(1).max(mostPosts).optional(),
  /** Around this post. */
  around: z.coerce.number().int().min(1).max(mostPosts).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type PostsQuery = z.infer<typeof postsQuery>

export const post = z.object({
  id: z.uuid(),
  /** From 1, without gaps. */
  seq: count,
  authorName: z.string(),
  isOwn: z.boolean(),
  /** Whether the author of the topic has written it. */
  isByAuthor: z.boolean(),
  createdAt: instant,
  editedAt: instant.nullable(),
  revision: count,
  /** Null where it was deleted, or hidden and the reader is neither its author nor a moderator. */
  body: postDocument.nullable(),
  isDeleted: z.boolean(),
  isHidden: z.boolean(),
  hiding: hiding.nullable(),
  /** The last report of the reader and what came of it; nobody else learns who has reported. */
  reported: z
    .object({ decision: z.enum(['hidden', 'kept']).nullable(), decisionReason: z.string().nullable() })
    .nullable(),
  quoted: z.object({ id: z.uuid(), seq: count, authorName: z.string(), excerpt: z.string().nullable() }).nullable(),
  /** What an officer has decided or promised here, and for which office. */
  step: stepKinds.nullable(),
  officeName: z.string().nullable(),
  can: z.object({ edit: z.boolean(), delete: z.boolean(), hide: z.boolean(), report: z.boolean() }),
})
export type Post = z.infer<typeof post>
export const posts = z.object({
  items: z.array(post),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  lastSeq: count,
})
export type Posts = z.infer<typeof posts>

export const newPost = z.object({ body: postDocument, quotedPostId: z.uuid().nullable().default(null) })
export type NewPost = z.infer<typeof newPost>
export const createdPost = created.extend({ seq: count })
export const postChange = z.object({ body: postDocument })
export type PostChange = z.infer<typeof postChange>

/** What a post said before, the last first. */
export const edits = z.object({
  items: z.array(z.object({ revision: count, body: postDocument, editedAt: instant, editedBy: z.string() })),
})
export type Edits = z.infer<typeof edits>

export const reading = z.object({ seq: count.min(0) })
export const following = z.object({ way: followWays })
/** With the reason where it is somebody else's topic. */
export const retitling = z.object({ title, reason: reason.nullable().default(null) })
export type Retitling = z.infer<typeof retitling>
export const acceptance = z.object({ postId: z.uuid().nullable() })
export const pinning = z.object({ isPinned: z.boolean() })
/** Null opens it again. */
export const closing = z.object({ reason: reason.nullable() })
export const supporting = z.object({ supports: z.boolean() })
export const merging = z.object({ intoId: z.uuid(), words })
export type Merging = z.infer<typeof merging>

export const newStep = z.object({ state: suggestionStates, words })
export type NewStep = z.infer<typeof newStep>
/** By when it is answered, and by which office. */
export const promise = z.object({ promisedOn: day, office: z.enum(officeKinds), words })
export type PromiseChange = z.infer<typeof promise>

export const mentionQuery = z.object({ q: line.max(20).default('') })
/** The same before a topic is begun: where it will stand. */
export const mentionAtQuery = mentionQuery.extend({ organizationId: z.uuid() })
export const mentionable = z.object({ items: z.array(named.extend({ organization: z.string() })) })

/** A call for ideas on a theme (征集). */
export const callText = z
  .object({ title, body: prose.min(10, '请写明征集什么').max(3_000, '不超过 3000 个字'), fromOn: day, untilOn: day })
  .refine((it) => it.fromOn <= it.untilOn, { path: ['untilOn'], message: '截止日期不能早于开始日期' })
export type CallText = z.infer<typeof callText>
export const newCall = callText.safeExtend({ organizationId: z.uuid() })
export type NewCall = z.infer<typeof newCall>
export const call = z.object({
  id: z.uuid(),
  title: z.string(),
  body: z.string(),
  fromOn: day,
  untilOn: day,
  organization: named,
  calledBy: z.string(),
  createdAt: instant,
  revision: count,
  ideaCount: count,
  /** Whether ideas are taken today. */
  isOpen: z.boolean(),
  can: z.object({ change: z.boolean(), answer: z.boolean() }),
})
export type Call = z.infer<typeof call>
export const calls = page(call)
export const callsQuery = z.object({ organizationId: z.uuid().optional(), cursor, limit: pageSize })
export type CallsQuery = z.infer<typeof callsQuery>

/** A suggestion or a complaint whose author stays unknown. It is handed over once a day, with others of that day. */
export const newProtected = z.object({
  organizationId: z.uuid(),
  kind: z.enum(['suggestion', 'complaint']),
  title,
  text: prose.min(10, '请写明情况，至少 10 个字').max(5_000, '不超过 5000 个字'),
})
export type NewProtected = z.infer<typeof newProtected>
export const newLetter = z.object({ text: words })

/** Protected topics of the reader. Nobody else gets this list. */
export const ownProtected = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      kind: topicKinds,
      title: z.string(),
      organization: named,
      pseudonym: z.string(),
      /** False until the day's letters are handed over; until then the topic cannot be opened. */
      isHandedOver: z.boolean(),
      state: suggestionStates.nullable(),
      promisedOn: day.nullable(),
      replyCount: count,
      /** Letters of the reader that wait to be handed over. */
      waitingLetters: z.array(z.object({ kind: z.enum(['reply', 'appeal']), text: z.string() })),
      /** What was written first, as long as it waits. */
      waitingText: z.string().nullable(),
      /** How many of their posts are hidden from others. */
      hiddenCount: count,
      /** Whether somebody has asked to open the identity. */
      openingCount: count,
    }),
  ),
})
export type OwnProtected = z.infer<typeof ownProtected>

export const report = z.object({
  id: z.uuid(),
  topicId: z.uuid(),
  topicTitle: z.string(),
  postId: z.uuid(),
  postSeq: count,
  authorName: z.string(),
  excerpt: z.string(),
  reason: z.string(),
  reportedAt: instant,
  organization: named,
  /** 隐藏、保留 */
  decision: z.enum(['hidden', 'kept']).nullable(),
  decisionReason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  can: z.object({ decide: z.boolean() }),
})
export type Report = z.infer<typeof report>
export const reports = page(report)
export const reportDecision = z.object({ decision: z.enum(['hidden', 'kept']), reason })
export type ReportDecision = z.infer<typeof reportDecision>
export const appeal = z.object({ words })
export const appealDecision = z.object({ decision: z.enum(['upheld', 'restored']), reason })
export type AppealDecision = z.infer<typeof appealDecision>
export const moderationQuery = z.object({
  /** 待处理、全部 */
  open: z.stringbool().default(true),
  cursor,
  limit: pageSize,
})
export type ModerationQuery = z.infer<typeof moderationQuery>

const workingDays = count.min(1, '至少 1 个工作日').max(60, '不超过 60 个工作日')
/** What the university settles about discussion. */
export const discussionSettings = z.object({
  /** Working days until a suggestion and a complaint are answered. */
  suggestionDays: workingDays,
  complaintDays: workingDays,
  /** So many working days before the promised day its office is reminded, and how often again after it (in working days). */
  remindBeforeDays: count.min(0, '不能是负数').max(20, '不超过 20 个工作日'),
  remindAfterEveryDays: count.min(1, '至少 1 个工作日').max(20, '不超过 20 个工作日'),
  /** The two offices that may open an identity together; null: nobody may. */
  openers: z
    .array(z.object({ organizationId: z.uuid(), office: z.enum(officeKinds) }))
    .length(2, '请指定两个职务')
    .refine(([one, other]) => one?.organizationId !== other?.organizationId || one?.office !== other?.office, {
      message: '两个职务不能相同',
    })
    .nullable(),
  /** Days within which the other office agrees. */
  openingDays: count.min(1, '至少 1 天').max(30, '不超过 30 天'),
})
export type DiscussionSettings = z.infer<typeof discussionSettings>
export const discussionSettingsView = discussionSettings.safeExtend({
  /** `open`: the reader holds one of the two offices. */
  can: z.object({ change: z.boolean(), open: z.boolean() }),
})
export type DiscussionSettingsView = z.infer<typeof discussionSettingsView>

/** 每一处 [起, 止) */
const marks = z.array(z.tuple([count, count]))
const markedText = z.object({ text: z.string(), marks })
export const postsFound = page(
  z.object({
    postId: z.uuid(),
    topicId: z.uuid(),
    seq: count,
    kind: topicKinds,
    title: markedText,
    snippet: markedText,
    authorName: z.string(),
    organization: named,
    on: day,
  }),
)
export type PostsFound = z.infer<typeof postsFound>
export const findQuery = z.object({
  q: line.min(1, '请填写要查找的字词').max(60, '不超过 60 个字'),
  organizationId: z.uuid().optional(),
  cursor,
  limit: pageSize,
})
export type FindQuery = z.infer<typeof findQuery>

/** How much of each is unread or waits, for the menu of the page. */
export const discussionCounts = z.object({
  unreadTopics: count,
  /** Of those, and of what is to be answered, each once. */
  concerning: count,
  /** For officers: suggestions without an answer, reports and appeals without a decision. */
  toAnswer: count,
  toDecide: count,
})
export type DiscussionCounts = z.infer<typeof discussionCounts>
