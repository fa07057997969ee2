import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { type Receipt, writeReceipt } from '../../platform/packages/receipt.ts'
import { pagesOf, type SealedFile, type SealedItem } from '../../platform/packages/sealed-file.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { universities } from '../organization/tables.ts'
import { moveWithPersons } from '../people/service.ts'
import { type Arrived, fileNameOf, nameFrom, shortened, type TakenItem } from './arriving.ts'
import { software } from './file-to-seal.ts'
import type { TakenContent } from './held-contents.ts'
import { keeperOf } from './numbering.ts'
import { contentsOf, type Receiver, receiverOf, receptionOf } from './receivers.ts'
import type { NewReception, ReceivedFact, ReceivedItem } from './reception-schema.ts'
import { countsOf, isRefused, type StoredReception, subjectOf } from './receptions-list.ts'
import { fileReceived } from './service.ts'
import { archiveReceptions } from './tables.ts'
import { filingListOf, placeOf } from './template.ts'
import { forgetUpload } from './uploads.ts'

/** What of a package can be filed, and how the store is asked whether a content is there. */
export interface Unpacked {
  arrived: Arrived
  taken: ReadonlyMap<number, TakenItem>
  contentIsThere: (contentId: string) => Promise<boolean>
}

/**
 * Takes a package over into the file of a person or of an organisation: files its documents with where they came from, keeps its
 * metadata, and makes the receipt. Nothing that the package says of them is recorded by it, and no organisation is made. Returns the
 * id. Refuses a package of the other kind, one that this file has taken over before, a document for which nothing was said, and one
 * that cannot be filed.
 */
export async function acceptPackage(
  ctx: Context,
  wanted: NewReception,
  { arrived, taken, contentIsThere }: Unpacked,
): Promise<string> {
  const { file, metadata, digests } = arrived
  const key = JSON.stringify([ctx.tenantId, 'personId' in wanted ? wanted.personId : wanted.organizationId])
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 11))`)
  const receiver = await receiverOf(ctx, wanted, { lock: true })
  const { owner, personId, organizationId, path } = receiver
  refuseOtherKind(file, receiver)
  const before = await receptionOf(ctx, owner, digests.metadata)
  if (before) throw acceptedBefore(before)
  const wishes = wishesFor(file.items, wanted)

  await forgetUpload(ctx, wanted.uploadId)
  const here = await contentsOf(ctx, owner)
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
    const wantedDocument = { ...owner, place: wish.place, title: described.title, nature, ...(on && { on }) }
    const fileToFile = { content, fileName: fileNameOf(item), contentIsThere }
    const documentId = await fileReceived(ctx, wantedDocument, fileToFile, origin)
    const placeLabel = placeOf(await filingListOf(ctx), wish.place).label
    here.set(content.id, { id: documentId, title: described.title, placeLabel })
    items.push({ ...described, fate: 'filed', reason: null, documentId })
  }
  const receipt = await receiptFor(ctx, receiver, { arrived, items, acceptedAt })
  const row: StoredReception = {
    tenantId: ctx.tenantId,
    id,
    personId,
    organizationId,
    path,
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

/** What a package says of its subject, as it is shown beside the record. */
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

/** Receptions of persons move with them. */
moveWithPersons(archiveReceptions)

function refuseOtherKind({ subject }: SealedFile, { personId }: Receiver): void {
  const isOfPerson = subject.kind === 'person'
  if (isOfPerson === (personId !== null)) return
  if (isOfPerson) refuseField('organizationId', '这是个人档案的包，请选择归入谁的档案。')
  refuseField('personId', '这是组织档案的包，请选择归入哪个组织的档案。')
}

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
  ...{ number, title: nameFrom(title, 200), on },
  ...{ place: shortened(place, 200), pages },
})

async function receiptFor(
  ctx: Context,
  { path }: Receiver,
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
      organization: (await keeperOf(ctx, path)).name,
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

function acceptedBefore(it: StoredReception): Refusal {
  const { acceptedAt, acceptedByName, number } = it
  const when = acceptedAt.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })
  const what = isRefused(it) ? '办理，其中的材料都没有接收。确需归档的，请逐件归档' : '接收，没有重复接收'
  return new Refusal('conflict', `这个包（${number}）已由${acceptedByName}于 ${when} ${what}。接收回执见“接收记录”。`)
}
