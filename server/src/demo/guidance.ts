import { addDays } from '@zhibu/rules'
import { instantOf } from '../modules/activities/when.ts'
import { appointMentor } from '../modules/guidance/mentors.ts'
import { writeRecord } from '../modules/guidance/records.ts'
import { keepRemark } from '../modules/guidance/remarks.ts'
import { book } from '../modules/guidance/service.ts'
import { changeStoredTime } from '../modules/guidance/stored.ts'
import { freeTimes, offerTimes } from '../modules/guidance/times.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'

/** Two mentors with free times, a talk to come, and one that was held with what was agreed. In the transaction of the context. */
export async function guide(ctx: Context, { college, branch, members }: DiscussionCast): Promise<void> {
  const { today } = ctx
  const { secretary } = branch
  const { organiser } = college
  const [first, second] = members.filter((it) => it.personId !== secretary.personId)
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const now = instantOf(today, 8 * 60)
  const moment = { now, base: '' }
  const from = addDays(today, -60)

  const atBranch = await appointMentor(
    as(organiser),
    {
      ...{ organizationId: branch.id, personId: secretary.personId ?? '', fromOn: from, untilOn: null },
      guidesIn: '入党申请书和思想汇报怎么写，学业和支部工作怎么安排。',
    },
    moment,
  )
  const atCollege = await appointMentor(
    as(organiser),
    {
      ...{ organizationId: college.id, personId: organiser.personId ?? '', fromOn: from, untilOn: addDays(today, 200) },
      guidesIn: '发展程序和材料，接收组织关系，毕业前的安排。',
    },
    moment,
  )
  const offer = (by: Actor, mentorId: string, ahead: number, hour: number, weeks: number, place: string) =>
    offerTimes(
      as(by),
      {
        ...{ mentorId, heldOn: addDays(today, ahead), startMinute: 60 * hour, endMinute: 60 * hour + 30, weeks },
        ...{ place, link: '' },
      },
      now,
    )
  await offer(secretary, atBranch, 2, 16, 4, '学生党员活动室')
  await offer(secretary, atBranch, 4, 19, 2, '学生党员活动室')
  await offer(organiser, atCollege, 3, 15, 4, '学院党委办公室')
  if (!first || !second) return

  const { times } = await freeTimes(as(first), now)
  const [held, coming] = times.filter((it) => it.mentorId === atBranch)
  if (!held || !coming) return
  const past = await book(as(first), { timeId: held.id, wish: '思想汇报总写成流水账，想请您看看怎么改。' }, moment)
  // What is past now was still to come when it was booked.
  await changeStoredTime(ctx, held.id, { heldOn: addDays(today, -5) })
  await writeRecord(
    as(secretary),
    past,
    {
      talked:
        '一起看了上个季度的思想汇报。写事太多，写自己怎么想的太少。说好每篇只写一件事，写清楚当时怎么想、后来怎么做。',
      steps: [
        { id: null, what: '把上一篇改成只写一件事，发给我看', side: 'guided', dueOn: addDays(today, 3) },
        { id: null, what: '找两篇写得实在的例文', side: 'mentor', dueOn: addDays(today, 6) },
      ],
    },
    { revision: 1, now },
  )
  await keepRemark(as(first), past, { text: '下次记得问考研和支部工作怎么排时间。' }, now)
  await book(as(second), { timeId: coming.id, wish: '想转到支部的宣传小组，不知道从哪里开始。' }, moment)
}
