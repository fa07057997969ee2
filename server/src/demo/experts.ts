import { addDays, type Day } from '@zhibu/rules'
import { announceActivity, recordActivity } from '../modules/activities/service.ts'
import { agree, beginLecture, evaluate, invite } from '../modules/experts/invitations.ts'
import type { NewExpert } from '../modules/experts/schema.ts'
import { enterExpert } from '../modules/experts/service.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'

/** Invented experts, one of them of the register, with invitations that wait, that clash, and one whose lecture was held. In the transaction of the context. */
export async function keepExperts(ctx: Context, { university, college, branch }: DiscussionCast): Promise<void> {
  const on = (days: number): Day => addDays(ctx.today, days)
  const as = (actor: Actor, today = ctx.today): Context => ({ ...ctx, actor, today })
  const told = { base: '' }
  const { organiser } = college
  const { secretary } = branch

  const enter = (by: Actor, organizationId: string, it: Partial<NewExpert> & Pick<NewExpert, 'name' | 'institution'>) =>
    enterExpert(
      as(by),
      {
        ...{ title: '', topics: [], about: '', phone: '', email: '', personId: null, organizationId },
        consent: { on: on(-50), how: '电话里说的' },
        ...it,
      },
      told,
    )
  const archivist = await enter(organiser, college.id, {
    ...{ name: '戚云帆', institution: '临江市档案馆', title: '研究馆员', topics: ['校史', '口述史'] },
    ...{ about: '整理地方工业史料二十多年，讲得具体，适合小班。', phone: '13800000137', email: 'qi@example.cn' },
  })
  const historian = await enter(organiser, college.id, {
    ...{ name: '葛怀瑾', institution: '江岸理工大学', title: '教授', topics: ['党史', '青年工作'] },
    ...{ about: '研究青年运动史，给新生和积极分子讲过多次。', email: 'ge@example.cn' },
  })
  const colleague = await enter(organiser, college.id, {
    ...{ name: university.department.name, institution: '学校党委组织部', topics: ['发展党员', '党务工作'] },
    ...{ about: '讲发展程序和常见的材料问题。', personId: university.department.personId },
  })
  await enter(secretary, branch.id, {
    ...{ name: '卫长风', institution: '临江软件园', title: '工程师', topics: ['职业选择'], consent: null },
    ...{ about: '支部的老校友，还没有问过愿不愿意公开。', phone: '13800000138' },
  })

  const place = '学院二楼报告厅'
  const begun = as(organiser, on(-40))
  const past = await invite(
    begun,
    archivist,
    {
      ...{ topic: '怎样做一次口述史访谈', purpose: '暑期要访谈老校友，大家没有做过。', audience: '参加访谈的学生' },
      ...{ expectedCount: 40, wishedOn: [on(-18)], venue: 'onSite', place, organizationId: college.id },
    },
    told,
  )
  const agreed = { topic: '怎样做一次口述史访谈', on: on(-18), startMinute: 840, endMinute: 930, place, link: '' }
  await agree(begun, past, { ...agreed, how: '电话里说定' }, { revision: 1, ...told })
  const lecture = await beginLecture(begun, past)
  await announceActivity(begun, lecture, 1)
  const record = {
    happened: '讲了访谈前的准备、怎样提问和录音怎样保存，最后两人一组试了一次。',
    headcount: 36,
    summary: '',
    pictureIds: [],
  }
  await recordActivity(as(organiser), lecture, record, 2)
  await evaluate(
    as(organiser),
    past,
    {
      fits: '很切题，带了三段真实的录音来听，提问单当天就能用。',
      suits: '适合就要出去访谈的小组，二三十人最好。',
      more: '录音转成文字以后怎样整理。',
    },
    3,
  )

  const wish = { expectedCount: 80, venue: 'either' as const, place: '' }
  const talk = { topic: '百年青年运动里的选择', purpose: '积极分子集中培训想听一堂有史料的课。' }
  const asked = {
    ...wish,
    ...talk,
    audience: '学院入党积极分子',
    wishedOn: [on(16), on(23)],
    organizationId: college.id,
  }
  await invite(as(organiser), historian, asked, told)
  await invite(
    as(secretary),
    historian,
    {
      ...{ ...wish, topic: '一张老照片里的青年', purpose: '主题党日想请人讲讲。', audience: '支部党员和积极分子' },
      ...{ wishedOn: [on(16)], organizationId: branch.id },
    },
    told,
  )
  await invite(
    as(organiser),
    colleague,
    {
      ...{ ...wish, topic: '发展材料里最常见的十个问题', purpose: '新任支委对程序不熟。', audience: '学院各支部支委' },
      ...{ wishedOn: [on(10)], organizationId: college.id },
    },
    told,
  )
}
