import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { found, Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import type { RichText } from '../../platform/rich-text/document-schema.ts'
import { isBlank, mediaIds } from '../../platform/rich-text/reading-schema.ts'
import { assignmentsOf } from './asked.ts'
import { isAssessing } from './assessing.ts'
import { withPlace } from './places.ts'
import { mayReflect, mayRun } from './policy.ts'
import type { OwnReflection, Prompt } from './reflection-schema.ts'
import { findProgramme, openProgramme, type StoredProgramme, subjectOf } from './stored.ts'
import { trainingReflections, trainingReflectionVersions } from './tables.ts'

/**
 * What participants write to a prompt. Nobody else reads it before it is handed in, and after that each version as it was handed in. Everything here runs
 * over the whole university.
 */

export type StoredReflection = typeof trainingReflections.$inferSelect

/** What nobody has written yet. */
const blank: RichText = { type: 'doc', content: [{ type: 'paragraph' }] }

/** What the actor is writing to a prompt. */
export async function readOwnReflection(ctx: Context, programmeId: string, promptId: string): Promise<OwnReflection> {
  const { programme, prompt, hasPlace } = await openPrompt(ctx, programmeId, promptId)
  const own = await ownOf(ctx, programmeId, promptId)
  found(hasPlace || own ? prompt : undefined, '个题目')
  return {
    programme: { id: programme.id, name: programme.title },
    prompt,
    reflectionId: own?.id ?? null,
    text: own?.text ?? blank,
    ...{ versions: own?.versions ?? 0, revision: own?.revision ?? 0 },
    can: { write: mayReflect(programme, { hasPlace }) },
  }
}

/** Keeps what the actor has written so far, as read at this revision (0: nothing yet). Returns the new one. Nothing is written down of it: when somebody writes is theirs. */
export async function writeReflection(
  ctx: Context,
  programmeId: string,
  promptId: string,
  text: RichText,
  read: number,
): Promise<number> {
  const { path } = await openToWrite(ctx, programmeId, promptId)
  const own = await ownOf(ctx, programmeId, promptId)
  refuseStale({ revision: own?.revision ?? 0 }, read, '这篇心得', '在别的窗口里')
  if (mediaIds(text).length > 0) refuseField('text', '心得里不放图片和视频，请删去；成果可以放在自评里')

  const { tenantId } = ctx
  const revision = read + 1
  const personId = personOf(ctx)
  const written =
    own === undefined
      ? await ctx.db
          .insert(trainingReflections)
          .values({ tenantId, id: newId(), programmeId, promptId, personId, path, text })
          .onConflictDoNothing()
          .returning({ revision: trainingReflections.revision })
      : await ctx.db
          .update(trainingReflections)
          .set({ text, revision })
          .where(and(ofReflection(ctx, own.id), eq(trainingReflections.revision, read)))
          .returning({ revision: trainingReflections.revision })
  // Another window was faster between the reading and the writing.
  refuseStale({ revision: written.length === 0 ? revision : read }, read, '这篇心得', '在别的窗口里')
  return revision
}

/** Hands in what the actor has written, as read at this revision: as the next version, which is kept as it is. */
export async function handInReflection(
  ctx: Context,
  programmeId: string,
  promptId: string,
  revision: number,
): Promise<void> {
  const programme = await openToWrite(ctx, programmeId, promptId, { lock: true })
  const own = await ownOf(ctx, programmeId, promptId)
  if (own === undefined || isBlank(own.text)) throw new Refusal('incomplete', '还没有写。请先写，再提交。')
  refuseActOnStale(own, revision, '这篇心得', '在别的窗口里')
  const last = await textOf(ctx, own.id, own.versions)
  if (last !== undefined && JSON.stringify(last) === JSON.stringify(own.text))
    throw new Refusal('conflict', '和上一次交的一样，没有再交。请修改以后再提交。')

  const { tenantId } = ctx
  const { id: reflectionId, personId, path, text } = own
  const number = own.versions + 1
  await ctx.db.insert(trainingReflectionVersions).values({ tenantId, reflectionId, number, personId, path, text })
  await ctx.db
    .update(trainingReflections)
    .set({ versions: number, revision: revision + 1 })
    .where(ofReflection(ctx, own.id))
  await record(ctx, 'training.reflection-handed-in', ownSubject(ctx, programme), { title: programme.title })
}

/** One version of what was handed in; undefined where there is none of this number. */
export async function textOf(
  { db, tenantId }: Pick<Context, 'db' | 'tenantId'>,
  reflectionId: string,
  number: number,
): Promise<RichText | undefined> {
  const [row] = await db
    .select({ text: trainingReflectionVersions.text })
    .from(trainingReflectionVersions)
    .where(
      and(
        eq(trainingReflectionVersions.tenantId, tenantId),
        eq(trainingReflectionVersions.reflectionId, reflectionId),
        eq(trainingReflectionVersions.number, number),
      ),
    )
  return row?.text
}

/** What was handed in at least once, for its author, those who assess while the programme is not cancelled, and those who run it; for everybody else there is none. */
export async function openReflection(
  ctx: Context,
  reflectionId: string,
  { lock = false } = {},
): Promise<{ reflection: StoredReflection; programme: StoredProgramme; isAuthor: boolean }> {
  const query = ctx.db.select().from(trainingReflections).where(ofReflection(ctx, reflectionId)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  const reflection = found(row && row.versions > 0 ? row : undefined, '篇心得')
  const programme = found(await findProgramme(ctx, reflection.programmeId), '篇心得')
  const isAuthor = reflection.personId === personOf(ctx)
  const isReader =
    isAuthor ||
    mayRun(ctx.actor, programme.path) ||
    (programme.cancelledAt === null && (await isAssessing(ctx, programme.id)))
  return { reflection: found(isReader ? reflection : undefined, '篇心得'), programme, isAuthor }
}

/** Somebody's reflection as what is written down in the journal. */
export const subjectOfReflection = (programme: StoredProgramme, { personId }: StoredReflection) => ({
  ...subjectOf(programme),
  personId,
})

async function openToWrite(
  ctx: Context,
  programmeId: string,
  promptId: string,
  { lock = false } = {},
): Promise<StoredProgramme> {
  const { programme, hasPlace } = await openPrompt(ctx, programmeId, promptId, { lock })
  if (!hasPlace) throw new Refusal('conflict', '您没有录取到这个培训班，不用写心得。')
  if (!mayReflect(programme, { hasPlace }))
    throw new Refusal('conflict', '培训班还没有发布、已经取消或者已经办结，不能再写心得。请刷新页面查看。')
  return programme
}

async function openPrompt(
  ctx: Context,
  programmeId: string,
  promptId: string,
  { lock = false } = {},
): Promise<{ programme: StoredProgramme; prompt: Prompt; hasPlace: boolean }> {
  const programme = await openProgramme(ctx, programmeId, { lock })
  const { prompts } = await assignmentsOf(ctx, programmeId)
  const prompt = found(
    prompts.find((it) => it.id === promptId),
    '个题目',
  )
  const hasPlace = (await withPlace(ctx, programme)).includes(personOf(ctx))
  return { programme, prompt, hasPlace }
}

async function ownOf(ctx: Context, programmeId: string, promptId: string): Promise<StoredReflection | undefined> {
  const [own] = await ctx.db
    .select()
    .from(trainingReflections)
    .where(
      and(
        eq(trainingReflections.tenantId, ctx.tenantId),
        eq(trainingReflections.programmeId, programmeId),
        eq(trainingReflections.personId, personOf(ctx)),
        eq(trainingReflections.promptId, promptId),
      ),
    )
  return own
}

const ownSubject = (ctx: Context, programme: StoredProgramme) => ({ ...subjectOf(programme), personId: personOf(ctx) })

/** One reflection, by the key of its table. */
export const ofReflection = ({ tenantId }: Pick<Context, 'tenantId'>, reflectionId: string) =>
  and(eq(trainingReflections.tenantId, tenantId), eq(trainingReflections.id, reflectionId))
