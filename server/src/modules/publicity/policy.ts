import type { Actor } from '../../platform/context.ts'
import { ancestors, isWithin, type OrgPath } from '../../platform/org-path.ts'
import type { ArticleCan, ArticleState, PublicitySettings, ReviewVerdict } from './schema.ts'

/** An article as far as it decides who may do what with it. */
export interface ArticleFacts {
  path: OrgPath
  isOpen: boolean
  authorAccountId: string
  /** Who has changed what is submitted last. */
  editedByAccountId: string
  submittedVersion: number | null
  approvedAt: Date | null
  scheduledFor: Date | null
  publishedAt: Date | null
  withdrawnAt: Date | null
  droppedAt: Date | null
}

/** What a reviewer has said of the version that is submitted. */
export interface GivenReview {
  reviewerAccountId: string
  reviewerPath: OrgPath
  verdict: ReviewVerdict
}

/** Who writes for an organisation: its officers of publicity and those above, and everybody who belongs to it. */
export const mayWrite = (actor: Actor, path: OrgPath, ownPath: OrgPath | null): boolean =>
  actor.administrator === null && (actor.holds('publish', path) || (ownPath !== null && isWithin(ownPath, path)))

/** Where an article stands, worked out from its dated facts. */
export function stateOf(it: ArticleFacts): ArticleState {
  if (it.droppedAt) return 'dropped'
  if (it.withdrawnAt) return 'withdrawn'
  if (it.publishedAt) return 'published'
  if (it.scheduledFor) return 'scheduled'
  if (it.approvedAt) return 'approved'
  return it.submittedVersion === null ? 'writing' : 'inReview'
}

/**
 * Who may do what with an article. Nobody reviews what they have written, whoever has changed it since, and nobody reviews twice. `writers`
 * are the accounts that have written at it since it was published last. What was published stays in the hands
 * of the officers: its author may write a correction, which is reviewed as the article was.
 */
export function may(
  actor: Actor,
  it: ArticleFacts,
  { given, writers }: { given: readonly GivenReview[]; writers: readonly string[] },
): ArticleCan & { read: boolean } {
  const isOfficer = actor.administrator === null && actor.holds('publish', it.path)
  const isAuthor = actor.administrator === null && it.authorAccountId === actor.accountId
  const isAlive = it.droppedAt === null && it.withdrawnAt === null
  const isWriting = isAlive && it.submittedVersion === null
  const hasWritten = isAuthor || [it.editedByAccountId, ...writers].includes(actor.accountId)
  const waits = isAlive && it.submittedVersion !== null && it.approvedAt === null
  return {
    read: isOfficer || isAuthor,
    write: (isOfficer || isAuthor) && isWriting,
    submit: (isOfficer || isAuthor) && isWriting,
    takeBack: (isOfficer || isAuthor) && isAlive && it.submittedVersion !== null,
    remark: (isOfficer || isAuthor) && isAlive,
    review: isOfficer && waits && !hasWritten && given.every((review) => review.reviewerAccountId !== actor.accountId),
    publish: isOfficer && isAlive && it.approvedAt !== null,
    withdraw: isOfficer && isAlive && it.publishedAt !== null,
    drop: (isOfficer || isAuthor) && isAlive && it.publishedAt === null,
  }
}

/**
 * What is still asked for until enough others have approved: as many as the university has settled, and where everybody will read it, one
 * of them from above where that is asked for. The university itself has nobody above.
 */
export function stillAsked(
  { path, isOpen }: Pick<ArticleFacts, 'path' | 'isOpen'>,
  given: readonly GivenReview[],
  { reviewers, openIsReviewedAbove }: Pick<PublicitySettings, 'reviewers' | 'openIsReviewedAbove'>,
): { approvals: number; isFromAbove: boolean } {
  const approvals = given.filter((it) => it.verdict === 'approved')
  const needsAbove = isOpen && openIsReviewedAbove && ancestors(path).length > 0
  const isSeenAbove = approvals.some((it) => it.reviewerPath !== path && isWithin(path, it.reviewerPath))
  const isFromAbove = needsAbove && !isSeenAbove
  return { approvals: Math.max(reviewers - approvals.length, isFromAbove ? 1 : 0), isFromAbove }
}

/** Whether enough others have approved. */
export const isApproved = (...asked: Parameters<typeof stillAsked>): boolean => stillAsked(...asked).approvals === 0

/** Who settles how articles are reviewed, and the columns of the site: publicity of the whole university. */
export const maySettle = (actor: Actor): boolean =>
  actor.rootsOf('publish').some((root) => ancestors(root).length === 0)
