import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { refuseDuplicates } from '../../platform/duplicates.ts'
import { newId } from '../../platform/ids.ts'
import { record, recordReading } from '../../platform/journal.ts'
import type { ContentFinding } from '../../platform/packages/examined-file.ts'
import { examine } from '../../platform/packages/four-properties.ts'
import { pagesOf, type SealedFile, type SealedItem } from '../../platform/packages/sealed-file.ts'
import { digestOfMetadata, readSealedFile, writeSealedFile } from '../../platform/packages/sealed-file-xml.ts'
import { authorize, found, Refusal, refuseField } from '../../platform/refusal.ts'
import { moveWithPersons } from '../people/service.ts'
import { lastExaminations } from './examined.ts'
import { type Closed, describedFile, type Line, linesOf, ownerOf } from './file-to-seal.ts'
import { nextNumber, numberTaken } from './numbering.ts'
import { mayClose } from './policy.ts'
import type { Closing, NewSeal, Sealed, SealRow } from './seal-schema.ts'
import type { FactsOwner } from './sealing-facts.ts'
import { archiveSeals } from './tables.ts'

export type StoredSeal = typeof archiveSeals.$inferSelect

/** A content that has to be looked at, and its name. */
export interface ContentToLookAt {
  id: string
  fileName: string
  isScanned: boolean
  /** Whether it stands in the file today; of former ones only the digest is asked for. */
  isCurrent: boolean
}

/** The contents of a file that is about to be closed. Refuses who may not close it, before they are read. */
export async function contentsToSeal(ctx: Context, wanted: NewSeal): Promise<ContentToLookAt[]> {
  const { lines } = await sealable(ctx, wanted)
  return lines.flatMap((it) => [
    { id: it.content.id, fileName: it.document.fileName, isScanned: it.content.isScanned, isCurrent: true },
    ...it.former.map(({ content, document }) => ({
      id: content.id,
      fileName: document.fileName,
      isScanned: content.isScanned,
      isCurrent: false,
    })),
  ])
}

/** The contents of a closed file. */
export const contentsOf = ({ items }: SealedFile): ContentToLookAt[] =>
  items.map(({ content: { contentId, fileName } }) => ({ id: contentId, fileName, isScanned: false, isCurrent: true }))

/**
 * Closes a file: what lies in it and what is recorded about it is written down with the digest of every content, under a number
 * of its own. A file that was closed before gets a supplement, which says why and names the seal before. Refuses an empty file,
 * one in which a content is not what was filed, one to which a paper came while the contents were read, and a supplement to nothing.
 */
export async function sealFile(
  ctx: Context,
  wanted: NewSeal,
  findings: ReadonlyMap<string, ContentFinding>,
): Promise<Sealed> {
  const { closed, lines, last } = await sealable(ctx, wanted, { lock: true })
  if (last && wanted.reason === undefined)
    refuseField('reason', `这份档案已封存（${last.number}）。补充封存须写明补充了什么、为什么。`)
  refuseUnsound(lines, findings)
  const described = await describedFile(ctx, closed, lines, (id) => sha256In(id, findings))
  if (last && !isChanged(described, last))
    throw new Refusal('conflict', `自第 ${last.version} 次封存以来没有新的材料或事实，无需补充封存。`)

  const sealedAt = new Date()
  const number = last?.number ?? (await nextNumber(ctx, closed.keeper, ctx.today))
  const file: SealedFile = {
    ...described,
    number,
    seal: {
      version: (last?.version ?? 0) + 1,
      at: sealedAt.toISOString(),
      by: ctx.actor.name,
      reason: last ? (wanted.reason ?? null) : null,
      previous: last?.sha256 ?? null,
    },
  }
  const metadata = writeSealedFile(file)
  const sha256 = digestOfMetadata(metadata)
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    personId: closed.personId,
    organizationId: closed.organizationId,
    path: closed.path,
    number,
    version: file.seal.version,
    metadata,
    sha256,
    previous: file.seal.previous,
    reason: file.seal.reason,
    itemCount: file.items.length,
    pageCount: pagesOf(file),
    factCount: file.facts.length,
    report: examine({
      moment: 'filing',
      file,
      contents: foundOf(file, findings),
      packageProblems: null,
      delivery: null,
      seal: null,
      isJournalWhole: null,
    }),
    sealedBy: ctx.actor.accountId,
    sealedByName: ctx.actor.name,
    sealedAt,
  }
  await refuseDuplicates(ctx.db.insert(archiveSeals).values(row), {
    archive_seals_by_number: numberTaken,
    archive_seals_by_person: sealedMeanwhile,
    archive_seals_by_organization: sealedMeanwhile,
  })
  const { itemCount, pageCount, factCount, version, reason, previous } = row
  await record(ctx, 'archive.file-sealed', subjectOf(row), {
    number,
    version,
    sha256,
    previous,
    reason,
    itemCount,
    pageCount,
    factCount,
  })
  return { id: row.id, number, version }
}

/** How a file stands: its seals and what has come or gone since the last one. */
export async function readClosing(ctx: Context, owner: FactsOwner): Promise<Closing> {
  const closed = await ownerOf(ctx, owner)
  const can = mayClose(ctx.actor, closed)
  found(can.read ? closed : undefined, closed.personId === null ? '个组织的档案' : '位人员的档案')
  const seals = await sealsOf(ctx, closed)
  const examinations = await lastExaminations(ctx, seals)
  const lines = await linesOf(ctx, closed)
  const [last] = seals
  const file = last ? fileIn(last) : null
  const items = file?.items ?? []
  return {
    seals: seals.map((it) => ({ ...rowOf(it), examination: examinations.get(it.id) ?? null })),
    added: file ? lines.filter((it) => !items.some((item) => isOf(it, item))).map((it) => it.document.title) : [],
    removed: items.filter((item) => !lines.some((it) => isOf(it, item))).map((it) => it.title),
    can: { seal: can.seal, export: can.export && seals.length > 0 },
  }
}

/** What a seal says; null where its metadata have been damaged, which an examination says. */
export function fileIn({ metadata }: Pick<StoredSeal, 'metadata'>): SealedFile | null {
  try {
    return readSealedFile(metadata)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** A seal for whoever takes the file away or examines it again. The person concerned sees that it was taken. */
export async function openSeal(ctx: Context, sealId: string): Promise<{ seal: StoredSeal; file: SealedFile }> {
  const [row] = await ctx.db
    .select()
    .from(archiveSeals)
    .where(and(eq(archiveSeals.tenantId, ctx.tenantId), eq(archiveSeals.id, sealId)))
  const seal = found(row, '次封存')
  const can = mayClose(ctx.actor, seal)
  found(can.read ? seal : undefined, '次封存')
  authorize(can.export, '导出这份档案')
  return { seal, file: readSealedFile(seal.metadata) }
}

/** Writes down that a file left as a package, with the digest by which whoever receives it can tell that it is this one. */
export async function recordExport(
  ctx: Context,
  sealId: string,
  written: { bytes: number; sha256: string },
): Promise<void> {
  const { seal } = await openSeal(ctx, sealId)
  const { number, version } = seal
  await record(ctx, 'archive.package-exported', subjectOf(seal), { number, version, ...written })
  if (seal.personId !== null) await recordReading(ctx, 'package', { ...subjectOf(seal), personId: seal.personId })
}

/** Writes down that the catalogue of a closed file was taken away; the person concerned sees it. */
export async function recordCatalogue(ctx: Context, sealId: string): Promise<void> {
  const { seal } = await openSeal(ctx, sealId)
  if (seal.personId !== null) await recordReading(ctx, 'catalogue', { ...subjectOf(seal), personId: seal.personId })
}

/** Closed files move with their person. */
moveWithPersons(archiveSeals)

const sealedMeanwhile = '这份档案刚刚由他人封存。请刷新后查看。'

async function sealable(
  ctx: Context,
  wanted: NewSeal,
  { lock = false } = {},
): Promise<{ closed: Closed; lines: Line[]; last: StoredSeal | undefined }> {
  const owner = 'personId' in wanted ? { personId: wanted.personId } : { organizationId: wanted.organizationId }
  if (lock)
    await ctx.db.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify([ctx.tenantId, owner])}, 8))`,
    )
  const closed = await ownerOf(ctx, owner, { lock })
  const can = mayClose(ctx.actor, closed)
  found(can.read ? closed : undefined, closed.personId === null ? '个组织的档案' : '位人员的档案')
  authorize(can.seal, '封存这份档案')
  const lines = await linesOf(ctx, closed)
  if (lines.length === 0) throw new Refusal('conflict', '档案中还没有材料，没有可以封存的。请先归档。')
  const gone = lines.find((it) => it.destroyedOn !== null)
  if (gone)
    throw new Refusal('conflict', `《${gone.document.title}》的内容已按销毁清单销毁。请先把它撤出档案，再封存。`)
  const [last] = await sealsOf(ctx, closed)
  return { closed, lines, last }
}

/** The seals of a file, the last one first. */
function sealsOf(
  ctx: Context,
  { personId, organizationId }: Pick<Closed, 'personId' | 'organizationId'>,
): Promise<StoredSeal[]> {
  const own = and(isNull(archiveSeals.personId), eq(archiveSeals.organizationId, organizationId))
  return ctx.db
    .select()
    .from(archiveSeals)
    .where(and(eq(archiveSeals.tenantId, ctx.tenantId), personId === null ? own : eq(archiveSeals.personId, personId)))
    .orderBy(desc(archiveSeals.version))
}

function refuseUnsound(lines: readonly Line[], findings: ReadonlyMap<string, ContentFinding>): void {
  const unread = lines.find((it) => !findings.has(it.content.id))
  if (unread) throw new Refusal('changed', `封存期间又归入了《${unread.document.title}》，没有封存。请核对后重新封存。`)
  const unsound = lines.find((it) => findings.get(it.content.id)?.sha256 === null)
  if (unsound)
    throw new Refusal(
      'conflict',
      `《${unsound.document.title}》的内容已缺失或被改动，不能封存。请联系系统管理员从备份中恢复。`,
    )
}

const sha256In = (contentId: string, findings: ReadonlyMap<string, ContentFinding>): string =>
  /^sha256-([0-9a-f]{64})$/.exec(contentId)?.[1] ?? findings.get(contentId)?.sha256 ?? ''

/** What was found of each item, by its number. */
export const foundOf = (
  { items }: SealedFile,
  findings: ReadonlyMap<string, ContentFinding>,
): Map<number, ContentFinding> =>
  new Map(
    items.flatMap((it) => {
      const finding = findings.get(it.content.contentId)
      return finding ? [[it.number, finding] as const] : []
    }),
  )

/** Whether a supplement has anything to add to a seal: another item, another fact. */
const isChanged = ({ items, facts }: Pick<SealedFile, 'items' | 'facts'>, last: StoredSeal): boolean =>
  writeSealedFile({ ...readSealedFile(last.metadata), items, facts }) !== last.metadata

/** Whether an item of a seal is a document of the file, in the same place and with the same content. */
const isOf = ({ document, content }: Line, item: SealedItem): boolean =>
  item.content.contentId === content.id && item.title === document.title && item.on === document.on

const rowOf = (it: StoredSeal): Omit<SealRow, 'examination'> => ({
  id: it.id,
  number: it.number,
  version: it.version,
  sha256: it.sha256,
  previous: it.previous,
  reason: it.reason,
  itemCount: it.itemCount,
  pageCount: it.pageCount,
  factCount: it.factCount,
  sealedBy: it.sealedByName,
  sealedAt: it.sealedAt.toISOString(),
  report: it.report,
})

/** A seal in the journal. */
export const subjectOf = (it: { id: string; path: string; personId: string | null }) => ({
  kind: 'seal',
  id: it.id,
  orgPath: it.path,
  personId: it.personId,
})
