import type { Context } from '../../platform/context.ts'

/** Work of a later module that belongs to a change of what lies in the files of persons, in the same transaction. */
export type DocumentFollower = (ctx: Pick<Context, 'db' | 'tenantId'>, personIds: readonly string[]) => Promise<void>

/** Lets a later module follow documents: what was derived from the papers of a person has to be derived again. */
export function followDocuments(follower: DocumentFollower): void {
  followers.push(follower)
}

const followers: DocumentFollower[] = []

/** Work of a later module that belongs to a change of the filing list, in the same transaction. */
export type FilingListFollower = (ctx: Context) => Promise<void>

/** Lets a later module follow the filing list: what was derived from it has to be derived again. */
export function followFilingList(follower: FilingListFollower): void {
  listFollowers.push(follower)
}

const listFollowers: FilingListFollower[] = []

/** Tells the later modules in whose file a document was added, changed or taken out; null where it is nobody's. */
export async function tellDocumentFollowers(
  ctx: Pick<Context, 'db' | 'tenantId'>,
  personId: string | null,
): Promise<void> {
  if (personId === null) return
  for (const follower of followers) await follower(ctx, [personId])
}

/** Tells the later modules that the filing list of the university is another one. */
export async function tellFilingListFollowers(ctx: Context): Promise<void> {
  for (const follower of listFollowers) await follower(ctx)
}
