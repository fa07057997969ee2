import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { StoredItem } from '../media/queries.ts'
import { canWith, kindOf } from './entries.ts'
import { problemsOf, tellingsOf } from './entry-checks.ts'
import { type ConsentFacts, entryStateOf } from './policy.ts'
import type { Consents, EntryView } from './schema.ts'
import { mediaOf, nothing, shownFields } from './shown.ts'
import { type Member, membersOf, ofEntry, openToJudge, type StoredCall, type StoredEntry } from './stored.ts'
import { callEntries, calls } from './tables.ts'

/** An entry as those whose work it is see it, and those who hold the call once it was submitted. Everything here runs over the whole university. */

interface Opened {
  entry: StoredEntry
  call: StoredCall
  members: Member[]
  /** The reader, where it is their work. */
  own: Member | undefined
}

/** An entry for those who may read it: whose work it is, and whoever judges the entries of the call once it was submitted. */
export async function openEntry(ctx: Context, entryId: string): Promise<Opened> {
  const [row] = await ctx.db
    .select({ entry: callEntries, call: calls })
    .from(callEntries)
    .innerJoin(calls, and(eq(calls.tenantId, callEntries.tenantId), eq(calls.id, callEntries.callId)))
    .where(ofEntry(ctx, entryId))
  const { entry, call } = found(row, '件作品')
  const members = await membersOf(ctx, [entryId])
  const own = members.find((it) => it.personId === personOf(ctx))
  if (own) return { entry, call, members, own }
  found((entry.submittedAt !== null && entry.withdrawnAt === null) || undefined, '件作品')
  await unseenUnless(openToJudge(ctx, call.id))
  return { entry, call, members, own }
}

/** Who judges nothing here is told that there is nothing. */
async function unseenUnless(opening: Promise<unknown>): Promise<void> {
  await opening.catch((error: unknown) => {
    if (error instanceof Refusal) found(undefined, '件作品')
    throw error
  })
}

/** The entry as its page shows it. */
export async function readEntry(ctx: Context, entryId: string): Promise<{ view: EntryView; revision: number }> {
  const { entry, call, members, own } = await openEntry(ctx, entryId)
  const media = await mediaOf(ctx, [entry])
  const tellings = await tellingsOf(ctx, call, [entry], members, media)
  const kind = kindOf(call, entry.kindKey)
  const isDraft = entry.submittedAt === null
  const isTold = own === undefined || call.resultsAt !== null
  const view: EntryView = {
    ...{ id: entry.id, kindKey: entry.kindKey, kindName: kind?.name ?? '', untilOn: kind?.untilOn ?? call.untilOn },
    call: { id: call.id, title: call.title, isBlind: call.isBlind, teamMost: call.teamMost },
    ...{ title: entry.title, number: entry.number, state: entryStateOf(entry, call) },
    fields: shownFields(call, entry, media, { without: nothing, namedAfter: '' }),
    members: members.map((it) => ({
      ...{ personId: it.personId, name: it.name, organization: it.organization, isAuthor: it.isAuthor },
      consents: consentsOf(it),
    })),
    own: own ? consentsOf(own) : null,
    teamCode: own && isDraft && call.teamMost > 1 ? entry.teamCode : null,
    tellings: tellings.get(entry.id) ?? [],
    problems: isDraft ? problemsOf(call, entry, media) : [],
    redactions: own ? [] : entry.redactions,
    decision: isTold ? entry.decision : null,
    decisionWords: isTold ? entry.decisionWords : '',
    corrections: entry.corrections,
    can: {
      ...(own
        ? canWith(ctx, { entry, call, member: own })
        : { write: false, submit: false, takeBack: false, withdraw: false }),
      judge: own === undefined,
    },
  }
  return { view, revision: entry.revision }
}

const consentsOf = (it: ConsentFacts): Consents => ({
  publication: it.publicationAt !== null,
  name: it.nameAt !== null,
  portrait: it.portraitAt !== null,
})

/** A picture, sound, film or file of an entry, for those who may read it. */
export async function openEntryMedium(ctx: Context, entryId: string, mediaId: string): Promise<StoredItem> {
  const { entry } = await openEntry(ctx, entryId)
  const { items } = await mediaOf(ctx, [entry])
  return found(items.get(mediaId), '个文件')
}
