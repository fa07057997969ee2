import { contentKindLabels, type FilingPlace, type Signature, signatureLabels } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { record } from '../../platform/journal.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { isOneOf } from '../../platform/within.ts'
import { findOrganization } from '../organization/queries.ts'
import { findPerson } from '../people/queries.ts'
import { followPersons, moveWithPersons } from '../people/service.ts'
import { persons } from '../people/tables.ts'
import { disposalOf } from './disposals.ts'
import { tellDocumentFollowers } from './following.ts'
import { type FileToFile, noteContent } from './held-contents.ts'
import { may, type Owner } from './policy.ts'
import { findDocument, isCurrent, openDocument, type StoredDocument, supersederOf } from './queries.ts'
import type { DocumentCorrection, DocumentToFile, NewDocument, NewVersion, Withdrawal } from './schema.ts'
import { indexDocuments } from './searching.ts'
import { archiveDisposalDocuments, archiveDocuments } from './tables.ts'
import { filingListOf, placeOf, refuseOutOfUse } from './template.ts'
import { forgetUpload } from './uploads.ts'

/** Where a document goes: whose it is, and which place of the filing list. */
interface Destination extends Owner {
  organizationId: string
  place: FilingPlace
}

/** Whose archive, and the code of the place in it. */
export type Wanted = ({ personId: string } | { organizationId: string }) & Pick<NewDocument, 'place'>

/** Finds where a new document is to go, and refuses who may not file there, before its file is looked at. */
export async function destinationOf(ctx: Context, wanted: Wanted): Promise<Destination> {
  const owner = await ownerOf(ctx, wanted)
  const list = await filingListOf(ctx)
  const place = placeOf(list, wanted.place)
  const can = may(ctx.actor, owner, place)
  found(can.read || can.file ? place : undefined, owner.personId === null ? '个组织的档案' : '位人员的档案')
  refuseOwnFile(ctx, owner)
  authorize(can.file, `归入“${place.label}”`)
  if (place.subject !== (owner.personId === null ? 'organization' : 'person'))
    refuseField('place', `“${place.label}”不归入${owner.personId === null ? '组织' : '个人'}档案，请另选类别。`)
  refuseOutOfUse(list, place)
  return { ...owner, place }
}

/** Files a document; returns its id. An upload that it came by is used up, so that of two who send the same one succeeds. */
export async function fileDocument(
  ctx: Context,
  wanted: DocumentToFile | NewDocument,
  it: FileToFile,
): Promise<string> {
  const at = await destinationOf(ctx, wanted)
  refuseFuture(ctx, wanted.on)
  await refuseTwice(ctx, at, it.content.id)

  if ('uploadId' in wanted) await forgetUpload(ctx, wanted.uploadId)
  return insertFiled(ctx, at, wanted, it)
}

/** Files a document whose content came with others in a package; `origin` says in the journal which one. Returns its id. */
export async function fileReceived(
  ctx: Context,
  wanted: DocumentToFile,
  it: FileToFile,
  origin: object,
): Promise<string> {
  const at = await destinationOf(ctx, wanted)
  refuseFuture(ctx, wanted.on)
  if (!at.place.contents.includes(it.content.kind)) {
    const named = at.place.contents.map((kind) => contentKindLabels[kind]).join('、')
    throw new Refusal(
      'conflict',
      `《${wanted.title}》的文件不能归入“${at.place.label}”（可用 ${named}）。请另选类别，或者不接收这一件。`,
    )
  }
  await refuseTwice(ctx, at, it.content.id)

  return insertFiled(ctx, at, wanted, it, origin)
}

async function insertFiled(
  ctx: Context,
  at: Destination,
  wanted: DocumentToFile,
  it: FileToFile,
  origin: object = {},
): Promise<string> {
  const { content, fileName } = it
  const lacks = lackingIn(at.place, wanted.lacks)
  await keepContent(ctx, it)
  const row = {
    ...filing(ctx),
    personId: at.personId,
    organizationId: at.organizationId,
    path: at.path,
    place: at.place.code,
    title: wanted.title ?? at.place.label,
    on: wanted.on ?? null,
    nature: wanted.nature,
    lacks,
    contentId: content.id,
    fileName,
    ...(it.reason !== undefined && { reason: it.reason }),
  }
  await ctx.db.insert(archiveDocuments).values(row)
  await indexDocuments(ctx, [row.id])
  await tellDocumentFollowers(ctx, row.personId)
  await record(ctx, 'archive.document-filed', subjectOf(row), { ...told(row), ...origin })
  return row.id
}

/** The place of a document whose file is to be replaced; refuses who may not, before the new file is looked at. */
export async function placeForVersion(ctx: Context, documentId: string): Promise<FilingPlace> {
  const { place } = await lockCurrent(ctx, documentId)
  return placeOf(await filingListOf(ctx), place)
}

/** Puts another file in the place of a document; the one before stays and can be looked at. Returns the id of the new row. */
export async function supersedeDocument(
  ctx: Context,
  documentId: string,
  wanted: NewVersion,
  it: FileToFile,
): Promise<string> {
  const { content, fileName } = it
  const before = await lockCurrent(ctx, documentId)
  refuseFuture(ctx, wanted.on)
  const lacks = lackingIn(placeOf(await filingListOf(ctx), before.place), wanted.lacks)
  if (before.contentId === content.id)
    throw new Refusal('conflict', '这个文件与现在的内容完全相同，没有可以更换的。请核对选择的文件。')

  await forgetUpload(ctx, wanted.uploadId)
  await keepContent(ctx, it)
  const row = {
    ...before,
    ...filing(ctx),
    on: wanted.on ?? before.on,
    nature: wanted.nature ?? before.nature,
    lacks,
    contentId: content.id,
    fileName,
    supersedes: documentId,
    reason: wanted.reason,
  }
  await insertSuperseding(ctx, row)
  await record(ctx, 'archive.document-superseded', subjectOf(row), { ...told(row), former: documentId })
  return row.id
}

/** Describes the same file anew: another place, title or day. Both places must be in the actor's hands. */
export async function correctDocument(ctx: Context, documentId: string, wanted: DocumentCorrection): Promise<string> {
  const before = await lockCurrent(ctx, documentId)
  const list = await filingListOf(ctx)
  const place = placeOf(list, wanted.place)
  authorize(may(ctx.actor, before, place).file, `归入“${place.label}”`)
  if (place.subject !== (before.personId === null ? 'organization' : 'person'))
    refuseField('place', `“${place.label}”不归入${before.personId === null ? '组织' : '个人'}档案，请另选类别。`)
  if (place.code !== before.place) refuseOutOfUse(list, place)
  refuseFuture(ctx, wanted.on)
  const { nature } = wanted
  const isKept = wanted.lacks === undefined && place.code === before.place
  const lacks = isKept ? before.lacks : lackingIn(place, wanted.lacks)
  const after = { place: place.code, title: wanted.title ?? place.label, on: wanted.on ?? null, nature, lacks }
  if (
    after.place === before.place &&
    after.title === before.title &&
    after.on === before.on &&
    nature === before.nature &&
    lacks?.join() === before.lacks?.join()
  )
    throw new Refusal('malformed', '填写的内容与原来的相同，没有可以更正的。')

  const row = { ...before, ...filing(ctx), ...after, supersedes: documentId, reason: wanted.reason }
  await insertSuperseding(ctx, row)
  await record(ctx, 'archive.document-corrected', subjectOf(row), {
    ...told(row),
    former: {
      id: documentId,
      place: before.place,
      title: before.title,
      on: before.on,
      nature: before.nature,
      lacks: before.lacks,
    },
  })
  return row.id
}

/** Takes a document out of the file: filed with the wrong person, illegible. Its row and its content stay. */
export async function withdrawDocument(ctx: Context, documentId: string, { reason }: Withdrawal): Promise<void> {
  const before = await lockCurrent(ctx, documentId, { isWithdrawal: true })

  const row = { ...before, ...filing(ctx), supersedes: documentId, reason, isWithdrawal: true }
  await insertSuperseding(ctx, row)
  await record(ctx, 'archive.document-withdrawn', subjectOf(row), { ...told(row), former: documentId })
}

/** Documents move with their person. */
moveWithPersons(archiveDocuments)

/** So do the lines on which they stand in lists to be destroyed. */
followPersons(async ({ db, tenantId }, { personIds, what }) => {
  if (what !== 'moved') return
  await db
    .update(archiveDisposalDocuments)
    .set({ path: sql`${archiveDocuments.path}` })
    .from(archiveDocuments)
    .where(
      and(
        eq(archiveDisposalDocuments.tenantId, tenantId),
        eq(archiveDocuments.tenantId, tenantId),
        eq(archiveDocuments.id, archiveDisposalDocuments.documentId),
        isOneOf(archiveDocuments.personId, personIds),
      ),
    )
})

async function ownerOf(ctx: Context, wanted: Wanted): Promise<Owner & { organizationId: string }> {
  if ('personId' in wanted) {
    await holdPerson(ctx, wanted.personId)
    const { id, path, organizationId } = found(await findPerson(ctx, wanted.personId), '位人员')
    return { personId: id, path, organizationId }
  }
  const it = found(await findOrganization(ctx, wanted.organizationId), '个组织')
  if (it.dissolvedOn) throw new Refusal('conflict', `${it.name}已于 ${it.dissolvedOn} 撤销，不能再归档。`)
  return { personId: null, path: it.path, organizationId: it.id }
}

/**
 * Nobody moves a person between here and the end of the transaction; who is just being moved is waited for, so that no document
 * stays behind. Taken before any lock on their documents, as a move does.
 */
export const holdPerson = ({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, personId: string) =>
  db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.tenantId, tenantId), eq(persons.id, personId)))
    .for('share')

/** The document that stands in the file now, locked, if the actor may put another row in its place. */
async function lockCurrent(ctx: Context, documentId: string, { isWithdrawal = false } = {}): Promise<StoredDocument> {
  const seen = found(await findDocument(ctx, documentId), '份材料')
  if (seen.personId !== null) await holdPerson(ctx, seen.personId)
  const { document, can } = await openDocument(ctx, documentId)
  refuseOwnFile(ctx, document)
  authorize(can.file, '更正这份材料')
  const it = found(await findDocument(ctx, documentId, { lock: true }), '份材料')
  if (it.isWithdrawal || (await supersederOf(ctx, documentId)) !== undefined)
    throw new Refusal('conflict', '这份材料已经更换、更正或撤出过。请刷新后，对现在有效的一份办理。')
  const disposal = await disposalOf(ctx, documentId)
  if (disposal === 'proposed')
    throw new Refusal('conflict', '这份材料已列入销毁清单，正在等待审批。请在审批以后再办理。')
  if (disposal === 'destroyed' && !isWithdrawal)
    throw new Refusal('conflict', '这份材料的内容已经销毁，不能更换或更正。需要重新归档的，请作为新的材料归档。')
  return it
}

/** Puts a row in the place of another; the search and the later modules follow. */
export async function insertSuperseding(
  ctx: Pick<Context, 'db' | 'tenantId' | 'encryption'>,
  row: StoredDocument & { supersedes: string },
): Promise<void> {
  await refuseDuplicates(ctx.db.insert(archiveDocuments).values(row), {
    archive_documents_superseded_once: '这份材料刚刚有人更换或更正过。请刷新后再办理。',
  })
  await indexDocuments(ctx, [row.supersedes, row.id])
  await tellDocumentFollowers(ctx, row.personId)
}

async function keepContent(ctx: Context, it: FileToFile): Promise<void> {
  await noteContent(ctx, it)
  await enqueue(ctx.db, 'archive.read-text', { tenantId: ctx.tenantId, contentId: it.content.id })
}

/** The same file twice in one place is a slip of the hand, also when both come at the same time. */
async function refuseTwice(ctx: Context, at: Destination, contentId: string): Promise<void> {
  const there = JSON.stringify([ctx.tenantId, at.personId ?? at.organizationId, at.place.code, contentId])
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${there}, 9))`)
  const [same] = await ctx.db
    .select({ title: archiveDocuments.title, filedAt: archiveDocuments.filedAt })
    .from(archiveDocuments)
    .where(
      and(
        eq(archiveDocuments.tenantId, ctx.tenantId),
        at.personId === null
          ? eq(archiveDocuments.organizationId, at.organizationId)
          : eq(archiveDocuments.personId, at.personId),
        eq(archiveDocuments.place, at.place.code),
        eq(archiveDocuments.contentId, contentId),
        isCurrent,
      ),
    )
    .limit(1)
  if (same)
    throw new Refusal('conflict', `“${at.place.label}”中已有内容完全相同的一份（${same.title}），无需重复归档。`)
}

function refuseFuture({ today }: Context, on: string | undefined): void {
  if (on !== undefined && on > today) refuseField('on', `材料上的日期 ${on} 晚于今天，请核对。`)
}

/** What somebody who looked did not find, in the order of the filing list. What a paper does not need it cannot lack. */
function lackingIn(
  { label, signatures }: FilingPlace,
  lacks: readonly Signature[] | undefined,
): readonly Signature[] | null {
  if (lacks === undefined) return null
  const needed = signatures.map((it) => it.by)
  const foreign = lacks.find((it) => !needed.includes(it))
  if (foreign !== undefined)
    refuseField('lacks', `归档清单没有要求“${label}”有${signatureLabels[foreign]}，请核对类别和所缺的签字、盖章。`)
  return needed.filter((it) => lacks.includes(it))
}

function refuseOwnFile({ actor }: Context, { personId }: Owner): void {
  if (personId !== null && actor.personId === personId)
    throw new Refusal(
      'forbidden',
      '这是您本人的档案。本人的材料由所在党支部或上级党组织的其他同志归档、更正，您可以查看，不能自己改动。',
    )
}

/** Who files a row, and when. */
export const filing = ({
  tenantId,
  actor,
}: {
  tenantId: string
  actor: Pick<Context['actor'], 'accountId' | 'name'>
}) => ({
  tenantId,
  id: newId(),
  filedBy: actor.accountId,
  filedByName: actor.name,
  filedAt: new Date(),
})

/** What the journal says of a row. */
export const told = ({ place, title, on, lacks, contentId, fileName, reason }: Partial<StoredDocument>) => ({
  place,
  title,
  on,
  ...(lacks ? { lacks } : {}),
  contentId,
  fileName,
  ...(reason ? { reason } : {}),
})

/** A document as the journal names it. */
export const subjectOf = (it: { id: string; path: string; personId: string | null }) => ({
  kind: 'document',
  id: it.id,
  orgPath: it.path,
  personId: it.personId,
})
