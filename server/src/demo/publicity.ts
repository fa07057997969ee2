import { Readable } from 'node:stream'
import { addDays } from '@zhibu/rules'
import { addItem, cropNameOf, homeFor } from '../modules/media/service.ts'
import { mediaUploads } from '../modules/media/tables.ts'
import type { TakenForm } from '../modules/media/taking-in.ts'
import { coverOrder } from '../modules/publicity/pictures.ts'
import { publishArticle, withdrawArticle } from '../modules/publicity/publishing.ts'
import { addRemark } from '../modules/publicity/remarks.ts'
import { reviewArticle } from '../modules/publicity/reviewing.ts'
import type { ArticleState, ArticleText } from '../modules/publicity/schema.ts'
import { addSection } from '../modules/publicity/sections.ts'
import {
  beginArticle,
  changeArticle,
  dropArticle,
  placeOfNew,
  saveArticle,
  submitArticle,
} from '../modules/publicity/service.ts'
import { changeSettings, usualSettings } from '../modules/publicity/settings.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { Block } from '../platform/rich-text/document-schema.ts'
import { drawnHills } from './drawing.ts'

/** Who writes and publishes in the fictitious university. */
export interface PublicityCast {
  university: { id: string }
  college: { id: string }
  branch: { id: string; secretary: Actor }
  publicity: Actor
  /** People of the branch who can sign in. */
  readers: readonly Actor[]
}

const columns = [
  { name: '支部动态', slug: 'branches', about: '各支部的组织生活和志愿服务' },
  { name: '理论学习', slug: 'study', about: '学习体会和读书笔记' },
  { name: '党员风采', slug: 'members', about: '身边党员的故事' },
  { name: '通知公告', slug: 'announcements', about: '面向全校的安排' },
] as const

/** Invented articles in every state, by several organisations, with pictures that are drawn. All in the transaction of the context. */
export async function writeArticles(ctx: Context, store: ContentStore, cast: PublicityCast): Promise<void> {
  const { publicity, branch } = cast
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  await changeSettings(as(publicity), siteSettings, 0)
  const sections = new Map<string, string>()
  for (const it of columns) sections.set(it.slug, await addSection(as(publicity), it))

  const approve = (id: string, version: number) =>
    reviewArticle(as(publicity), id, { version, verdict: 'approved', opinion: '' })

  async function bring(id: string, state: ArticleState, by: Context, instant: Date): Promise<void> {
    if (state === 'writing') return
    if (state === 'dropped') return dropArticle(by, id)
    await submitArticle(by, id, { correctionNote: null }, 1)
    if (state === 'inReview') return
    await approve(id, 1)
    if (state === 'approved') return
    if (state === 'scheduled') {
      const now = new Date()
      const at = new Date(now.getTime() + 2 * 24 * 3_600_000).toISOString()
      return publishArticle(as(publicity), id, { version: 1, at }, now)
    }
    await publishArticle(as(publicity), id, { version: 1, at: null }, instant)
    if (state === 'withdrawn') await withdrawArticle(as(publicity), id, '活动时间有变，重新安排后再发布')
  }

  for (const [at, plan] of plans.entries()) {
    const author = cast.readers[at % Math.max(1, cast.readers.length)] ?? branch.secretary
    const by = as(author)
    const text = await textOf(by, store, plan, at)
    const organizationId = { branch: branch.id, college: cast.college.id, university: cast.university.id }[plan.of]
    const sectionId = sections.get(plan.section) ?? ''
    const wanted = { organizationId, sectionId, isOpen: plan.isOpen ?? true, text }
    const id = await beginArticle(by, wanted, await placeOfNew(by, wanted))
    const instant = morningOf(addDays(ctx.today, -plan.daysAgo))
    await bring(id, plan.state, by, instant)
    if (plan.corrected) {
      const read = 3
      await saveArticle(by, id, { sectionId, isOpen: true, text: { ...text, summary: plan.summary } }, read)
      await submitArticle(by, id, { correctionNote: plan.corrected }, read + 1)
      await approve(id, 3)
      await publishArticle(as(publicity), id, { version: 3, at: null }, morningOf(addDays(ctx.today, 1 - plan.daysAgo)))
    }
    if (plan.remark)
      await addRemark(as(publicity), id, {
        ...plan.remark,
        answersId: null,
      })
    await changeArticle(ctx, id, { createdAt: instant, editedAt: instant })
  }
}

const siteSettings = {
  ...usualSettings,
  siteName: '青禾大学党建网',
  siteAbout: '支部生活与理论学习',
  siteFoot: '本站内容均为演示用的虚构内容',
}

const morningOf = (day: string): Date => new Date(`${day}T01:30:00Z`)

async function textOf(ctx: Context, store: ContentStore, plan: Plan, at: number): Promise<ArticleText> {
  const mediaId = plan.picture === undefined ? null : await pictureOf(ctx, store, plan.picture, at)
  const [first, ...others] = plan.lines.map((text): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  const caption = plan.picture ?? ''
  const shown: Block[] =
    mediaId === null ? [] : [{ type: 'picture', attrs: { mediaId, alt: caption, caption, width: 'full' } }]
  return {
    title: plan.title,
    summary: plan.corrected ? '' : plan.summary,
    body: { type: 'doc', content: [...(first ? [first] : []), ...shown, ...others] },
    byline: { author: ctx.actor.name, source: '', photographer: '', editor: '' },
    cover: mediaId === null ? null : { mediaId, alt: caption, wide: null, square: null },
  }
}

/** Draws a picture and takes it in as one that its author has brought. */
export async function pictureOf(ctx: Context, store: ContentStore, altText: string, number: number): Promise<string> {
  const [width, height] = [960, 640]
  const description = { altText, credit: '绘图', showsPersons: 'nobody', consentNote: null, consentOn: null } as const
  const uploadId = newId()
  const file = { fileName: `配图${number + 1}.png`, sizeBytes: 1 }
  const upload = { tenantId: ctx.tenantId, id: uploadId, accountId: ctx.actor.accountId, ...file }
  await ctx.db.insert(mediaUploads).values(upload)
  const draw = async (form: string, wide: number, high: number): Promise<TakenForm> => {
    const bytes = drawnHills(number, wide, high)
    const { id: contentId, size } = await store.put(Readable.from([bytes]), { maxBytes: bytes.length })
    return { form, contentId, mediaType: 'image/png', sizeBytes: size, width: wide, height: high }
  }
  const cover = { mediaId: uploadId, alt: altText, wide: null, square: null }
  const orders = (['wide', 'square'] as const).map((form) => coverOrder(cover, { width, height }, form))
  const cuts = orders.map((it) => draw(`crop-${cropNameOf(it)}`, it.size.width, it.size.height))
  const forms = await Promise.all([draw('w480', 480, 320), ...cuts])
  const { form: _, ...whole } = await draw('', width, height)
  const taken = { ...whole, kind: 'picture' as const, extension: 'png', durationMs: null, forms }
  const wanted = { uploadId, description }
  const home = await homeFor(ctx, wanted)
  return addItem(ctx, wanted, home, taken, { fileName: file.fileName, contentIsThere: store.has })
}

interface Plan {
  of: 'branch' | 'college' | 'university'
  section: (typeof columns)[number]['slug']
  state: ArticleState
  daysAgo: number
  /** Only for who is signed in where it is false. */
  isOpen?: boolean
  title: string
  summary: string
  lines: readonly string[]
  picture?: string
  corrected?: string
  /** At the words of a block of the text, from 0. */
  remark?: { quote: string; block: number; body: string }
}

const plans: readonly Plan[] = [
  {
    ...{ of: 'branch', section: 'branches', state: 'published', daysAgo: 12 },
    title: '走进校史馆：支部开展主题党日',
    summary: '支部党员和入党积极分子参观校史馆，听讲解、谈体会。',
    lines: [
      '周五下午，支部组织党员和入党积极分子到校史馆参观，在老校门的旧照片前听讲解员讲述建校初期师生自己动手修路、建实验室的往事。',
      '参观结束后，大家在馆内会议室座谈。发言的同志谈到，前辈在艰苦条件下坚持教学科研，提醒我们把眼前的事一件一件做扎实。',
      '支部将把这次座谈中提到的建议整理出来，下个月的党员大会上再议一次。',
    ],
    picture: '校史馆后山的秋色',
  },
  {
    ...{ of: 'college', section: 'announcements', state: 'published', daysAgo: 9 },
    title: '学院党员活动室延长开放时间',
    summary: '本学期起，党员活动室工作日开放到晚上九点半。',
    lines: [
      '根据各支部的意见，学院党员活动室工作日开放时间延长到晚上九点半，周末上午照常开放。',
      '需要集中使用的支部，请提前两天在活动室门口的登记表上写明时间和人数。用后请关好门窗、还原桌椅。',
    ],
    corrected: '更正：周末为上午开放，原文误写为全天',
  },
  {
    ...{ of: 'university', section: 'study', state: 'published', daysAgo: 7 },
    title: '读书会：一起读《实践论》',
    summary: '读书会第三期围绕“从实践中来”展开讨论。',
    lines: [
      '第三期读书会读的是《实践论》。领读的同志从实验课上反复失败的一组数据讲起：道理写在书上，真正弄懂却是在动手之后。',
      '讨论中有同志提出，调查研究不能只带着结论去找例子。大家约定，下一次每人带一个自己走访得来的问题。',
    ],
    picture: '读书会所在的湖边',
  },
  {
    ...{ of: 'branch', section: 'members', state: 'published', daysAgo: 5, isOpen: false },
    title: '实验室里的夜班值守',
    summary: '几位党员同学轮流承担了设备调试期间的夜间值守。',
    lines: [
      '新设备调试的两周里，需要有人夜间看守。支部的几位党员同学主动排了班，每晚两人，记录温度和报警情况。',
      '值守记录后来成了调试报告的附件。带班老师说，细致的记录帮他们少走了不少弯路。',
    ],
  },
  {
    ...{ of: 'branch', section: 'branches', state: 'published', daysAgo: 3 },
    title: '社区电脑维修志愿服务',
    summary: '支部在社区服务站为居民检修电脑和手机。',
    lines: [
      '周六上午，支部志愿服务队在社区服务站支起四张桌子，为居民清理电脑灰尘、备份照片、检查手机里的可疑应用。',
      '有居民问怎样分辨诈骗短信，队员们现场整理了一张大字提示卡，留在服务站供大家取用。',
    ],
    picture: '社区服务站旁的小山',
  },
  {
    ...{ of: 'college', section: 'study', state: 'scheduled', daysAgo: 2 },
    title: '预告：学习报告会下周举行',
    summary: '学院下周举行学习报告会，欢迎各支部同志参加。',
    lines: ['学院将于下周三下午举行学习报告会，由几位支部书记交流组织生活的做法。', '请各支部提前收集想听的问题。'],
  },
  {
    ...{ of: 'university', section: 'members', state: 'approved', daysAgo: 2 },
    title: '一堂坚持了三年的周末辅导课',
    summary: '学生党员利用周末为低年级同学答疑。',
    lines: ['每周日下午，图书馆的一间研讨室总是坐满了人。几位学生党员在这里为低年级同学答疑，已经坚持了三年。'],
    picture: '图书馆窗外',
  },
  {
    ...{ of: 'branch', section: 'study', state: 'inReview', daysAgo: 1 },
    title: '一次党课引发的讨论',
    summary: '党课之后，支部围绕“怎样听取群众意见”展开讨论。',
    lines: [
      '党课讲到联系群众，有同志提出：意见箱放了一学期，一封信也没有收到，问题出在哪里？',
      '讨论之后，支部决定每两周在宿舍楼下听一次意见，不设主题，不做记录排名。',
    ],
    remark: { quote: '不做记录排名', block: 1, body: '读起来不顺，建议改成“只听意见、不评比”。' },
  },
  {
    ...{ of: 'college', section: 'branches', state: 'inReview', daysAgo: 1 },
    title: '学院各支部共植一片林',
    summary: '各支部党员到校园北坡补种树苗。',
    lines: ['校园北坡去年补种的树苗有一部分没有成活。学院各支部约定在这个周末补种，后勤老师到场讲解了栽种要领。'],
    picture: '校园北坡',
  },
  {
    ...{ of: 'branch', section: 'branches', state: 'writing', daysAgo: 0 },
    title: '支部换届选举筹备情况',
    summary: '',
    lines: ['支部本届任期将满，支委会讨论了换届筹备的时间安排。（待补充：大会日期）'],
  },
  {
    ...{ of: 'branch', section: 'announcements', state: 'withdrawn', daysAgo: 6 },
    title: '周末参观活动报名',
    summary: '周末参观活动开始报名。',
    lines: ['周末组织参观，有意参加的同志请向党小组组长报名。'],
  },
  {
    ...{ of: 'branch', section: 'members', state: 'dropped', daysAgo: 8 },
    title: '采访提纲（不再使用）',
    summary: '',
    lines: ['采访改为座谈，提纲不再使用。'],
  },
]
