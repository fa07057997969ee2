import type { Context } from '../../platform/context.ts'
import { Refusal } from '../../platform/refusal.ts'
import { openDocument } from '../archive/queries.ts'

/**
 * The paper from which something is recorded, as the journal keeps it; nothing where none is named. Refuses a document of somebody
 * else, or one that the actor may not read. The person concerned reads the journal: of a paper that is closed to them not even the title.
 */
export async function evidenceFor(ctx: Context, personId: string, documentId: string | undefined) {
  if (documentId === undefined) return {}
  const { document, place } = await openDocument(ctx, documentId)
  if (document.personId !== personId)
    throw new Refusal('malformed', '作为依据的材料不在这位人员的档案里，请从本人的材料上采用。')
  return { evidence: { documentId, ...(place.closedToPerson ? {} : { title: document.title }) } }
}
