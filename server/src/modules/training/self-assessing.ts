import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { record } from '../../platform/journal.ts'
import { personOf } from '../../platform/reach.ts'
import { Refusal, refuseActOnStale, refuseField, refuseStale } from '../../platform/refusal.ts'
import type { Criterion } from '../calls/schema.ts'
import type { Levels, SelfAssessment } from './acceptance-schema.ts'
import { acceptanceStateNames } from './names-schema.ts'
import { mayAssessSelf } from './policy.ts'
import { ofRound, roundsOf, standOf } from './rounds.ts'
import { rubricOf } from './rubric.ts'
import { openProgramme, subjectOf } from './stored.ts'
import { trainingRounds } from './tables.ts'

/** What participants say of their own results. Nobody else reads it before it is handed in. Everything here runs over the whole university. */

/** Keeps what the actor has written of themselves so far, as read at this revision (0: nothing yet). */
export async function writeSelf(
  ctx: Context,
  programmeId: string,
  wanted: SelfAssessment,
  revision: number,
): Promise<void> {
  const { programme, criteria } = await openOwn(ctx, programmeId)
  const self = onlyAsked(criteria, wanted)
  const [latest] = await roundsOf(ctx, programmeId, personOf(ctx))
  refuseStale({ revision: latest?.revision ?? 0 }, revision, '您的自评', '在别的窗口里')
  refuseTooHigh(criteria, self.levels)

  const { tenantId } = ctx
  if (latest === undefined)
    await ctx.db.insert(trainingRounds).values({
      ...{ tenantId, id: newId(), programmeId, personId: personOf(ctx), path: programme.path, number: 1, self },
    })
  else
    await ctx.db
      .update(trainingRounds)
      .set({ self, revision: revision + 1 })
      .where(ofRound(ctx, latest.id))
  await record(
    ctx,
    'training.self-assessment-written',
    { ...subjectOf(programme), personId: personOf(ctx) },
    { title: programme.title },
  )
}

/** Hands in what the actor has written of themselves, as read at this revision: a level of each criterion with what shows it. */
export async function handInSelf(ctx: Context, programmeId: string, revision: number): Promise<void> {
  const { programme, criteria } = await openOwn(ctx, programmeId)
  const [latest] = await roundsOf(ctx, programmeId, personOf(ctx))
  if (latest === undefined) throw new Refusal('incomplete', '还没有写自评。请先逐条自评，再提交。')
  refuseActOnStale(latest, revision, '您的自评', '在别的窗口里')
  const { levels, notes } = latest.self
  const open = criteria.filter(({ key }) => levels[key] === undefined || (notes[key] ?? '') === '')
  if (open.length > 0)
    throw new Refusal(
      'incomplete',
      `还不能提交：${open.map((it) => `“${it.name}”`).join('、')}还没有选档次或者写说明。请补全、保存后再提交。`,
    )
  refuseTooHigh(criteria, levels)

  await ctx.db
    .update(trainingRounds)
    .set({ handedInAt: new Date(), revision: revision + 1 })
    .where(ofRound(ctx, latest.id))
  const { title } = programme
  await record(ctx, 'training.self-assessed', { ...subjectOf(programme), personId: personOf(ctx) }, { title })
}

/** A programme in which the actor may write of themselves now, locked. */
async function openOwn(ctx: Context, programmeId: string) {
  const programme = await openProgramme(ctx, programmeId, { lock: true })
  const { criteria } = await rubricOf(ctx, programmeId)
  if (criteria.length === 0) throw new Refusal('conflict', '这个培训班没有验收标准，不用自评。')
  const stand = await standOf(ctx, programme, true, personOf(ctx))
  if (!stand) throw new Refusal('conflict', '您没有录取到这个培训班，不用自评。')
  if (!mayAssessSelf(programme, { hasPlace: true, isWriting: stand.state === 'writing' }))
    throw new Refusal(
      'conflict',
      stand.state === 'writing'
        ? '培训班还没有发布、已经取消或者已经办结，不能再写自评。请刷新页面查看。'
        : `您的成果验收现在是“${acceptanceStateNames[stand.state]}”，自评不能再改。要补充的，请联系组织培训的单位。`,
    )
  return { programme, criteria }
}

/** Only what the criteria ask for. */
function onlyAsked(criteria: readonly Criterion[], { levels, notes, ...rest }: SelfAssessment): SelfAssessment {
  const asked = <Value>(of: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(
      criteria.flatMap(({ key }) => {
        const value = of[key]
        return value === undefined ? [] : [[key, value]]
      }),
    )
  return { ...rest, levels: asked(levels), notes: asked(notes) }
}

/** A level that a criterion does not have was chosen on an older reading of it. */
export function refuseTooHigh(criteria: readonly Criterion[], levels: Levels): void {
  for (const { key, name, levels: all } of criteria)
    if ((levels[key] ?? 0) >= all.length) refuseField(`levels.${key}`, `“${name}”没有这一档，请重新选择`)
}
