import type { Context } from '../../platform/context.ts'
import { type Recorder, record } from '../../platform/journal.ts'
import { disposalOf } from './disposals.ts'
import { findDocument, supersederOf } from './queries.ts'
import { filing, holdPerson, insertSuperseding, subjectOf, told } from './service.ts'

/** What a later module has to say of a paper that it filed: behind its title, in front of the name of its file, and in its history. */
export interface Mark {
  title: (before: string) => string
  fileName: (before: string) => string
  reason: string
}

type Marking = Pick<Context, 'db' | 'tenantId' | 'encryption' | 'requestId'> & {
  actor: Recorder['actor'] & { accountId: string }
}

/**
 * Marks what stands today in the place of a document, whoever keeps that file now, over the whole university: the same content in a new row, as a correction is.
 * What was taken out, destroyed or is marked already stays as it is. False where a list to be destroyed is still undecided: then it is to be tried again.
 */
export async function markDocument(ctx: Marking, documentId: string, mark: Mark): Promise<boolean> {
  const filed = await findDocument(ctx, documentId)
  if (filed === undefined) return true
  if (filed.personId !== null) await holdPerson(ctx, filed.personId)
  let before = await findDocument(ctx, documentId, { lock: true })
  for (let next = before; next !== undefined; next = await supersederOf(ctx, next.id))
    before = await findDocument(ctx, next.id, { lock: true })
  if (before === undefined || before.isWithdrawal) return true
  const title = mark.title(before.title)
  if (title === before.title) return true
  const disposal = await disposalOf(ctx, before.id)
  if (disposal !== null) return disposal === 'destroyed'

  const { id: former, place, on, nature, lacks } = before
  const row = {
    ...{ ...before, ...filing(ctx), title, fileName: mark.fileName(before.fileName) },
    ...{ supersedes: former, reason: mark.reason },
  }
  await insertSuperseding(ctx, row)
  await record(ctx, 'archive.document-corrected', subjectOf(row), {
    ...told(row),
    former: { id: former, place, title: before.title, on, nature, lacks },
  })
  return true
}
