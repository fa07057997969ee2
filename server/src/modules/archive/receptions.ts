import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { type Receipt, writeReceipt } from '../../platform/packages/receipt.ts'
import { pagesOf, type SealedFile, type SealedItem } from '../../platform/packages/sealed-file.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { findPerson } from '../people/queries.ts'
import type { StoredPerson } from '../people/sealing.ts'
import { moveWithPersons } from '../people/service.ts'
import { type Arrived, fileNameOf, shortened, type TakenItem } from './arriving.ts'
import { software } from './file-to-seal.ts'
import type { TakenContent } from './held-contents.ts'
import { keeperOf } from './numbering.ts'
import { mayClose } from './policy.ts'
import { currentOf, documentsOf } from './queries.ts'
import type { NewReception, ReceivedFact, ReceivedItem } from './reception-schema.ts'
import { countsOf, type StoredReception, subjectOf } from './receptions-list.ts'
import { fileReceived, holdPerson } from './service.ts'
import { archiveDocuments, archiveReceptions } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'
import { forgetUpload } from './uploads.ts'

/** The person into whose file a package is to go. Refuses who does not keep it, before the package is looked at. */
export async function receiverOf(ctx: Context, personId: string): Promise<StoredPerson> {
  const person = found(await findPerson(ctx, personId), '位人员')
  const can = mayClose(ctx.actor, { path: person.path, personId: person.id })
  found(can.read ? person : undefined, '位人员的档案')
  authorize(can.receive, '接收这位人员的档案包')
  return person
}

/** What of a package can be filed, and how the store is asked whether a content is there. */
export interface Unpacked {
  arrived: Arrived
  taken: ReadonlyMap<number, TakenItem>
  contentIsThere: (contentId: string) => Promise<boolean>
}

/**
 * Takes a package over into the file of a person: files its documents with where they came from, keeps its metadata, and makes the
 * receipt. Nothing that the package says of the person is recorded by it. Returns the id. Refuses a package that this file has
 * taken over before, a document for which nothing was said, and one that cannot be filed.
 */
export async function acceptPackage(
  ctx: Context,
  wanted: NewReception,
  { arrived, taken, contentIsThere }: Unpacked,
): Promise<string> {
  const { file, metadata, digests } = arrived
  const key = JSON.stringify([ctx.tenantId, wanted.personId])
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 11))`)
  await holdPerson(ctx, wanted.personId)
  const person = await receiverOf(ctx, wanted.personId)
  const before = await receptionOf(ctx, person.id, digests.metadata)
  if (before) throw acceptedBefore(before)
  const wishes = wishesFor(file.items, wanted)

  await forgetUpload(ctx, wanted.uploadId)
  const here = await contentsOf(ctx, person.id)
  const acceptedAt = new Date()
  const id = newId()
  const { title, keeper, seal } = file
  const [number, sender] = [shortened(file.number, 100), shortened(keeper.name, 200)]
  const origin = { reception: id, number, version: seal.version, sender, sha256: digests.metadata }
  const items: ReceivedItem[] = []
  for (const { item, wish } of wishes) {
    const described = itemOf(item)
    if ('leftOut' in wish) {
      items.push({ ...described, fate: 'leftOut', reason: wish.leftOut, documentId: null })
      continue
    }
    const content = filable(ctx, item, taken.get(item.number))
    const same = here.get(content.id)
    if (same) {
      const reason = `与“${same.placeLabel}”中《${same.title}》的内容相同`
      items.push({ ...described, fate: 'present', reason, documentId: same.id })
      continue
    }
    const { on, nature } = item
    const wantedDocument = { personId: person.id, place: wish.place, title: described.title, nature, ...(on && { on }) }
    const fileToFile = { content, fileName: fileNameOf(item), contentIsThere }
    const documentId = await fileReceived(ctx, wantedDocument, fileToFile, origin)
    const placeLabel = placeOf(await filingListOf(ctx), wish.place).label
    here.set(content.id, { id: documentId, title: described.title, placeLabel })
    items.push({ ...described, fate: 'filed', reason: null, documentId })
  }
  const receipt = await receiptFor(ctx, person, { arrived, items, acceptedAt })
  const row: StoredReception = {
    tenantId: ctx.tenantId,
    id,
    personId: person.id,
    organizationId: person.organizationId,
    path: person.path,
    number,
    version: seal.version,
    title: shortened(title, 500),
    sender,
    sealedByName: shortened(seal.by, 200),
    sealedAt: new Date(seal.at),
    metadata,
    sha256: digests.metadata,
    tagManifestSha256: digests.tagManifest,
    packageSha256: digests.package,
    items,
    facts: factsIn(file),
    receipt: writeReceipt(receipt),
    acceptedBy: ctx.actor.accountId,
    acceptedByName: ctx.actor.name,
    acceptedAt,
  }
  await ctx.db.insert(archiveReceptions).values(row)
  const { filed, present, leftOut } = countsOf(items)
  await record(ctx, 'archive.package-received', subjectOf(row), {
    ...{ number, version: seal.version, sender, sha256: row.sha256 },
    ...{ filed, present, leftOut },
  })
  return id
}

/** Which contents lie in the file of a person today, by their id. */
export async function contentsOf(
  ctx: Context,
  personId: string,
): Promise<Map<string, { id: string; title: string; placeLabel: string }>> {
  const list = await filingListOf(ctx)
  const rows = currentOf(await documentsOf(ctx, eq(archiveDocuments.personId, personId)))
  return new Map(
    rows
      .filter((it) => it.destroyedOn === null)
      .map(({ document: { id, title, place, contentId } }) => [
        contentId,
        { id, title, placeLabel: placeOf(list, place).label },
      ]),
  )
}

/** What a package says of the person, as it is shown beside the record. */
export const factsIn = ({ facts }: SealedFile): ReceivedFact[] =>
  facts.map(({ on, what, details, basis, recordedBy }) => ({
    on,
    what: shortened(what, 200),
    details: shortened(details, 2_000),
    basis: basis === null ? null : shortened(basis, 500),
    recordedBy: shortened(recordedBy, 200),
  }))

/** Why a document cannot be filed whatever its place, or null. */
export function problemOf({ today }: Context, { on }: SealedItem, taken: TakenItem | undefined): string | null {
  if (taken === undefined) return '没有读到内容。'
  if ('refused' in taken) return taken.refused
  if (on !== null && on > today) return `材料上的日期 ${on} 晚于今天。`
  return on !== null && on < '1850' ? `材料上的日期 ${on} 不合常理。` : null
}

/** Receptions move with their person. */
moveWithPersons(archiveReceptions)

type Wish = NewReception['items'][number]

/** Each document of the package with what is to become of it. */
function wishesFor(items: readonly SealedItem[], wanted: NewReception): { item: SealedItem; wish: Wish }[] {
  const wishes = new Map(wanted.items.map((it) => [it.number, it]))
  if (wishes.size < wanted.items.length) refuseField('items', '同一件写了两次，请刷新后重新办理。')
  const strange = wanted.items.find((it) => !items.some(({ number }) => number === it.number))
  if (strange) refuseField('items', `包中没有第 ${strange.number} 件，请刷新后重新办理。`)
  return items.map((item) => {
    const wish = wishes.get(item.number)
    if (!wish)
      refuseField('items', `第 ${item.number} 件《${itemOf(item).title}》没有写明归入哪一类，也没有写明为什么不接收。`)
    return { item, wish }
  })
}

function filable(ctx: Context, item: SealedItem, taken: TakenItem | undefined): TakenContent {
  const problem = problemOf(ctx, item, taken)
  if (problem !== null || taken === undefined || 'refused' in taken)
    throw new Refusal(
      'conflict',
      `第 ${item.number} 件《${itemOf(item).title}》不能归档：${problem}请写明原因，不接收这一件。`,
    )
  return taken.content
}

const itemOf = ({ number, title, on, place, pages }: SealedItem) => ({
  ...{ number, title: shortened(title, 200), on },
  ...{ place: shortened(place, 200), pages },
})

async function receiptFor(
  ctx: Context,
  person: StoredPerson,
  { arrived, items, acceptedAt }: { arrived: Arrived; items: readonly ReceivedItem[]; acceptedAt: Date },
): Promise<Receipt> {
  const { file, digests, bytes } = arrived
  const { number, title, subject, keeper, seal } = file
  const [university] = await ctx.db
    .select({ name: universities.name })
    .from(universities)
    .where(eq(universities.id, ctx.tenantId))
  const sha256 = new Map(file.items.map((it) => [it.number, it.content.sha256]))
  return {
    format: 'zhibu-receipt-1',
    number,
    version: seal.version,
    title,
    subject: { name: subject.name, number: subject.number },
    sender: { name: keeper.name, sealedBy: seal.by, sealedAt: seal.at },
    receiver: {
      university: found(university, '个学校').name,
      organization: (await keeperOf(ctx, person.path)).name,
      by: ctx.actor.name,
      at: acceptedAt.toISOString(),
    },
    digests,
    received: { items: file.items.length, pages: pagesOf(file), bytes },
    items: items.map((it) => ({
      ...{ number: it.number, title: it.title, sha256: sha256.get(it.number) ?? '' },
      ...{ fate: it.fate, reason: it.reason },
    })),
    software,
  }
}

/** The package of a seal that a file has taken over, if it has. */
export async function receptionOf(
  ctx: Context,
  personId: string,
  metadataDigest: string,
): Promise<StoredReception | undefined> {
  const [row] = await ctx.db
    .select()
    .from(archiveReceptions)
    .where(
      and(
        eq(archiveReceptions.tenantId, ctx.tenantId),
        eq(archiveReceptions.personId, personId),
        eq(archiveReceptions.sha256, metadataDigest),
      ),
    )
  return row
}

const acceptedBefore = ({ acceptedAt, acceptedByName, number }: StoredReception) =>
  new Refusal(
    'conflict',
    `这个包（${number}）已由${acceptedByName}于 ${acceptedAt.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })} 接收，没有重复接收。接收回执见“接收记录”。`,
  )
