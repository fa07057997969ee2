import type { Day } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { beginningOf } from '../../platform/storable.ts'
import { dayInWords, instantOf, whenInWords } from '../activities/when.ts'
import { tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import type { StoredProgramme, StoredSession } from './stored.ts'

/**
 * What those on a list are told by itself, in the transaction in which it happens. Nothing is told of a programme that is not announced. Everything
 * here runs over the whole university.
 */

/** The address of this server, for what is told. */
export interface Told {
  base: string
}

/** Tells people that they are on the list now, with a place or waiting. `fact` is what has put them there. */
export async function tellEnrolled(
  ctx: Context,
  programme: StoredProgramme,
  { taken, waiting, fact, base }: Told & { taken: readonly string[]; waiting: readonly string[]; fact: string },
): Promise<void> {
  const { title } = programme
  await tell(ctx, programme, {
    ...{ to: taken, fact: `enrolled:${fact}`, base, heading: `已录取：${title}` },
    lines: [
      `您已录取到培训班“${title}”。`,
      ...factsOf(programme),
      '不能参加的，请在开班以前退出，或者联系组织培训的单位。',
    ],
  })
  await tell(ctx, programme, {
    ...{ to: waiting, fact: `waiting:${fact}`, base, heading: `候补：${title}` },
    lines: [`培训班“${title}”的名额已满，您列为候补。有人退出会依次递补，到时再通知您。`],
  })
}

/** Tells people who waited that they have a place. */
export async function tellMovedUp(
  ctx: Context,
  programme: StoredProgramme,
  { to, fact, base }: Told & { to: readonly string[]; fact: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to, fact: `place:${fact}`, base, heading: `有名额了：${programme.title}` },
    lines: [`您候补的培训班“${programme.title}”有了名额，您已从候补转为录取。`, ...factsOf(programme)],
  })
}

/** Tells people who had a place that they wait. */
export async function tellMovedBack(
  ctx: Context,
  programme: StoredProgramme,
  { to, fact, base }: Told & { to: readonly string[]; fact: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to, fact: `back:${fact}`, base, heading: `转为候补：${programme.title}` },
    lines: [`培训班“${programme.title}”的名额减少，您由录取转为候补。有人退出会依次递补，到时再通知您。`],
  })
}

/** Tells somebody that they were taken off the list, and why. */
export async function tellRemoved(
  ctx: Context,
  programme: StoredProgramme,
  { personId, fact, reason, base }: Told & { personId: string; fact: string; reason: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to: [personId], fact: `removed:${fact}`, base, heading: `已移出名单：${programme.title}` },
    lines: [`您不再在培训班“${programme.title}”的名单上。`, `原因：${reason}`, '有疑问的，请联系组织培训的单位。'],
  })
}

/** Tells everybody with a place what has changed of a session that is still to come; nothing where nothing of it concerns them. */
export async function tellSessionChanged(
  ctx: Context,
  programme: StoredProgramme,
  { before, after, to, base }: Told & { before: StoredSession; after: StoredSession; to: readonly string[] },
): Promise<void> {
  if ([before, after].every((it) => it.on < ctx.today)) return
  const line = (label: string, was: string, is: string) =>
    was === is ? [] : [`${label}：${was === '' ? '未定' : was} → ${is === '' ? '未定' : is}`]
  const changes = [
    ...line('时间', whenOf(before), whenOf(after)),
    ...line('地点', before.place, after.place),
    ...(before.link === after.link
      ? []
      : [`线上会议：${after.link === '' ? '不再有网址' : '网址有变动，以培训页面上的为准'}`]),
  ]
  if (changes.length === 0) return
  await tell(ctx, programme, {
    ...{ to, fact: `session:${after.id}:${after.revision}`, base, heading: `课程有变动：${after.title}` },
    lines: [`培训班“${programme.title}”的课程“${after.title}”有变动：`, ...changes],
    until: after.on,
  })
}

/** Tells everybody with a place of a session that has been added to a programme they know. */
export async function tellSessionAdded(
  ctx: Context,
  programme: StoredProgramme,
  { session, to, base }: Told & { session: StoredSession; to: readonly string[] },
): Promise<void> {
  if (session.on < ctx.today) return
  await tell(ctx, programme, {
    ...{ to, fact: `added:${session.id}`, base, heading: `增加课程：${session.title}` },
    lines: [
      `培训班“${programme.title}”增加了课程“${session.title}”。`,
      `时间：${whenOf(session)}`,
      ...(session.place === '' ? [] : [`地点：${session.place}`]),
    ],
    until: session.on,
  })
}

/** Tells everybody with a place that a session is not held, and why. */
export async function tellSessionCancelled(
  ctx: Context,
  programme: StoredProgramme,
  { session, to, reason, base }: Told & { session: StoredSession; to: readonly string[]; reason: string },
): Promise<void> {
  if (session.on < ctx.today) return
  await tell(ctx, programme, {
    ...{ to, fact: `cancelled:${session.id}`, base, heading: `课程取消：${session.title}` },
    lines: [
      `培训班“${programme.title}”的课程“${session.title}”不上了。`,
      `原因：${reason}`,
      `原定时间：${whenOf(session)}`,
    ],
    until: session.on,
  })
}

/** Tells everybody on the list that the programme is not held, and why. */
export async function tellCancelled(
  ctx: Context,
  programme: StoredProgramme,
  { to, reason, base }: Told & { to: readonly string[]; reason: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to, fact: 'cancelled', base, heading: `培训取消：${programme.title}` },
    lines: [`培训班“${programme.title}”不办了。`, `原因：${reason}`],
  })
}

/** Tells whoever asked for leave, or said that they were there, that it was answered; why they asked and what the answer is they read on the page alone. */
export async function tellAnswered(
  ctx: Context,
  programme: StoredProgramme,
  { personId, requestId, session, base }: Told & { personId: string; requestId: string; session: StoredSession },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to: [personId], fact: `answered:${requestId}`, base, heading: `已答复：${programme.title}` },
    lines: [`您就培训班“${programme.title}”的课程“${session.title}”写的说明有了答复，请到培训页面查看。`],
  })
}

/** Tells people that they assess the results of a programme, to which they need not belong. */
export async function tellAppointed(
  ctx: Context,
  { id, organizationId, path, title }: StoredProgramme,
  { to, base }: Told & { to: readonly string[] },
): Promise<void> {
  if (to.length === 0) return
  await tellByItself(ctx.db, ctx.tenantId, [
    {
      ...{ organizationId, path, source: 'training', sourceKey: `training:${id}:assessor:${newId()}` },
      audience: { groups: [], personIds: [...to].sort(), exceptIds: [] },
      title: beginningOf(`请您评议：${title}`, mostOfTitle),
      body: [
        `请您担任培训班“${title}”的评议人，对照验收标准评议学员的成果。`,
        '两位评议人各自评议，都提交以前互相看不到。',
        `评议页面：${base}/training/assessing/${id}`,
      ].join('\n'),
      tellUntilAt: null,
    },
  ])
}

/** Tells people that something was decided of their results; what it is they read on the page alone. */
export async function tellDecided(
  ctx: Context,
  programme: StoredProgramme,
  { to, fact, base }: Told & { to: readonly string[]; fact: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to, fact: `decided:${fact}`, base, heading: `成果验收：${programme.title}` },
    lines: [`培训班“${programme.title}”对您的成果验收有了结论，请到培训页面查看。`],
  })
}

/** Tells somebody that there are remarks to what they have handed in; what they say is read on the page alone. Of one version by one reader once. */
export async function tellRemarked(
  ctx: Context,
  programme: StoredProgramme,
  { personId, reflectionId, fact, base }: Told & { personId: string; reflectionId: string; fact: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to: [personId], fact: `remarked:${reflectionId}:${fact}`, base, heading: `心得有旁注：${programme.title}` },
    lines: [
      `您在培训班“${programme.title}”交的心得有了旁注。`,
      `查看和答复：${base}/training/reflections/${reflectionId}`,
    ],
  })
}

/** Tells people that a certificate was issued to them. */
export async function tellCertified(
  ctx: Context,
  programme: StoredProgramme,
  { to, title, fact, base }: Told & { to: readonly string[]; title: string; fact: string },
): Promise<void> {
  await tell(ctx, programme, {
    ...{ to, fact: `certified:${fact}`, base, heading: `已颁发证书：${programme.title}` },
    lines: [`您参加的培训班“${programme.title}”向您颁发了${title}。`, `下载和核验：${base}/training/certificates`],
  })
}

interface Said extends Told {
  to: readonly string[]
  fact: string
  heading: string
  lines: readonly string[]
  /** The day after which nobody is told any more; the last day of the programme where none is given. */
  until?: Day
}

async function tell(
  ctx: Context,
  programme: StoredProgramme,
  { to, fact, heading, lines, base, until }: Said,
): Promise<void> {
  if (to.length === 0 || programme.announcedAt === null) return
  const { id, organizationId, path, untilOn } = programme
  const last = until ?? (untilOn !== null && untilOn >= ctx.today ? untilOn : null)
  await tellByItself(ctx.db, ctx.tenantId, [
    {
      ...{ organizationId, path, source: 'training', sourceKey: `training:${id}:${fact}` },
      audience: { groups: [], personIds: [...to].sort(), exceptIds: [] },
      title: beginningOf(heading, mostOfTitle),
      body: [...lines, `培训页面：${base}/training/${id}`].join('\n'),
      tellUntilAt: last === null ? null : instantOf(last, 24 * 60),
    },
  ])
}

const whenOf = ({ on, startMinute, endMinute }: StoredSession): string =>
  whenInWords({ fromOn: on, untilOn: null, startMinute, endMinute })

const factsOf = ({ fromOn, untilOn }: StoredProgramme): string[] =>
  fromOn === null || untilOn === null
    ? []
    : [fromOn === untilOn ? `时间：${dayInWords(fromOn)}` : `时间：${dayInWords(fromOn)}至${dayInWords(untilOn)}`]
