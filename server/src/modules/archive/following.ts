import type { Context } from '../../platform/context.ts'

/** Work of a later module that belongs to a change of what lies in the files of persons, in the same transaction. */
export type DocumentFollower = (ctx: Context, personIds: readonly string[]) => Promise<void>

/** Lets a later module follow documents: what was derived from the papers of a person has to be derived again. */
export function followDocuments(follower: DocumentFollower): void {
  followers.push(follower)
}

const followers: DocumentFollower[] = []

/** Tells the later modules in whose file a document was added, changed or taken out; null where it is nobody's. */
export async function tellDocumentFollowers(ctx: Context, personId: string | null): Promise<void> {
  if (personId === null) return
  for (const follower of followers) await follower(ctx, [personId])
}
