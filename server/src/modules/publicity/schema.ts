import { z } from 'zod'
import type { BlockDifference } from '../../platform/rich-text/document-schema.ts'
import { article as articleDocument } from '../../platform/rich-text/schema.ts'
import { cursor, line, page, pageSize, prose, reason } from '../../platform/wire.ts'
import { cropBox, mediaView } from '../media/schema.ts'

/** What crosses the wire about articles (宣传稿件). */

/** 编写中、待审核、待发布、已定时、已发布、已撤下、已放弃 */
export const articleStates = [
  'writing',
  'inReview',
  'approved',
  'scheduled',
  'published',
  'withdrawn',
  'dropped',
] as const
export type ArticleState = (typeof articleStates)[number]

/** 通过、退回修改 */
export const reviewVerdicts = ['approved', 'returned'] as const
export type ReviewVerdict = (typeof reviewVerdicts)[number]

/** Why a version was kept: by a person, at submitting, at publishing, before an older one was brought back, of another one's writing. */
export const versionOccasions = ['kept', 'submitted', 'published', 'beforeRestoring', 'handedOver'] as const
export type VersionOccasion = (typeof versionOccasions)[number]

const instant = z.iso.datetime()
const named = z.object({ id: z.uuid(), name: z.string() })
const name = line.max(40, '不超过 40 个字').default('')

/** Everything that is written of an article. Drafts may be empty; what is submitted is looked at more closely. */
export const articleText = z.object({
  title: line.max(100, '标题不超过 100 个字'),
  summary: prose.max(300, '摘要不超过 300 个字').default(''),
  body: articleDocument,
  /** 作者、来源、摄影、责任编辑: as they stand below the title. */
  byline: z.object({ author: name, source: name, photographer: name, editor: name }),
  /** One picture for all covers, its description, and what of it is shown in the wide (900 × 383) and the square (200 × 200) one. */
  cover: z
    .object({ mediaId: z.uuid(), alt: line.max(200), wide: cropBox.nullable(), square: cropBox.nullable() })
    .nullable(),
})
export type ArticleText = z.infer<typeof articleText>

export const newArticle = z.object({
  organizationId: z.uuid(),
  sectionId: z.uuid(),
  isOpen: z.boolean().default(false),
  text: articleText,
})
export type NewArticle = z.infer<typeof newArticle>

export const keptVersion = z.object({ version: z.number().int() })

/** What is saved while it is being written. */
export const articleChange = z.object({ sectionId: z.uuid(), isOpen: z.boolean(), text: articleText })
export type ArticleChange = z.infer<typeof articleChange>

export const created = z.object({ id: z.uuid() })

/** The correction that is told to the readers; asked for where the article is published already. */
export const submission = z.object({
  correctionNote: prose.min(2).max(200, '不超过 200 个字').nullable().default(null),
})
export type Submission = z.infer<typeof submission>

export const newReview = z.object({
  version: z.number().int().positive(),
  verdict: z.enum(reviewVerdicts),
  opinion: prose.max(1000, '不超过 1000 个字').default(''),
})
export type NewReview = z.infer<typeof newReview>

/** The version that was read and approved, at once or at an instant to come. */
export const publication = z.object({
  version: z.number().int().positive(),
  at: instant.nullable().default(null),
})
export type Publication = z.infer<typeof publication>

export const withReason = z.object({ reason })

export const newRemark = z.object({
  quote: line.max(200),
  block: z.number().int().min(0).max(5_000),
  body: prose.min(1, '请写明意见').max(1000, '不超过 1000 个字'),
  answersId: z.uuid().nullable().default(null),
})
export type NewRemark = z.infer<typeof newRemark>

export const remarkView = z.object({
  id: z.uuid(),
  quote: z.string(),
  block: z.number().int(),
  body: z.string(),
  answersId: z.uuid().nullable(),
  writtenAt: instant,
  writtenByName: z.string(),
  settledAt: instant.nullable(),
  settledByName: z.string().nullable(),
  can: z.object({ settle: z.boolean() }),
})
export type RemarkView = z.infer<typeof remarkView>
export const remarks = z.object({ items: z.array(remarkView) })

export const reviewView = z.object({
  version: z.number().int(),
  verdict: z.enum(reviewVerdicts),
  opinion: z.string(),
  reviewerName: z.string(),
  reviewedAt: instant,
})

const can = z.object({
  write: z.boolean(),
  submit: z.boolean(),
  /** Take back what waits for review. */
  takeBack: z.boolean(),
  remark: z.boolean(),
  review: z.boolean(),
  publish: z.boolean(),
  withdraw: z.boolean(),
  drop: z.boolean(),
})
export type ArticleCan = z.infer<typeof can>

export const articleRow = z.object({
  id: z.uuid(),
  title: z.string(),
  state: z.enum(articleStates),
  /** Published, and a correction is being written or reviewed. */
  isBeingCorrected: z.boolean(),
  organization: named,
  section: named,
  isOpen: z.boolean(),
  authorName: z.string(),
  editedAt: instant,
  editedByName: z.string(),
  submittedAt: instant.nullable(),
  /** Who has sent it back to be changed, where that was the last that was said of it. */
  returnedBy: z.string().nullable(),
  scheduledFor: instant.nullable(),
  /** Why it was not published when that was settled. */
  scheduleProblem: z.string().nullable(),
  publishedAt: instant.nullable(),
  number: z.number().int().nullable(),
})
export type ArticleRow = z.infer<typeof articleRow>
export const articleList = page(articleRow)

/** Where the articles of a list stand: in one state, or approved whether or not a time is settled for it. */
export const listedStates = [...articleStates, 'toPublish'] as const
export type ListedState = (typeof listedStates)[number]

export const articlesQuery = z.object({
  state: z.enum(listedStates).optional(),
  /** Only what waits for a review by whoever asks. */
  forMe: z.stringbool().default(false),
  /** Only what whoever asks has written. */
  mine: z.stringbool().default(false),
  sectionId: z.uuid().optional(),
  organizationId: z.uuid().optional(),
  q: line.max(100).optional(),
  cursor,
  limit: pageSize,
})
export type ArticlesQuery = z.infer<typeof articlesQuery>

export const articleView = articleRow.extend({
  text: articleText,
  submittedVersion: z.number().int().nullable(),
  publishedVersion: z.number().int().nullable(),
  approvedAt: instant.nullable(),
  correctionNote: z.string().nullable(),
  withdrawnAt: instant.nullable(),
  withdrawalReason: z.string().nullable(),
  /** How many have to approve it, and what reviewers have said, the last one first. */
  reviewersNeeded: z.number().int(),
  /** What is still asked for of what waits for review; null where nothing waits. */
  stillAsked: z.object({ approvals: z.number().int(), isFromAbove: z.boolean() }).nullable(),
  reviews: z.array(reviewView),
  openRemarks: z.number().int(),
  /** Its address on the site, once it has one. */
  address: z.string().nullable(),
  can,
})
export type ArticleView = z.infer<typeof articleView>

/** A picture or film of an article, and whether those who are shown agree. */
export const usedMedium = mediaView
  .pick({ id: true, kind: true, width: true, height: true, fileName: true, altText: true, showsPersons: true })
  .extend({ isWithdrawn: z.boolean() })
export type UsedMedium = z.infer<typeof usedMedium>
export const usedMedia = z.object({ items: z.array(usedMedium) })

/** The organisations for which whoever asks may write; `ownId` is where they belong. */
export const places = z.object({ organizationIds: z.array(z.uuid()), ownId: z.uuid().nullable() })
export type Places = z.infer<typeof places>

export const versionRow = z.object({
  version: z.number().int(),
  occasion: z.enum(versionOccasions),
  title: z.string(),
  savedAt: instant,
  savedByName: z.string(),
})
export type VersionRow = z.infer<typeof versionRow>
export const versions = z.object({ items: z.array(versionRow) })
export const versionView = versionRow.extend({ text: articleText })
export type VersionView = z.infer<typeof versionView>

export const comparisonQuery = z.object({
  /** A version, or what is being written now. */
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive().optional(),
})
export type ComparisonQuery = z.infer<typeof comparisonQuery>

const compared = articleText.pick({ title: true, summary: true, byline: true })

/** Two texts beside one another, and what has become of each block. */
export const comparison = z.object({
  older: compared,
  newer: compared,
  body: z.array(z.custom<BlockDifference>().meta({ type: 'object' })),
})
export type Comparison = z.infer<typeof comparison>

/** A Word document for the editor: its pictures are those of the person now, null where one could not be taken. */
export const importedText = z.object({
  /** `<img data-picture="n">` stands for the nth of the pictures, from 0. */
  html: z.string(),
  pictures: z.array(z.uuid().nullable()),
  /** What was left out. */
  remarks: z.array(z.string()),
})
export type ImportedText = z.infer<typeof importedText>

/** How many others have to approve what is published, and whether one of them stands above where everybody reads it. */
export const publicitySettings = z.object({
  reviewers: z.number().int().min(1, '至少一人审核').max(3, '最多三级审核'),
  openIsReviewedAbove: z.boolean(),
  /** The name of the site, its line below the name, and what stands at the foot of each page. */
  siteName: line.min(2, '请填写站点名称').max(40, '不超过 40 个字'),
  siteAbout: line.max(100, '不超过 100 个字'),
  siteFoot: line.max(200, '不超过 200 个字'),
})
export type PublicitySettings = z.infer<typeof publicitySettings>
export const publicitySettingsView = publicitySettings.extend({ can: z.object({ change: z.boolean() }) })
export type PublicitySettingsView = z.infer<typeof publicitySettingsView>

export const sectionFields = z.object({
  name: line.min(2, '请填写栏目名称').max(20, '不超过 20 个字'),
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, '栏目地址用小写字母、数字和连字符，以字母开头'),
  about: line.max(100, '不超过 100 个字').default(''),
})
export type SectionFields = z.infer<typeof sectionFields>

/** Its word in addresses stays, so that no address leads nowhere. */
export const sectionChange = sectionFields
  .omit({ slug: true })
  .extend({ position: z.number().int().min(0).max(1_000), isClosed: z.boolean() })
export type SectionChange = z.infer<typeof sectionChange>

export const sectionView = sectionFields.extend({
  id: z.uuid(),
  position: z.number().int(),
  isClosed: z.boolean(),
  revision: z.number().int(),
})
export const sections = z.object({ items: z.array(sectionView), can: z.object({ change: z.boolean() }) })
export type Sections = z.infer<typeof sections>

/** Something to mend (`must`) or to look at (`look`) before an article goes to a 公众号. */
export const kitCheck = z.object({ code: z.string(), weight: z.enum(['must', 'look']), text: z.string() })
export type KitCheck = z.infer<typeof kitCheck>

/** What became of an article that was to be put into the draft box of the 公众号. */
export const wechatDraftView = z.object({
  version: z.number().int(),
  askedAt: instant,
  askedByName: z.string(),
  /** 正在推送、已在草稿箱、没有推送成功 */
  state: z.enum(['waiting', 'there', 'failed']),
  failure: z.string().nullable(),
})
export type WechatDraftView = z.infer<typeof wechatDraftView>

/** An article as it goes to a 公众号. */
export const kitView = z.object({
  title: z.string(),
  author: z.string(),
  digest: z.string(),
  /** Everything in the styles of the elements; made by us, with nothing in it that runs. */
  html: z.string(),
  characters: z.number().int(),
  pictures: z.number().int(),
  covers: z.object({ wide: z.string(), square: z.string() }).nullable(),
  checks: z.array(kitCheck),
  /** Whether what is shown was approved; otherwise it is what is being written. */
  isApproved: z.boolean(),
  /** Whether an administrator has named a 公众号. */
  isConfigured: z.boolean(),
  drafts: z.array(wechatDraftView),
  can: z.object({ push: z.boolean() }),
})
export type KitView = z.infer<typeof kitView>
