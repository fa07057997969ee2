import { addDays, type Day, type Stage } from '@zhibu/rules'
import { and, eq, inArray } from 'drizzle-orm'
import type { NewNotice } from '../modules/notices/schema.ts'
import { deliver, tellRecall } from '../modules/notices/sending.ts'
import {
  checkSending,
  completeNotice,
  confirmNotice,
  correctNotice,
  draftNotice,
  markRead,
  recallNotice,
  sendNotice,
} from '../modules/notices/service.ts'
import { noticeDeliveries, notices } from '../modules/notices/tables.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { Database } from '../platform/database.ts'

/** Who sends notices in the fictitious university, and who reads them. */
export interface NoticeCast {
  college: { id: string; organiser: Actor }
  branch: { id: string; secretary: Actor }
  publicity: Actor
  /** People of the branch who can sign in, the secretary not among them. */
  readers: readonly Actor[]
}

/**
 * Invented notices of the last days: for information, to be confirmed, to be done, corrected, taken back, and a draft. Some of the readers
 * have answered, so that each of the others who signs in finds something to do. All in the transaction of the context.
 */
export async function sendNotices(database: Database, ctx: Context, cast: NoticeCast): Promise<void> {
  const { college, branch, publicity, readers } = cast
  const joined: Database = { ...database, transaction: (_scope, work) => work(ctx.db) }
  const as = (actor: Actor): Context => ({ ...ctx, actor })

  /** Writes the copies of what was sent so many days ago; returns the readers who got one. */
  async function arrive(noticeId: string, daysAgo: number): Promise<Actor[]> {
    const at = morningOf(addDays(ctx.today, -daysAgo))
    await change(ctx, noticeId, { createdAt: at, sentAt: at })
    await deliver(joined, { tenantId: ctx.tenantId, noticeId })
    return recipientsAmong(ctx, noticeId, readers)
  }

  async function send(by: Actor, daysAgo: number, notice: NewNotice) {
    const id = await draftNotice(as(by), notice)
    await checkSending(as(by), id, 1)
    await sendNotice(as(by), id, 1)
    return { id, got: await arrive(id, daysAgo) }
  }

  const opening = await send(college.organiser, 6, { ...openingHours, ...to(college.id) })
  for (const it of everySecond(opening.got)) await markRead(as(it), opening.id)

  const meeting = await send(branch.secretary, 2, { ...meetingOn(addDays(ctx.today, 8)), ...to(branch.id, members) })
  for (const it of meeting.got.slice(0, 3)) await confirmNotice(as(it), meeting.id)
  for (const it of meeting.got.slice(3, 5)) await markRead(as(it), meeting.id)

  const checking = await send(branch.secretary, 3, {
    ...checkingUntil(addDays(ctx.today, 7)),
    ...to(branch.id, members),
  })
  for (const it of checking.got.slice(0, 2)) await completeNotice(as(it), checking.id)

  const course = (room: string) => courseOn(addDays(ctx.today, 10), room)
  const wrong = await send(college.organiser, 4, { ...course('四楼 402'), ...to(college.id, ['activist']) })
  for (const it of wrong.got) await markRead(as(it), wrong.id)
  const correction = { ...course('二楼 204'), reason: '原通知写错了上课的教室。' }
  await arrive(await correctNotice(as(college.organiser), wrong.id, correction), 3)

  const exhibition = await send(publicity, 5, { ...exhibitionVisit, ...to(college.id) })
  for (const it of [branch.secretary, ...everySecond(exhibition.got)]) await markRead(as(it), exhibition.id)
  await recallNotice(as(publicity), exhibition.id, '展馆临时闭馆检修，参观改期，时间确定后另行通知。')
  await change(ctx, exhibition.id, { recalledAt: morningOf(addDays(ctx.today, -1)) })
  await tellRecall(joined, { tenantId: ctx.tenantId, noticeId: exhibition.id })

  await draftNotice(as(branch.secretary), { ...partyDayOn(addDays(ctx.today, 14)), ...to(branch.id) })
}

const morningOf = (on: Day) => new Date(`${on}T09:00:00+08:00`)
const members = ['probationary', 'full'] as const
const everySecond = (readers: readonly Actor[]) => readers.filter((_, at) => at % 2 === 0)

/** By the organisation, to everybody there at one of these stages, or to everybody. */
const to = (organizationId: string, stages: readonly Stage[] = []) => ({
  organizationId,
  audience: {
    groups: [{ organizationIds: [organizationId], offices: [], stages: [...stages] }],
    personIds: [],
    exceptIds: [],
  },
})

async function change({ db, tenantId }: Context, id: string, set: Partial<typeof notices.$inferInsert>): Promise<void> {
  await db
    .update(notices)
    .set(set)
    .where(and(eq(notices.tenantId, tenantId), eq(notices.id, id)))
}

async function recipientsAmong({ db, tenantId }: Context, noticeId: string, readers: readonly Actor[]) {
  const ids = readers.flatMap((it) => it.personId ?? [])
  const { personId, tenantId: ofTenant, noticeId: ofNotice } = noticeDeliveries
  const rows = await db
    .select({ personId })
    .from(noticeDeliveries)
    .where(and(eq(ofTenant, tenantId), eq(ofNotice, noticeId), inArray(personId, ids)))
  const got = new Set<string | null>(rows.map((it) => it.personId))
  return readers.filter((it) => got.has(it.personId))
}

const plain = { dueOn: null, happensOn: null, hurriedReason: null } as const

const openingHours = {
  ...plain,
  kind: 'information' as const,
  title: '学院党员活动室开放时间调整',
  body: '学院党员活动室从本周起工作日 8:30 至 21:30 开放，周末 9:00 至 17:00 开放。各支部开展活动请提前一天与学院党委联系，错开使用。',
}

const meetingOn = (happensOn: Day) => ({
  ...plain,
  happensOn,
  kind: 'confirmation' as const,
  title: '支部党员大会安排',
  body: '支部党员大会 19:00 在学院党员活动室召开，讨论预备党员转正和下一阶段的发展计划。收到请确认；因故不能到会的，请提前向支部书记请假。',
})

const checkingUntil = (dueOn: Day) => ({
  ...plain,
  dueOn,
  kind: 'task' as const,
  title: '核对本人的党员信息',
  body: '请打开“我的”页面，核对姓名、出生日期、入党时间、转正时间和联系电话。有误的请告诉支部组织委员更正；核对完毕后点“已办结”。',
})

const courseOn = (happensOn: Day, room: string) => ({
  ...plain,
  happensOn,
  kind: 'information' as const,
  title: '入党积极分子培训班开班安排',
  body: `入党积极分子培训班 14:00 在教学楼${room} 教室开班，请提前十分钟到场，带好笔记本。培训为期两天，结业考试的时间在班上说明。`,
})

const exhibitionVisit = {
  ...plain,
  kind: 'information' as const,
  title: '校史馆主题展览参观安排',
  body: '校史馆举办“大学与城市”主题展览，各支部可以预约集体参观。预约电话见校史馆网页，参观时请按馆内指引安静有序。',
}

const partyDayOn = (happensOn: Day) => ({
  ...plain,
  happensOn,
  kind: 'confirmation' as const,
  title: '主题党日：社区电脑维修志愿服务',
  body: '本次主题党日到青禾社区开展电脑维修志愿服务，13:30 在东门集合。自愿参加，能到的同志请确认。',
})
