import type { Actor } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'

/** An item as far as it decides who may do what with it. */
export interface MediaState {
  path: OrgPath
  uploaderAccountId: string
  isPrivate: boolean
  withdrawnAt: Date | null
}

/** Who brings pictures in: every person of the university, for what they write themselves. The administrators do not. */
export const mayUpload = (actor: Actor): boolean => actor.personId !== null && actor.administrator === null

/** Who looks through what an organisation and those below it have brought in. */
export const mayPublish = (actor: Actor, path: OrgPath): boolean => actor.holds('publish', path)

/** Whoever brought an item in sees, describes, uses and withdraws it, and so does whoever publishes where it belongs, unless it is private. What was withdrawn stays so. */
export function may(actor: Actor, it: MediaState) {
  const isOwn = it.uploaderAccountId === actor.accountId && mayUpload(actor)
  const reads = isOwn || (!it.isPrivate && mayPublish(actor, it.path))
  const stands = it.withdrawnAt === null
  return { read: reads, use: reads && stands, change: reads && stands, withdraw: reads && stands }
}
