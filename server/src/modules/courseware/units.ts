import { and, asc, eq, sql } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { mediaIds } from '../../platform/rich-text/reading-schema.ts'
import { assertUsable, type StoredItem } from '../media/queries.ts'
import { setUses, usesOf } from '../media/uses.ts'
import { mostUnits } from './names-schema.ts'
import { addPackage, dropPackage, holdPackages } from './packages.ts'
import type { NewUnit, UnitChange } from './schema.ts'
import { changeStored, lockCourseware, ofUnit, type StoredCourseware, type StoredUnit, subjectOf } from './stored.ts'
import { coursewareUnits } from './tables.ts'
import type { TakenPackage } from './unpacking.ts'
import { incoming } from './uploads.ts'

/** A package that was sent in for a unit, unpacked. */
export interface SentPackage {
  taken: TakenPackage
  uploadId: string
  contentIsThere: (contentId: string) => Promise<boolean>
}

/** The units of a piece, in their order. */
export async function unitsOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  coursewareId: string,
): Promise<StoredUnit[]> {
  return await db
    .select()
    .from(coursewareUnits)
    .where(and(eq(coursewareUnits.tenantId, tenantId), eq(coursewareUnits.coursewareId, coursewareId)))
    .orderBy(asc(coursewareUnits.seq))
}

/** Adds a unit behind those that are there. Returns its id. */
export async function addUnit(
  ctx: Context,
  coursewareId: string,
  unit: NewUnit,
  sent: SentPackage | null = null,
): Promise<string> {
  const piece = await lockCourseware(ctx, coursewareId, '在这份课件中添加单元')
  const units = await unitsOf(ctx, coursewareId)
  refuseMore(units.length + 1)
  const content = await contentOf(ctx, piece, unit, sent)
  const title = unit.title || (sent?.taken.title.length ?? 0) < 2 ? unit.title : (sent?.taken.title ?? '')
  if (title.length < 2) refuseField('title', '请填写单元的名称')

  const id = newId()
  const seq = (units.at(-1)?.seq ?? 0) + 1
  const { tenantId } = ctx
  await ctx.db
    .insert(coursewareUnits)
    .values({ tenantId, id, coursewareId, path: piece.path, seq, kind: unit.kind, title, ...content })
  await settle(ctx, piece)
  await record(ctx, 'courseware.unit-added', subjectOf(piece), { title: piece.title, coursewareUnit: title })
  return id
}

/** Changes a unit as read at this revision. */
export async function changeUnit(
  ctx: Context,
  coursewareId: string,
  unitId: string,
  unit: UnitChange,
  revision: number,
  sent: SentPackage | null = null,
): Promise<void> {
  const piece = await lockCourseware(ctx, coursewareId, '修改这份课件的单元')
  const before = await lockUnit(ctx, coursewareId, unitId)
  refuseStale(before, revision, '这个单元')
  if (before.kind !== unit.kind) refuseField('kind', '单元的类型不能更改。请添加一个新的单元，再删除这一个。')
  const content = unit.kind === 'package' && !sent ? {} : await contentOf(ctx, piece, unit, sent)

  await ctx.db
    .update(coursewareUnits)
    .set({ title: unit.title, ...content, revision: revision + 1 })
    .where(ofUnit(ctx, coursewareId, unitId))
  if (sent && before.packageId !== null) await dropPackage(ctx, before.packageId)
  await settle(ctx, piece)
  await record(ctx, 'courseware.unit-changed', subjectOf(piece), { title: piece.title, coursewareUnit: unit.title })
}

/** Puts a unit at another place, from 1, in the order of the piece as it was read at this revision. */
export async function moveUnit(
  ctx: Context,
  coursewareId: string,
  unitId: string,
  place: number,
  revision: number,
): Promise<void> {
  const piece = await lockCourseware(ctx, coursewareId, '调整这份课件的单元顺序')
  refuseStale(piece, revision, '这份课件')
  const before = await unitsOf(ctx, coursewareId)
  const unit = found(
    before.find((it) => it.id === unitId),
    '个单元',
  )
  if (place > before.length) refuseField('place', `这份课件只有 ${before.length} 个单元，请填写 1 到 ${before.length}`)
  const ids = before.map((it) => it.id).filter((it) => it !== unitId)
  ids.splice(place - 1, 0, unitId)
  await ctx.db.execute(sql`update courseware_units as u set seq = wanted.seq
    from unnest(${sql.param(ids)}::uuid[]) with ordinality as wanted (id, seq)
    where u.tenant_id = ${ctx.tenantId} and u.courseware_id = ${coursewareId} and u.id = wanted.id`)
  await bump(ctx, piece)
  await record(ctx, 'courseware.unit-moved', subjectOf(piece), {
    ...{ title: piece.title, coursewareUnit: unit.title, unitPlace: place },
  })
}

/** Deletes a unit. A piece that is published keeps one at least. */
export async function removeUnit(ctx: Context, coursewareId: string, unitId: string): Promise<void> {
  const piece = await lockCourseware(ctx, coursewareId, '删除这份课件的单元')
  const unit = await lockUnit(ctx, coursewareId, unitId)
  if (piece.publishedAt !== null && (await unitsOf(ctx, coursewareId)).length === 1)
    throw new Refusal('conflict', '已经发布的课件至少要有一个单元。请先撤回课件，再删除这个单元。')
  await ctx.db.delete(coursewareUnits).where(ofUnit(ctx, coursewareId, unitId))
  if (unit.packageId !== null) await dropPackage(ctx, unit.packageId)
  await settle(ctx, piece)
  await record(ctx, 'courseware.unit-removed', subjectOf(piece), { title: piece.title, coursewareUnit: unit.title })
}

/** Takes over the units of another piece, which the actor may read, with the media and packages in them. */
export async function copyUnits(
  ctx: Context,
  original: StoredCourseware,
  copy: Pick<StoredCourseware, 'id' | 'path'>,
): Promise<void> {
  const units = await unitsOf(ctx, original.id)
  if (units.length === 0) return
  await holdPackages(
    ctx,
    units.flatMap((it) => it.packageId ?? []),
  )
  await ctx.db
    .insert(coursewareUnits)
    .values(
      units.map((it, at) => ({ ...it, id: newId(), coursewareId: copy.id, path: copy.path, seq: at + 1, revision: 1 })),
    )
  await setUses(ctx, ownerOf(copy), mediaOf(units))
}

/** Deletes all units of a piece. */
export async function removeUnits(ctx: Context, piece: Pick<StoredCourseware, 'id'>): Promise<void> {
  const units = await unitsOf(ctx, piece.id)
  await ctx.db
    .delete(coursewareUnits)
    .where(and(eq(coursewareUnits.tenantId, ctx.tenantId), eq(coursewareUnits.coursewareId, piece.id)))
  for (const packageId of new Set(units.flatMap((it) => it.packageId ?? []))) await dropPackage(ctx, packageId)
  await setUses(ctx, ownerOf(piece), [])
}

/** All media that units show. */
export const mediaOf = (units: readonly Pick<StoredUnit, 'mediaId' | 'body'>[]): string[] => [
  ...new Set(
    units.flatMap((it) => [...(it.mediaId === null ? [] : [it.mediaId]), ...(it.body ? mediaIds(it.body) : [])]),
  ),
]

async function lockUnit(ctx: Context, coursewareId: string, unitId: string): Promise<StoredUnit> {
  const [row] = await ctx.db
    .select()
    .from(coursewareUnits)
    .where(ofUnit(ctx, coursewareId, unitId))
    .for('update')
  return found(row, '个单元')
}

/** What a unit holds, as it is stored. Refuses media that the actor may not use, or that do not fit. */
async function contentOf(
  ctx: Context,
  piece: StoredCourseware,
  unit: NewUnit | UnitChange,
  sent: SentPackage | null,
): Promise<Partial<Pick<StoredUnit, 'body' | 'mediaId' | 'chapters' | 'packageId'>>> {
  switch (unit.kind) {
    case 'text':
      await usable(ctx, piece, mediaIds(unit.body))
      return { body: unit.body }
    case 'file':
      for (const it of await usable(ctx, piece, [unit.mediaId])) refuseOtherFile(it)
      return { mediaId: unit.mediaId }
    case 'film':
      for (const it of await usable(ctx, piece, [unit.mediaId])) refuseOtherFilm(it)
      return { mediaId: unit.mediaId, chapters: unit.chapters }
    case 'package': {
      if (!sent) throw new Refusal('conflict', '互动课件的文件没有传完。请重新上传。')
      const packageId = await addPackage(ctx, sent.taken, sent.contentIsThere)
      await incoming.forget(ctx, sent.uploadId)
      return { packageId }
    }
  }
}

/** What is new in the piece must be the actor's to use; what stands there already was somebody's who wrote it before. */
async function usable(ctx: Context, piece: StoredCourseware, ids: readonly string[]): Promise<StoredItem[]> {
  const known = new Set(await usesOf(ctx, ownerOf(piece)))
  return assertUsable(
    ctx,
    [...new Set(ids)].filter((id) => !known.has(id)),
  )
}

function refuseOtherFile({ kind, mediaType, fileName, showsPersons }: StoredItem): void {
  if (kind !== 'picture' && mediaType !== 'application/pdf')
    refuseField('mediaId', `“${fileName}”不是 PDF 或图片。请另存为 PDF 再上传，或者换一种单元。`)
  if (kind === 'picture' && showsPersons === 'unknown') refuseField('mediaId', unasked(fileName))
}

function refuseOtherFilm({ kind, fileName, showsPersons }: StoredItem): void {
  if (kind !== 'video' && kind !== 'sound') refuseField('mediaId', `“${fileName}”不是视频或音频。请换一个文件。`)
  if (showsPersons === 'unknown') refuseField('mediaId', unasked(fileName))
}

const unasked = (fileName: string): string =>
  `“${fileName}”里的人还没有问过是否同意公开。请在素材库这一份的“说明”中补上同意情况，再放进来。`

function refuseMore(units: number): void {
  if (units > mostUnits) throw new Refusal('conflict', `一份课件最多 ${mostUnits} 个单元。请分成几份课件。`)
}

/** Says which media the piece shows now, and that it has become another one. */
async function settle(ctx: Context, piece: StoredCourseware): Promise<void> {
  await setUses(ctx, ownerOf(piece), mediaOf(await unitsOf(ctx, piece.id)))
  await bump(ctx, piece)
}

const bump = (ctx: Context, { id, revision }: StoredCourseware): Promise<void> =>
  changeStored(ctx, id, { revision: revision + 1 })

const ownerOf = ({ id }: Pick<StoredCourseware, 'id'>) => ({ module: 'courseware', id })
