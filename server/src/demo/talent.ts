import { addDays } from '@zhibu/rules'
import { applyFor } from '../modules/talent/applications.ts'
import { announceCall } from '../modules/talent/calls.ts'
import { setHeadcount } from '../modules/talent/establishment.ts'
import { shippedSkills } from '../modules/talent/names-schema.ts'
import { fillPost, setUpPost } from '../modules/talent/posts.ts'
import { readOwn } from '../modules/talent/queries.ts'
import type { OfficialFields, OwnFields } from '../modules/talent/schema.ts'
import { changeOwn, confirmOwn, raiseCorrection, setOfficial } from '../modules/talent/service.ts'
import { addSkills, listSkills } from '../modules/talent/skills.ts'
import type { Actor, Context } from '../platform/context.ts'
import { personOf } from '../platform/reach.ts'
import type { DiscussionCast } from './discussion.ts'

/**
 * The list of skills, the records of a few officers, a counsellor without an office, and a correction that waits. In the transaction of
 * the context.
 */
export async function knowStaff(ctx: Context, { university, college, branch, members }: DiscussionCast): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const { department } = university
  const { organiser } = college
  const { secretary } = branch
  const since = addDays(ctx.today, -400)
  await addSkills(as(department), { skills: [...shippedSkills] })
  const { items } = await listSkills(as(department))
  const skill = (name: string) => items.find((it) => it.name === name)?.id ?? ''

  const official = async (by: Actor, of: Actor, fields: Omit<OfficialFields, 'since'>) =>
    setOfficial(as(by), personOf(as(of)), { ...fields, since }, (await readOwn(as(of))).revision)
  const own = async (of: Actor, fields: OwnFields) => changeOwn(as(of), fields, (await readOwn(as(of))).revision)

  await official(department, organiser, { employment: 'fullTime', duty: 'organiser', title: '学院专职组织员' })
  await official(organiser, secretary, { employment: 'partTime', duty: 'counsellor', title: '本科生辅导员' })
  await own(organiser, {
    skills: [
      { skillId: skill('发展党员流程和材料'), mastery: 'leads' },
      { skillId: skill('党组织关系转接'), mastery: 'leads' },
      { skillId: skill('电子表格和数据整理'), mastery: 'does' },
    ],
    languages: [{ name: '英语', fluency: 'talks' }],
    ...{ availability: 'less', availabilityNote: '年底前材料集中，一月以后可以再排。' },
  })
  await own(secretary, {
    skills: [
      { skillId: skill('谈心谈话'), mastery: 'leads' },
      { skillId: skill('党课讲授'), mastery: 'does' },
    ],
    languages: [],
    ...{ availability: 'same', availabilityNote: '周三下午有课。' },
  })
  await confirmOwn(as(organiser), (await readOwn(as(organiser))).revision)
  await raiseCorrection(as(secretary), { field: 'title', proposed: '本科生辅导员（2024 级）' })

  const cadre = members.find((it) => it.personId !== null && it.personId !== secretary.personId)
  if (!cadre) return
  await official(secretary, cadre, { employment: 'student', duty: 'studentCadre', title: '支部宣传骨干' })
  await own(cadre, {
    skills: [
      { skillId: skill('公众号编辑'), mastery: 'leads' },
      { skillId: skill('摄影摄像和剪辑'), mastery: 'does' },
    ],
    languages: [{ name: '英语', fluency: 'works' }],
    ...{ availability: 'more', availabilityNote: '' },
  })

  const post = { organizationId: branch.id, employment: 'student', duty: 'studentCadre' } as const
  const editing = await setUpPost(as(organiser), {
    ...{ ...post, title: '支部宣传骨干', places: 2, about: '支部公众号的采写、拍摄和排版。' },
    skillIds: [skill('公众号编辑'), skill('摄影摄像和剪辑'), skill('新闻稿和宣传文案')],
  })
  await fillPost(as(organiser), editing, { personId: personOf(as(cadre)), fromOn: since })
  await setUpPost(as(organiser), {
    ...{ organizationId: college.id, employment: 'partTime', duty: 'partyAffairs', places: 2 },
    ...{ title: '学院党校兼职讲师', about: '给入党积极分子讲党课。' },
    skillIds: [skill('党课讲授'), skill('理论宣讲')],
  })
  const call = await announceCall(as(organiser), editing, {
    ...{ untilOn: addDays(ctx.today, 14), text: '每周两三个小时，老同学带着做。' },
  })
  const candidate = members.find((it) => it.personId !== cadre.personId && it.personId !== secretary.personId)
  if (candidate)
    await applyFor(as(candidate), call, {
      statement: '平时喜欢拍照，愿意把支部的活动记下来。',
      answers: [{ skillId: skill('摄影摄像和剪辑'), words: '给学院运动会拍过照片，会简单剪辑。' }],
    })
  const counted = { asOf: ctx.today, source: '学校基本情况统计（演示数据）' }
  await setHeadcount(as(organiser), college.id, { students: 2360, people: 2540, ...counted }, 0)
}
