import { filingTemplateOf } from '@zhibu/rules'
import { and, eq, ne, or } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import type { SealedFile } from '../../platform/packages/sealed-file.ts'
import { authorize } from '../../platform/refusal.ts'
import { within } from '../../platform/within.ts'
import { organizations } from '../organization/tables.ts'
import { organizationOfPerson } from '../people/queries.ts'
import { persons } from '../people/tables.ts'
import type { Arrived, TakenItem } from './arriving.ts'
import { shortened } from './arriving.ts'
import type { ReceptionCheck } from './reception-schema.ts'
import { contentsOf, factsIn, problemOf, receiverOf, receptionOf } from './receptions.ts'
import { archiveReceptions } from './tables.ts'
import { filingListOf } from './template.ts'

/** So many persons of the same name are offered. */
const mostCandidates = 20

/** Refuses who takes over no packages at all, and who does not keep the file of the person who was chosen, before anything is read. */
export async function refuseNoReceiver(ctx: Context, personId: string | undefined): Promise<void> {
  authorize(ctx.actor.holdsAnywhere('keep-files'), '接收档案包')
  if (personId !== undefined) await receiverOf(ctx, personId)
}

/** What a package says, and where its documents would go here. Writes nothing. */
export async function previewReception(
  ctx: Context,
  { file, digests }: Arrived,
  taken: ReadonlyMap<number, TakenItem>,
  chosenId: string | undefined,
): Promise<ReceptionCheck> {
  const { person: places } = await filingListOf(ctx)
  const inUse = new Set<string>(places.map((it) => it.code))
  // A place that was given another name here has its first name still with the sender.
  const shipped = filingTemplateOf().person.filter((it) => inUse.has(it.code))
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
        title: shortened(it.title, 200),
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
    candidates: await candidatesFor(ctx, file, { digests, taken, chosenId }),
    places: places.map(({ code, label, contents }) => ({ code, label, contents: [...contents] })),
  }
}

/** Persons with the number or the name of the package whose files the actor keeps, and the one who was chosen. */
async function candidatesFor(
  ctx: Context,
  { subject }: SealedFile,
  known: Pick<Arrived, 'digests'> & { taken: ReadonlyMap<number, TakenItem>; chosenId: string | undefined },
): Promise<ReceptionCheck['candidates']> {
  const { taken, chosenId, digests } = known
  const { number, name } = subject
  const hasNumber = number === null || number === '' ? undefined : eq(persons.studentNumber, number)
  const rows = await ctx.db
    .select({ person: persons, organization: organizations.name })
    .from(persons)
    .innerJoin(organizations, organizationOfPerson)
    .where(
      and(
        eq(persons.tenantId, ctx.tenantId),
        within(persons.path, ctx.actor.rootsOf('keep-files')),
        ctx.actor.personId === null ? undefined : ne(persons.id, ctx.actor.personId),
        or(hasNumber, eq(persons.name, name), chosenId === undefined ? undefined : eq(persons.id, chosenId)),
      ),
    )
    .orderBy(persons.id)
    .limit(mostCandidates)
  const candidates: ReceptionCheck['candidates'] = []
  for (const { person, organization } of rows) {
    const here = await contentsOf(ctx, person.id)
    const before = await receptionOf(ctx, person.id, digests.metadata)
    candidates.push({
      id: person.id,
      name: person.name,
      studentNumber: person.studentNumber,
      organization,
      by: hasNumber && person.studentNumber === number ? 'number' : person.name === name ? 'name' : 'chosen',
      present: [...taken].flatMap(([itemNumber, it]) => {
        const same = 'content' in it ? here.get(it.content.id) : undefined
        return same ? [{ number: itemNumber, title: same.title, placeLabel: same.placeLabel }] : []
      }),
      received: before ? { id: before.id, by: before.acceptedByName, at: before.acceptedAt.toISOString() } : null,
    })
  }
  const order = ['chosen', 'number', 'name']
  return candidates.sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by))
}

/** Whether a seal of this digest was taken over within the actor's reach. */
async function isHere(ctx: Context, metadataDigest: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: archiveReceptions.id })
    .from(archiveReceptions)
    .where(
      and(
        eq(archiveReceptions.tenantId, ctx.tenantId),
        within(archiveReceptions.path, ctx.actor.rootsOf('keep-files')),
        eq(archiveReceptions.sha256, metadataDigest),
      ),
    )
    .limit(1)
  return rows.length > 0
}
