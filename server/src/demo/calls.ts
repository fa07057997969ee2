import { addDays, type Day } from '@zhibu/rules'
import { and, eq } from 'drizzle-orm'
import { beginEntry, setConsents, submitEntry, writeEntry } from '../modules/calls/entries.ts'
import { announceResults, decide, readJudging } from '../modules/calls/judging.ts'
import { openPhase } from '../modules/calls/phases.ts'
import { askToReview, confirmReviewer } from '../modules/calls/reviewers.ts'
import { giveReview, readReviewed } from '../modules/calls/reviewing.ts'
import type { CallFields } from '../modules/calls/schema.ts'
import { announceCall, prepareCall } from '../modules/calls/service.ts'
import { calls } from '../modules/calls/tables.ts'
import { settleVote } from '../modules/calls/votes.ts'
import type { Actor, Context } from '../platform/context.ts'
import type { DiscussionCast } from './discussion.ts'

const level = (name: string, words: string) => ({ name, words })

/** What such a call asks for. */
const storyCall = (title: string, body: string, untilOn: Day): CallFields => ({
  ...{ title, body, teamMost: 3, entriesMost: 1, isBlind: true, words: [] },
  kinds: [
    { key: 'text', name: '文字类', untilOn },
    { key: 'sound', name: '音频和视频类', untilOn: addDays(untilOn, 7) },
  ],
  fields: [
    { key: 'story', label: '正文', kind: 'prose', isRequired: true, most: 3_000, hint: '写真人真事，不写姓名' },
    { key: 'pictures', label: '图片', kind: 'picture', isRequired: false, most: 5, hint: '' },
    { key: 'film', label: '音频或视频', kind: 'video', isRequired: false, most: 1, hint: '' },
  ],
  criteria: [
    {
      key: 'real',
      name: '真实',
      levels: [level('一般', '写得笼统'), level('较好', '有具体的人和事'), level('很好', '细节准确，读来可信')],
    },
    {
      key: 'told',
      name: '表达',
      levels: [level('一般', '能看明白'), level('较好', '条理清楚'), level('很好', '结构完整，有感染力')],
    },
  ],
})

const stories: readonly [title: string, story: string][] = [
  ['最后一个离开的人', '实验室的灯总是她最后关。有一回停电，她打着手电把每个水槽都看了一遍，说：关灯之前先看水。'],
  ['三十六级台阶', '腿伤的那一个月，他每天背我上三十六级台阶去教室。后来我才知道，他那时自己也在准备答辩。'],
  ['一封没有寄出的信', '整理老支书的笔记本，夹着一封写给学生的信，说的是怎样把一件小事坚持十年。'],
  ['食堂窗口的约定', '她在食堂勤工助学，记得住每个常来的老人要几两饭。老人们管那个窗口叫“不用开口”。'],
]

/**
 * Invented calls at each stage: one that takes entries, one that is reviewed, one whose results are out, with works on the shelf and a vote.
 * All in the transaction of the context, which sees the whole university.
 */
export async function callForEntries(
  ctx: Context,
  { university, college, branch, members }: DiscussionCast,
): Promise<void> {
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const { publicity } = university
  const { organiser } = college

  async function announced(by: Actor, organizationId: string, title: string, body: string): Promise<string> {
    const fields = storyCall(title, body, addDays(ctx.today, 12))
    const id = await prepareCall(as(by), { ...fields, organizationId })
    await announceCall(as(by), id, 1)
    return id
  }
  async function sendIn(author: Actor, callId: string, [title, story]: (typeof stories)[number], isPublic: boolean) {
    const id = await beginEntry(as(author), callId, 'text')
    const answers = { story: { text: story, mediaIds: [] } }
    await writeEntry(as(author), id, { title, kindKey: 'text', answers }, 1)
    await submitEntry(as(author), id, true, 2)
    if (isPublic) await setConsents(as(author), id, { publication: true, name: true, portrait: true }, '')
  }
  async function sendAllIn(callId: string, isPublic: boolean): Promise<void> {
    for (const [place, author] of members.slice(0, 4).entries()) {
      const it = stories[place]
      if (it) await sendIn(author, callId, it, isPublic)
    }
    await close(ctx, callId)
  }

  await announced(
    publicity,
    university.id,
    '“我身边的共产党员”故事征集',
    '讲一个身边党员的故事：一个人、一件事、一个细节就好。文字、音频、视频都可以，可以几个人一起做。',
  )
  await prepareCall(as(branch.secretary), {
    ...storyCall('支部的老照片', '找一张支部的老照片，写下照片里的事。', addDays(ctx.today, 30)),
    organizationId: branch.id,
  })

  const reviewed = await announced(
    publicity,
    university.id,
    '实践中的一堂课',
    '暑期实践、实习、志愿服务中学到的一课。评审只看作品，不看作者。',
  )
  await sendAllIn(reviewed, false)
  const [call] = await ctx.db
    .select({ code: calls.reviewCode })
    .from(calls)
    .where(and(eq(calls.tenantId, ctx.tenantId), eq(calls.id, reviewed)))
  await askToReview(as(organiser), call?.code ?? '')
  if (organiser.personId) await confirmReviewer(as(publicity), reviewed, organiser.personId)
  const phase = { name: '初评', untilOn: addDays(ctx.today, 10), perEntry: 1, entryIds: null }
  await openPhase(as(publicity), reviewed, phase)
  const given = await readReviewed(as(organiser), reviewed)
  const [first] = given.entries
  if (first) {
    const opinion = { levels: { real: 2, told: 1 }, abstainReason: '', remark: '事情小，写得实，结尾可以再短一些。' }
    await giveReview(as(organiser), reviewed, first.number, opinion)
  }

  const decided = await announced(organiser, college.id, '一件小事', '写一件让你想到“党员”两个字的小事。')
  await sendAllIn(decided, true)
  const { entries } = await readJudging(as(organiser), decided)
  for (const it of entries) {
    const isAccepted = it.title !== stories[2]?.[0]
    const words = isAccepted ? '细节可信，推荐大家读。' : '题材很好，建议补上后来的事，下次再投。'
    await decide(as(organiser), decided, it.id, { decision: isAccepted ? 'accepted' : 'declined', words })
  }
  await announceResults(as(organiser), decided, { revision: 1 + 1, base: '' })
  await settleVote(as(organiser), decided, { fromOn: ctx.today, untilOn: addDays(ctx.today, 14), most: 2 }, '')
}

/** The days of the call are over. */
async function close({ db, tenantId, today }: Context, callId: string): Promise<void> {
  const untilOn = addDays(today, -1)
  const isIt = and(eq(calls.tenantId, tenantId), eq(calls.id, callId))
  const [call] = await db.select({ kinds: calls.kinds }).from(calls).where(isIt)
  const kinds = call?.kinds.map((it) => ({ ...it, untilOn })) ?? []
  await db.update(calls).set({ kinds, untilOn }).where(isIt)
}
