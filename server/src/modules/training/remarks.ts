import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { readCursor, writeCursor } from '../../platform/cursor.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseField } from '../../platform/refusal.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import type { Page } from '../../platform/wire.ts'
import { assignmentsOf } from './asked.ts'
import { openKnown } from './assignments.ts'
import { type Told, tellRemarked } from './informing.ts'
import { quotationsOf } from './quotations.ts'
import { openReflection, type StoredReflection, subjectOfReflection, textOf } from './reflecting.ts'
import type { NewRemark, ReflectionRow, ReflectionsQuery, ReflectionView, RemarkThread } from './reflection-schema.ts'
import type { StoredProgramme } from './stored.ts'
import { trainingReflectionVersions, trainingRemarks } from './tables.ts'

/**
 * What was handed in, read by its author, by those who assess in the programme and by those who run it, and by nobody else; and what these say in the
 * margin, in any number of rounds. Everything here runs over the whole university, after it was settled who may.
 */

/** What was handed in in a programme, for those who assess and who run it, in the order of being begun. */
export async function listReflections(
  ctx: Context,
  programmeId: string,
  { promptId, cursor, limit }: ReflectionsQuery,
): Promise<Page<ReflectionRow>> {
  const { runs, assesses } = await openKnown(ctx, programmeId)
  if (!runs && !assesses) throw new Refusal('forbidden', '心得只有本人、评议人和组织培训的人能看。')
  const { prompts } = await assignmentsOf(ctx, programmeId)
  const titles = new Map(prompts.map((it) => [it.id, it.title]))
  const [after] = cursor === undefined ? [] : readCursor(cursor, z.tuple([z.uuid()]))
  const { rows } = await ctx.db.execute<Row>(sql`
    select r.id, r.prompt_id as "promptId", r.versions, p.name as person, o.name as organization,
      (select max(v.handed_in_at) from training_reflection_versions v
        where v.tenant_id = r.tenant_id and v.reflection_id = r.id) as "handedInAt",
      (select count(*)::int from training_remarks m where m.tenant_id = r.tenant_id and m.reflection_id = r.id) as remarks
    from training_reflections r
    join persons p on p.tenant_id = r.tenant_id and p.id = r.person_id
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where r.tenant_id = ${ctx.tenantId} and r.programme_id = ${programmeId} and r.versions > 0
      and r.person_id <> ${personOf(ctx)}::uuid
      ${promptId === undefined ? sql`` : sql`and r.prompt_id = ${promptId}`}
      ${after === undefined ? sql`` : sql`and r.id > ${after}::uuid`}
    order by r.id limit ${limit + 1}`)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ promptId: of, ...it }) => ({
      ...it,
      ...{ prompt: titles.get(of) ?? '', handedInAt: new Date(it.handedInAt).toISOString() },
    })),
    ...(last && { next: writeCursor([last.id]) }),
  }
}

interface Row extends Record<string, unknown> {
  id: string
  promptId: string
  versions: number
  person: string
  organization: string
  handedInAt: string
  remarks: number
}

/** One reflection as it was handed in, the last time where no version is named, with its margin. */
export async function readReflection(
  ctx: Context,
  reflectionId: string,
  wanted: number | undefined,
): Promise<ReflectionView> {
  const { reflection, programme, isAuthor } = await openReflection(ctx, reflectionId)
  const { prompts } = await assignmentsOf(ctx, programme.id)
  const version = wanted ?? reflection.versions
  const text = found(await textOf(ctx, reflectionId, version), '次提交')
  const { rows } = await ctx.db.execute<{ person: string; organization: string }>(sql`
    select p.name as person, o.name as organization from persons p
    join organizations o on o.tenant_id = p.tenant_id and o.id = p.organization_id
    where p.tenant_id = ${ctx.tenantId} and p.id = ${reflection.personId}`)
  const goesOn = programme.cancelledAt === null
  return {
    id: reflectionId,
    programme: { id: programme.id, name: programme.title },
    prompt: prompts.find((it) => it.id === reflection.promptId)?.title ?? '',
    ...(rows[0] ?? { person: '', organization: '' }),
    ...{ version, text },
    versions: await versionsOf(ctx, reflectionId),
    remarks: await threadsOf(ctx, reflection),
    quotations: isAuthor ? await quotationsOf(ctx, reflectionId) : [],
    can: { remark: goesOn && !isAuthor, answer: goesOn, offer: goesOn && isAuthor },
  }
}

async function versionsOf({ db, tenantId }: Context, reflectionId: string): Promise<ReflectionView['versions']> {
  const { number, handedInAt } = trainingReflectionVersions
  const rows = await db
    .select({ number, handedInAt })
    .from(trainingReflectionVersions)
    .where(
      and(eq(trainingReflectionVersions.tenantId, tenantId), eq(trainingReflectionVersions.reflectionId, reflectionId)),
    )
    .orderBy(asc(number))
  return rows.map((it) => ({ number: it.number, handedInAt: it.handedInAt.toISOString() }))
}

async function threadsOf(ctx: Context, { id, personId }: StoredReflection): Promise<RemarkThread[]> {
  const rows = await ctx.db
    .select()
    .from(trainingRemarks)
    .where(and(eq(trainingRemarks.tenantId, ctx.tenantId), eq(trainingRemarks.reflectionId, id)))
    .orderBy(asc(trainingRemarks.id))
  const answers = Map.groupBy(
    rows.filter((it) => it.answersId !== null),
    (it) => it.answersId,
  )
  const shown = (it: (typeof rows)[number]) => ({
    ...{ id: it.id, by: it.saidBy, isAuthor: it.authorPersonId === personId, text: it.text },
    saidAt: it.saidAt.toISOString(),
  })
  return rows
    .filter((it) => it.answersId === null)
    .map((it) => ({
      ...shown(it),
      ...{ version: it.version, block: it.block, quote: it.quote },
      answers: (answers.get(it.id) ?? []).map(shown),
    }))
}

/** Says something to a paragraph of what was handed in, or to some words of it. Its author is told once of each version and reader. */
export async function addRemark(
  ctx: Context,
  reflectionId: string,
  { version, block, quote, text }: NewRemark,
  { base }: Told,
): Promise<string> {
  const { reflection, programme, isAuthor } = await openReflection(ctx, reflectionId)
  if (isAuthor)
    throw new Refusal('conflict', '自己的心得，请直接修改后再交；旁注由评议人和组织培训的人写，您可以答复。')
  refuseCancelled(programme)
  const handedIn = found(await textOf(ctx, reflectionId, version), '次提交')
  const meant = handedIn.content[block]
  if (meant === undefined) refuseField('block', '没有这一段，请刷新页面重新选择')
  const words = plainText({ type: 'doc', content: [meant] })
  if (!oneLine(words).includes(oneLine(quote))) refuseField('quote', '这一段里没有这些话，请重新选择')

  const id = await write(ctx, reflection, { version, block, quote, text, answersId: null })
  await record(ctx, 'training.reflection-remarked', subjectOfReflection(programme, reflection), {
    title: programme.title,
  })
  const { personId } = reflection
  await tellRemarked(ctx, programme, { personId, reflectionId, fact: `${version}:${personOf(ctx)}`, base })
  return id
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** Answers a remark. Its author and everybody who reads the reflection may. */
export async function answerRemark(ctx: Context, remarkId: string, text: string): Promise<string> {
  const [seen] = await ctx.db.select().from(trainingRemarks).where(ofRemark(ctx, remarkId))
  const remark = found(seen, '条旁注')
  const { reflection, programme } = await openReflection(ctx, remark.reflectionId)
  refuseCancelled(programme)
  if (remark.answersId !== null) throw new Refusal('conflict', '请答复旁注本身，不能答复“答复”。')

  const { version, block, quote } = remark
  const id = await write(ctx, reflection, { version, block, quote, text, answersId: remarkId })
  await record(ctx, 'training.remark-answered', subjectOfReflection(programme, reflection), { title: programme.title })
  return id
}

const ofRemark = ({ tenantId }: Context, remarkId: string) =>
  and(eq(trainingRemarks.tenantId, tenantId), eq(trainingRemarks.id, remarkId))

async function write(
  ctx: Context,
  { id: reflectionId, personId, path }: StoredReflection,
  said: { version: number; block: number; quote: string; text: string; answersId: string | null },
): Promise<string> {
  const { db, tenantId, actor } = ctx
  const id = newId()
  const authorPersonId = personOf(ctx)
  await db
    .insert(trainingRemarks)
    .values({ ...said, tenantId, id, reflectionId, personId, authorPersonId, path, saidBy: actor.name })
  return id
}

function refuseCancelled({ cancelledAt }: StoredProgramme): void {
  if (cancelledAt !== null) throw new Refusal('conflict', '培训班已经取消，不能再写旁注。')
}
