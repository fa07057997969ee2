import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { found, Refusal, refuseField, refuseStale } from '../../platform/refusal.ts'
import { textsInTurn } from '../archive/page-texts.ts'
import { filingListOf } from '../archive/template.ts'
import { findOrganization } from '../organization/queries.ts'
import { findPerson } from '../people/queries.ts'
import { isClosedTo, placeOfPart, type StoredPart } from './problems.ts'
import { proposalsFor } from './proposals.ts'
import { openStack, pagesOf, type StoredStack, stateOf } from './queries.ts'
import type { PartChange, PartMerge, PartSplit } from './schema.ts'
import type { PageRead } from './sorting.ts'
import { digitizationPages, digitizationParts } from './tables.ts'

/** Sets what a person says of a part: whose it is, where it goes, which pages, how they are turned, or that it is not filed. */
export async function changePart(ctx: Context, stackId: string, partId: string, change: PartChange): Promise<void> {
  const { stack, part } = await lockPart(ctx, stackId, partId, change.revision)
  const { personId, organizationId, place, title, on, nature, pages, turns, isDropped } = change
  if (personId !== undefined && organizationId !== undefined)
    refuseField('personId', '一份材料只归一个人或者一个组织，请只选其一。')
  if (personId !== undefined) found(await findPerson(ctx, personId), '位人员')
  if (organizationId !== undefined) found(await findOrganization(ctx, organizationId), '个组织')
  if (place !== undefined && placeOfPart(await filingListOf(ctx), { place }) === undefined)
    refuseField('place', '归档清单中没有这一类材料，请重新选择。')
  if (on !== undefined && on !== null && on > ctx.today) refuseField('on', `材料上的日期 ${on} 晚于今天，请核对。`)
  const lying = [...part.pages, ...part.leftOut]
  if (pages !== undefined && (new Set(pages).size < pages.length || pages.some((it) => !lying.includes(it))))
    refuseField('pages', '页面只能从这一份的页面中选，每页一次。')
  if (turns?.some(({ page }) => !lying.includes(page))) refuseField('turns', '只能转这一份的页面。')

  const isNamed = personId !== undefined || organizationId !== undefined
  await ctx.db
    .update(digitizationParts)
    .set({
      ...(isNamed && {
        ownerPersonId: personId ?? null,
        ownerOrganizationId: organizationId ?? null,
        candidateIds: [],
      }),
      ...((isNamed || place !== undefined) && { basis: 'person' as const }),
      ...(place !== undefined && { place }),
      ...(title !== undefined && { title: title === '' ? null : title }),
      ...(on !== undefined && { on }),
      ...(nature !== undefined && { nature }),
      ...(pages !== undefined && { pages, leftOut: inOrder(lying.filter((it) => !pages.includes(it))) }),
      ...(isDropped !== undefined && { state: isDropped ? ('dropped' as const) : ('proposed' as const) }),
      revision: part.revision + 1,
    })
    .where(isPart(ctx, partId))
  for (const { page, turnedBy } of turns ?? [])
    await ctx.db
      .update(digitizationPages)
      .set({ turnedBy })
      .where(isPage(ctx, stackId, page))
  const { revision: _, ...told } = change
  await record(ctx, 'digitization.part-changed', subjectOf(stack, part), told)
}

/**
 * Makes a part of its own of the pages from one on. What it says is read anew, and where that names nobody it stays with whom it was.
 * What was proposed of the pages that stay, and not chosen by a person, is read anew, too.
 */
export async function splitPart(ctx: Context, stackId: string, partId: string, it: PartSplit): Promise<string> {
  const { stack, part } = await lockPart(ctx, stackId, partId, it.revision)
  const at = part.pages.indexOf(it.from)
  if (at < 1) refuseField('from', '请从这一份的第二页或以后拆开。')
  const [kept, taken] = [part.pages.slice(0, at), part.pages.slice(at)]
  const first = Math.min(...taken)
  const isBehind = (page: number) => page > first
  const read = await pagesRead(ctx, stackId)
  const sorted = (numbers: readonly number[]) => ({
    pages: numbers.flatMap((number) => read.find((page) => page.number === number) ?? []),
    leftOut: [],
  })
  const [proposal, staying, whole] = await proposalsFor(ctx, stack, [taken, kept, part.pages].map(sorted))
  const isNamed = staying !== undefined && staying.ownerPersonId !== null && isUnowned(part)
  const isNobodys = !proposal?.ownerPersonId && !proposal?.ownerOrganizationId && !proposal?.candidateIds.length
  const row = {
    ...part,
    ...proposal,
    ...(isNobodys && { ownerPersonId: part.ownerPersonId, ownerOrganizationId: part.ownerOrganizationId }),
    id: newId(),
    position: first,
    pages: taken,
    leftOut: part.leftOut.filter(isBehind),
    title: null,
    revision: 1,
  }
  await ctx.db.insert(digitizationParts).values(row)
  await ctx.db
    .update(digitizationParts)
    .set({
      pages: kept,
      leftOut: part.leftOut.filter((page) => !isBehind(page)),
      ...(staying && part.on === whole?.on && { on: staying.on, words: { ...part.words, on: staying.words.on } }),
      ...(isNamed && { ownerPersonId: staying.ownerPersonId, candidateIds: [], basis: 'text' as const }),
      revision: part.revision + 1,
    })
    .where(isPart(ctx, partId))
  await record(ctx, 'digitization.part-split', subjectOf(stack, part), { pages: kept, splitOff: taken })
  return row.id
}

const isUnowned = ({ ownerPersonId, ownerOrganizationId }: StoredPart): boolean =>
  ownerPersonId === null && ownerOrganizationId === null

/** Puts the pages of another part behind those of this one; what this one does not know it has from there. */
export async function mergeParts(ctx: Context, stackId: string, partId: string, it: PartMerge): Promise<void> {
  if (it.other.id === partId) refuseField('other', '请选择另一份。')
  const { stack, part } = await lockPart(ctx, stackId, partId, it.revision)
  const { part: other } = await lockPart(ctx, stackId, it.other.id, it.other.revision)
  const isNobodys = isUnowned(part)
  await ctx.db.delete(digitizationParts).where(isPart(ctx, other.id))
  await ctx.db
    .update(digitizationParts)
    .set({
      pages: [...part.pages, ...other.pages],
      leftOut: inOrder([...part.leftOut, ...other.leftOut]),
      ...(isNobodys && {
        ownerPersonId: other.ownerPersonId,
        ownerOrganizationId: other.ownerOrganizationId,
        candidateIds: part.candidateIds.length > 0 ? part.candidateIds : other.candidateIds,
      }),
      place: part.place ?? other.place,
      on: part.on ?? other.on,
      revision: part.revision + 1,
    })
    .where(isPart(ctx, partId))
  await record(ctx, 'digitization.parts-merged', subjectOf(stack, part), { pages: part.pages, added: other.pages })
}

/**
 * A part of a stack that is being sorted, locked, as it was read at a revision. Refuses what was filed, what somebody else has changed
 * since, and a paper that is closed to the actor as the person concerned: changed into another's it could be looked at.
 */
export async function lockPart(
  ctx: Context,
  stackId: string,
  partId: string,
  revision: number,
): Promise<{ stack: StoredStack; part: StoredPart }> {
  const stack = await openStack(ctx, stackId, { lock: 'update' })
  if (stateOf(stack) === 'closed') throw new Refusal('conflict', '这批材料已经办结，不能再改动。')
  const [row] = await ctx.db
    .select()
    .from(digitizationParts)
    .where(and(isPart(ctx, partId), eq(digitizationParts.stackId, stackId)))
    .for('update')
  const part = found(row, '份材料')
  if (part.state === 'filed') throw new Refusal('conflict', '这一份已经归档。需要更正的，请在电子档案中办理。')
  refuseStale(part, revision, '这一份')
  const place = placeOfPart(await filingListOf(ctx), part)
  if (isClosedTo(ctx.actor, part, place))
    throw new Refusal(
      'forbidden',
      `“${place.label}”不对本人公开，您不能整理自己的这一份。请由所在党支部或上级党组织的其他同志办理。`,
    )
  return { stack, part }
}

/** The pages of a stack as they were read, with the beginning of what stands on each. */
export async function pagesRead(
  ctx: Pick<Context, 'db' | 'tenantId' | 'encryption'>,
  stackId: string,
): Promise<PageRead[]> {
  const pages = await pagesOf(ctx, stackId)
  const counts = Map.groupBy(pages, (it) => it.fileId)
  const texts = new Map<string, Pick<PageRead, 'lines' | 'isElectronic'>>()
  for await (const { contentId, page, source, lines } of textsInTurn(ctx, [
    ...new Set(pages.map((it) => it.contentId)),
  ]))
    texts.set(`${contentId} ${page}`, { lines: beginningOf(lines), isElectronic: source === 'file' })
  return pages.map(({ number, fileId, codes, isBlank, contentId, page }) => ({
    ...{ number, fileId, codes, isBlank },
    filePageCount: counts.get(fileId)?.length ?? 0,
    ...(texts.get(`${contentId} ${page}`) ?? { lines: [], isElectronic: false }),
  }))
}

/** A page of paper has a third of it; of 2,000 hostile pages nothing would have room. */
const mostCharacters = 5_000

function beginningOf(lines: readonly { text: string }[]): string[] {
  const read: string[] = []
  let room = mostCharacters
  for (const { text } of lines) {
    room -= text.length + 1
    if (room < 0) break
    read.push(text)
  }
  return read
}

const inOrder = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other)

const subjectOf = ({ path }: Pick<StoredStack, 'path'>, { id }: Pick<StoredPart, 'id'>) => ({
  kind: 'stackPart',
  id,
  orgPath: path,
})

const isPart = ({ tenantId }: Context, partId: string) =>
  and(eq(digitizationParts.tenantId, tenantId), eq(digitizationParts.id, partId))

const isPage = ({ tenantId }: Context, stackId: string, number: number) =>
  and(
    eq(digitizationPages.tenantId, tenantId),
    eq(digitizationPages.stackId, stackId),
    eq(digitizationPages.number, number),
  )
