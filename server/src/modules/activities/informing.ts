import { and, asc, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { beginningOf } from '../../platform/storable.ts'
import { tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import type { SignUpRule } from './schema.ts'
import type { StoredActivity } from './stored.ts'
import { activitySignUps } from './tables.ts'
import { endsAt, whenInWords } from './when.ts'

/**
 * What those who have signed up are told by itself, in the transaction in which it happens: that they have a place now, or wait again,
 * that something has changed, that it is not held. Everything here runs over the whole university.
 */

/** At which instant something is done, and the address of this server for what is told of it. */
export interface Moment {
  now: Date
  base: string
}

/** Who has signed up, in the order of their coming. */
export type SignedUp = Awaited<ReturnType<typeof signedUpFor>>[number]

export function signedUpFor({ db, tenantId }: Context, activityId: string) {
  const { personId, seq, signedUpAt } = activitySignUps
  return db
    .select({ personId, seq, signedUpAt })
    .from(activitySignUps)
    .where(and(eq(activitySignUps.tenantId, tenantId), eq(activitySignUps.activityId, activityId)))
    .orderBy(asc(seq))
}

/** One sign-up, as the key of what has become of it: the same person may sign up again. */
export const keyOf = ({ seq, signedUpAt }: SignedUp): string => `${seq} ${signedUpAt.toISOString()}`

interface Places {
  all: readonly SignedUp[]
  rule: SignUpRule | null
}

/** Tells those who waited that they have a place, and those who had one that they wait. `fact` is what has changed the places. */
export async function tellMoved(
  ctx: Context,
  activity: StoredActivity,
  { before, after, fact, base }: { before: Places; after: Places; fact: string; base: string },
): Promise<void> {
  const [had, have] = [withPlace(before), withPlace(after)]
  const knew = new Set(before.all.map((it) => it.personId))
  const to = after.all.filter((it) => knew.has(it.personId) && have.has(it.personId) && !had.has(it.personId))
  await tellPlaces(ctx, activity, { to, fact, base })
  await tell(ctx, activity, base, {
    to: after.all.filter((it) => had.has(it.personId) && !have.has(it.personId)),
    ...{ fact: `waiting:${fact}`, heading: `转为候补：${activity.title}` },
    lines: [`“${activity.title}”的名额减少，您由已报名转为候补。有人退出会依次递补，到时再通知您。`],
  })
}

/** Tells these, who waited, that they have a place. `fact` is what has freed it. */
export async function tellPlaces(
  ctx: Context,
  activity: StoredActivity,
  { to, fact, base }: { to: readonly SignedUp[]; fact: string; base: string },
): Promise<void> {
  const { title } = activity
  await tell(ctx, activity, base, {
    ...{ to, fact: `place:${fact}`, heading: `有名额了：${title}` },
    lines: [
      `您候补的“${title}”有了名额，您已从候补转为已报名。`,
      ...factsOf(activity),
      '来不了的，请在活动页面取消报名，把名额让给后面的人。',
    ],
  })
}

const withPlace = ({ all, rule }: Places): Set<string> =>
  new Set(all.slice(0, rule?.capacity ?? all.length).map((it) => it.personId))

/** Tells all who have signed up what has changed of day, time, place and link; nothing where none of them has. */
export async function tellChanged(
  ctx: Context,
  { before, after }: { before: StoredActivity; after: StoredActivity },
  all: readonly SignedUp[],
  base: string,
): Promise<void> {
  const changes = changesOf(before, after)
  if (changes.length === 0) return
  await tell(ctx, after, base, {
    ...{ to: all, fact: `changed:${after.revision}`, heading: `活动有变动：${after.title}` },
    lines: [
      `您报名的“${after.title}”有变动：`,
      ...changes,
      ...(after.signUp === null ? [] : ['来不了的，请在活动页面取消报名。']),
    ],
  })
}

/** Tells all who have signed up, also who waits, that they may come without. */
export async function tellOpened(
  ctx: Context,
  activity: StoredActivity,
  { all, base }: { all: readonly SignedUp[]; base: string },
): Promise<void> {
  await tell(ctx, activity, base, {
    ...{ to: all, fact: `opened:${activity.revision}`, heading: `不用报名了：${activity.title}` },
    lines: [`“${activity.title}”改为不用报名，候补的人也可以直接参加。`, ...factsOf(activity)],
  })
}

/** Tells all who have signed up that it is not held, and why. */
export async function tellCancelled(
  ctx: Context,
  activity: StoredActivity,
  { all, reason, base }: { all: readonly SignedUp[]; reason: string; base: string },
): Promise<void> {
  await tell(ctx, activity, base, {
    ...{ to: all, fact: 'cancelled', heading: `活动取消：${activity.title}` },
    lines: [`您报名的“${activity.title}”不办了。`, `原因：${reason}`, ...factsOf(activity).map((it) => `原定${it}`)],
  })
}

/** Tells somebody that whoever holds the activity has taken them off the list, and why. */
export async function tellRemoved(
  ctx: Context,
  activity: StoredActivity,
  { one, reason, base }: { one: SignedUp; reason: string; base: string },
): Promise<void> {
  await tell(ctx, activity, base, {
    ...{ to: [one], fact: `removed:${keyOf(one)}`, heading: `报名被取消：${activity.title}` },
    lines: [`组织者取消了您在“${activity.title}”的报名。`, `原因：${reason}`, '有疑问的，请联系组织者。'],
  })
}

interface Said {
  to: readonly SignedUp[]
  fact: string
  heading: string
  lines: readonly string[]
}

async function tell(ctx: Context, activity: StoredActivity, base: string, { to, fact, heading, lines }: Said) {
  if (to.length === 0) return
  const { id, organizationId, path } = activity
  await tellByItself(ctx.db, ctx.tenantId, [
    {
      ...{ organizationId, path, source: 'activity', sourceKey: `activity:${id}:${fact}` },
      audience: { groups: [], personIds: to.map((it) => it.personId).sort(), exceptIds: [] },
      title: beginningOf(heading, mostOfTitle),
      body: [...lines, `活动页面：${base}/activities/${id}`].join('\n'),
      tellUntilAt: endsAt(activity),
    },
  ])
}

/** When and where it is held, as far as that is settled. */
const factsOf = (it: StoredActivity): string[] => [
  `时间：${whenInWords(it)}`,
  ...(it.place === '' ? [] : [`地点：${it.place}`]),
]

export type WhenAndWhere = Pick<StoredActivity, 'fromOn' | 'untilOn' | 'startMinute' | 'endMinute' | 'place' | 'link'>

/** What has changed of day, hour, place and link, a line each; empty where nothing has. */
export function changesOf(before: WhenAndWhere, after: WhenAndWhere): string[] {
  const yearOf = ({ fromOn }: WhenAndWhere) => fromOn?.slice(0, 4) ?? ''
  const isOtherYear = yearOf(before) !== yearOf(after)
  const when = (it: WhenAndWhere) => `${isOtherYear && it.fromOn !== null ? `${yearOf(it)}年` : ''}${whenInWords(it)}`
  const line = (label: string, was: string, is: string) =>
    was === is ? [] : [`${label}：${was === '' ? '未定' : was} → ${is === '' ? '未定' : is}`]
  return [
    ...line('时间', when(before), when(after)),
    ...line('地点', before.place, after.place),
    ...(before.link === after.link
      ? []
      : [`线上会议：${after.link === '' ? '不再有网址' : '网址有变动，以活动页面上的为准'}`]),
  ]
}
