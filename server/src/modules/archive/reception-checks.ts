import { filingTemplateOf } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { authorize } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import type { Arrived, TakenItem } from './arriving.ts'
import { nameFrom, shortened } from './arriving.ts'
import { receiverOf } from './receivers.ts'
import { type Chosen, candidatesFor } from './reception-candidates.ts'
import type { ReceptionCheck } from './reception-schema.ts'
import { factsIn, problemOf } from './receptions.ts'
import { isRefused } from './receptions-list.ts'
import { archiveReceptions } from './tables.ts'
import { filingListOf } from './template.ts'

/** Refuses who takes over no packages at all, and who does not keep the file that was chosen, before anything is read. */
export async function refuseNoReceiver(ctx: Context, { personId, organizationId }: Chosen): Promise<void> {
  authorize(ctx.actor.holdsAnywhere('keep-files'), '接收档案包')
  if (personId !== undefined) await receiverOf(ctx, { personId })
  if (organizationId !== undefined) await receiverOf(ctx, { organizationId })
}

/** What a package says, and where its documents would go here. Writes nothing. */
export async function previewReception(
  ctx: Context,
  { file, digests }: Arrived,
  taken: ReadonlyMap<number, TakenItem>,
  chosen: Chosen,
): Promise<ReceptionCheck> {
  const { kind } = file.subject
  const { [kind]: places } = await filingListOf(ctx)
  const inUse = new Set<string>(places.map((it) => it.code))
  // A place that was given another name here has its first name still with the sender.
  const shipped = filingTemplateOf()[kind].filter((it) => inUse.has(it.code))
  const placeHere = new Map<string, string>([...shipped, ...places].map((it) => [it.label, it.code]))
  const { number, title, keeper, seal, subject, items } = file
  return {
    number: shortened(number, 100),
    version: seal.version,
    title: shortened(title, 500),
    sender: shortened(keeper.name, 200),
    sealedBy: shortened(seal.by, 200),
    sealedAt: seal.at,
    reason: seal.reason === null ? null : shortened(seal.reason, 500),
    previous: seal.previous === null ? null : { sha256: seal.previous, isHere: await isHere(ctx, seal.previous) },
    subject: {
      kind,
      name: shortened(subject.name, 200),
      number: subject.number === null ? null : shortened(subject.number, 100),
      organization: shortened(subject.organization, 200),
    },
    digests,
    items: items.map((it) => {
      const item = taken.get(it.number)
      const content = item && 'content' in item ? item.content : null
      return {
        number: it.number,
        place: shortened(it.place, 200),
        placeHere: placeHere.get(it.place) ?? null,
        title: nameFrom(it.title, 200),
        on: it.on,
        nature: it.nature,
        kind: content?.kind ?? null,
        pages: it.pages,
        pagesHere: content?.pageCount ?? null,
        sizeBytes: it.content.bytes,
        refused: problemOf(ctx, it, item),
      }
    }),
    facts: factsIn(file),
    candidates: await candidatesFor(ctx, file, { digests, taken, chosen }),
    places: places.map(({ code, label, contents }) => ({ code, label, contents: [...contents] })),
  }
}

/** Whether a seal of this digest was taken over within the actor's reach. */
async function isHere(ctx: Context, metadataDigest: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ items: archiveReceptions.items })
    .from(archiveReceptions)
    .where(
      and(
        eq(archiveReceptions.tenantId, ctx.tenantId),
        within(archiveReceptions.path, ctx.actor.rootsOf('keep-files')),
        eq(archiveReceptions.sha256, metadataDigest),
      ),
    )
  return rows.some((it) => !isRefused(it))
}
