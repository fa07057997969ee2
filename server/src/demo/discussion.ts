import { addDays, type Day } from '@zhibu/rules'
import { and, eq, sql } from 'drizzle-orm'
import { callForIdeas } from '../modules/discussion/calls.ts'
import { handOverFor } from '../modules/discussion/handing-over.ts'
import { writeProtected } from '../modules/discussion/letters.ts'
import type { SuggestionState } from '../modules/discussion/names-schema.ts'
import { documentOf } from '../modules/discussion/paragraphs.ts'
import type { NewTopic } from '../modules/discussion/schema.ts'
import { acceptAnswer, pinTopic, reply, startTopic, supportTopic } from '../modules/discussion/service.ts'
import { changeSettings, usualSettings } from '../modules/discussion/settings.ts'
import { loadTopic } from '../modules/discussion/stored.ts'
import { enterState, mergeSuggestion, publishOutcome } from '../modules/discussion/suggestions.ts'
import { discussionPosts, discussionTopics } from '../modules/discussion/tables.ts'
import type { Actor, Context } from '../platform/context.ts'

/** Who talks in the fictitious university. */
export interface DiscussionCast {
  university: { id: string; department: Actor; publicity: Actor }
  college: { id: string; organiser: Actor }
  branch: { id: string; secretary: Actor }
  /** People of the branch who can sign in, the secretary not among them; at least three. */
  members: readonly Actor[]
}

type Kind = NewTopic['kind']

/**
 * Invented topics of the last weeks: of every kind, at each level of the tree, in every state of a suggestion, one merged into another,
 * one under protection. All in the transaction of the context, which sees the whole university.
 */
export async function talk(ctx: Context, { university, college, branch, members }: DiscussionCast): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const some = (at: number): Actor => members[at % members.length] ?? branch.secretary
  const { secretary } = branch
  const { organiser } = college

  async function begin(
    by: Actor,
    daysAgo: number,
    organizationId: string,
    kind: Kind,
    title: string,
    text: string,
    callId: string | null = null,
  ): Promise<string> {
    const id = await startTopic(as(by), { organizationId, kind, title, body: documentOf(text), callId }, [])
    await date(ctx, id, addDays(ctx.today, -daysAgo))
    return id
  }
  const answer = (by: Actor, topicId: string, text: string) =>
    reply(as(by), topicId, { body: documentOf(text), quotedPostId: null }, [])

  const revisionOf = async (topicId: string) => (await loadTopic(ctx, topicId)).revision
  async function enter(by: Actor, topicId: string, state: SuggestionState, words: string): Promise<void> {
    await enterState(as(by), topicId, { state, words }, await revisionOf(topicId))
  }

  const opening = await begin(
    organiser,
    20,
    college.id,
    'discussion',
    '新学期想听哪些主题的党课？',
    '学院党校下月排课，请大家说说最想听什么、什么时间方便。\n可以提具体的主讲人和参考书目。',
  )
  await answer(some(0), opening, '想听一次关于怎样写思想汇报的课，最好带几篇例文一起看。')
  await answer(some(1), opening, '周三下午没有课的同学多一些，晚上也可以。')
  await answer(secretary, opening, '支部可以派人讲一讲实习中的见闻，二十分钟左右。')
  await pinTopic(as(organiser), opening, true)

  const walk = await begin(
    some(2),
    6,
    branch.id,
    'discussion',
    '周末去江边步道，一起走一段吗？',
    '上次主题党日时间短，没走完后半段。周六上午八点半在东门集合，自愿参加。',
  )
  await answer(some(0), walk, '我去。可以带上次没讲完的那段老码头的故事。')

  await begin(
    secretary,
    2,
    branch.id,
    'discussion',
    '交流读书心得：最近读了什么？',
    '不交作业，也不点名，读到有意思的就说两句。',
  )

  const certificate = await begin(
    some(1),
    9,
    branch.id,
    'question',
    '培训结业证明丢了，怎么补？',
    '去年集中培训的结业证明找不到了，需要自己去党校补吗？',
  )
  const answered = await answer(
    secretary,
    certificate,
    '不用自己跑。党校存有名册，支部这边登记后统一补打，一周左右拿到。',
  )
  await answer(some(1), certificate, '明白了，谢谢！')
  await acceptAnswer(as(some(1)), certificate, answered.id)

  const transfer = await begin(
    some(0),
    3,
    college.id,
    'question',
    '毕业后先在外地实习，组织关系什么时候转？',
    '单位还没有定下来，档案暂时留在学校。',
  )
  await answer(
    organiser,
    transfer,
    '落实单位后再转。实习期间按流动党员管理，请先同支部保持联系，定下来后我们协助办理。',
  )

  const hours = await begin(
    some(0),
    16,
    college.id,
    'suggestion',
    '自习室晚上延长到十点半',
    '期末前座位紧张，十点关门时很多人还没有复习完。',
  )
  for (const it of members.slice(1, 4)) await supportTopic(as(it), hours, true)
  await enter(organiser, hours, 'looking', '已同物业联系，正在核算值班安排。')
  await enter(organiser, hours, 'accepted', '采纳。考试周前后四周延长开放。')
  await enter(organiser, hours, 'doing', '值班表已排好，下周一开始。')
  await enter(organiser, hours, 'done', '已从周一起开放到二十二时三十分。')
  const outcome = {
    asked: '期末前自习室座位紧张，建议晚上延长到十点半。',
    done: '考试周前后四周开放到二十二时三十分，由学院安排值班。',
    responsible: '学院党委、学院办公室',
    doneOn: addDays(ctx.today, -1),
  }
  await publishOutcome(as(organiser), hours, outcome, await revisionOf(hours))

  const again = await begin(some(2), 12, college.id, 'suggestion', '希望自习室关门晚一点', '同学们都说十点太早。')
  await supportTopic(as(secretary), again, true)
  const merging = { intoId: hours, words: '两条说的是同一件事，一并办理，赞同的人合在一起。' }
  await mergeSuggestion(as(organiser), again, merging, await revisionOf(again))

  const forms = await begin(
    secretary,
    8,
    university.id,
    'suggestion',
    '同一份名册不要重复报送',
    '组织部、党校和学院各要一份格式不同的名册，内容其实一样，能否从系统里取？',
  )
  for (const it of members.slice(0, 5)) await supportTopic(as(it), forms, true)
  await enter(university.department, forms, 'looking', '情况属实，正在同党校核对各自需要的栏目。')

  const badge = await begin(
    some(1),
    14,
    college.id,
    'suggestion',
    '活动统一定制文化衫',
    '参加活动时比较醒目，拍照也好看。',
  )
  await enter(organiser, badge, 'declined', '不采纳。活动从简，不用学院经费购置服装；同学们自愿穿同色衣服即可。')

  await begin(some(2), 1, branch.id, 'suggestion', '支部会议提前三天发材料', '这样大家来得及看，讨论能说到点子上。')

  const call = await callForIdeas(as(secretary), {
    organizationId: branch.id,
    title: '毕业季主题党日怎么办',
    body: '请大家提出时间、地点和内容，支部委员会逐条答复，采纳的请提出人一起筹备。',
    fromOn: addDays(ctx.today, -5),
    untilOn: addDays(ctx.today, 15),
  })
  const idea = await begin(
    some(0),
    4,
    branch.id,
    'idea',
    '去校史馆，每人讲一个展柜',
    '讲解词自己写，五分钟以内，讲完留给新生参观时用。',
    call,
  )
  await enter(secretary, idea, 'accepted', '这个办法好，请同宣传委员一起定展柜。')
  await begin(some(1), 3, branch.id, 'idea', '给下一届写一封信', '写自己走过的弯路，装订成册放在支部活动室。', call)

  const complaint = await begin(
    some(2),
    5,
    college.id,
    'complaint',
    '每次活动都要在三个群里发照片',
    '参加活动要在三个群里各发一次照片和定位，耽误时间，建议取消。',
  )
  await enter(organiser, complaint, 'accepted', '这样做不合规定。已通知停止收照片和定位，活动由组织者记一笔即可。')

  await changeSettings(
    as(university.department),
    {
      ...usualSettings,
      openers: [
        { organizationId: university.id, office: 'orgDepartment' },
        { organizationId: university.id, office: 'publicityDepartment' },
      ],
    },
    0,
  )
  await writeProtected(as(some(0)), {
    organizationId: college.id,
    kind: 'suggestion',
    title: '推优投票时请不要公开唱名',
    text: '上次推优时有人当场念出谁投了谁，大家以后不敢说真话。建议改为不记名投票，只公布结果。',
  })
  await handOverFor(ctx)
  await spread(ctx)
}

/** Lets what was answered follow on what was asked in steps of some hours. */
async function spread({ db, tenantId }: Context): Promise<void> {
  await db.execute(sql`update discussion_posts p set created_at = least(t.created_at + (p.seq - 1) * interval '19 hours', date_trunc('milliseconds', now()))
    from discussion_topics t where t.tenant_id = ${tenantId} and p.tenant_id = t.tenant_id and t.id = p.topic_id and not t.is_protected`)
  await db.execute(sql`update discussion_topics t set last_post_at =
      (select max(p.created_at) from discussion_posts p where p.tenant_id = t.tenant_id and p.topic_id = t.id)
    where t.tenant_id = ${tenantId}`)
}

/** Moves a topic and what was written in it to a morning some days ago. */
async function date({ db, tenantId }: Context, topicId: string, on: Day): Promise<void> {
  const at = new Date(`${on}T09:30:00+08:00`)
  await db
    .update(discussionTopics)
    .set({ createdAt: at, lastPostAt: at })
    .where(and(eq(discussionTopics.tenantId, tenantId), eq(discussionTopics.id, topicId)))
  await db
    .update(discussionPosts)
    .set({ createdAt: at })
    .where(sql`${discussionPosts.tenantId} = ${tenantId} and ${discussionPosts.topicId} = ${topicId}`)
}
