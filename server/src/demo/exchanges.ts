import { addDays, type Day } from '@zhibu/rules'
import { adoptCard, reportOn } from '../modules/exchanges/adoptions.ts'
import { makeCard } from '../modules/exchanges/cards.ts'
import { commentAsGuest, writeAsGuest } from '../modules/exchanges/guest-use.ts'
import { guestById, inviteGuest } from '../modules/exchanges/guests.ts'
import type { CaseText, PracticeText } from '../modules/exchanges/schema.ts'
import {
  announceMeeting,
  arrange,
  comment,
  concludeMeeting,
  prepareMeeting,
  submitCase,
} from '../modules/exchanges/service.ts'
import { findMeeting } from '../modules/exchanges/stored.ts'
import type { Actor, Context } from '../platform/context.ts'
import { found } from '../platform/refusal.ts'
import type { DiscussionCast } from './discussion.ts'

/** A meeting that is over, with two cards of which one was tried, and one to come with a guest. In the transaction of the context. */
export async function exchangePractices(ctx: Context, { college, branch, members }: DiscussionCast): Promise<void> {
  const on = (days: number): Day => addDays(ctx.today, days)
  const as = (actor: Actor, today = ctx.today): Context => ({ ...ctx, actor, today })
  const { organiser } = college
  const { secretary } = branch

  async function announced(title: string, theme: string, held: Day, place: string, begun = ctx.today) {
    const fields = { title, theme, on: held, startMinute: 14 * 60, endMinute: 16 * 60, place, link: '' }
    const by = as(organiser, begun)
    const id = await prepareMeeting(by, { ...fields, organizationId: college.id, participantIds: [] })
    await announceMeeting(by, id, 1)
    return id
  }

  async function guestOf(exchangeId: string, name: string, institution: string, today = ctx.today) {
    const { db, tenantId, requestId } = ctx
    const given = { name, institution, email: '', untilOn: addDays(today, 60) }
    const { id } = await inviteGuest(as(organiser, today), exchangeId, given)
    const guest = found(await guestById({ db, tenantId, today }, id), '位嘉宾')
    const meeting = found(await findMeeting(ctx, exchangeId), '场交流会')
    return { db, tenantId, requestId, today, actor: { accountId: null, name: `校外嘉宾 ${name}` }, guest, meeting }
  }

  const begun = on(-40)
  const past = await announced(
    '学习怎样有人来、听得进',
    '各支部带一个自己试过的做法来，成不成都行，说清楚难在哪里、怎样做、结果怎样。',
    on(-25),
    '学院二楼会议室',
    begun,
  )
  const laboratory = await submitCase(as(secretary, begun), past, shown(laboratoryCase))
  const wall = await submitCase(as(organiser, begun), past, shown(questionsCase))
  const guest = await guestOf(past, '郭远来', '海东师范大学', begun)
  const reading = await writeAsGuest(guest, shown(readingCase))
  await arrange(as(organiser, begun), past, [laboratory, reading, wall])
  await commentAsGuest(guest, laboratory, '我们的实验室要连夜做实验，时间怎样定下来的？')
  await comment(as(secretary, begun), past, laboratory, '由各组自己报两个时间，讲的人去凑他们，一次不超过四十分钟。')
  await concludeMeeting(
    as(organiser),
    past,
    '三个做法都说到同一件事：学习要就着人的时间和问题。各支部挑一个回去试一学期，期末在做法库里说结果，没有成效也说。',
    2,
  )
  const topics = ['集中学习', '实验室']
  const cardId = await makeCard(as(organiser), past, laboratory, { ...laboratoryCase, topics })
  const other = await makeCard(as(organiser), past, reading, { ...readingCase, topics: ['集中学习', '读书'] })

  const ownTry = { organizationId: branch.id, plan: '先在两个课题组试一个月。' }
  const tried = await adoptCard(as(secretary, on(-20)), other, ownTry)
  await reportOn(as(secretary), tried, {
    ...{ on: on(-3), outcome: 'none', did: '按卡片分了五个读书小组，每组每周读一节。' },
    result: '第三周起各组都停了：毕业年级在找工作，凑不到一起。',
    differed: '原来的单位都是低年级，住在一个楼里。我们下学期改在低年级试。',
  })
  const also = await adoptCard(as(organiser, on(-18)), cardId, { organizationId: college.id, plan: '' })
  await reportOn(as(organiser), also, {
    ...{ on: on(-5), outcome: 'partly', did: '组织员到三个课题组各讲了一次。' },
    result: '来的人比集中学习多，但是讲的人准备不过来。',
    differed: '',
  })

  const next = await announced(
    '入党积极分子培养经验交流会',
    '培养联系人怎样谈、多久谈一次、谈了记什么。欢迎校外同行一起谈。',
    on(12),
    '学院报告厅',
  )
  const [first, second] = members
  if (first) await arrange(as(organiser), next, [await submitCase(as(first), next, shown(talkCase))])
  if (second)
    await submitCase(as(second), next, {
      ...talkCase,
      title: '联系人换了以后怎样接上',
      isSubmitted: false,
      agrees: false,
    })
  await guestOf(next, '谢知遥', '江岸理工大学')
}

const shown = (text: PracticeText): CaseText => ({ ...text, isSubmitted: true, agrees: true })

const laboratoryCase: PracticeText = {
  title: '把学习搬到实验室门口',
  problem: '研究生党员分在十几个课题组，集中学习请假的多，来的人也惦记着实验。',
  done: '一、按楼层分成四组，各组自己报两个时间。\n二、每次只讲一个问题，讲的人提前问组里想听什么。\n三、一次不超过四十分钟，讲完当场答问，答不上的下次补。',
  effect: '一个学期讲了十一次，多数人能到，提的问题比以前具体。讲的人要多跑几趟。',
  conditions: '人员分散、时间不一的支部；要有三四个能讲的人。',
  learning: '先挑两个组试一个月，再决定要不要分组。',
  contact: '学院党委办公室',
}

const questionsCase: PracticeText = {
  title: '会前先收问题再定内容',
  problem: '会上念材料的多，大家真正想问的没有地方问。',
  done: '会前一周请大家写一个想问的问题，不记名；支委归成三类，会上只谈这三类。',
  effect: '会开得短了，会后还有人接着谈。有一次收上来的问题太少，没有开成。',
  conditions: '人不太多、互相熟悉的支部。',
  learning: '',
  contact: '',
}

const readingCase: PracticeText = {
  title: '五人一组读一本书',
  problem: '大家都说没有时间读书，发下去的书翻不了几页。',
  done: '五个人一组，一周读一节，轮流用自己的话讲给另外四个人听。',
  effect: '一个学期读完一本的有七成小组。退出的也不勉强。',
  conditions: '住得近、课表相近的低年级。',
  learning: '书要薄，一节要短。',
  contact: '',
}

const talkCase: PracticeText = {
  title: '每次谈话只谈一件事',
  problem: '一次谈很多，记录写得满，过后谁也不记得谈了什么。',
  done: '每次谈话以前定一件事，谈完写三句话：谈了什么、约定了什么、下次什么时候谈。',
  effect: '积极分子说得出自己下一步做什么。时间短的还看不出来。',
  conditions: '联系的人不超过五位。',
  learning: '从约定下次的时间开始。',
  contact: '',
}
