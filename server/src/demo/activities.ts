import { addDays, type Day, memorialDaysBetween } from '@zhibu/rules'
import { offerKit } from '../modules/activities/kits.ts'
import { addOwnDay } from '../modules/activities/marked-days.ts'
import { type ActivityFields, blankPlan } from '../modules/activities/schema.ts'
import { announceActivity, cancelActivity, prepareActivity, recordActivity } from '../modules/activities/service.ts'
import { shippedKits } from '../modules/activities/shipped-kits.ts'
import { signUp } from '../modules/activities/sign-ups.ts'
import { changeStored } from '../modules/activities/stored.ts'
import { instantOf } from '../modules/activities/when.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'
import { pictureOf } from './publicity.ts'

/** Invented activities in every state, at each level of the tree, and days of the university's own. All in the transaction of the context. */
export async function holdActivities(
  ctx: Context,
  store: ContentStore,
  { university, college, branch, members }: DiscussionCast,
): Promise<void> {
  const { today } = ctx
  const { secretary } = branch
  const { organiser } = college
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const prepare = (by: Actor, organizationId: string, more: Partial<ActivityFields>) =>
    prepareActivity(as(by), { ...blank, ...more, organizationId })
  const announce = async (by: Actor, organizationId: string, more: Partial<ActivityFields>) => {
    const id = await prepare(by, organizationId, { ...more, fromOn: today })
    await announceActivity(as(by), id, 1)
    // What is past now was still to come when it was announced.
    await changeStored(ctx, id, { fromOn: more.fromOn ?? today })
    return id
  }

  await addOwnDay(as(university.department), {
    ...{ organizationId: university.id, name: '建校纪念日', monthDay: '10-12' },
    sentence: '1952 年 10 月 12 日，学校在青禾河畔举行第一次开学典礼。',
  })
  await addOwnDay(as(organiser), {
    ...{ organizationId: college.id, name: '学院成立日', monthDay: '04-18', sentence: '学院由当年的计算站发展而来。' },
  })

  const visit = await announce(secretary, branch.id, {
    ...{ kind: 'visit', title: '走进校史馆', summary: '看老照片，听讲解，谈一件打动自己的事。' },
    ...{ fromOn: addDays(today, -12), startMinute: 14 * 60, endMinute: 16 * 60, place: '校史馆一楼' },
    plan: {
      aim: '从学校自己的历史里找一件能学的事。',
      steps: [
        { minutes: 60, what: '跟讲解员看一遍，每人记下一张最想再看一眼的照片。' },
        { minutes: 40, what: '在会议室围坐，各人说那张照片和为什么。' },
        { minutes: 20, what: '商量一件支部近期能做的小事，定下谁来牵头。' },
      ],
      materials: ['提前一周联系校史馆', '纸和笔'],
      noticeText: '{单位}定于{时间}到{地点}参观，请穿便于走动的鞋子，提前十分钟在门口集合。',
    },
  })
  const picture = await pictureOf(as(secretary), store, '校史馆前合影的银杏树', 7)
  await recordActivity(
    as(secretary),
    visit,
    {
      happened:
        '讲解员从第一届学生自己修的那条路讲起。大家在老实验台的照片前停得最久。\n座谈时，有同学说想把实验室里没人整理的旧仪器登记一遍，当场有四位同学愿意一起做。',
      summary: '下次先把想问的问题发给讲解员，看的时候更有数。',
      ...{ headcount: 21, pictureIds: [picture] },
    },
    2,
  )
  await offerKit(as(secretary), visit)

  const [coming] = memorialDaysBetween(addDays(today, 3), addDays(today, 40))
  const kit = shippedKits.find((it) => it.length === 'halfHour' && it.dayKey === `memorial-${coming?.code}`)
  if (coming && kit)
    await announce(secretary, branch.id, {
      ...{ kind: 'memorial', title: kit.title, dayKey: `memorial-${coming.code}`, plan: kit.plan },
      ...{ fromOn: coming.on, startMinute: 16 * 60, endMinute: 16 * 60 + 30, place: '学生党员活动室' },
    })

  const lecture = await announce(organiser, college.id, {
    ...{ kind: 'lecture', title: '怎样写好一份思想汇报', fromOn: addDays(today, 9) },
    ...{ startMinute: 19 * 60, endMinute: 20 * 60 + 30, place: '实验楼报告厅' },
    summary: '带几篇例文一起看，现场改一改。欢迎带着自己写的来。',
    ...{ speaker: '严怀瑾', aboutSpeaker: '学院党校教师，多年讲授入党积极分子课程。' },
    signUp: { capacity: 2, untilOn: addDays(today, 8) },
  })
  const now = instantOf(today, 0)
  for (const reader of members.slice(0, 3)) await signUp(as(reader), lecture, now)

  await announce(university.publicity, university.id, {
    ...{ kind: 'exchange', title: '支部宣传委员交流会', fromOn: addDays(today, -3), place: '行政楼三楼会议室' },
    summary: '各支部说一件写稿、拍照时碰到的难事，一起想办法。',
  })
  await prepare(secretary, branch.id, {
    ...{ kind: 'themeClass', title: '考试诚信主题班会', summary: '期末前开一次，时间待与班主任商量。' },
    plan: shippedKits.find((it) => it.kind === 'themeClass' && it.title.includes('考'))?.plan ?? blankPlan,
  })
  const cancelled = await announce(organiser, college.id, {
    ...{ kind: 'other', title: '学院图书角整理', fromOn: addDays(today, 5), place: '学院大厅' },
  })
  await cancelActivity(as(organiser), cancelled, { reason: '大厅当天检修，改期后另行发布', now, base: '' })
}

const noDay: Day | null = null

const blank: ActivityFields = {
  ...{ kind: 'other', title: '', summary: '', dayKey: null, fromOn: noDay, untilOn: null, startMinute: null },
  ...{ endMinute: null, place: '', link: '', speaker: '', aboutSpeaker: '', plan: blankPlan, attachments: [] },
  signUp: null,
}
