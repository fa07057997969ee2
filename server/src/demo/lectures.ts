import { Readable } from 'node:stream'
import { addDays } from '@zhibu/rules'
import { eq } from 'drizzle-orm'
import { blankPlan } from '../modules/activities/schema.ts'
import { announceActivity, prepareActivity, recordActivity } from '../modules/activities/service.ts'
import { changeStored } from '../modules/activities/stored.ts'
import { giveFeedback } from '../modules/lectures/feedback.ts'
import { writeNotes } from '../modules/lectures/notes.ts'
import { closePoll, openPoll, raiseHand } from '../modules/lectures/polls.ts'
import { answerQuestion, ask, supportQuestion } from '../modules/lectures/questions.ts'
import { putRecording } from '../modules/lectures/recordings.ts'
import { closeLive, openLive } from '../modules/lectures/service.ts'
import { lectureNotes, lectures } from '../modules/lectures/tables.ts'
import { addItem, homeFor } from '../modules/media/service.ts'
import { mediaUploads } from '../modules/media/tables.ts'
import { setText } from '../modules/media/texts.ts'
import type { ContentStore } from '../platform/content/content-store.ts'
import type { Actor, Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import type { DiscussionCast } from './discussion.ts'
import { bellSound } from './sounds.ts'

/** An invented lecture of last week with its questions, notes, a show of hands, the recording and what was said afterwards. In the transaction of the context. */
export async function holdLectures(
  ctx: Context,
  store: ContentStore,
  { university, college, branch, members }: DiscussionCast,
): Promise<void> {
  const { today } = ctx
  const { organiser } = college
  const as = (actor: Actor): Context => ({ ...ctx, actor })
  const heldOn = addDays(today, -6)
  const audience = [branch.secretary, ...members, university.department, university.publicity]
  const some = (at: number): Actor => members[at % members.length] ?? branch.secretary

  const id = await prepareActivity(as(organiser), {
    ...{ organizationId: college.id, kind: 'lecture', title: '从一张旧车票讲起：怎样查校史资料', dayKey: null },
    ...{ fromOn: today, untilOn: null, startMinute: 19 * 60, endMinute: 20 * 60 + 30, place: '图书馆二楼研讨室' },
    summary: '馆里的老师带着几件原件来，讲怎样从一件小东西查出一段故事。',
    ...{ link: '', speaker: '许知行', aboutSpeaker: '学校档案馆馆员，整理校史资料二十年。' },
    ...{ plan: blankPlan, attachments: [], signUp: null },
  })
  await announceActivity(as(organiser), id, 1)
  await openLive(as(organiser), id, false)

  const first = await ask(as(some(0)), id, { text: '没有编号的老照片，怎样知道是哪一年拍的？', isNamed: true })
  const second = await ask(as(some(1)), id, { text: '学生能进档案馆看原件吗，要办什么手续？', isNamed: false })
  const third = await ask(as(some(2)), id, { text: '口述史的录音应该交到哪里保存？', isNamed: false })
  for (const by of [branch.secretary, university.department]) await supportQuestion(as(by), id, second, true)
  await supportQuestion(as(branch.secretary), id, third, true)
  await answerQuestion(as(organiser), id, first, '')
  await answerQuestion(as(organiser), id, second, '可以。带学生证在服务台登记，原件在阅览室看，复制另填一张单子。')
  const poll = await openPoll(as(organiser), id, {
    question: '下一次想去哪里看？',
    options: ['校档案馆库房', '老实验楼', '校友家里'],
  })
  for (const [at, by] of audience.entries()) await raiseHand(as(by), id, poll, [0, 1, 0, 2][at % 4] ?? 0)
  await closePoll(as(organiser), id, poll)
  await writeNotes(
    as(organiser),
    id,
    [
      '一、先问这件东西从哪里来、谁保管过。',
      '二、看纸张、印章和背面的字，再看正面。',
      '三、查当年的校报和花名册，两处对得上才写进去。',
      '四、写明哪些是查到的，哪些是推测的。',
    ].join('\n'),
    0,
  )
  await closeLive(as(organiser), id)

  for (const [at, gained] of ['知道了先看背面再看正面。', '原来学生也可以进阅览室。', '例子具体，听得进去。'].entries())
    await giveFeedback(as(audience[at] ?? organiser), id, {
      gained,
      suggested: at === 2 ? '希望能留出动手的时间。' : '',
    })
  await putRecording(as(organiser), id, await soundOf(as(organiser), store))

  await changeStored(ctx, id, { fromOn: heldOn })
  await ctx.db
    .update(lectures)
    .set({ openedAt: new Date(`${heldOn}T18:50:00+08:00`), closedAt: new Date(`${heldOn}T20:35:00+08:00`) })
    .where(eq(lectures.activityId, id))
  await ctx.db
    .update(lectureNotes)
    .set({ savedAt: new Date(`${heldOn}T20:20:00+08:00`) })
    .where(eq(lectureNotes.activityId, id))
  await recordActivity(
    as(organiser),
    id,
    {
      happened: '许老师带来一张 1953 年的车票，从票面讲到当年师生往返的路线。大家分组认了三张老照片，认出两张。',
      summary: '提问集中在怎样进馆查资料，书面回答已经写在现场页。',
      ...{ headcount: null, pictureIds: [] },
    },
    2,
  )
}

/** Makes a sound and takes it in as one that its speaker has brought, with chapters and captions. */
async function soundOf(ctx: Context, store: ContentStore): Promise<string> {
  const { seconds, bytes } = bellSound(chapters.map(({ from }) => from))
  const uploadId = newId()
  const file = { fileName: '讲座录音.wav', sizeBytes: bytes.length }
  await ctx.db
    .insert(mediaUploads)
    .values({ tenantId: ctx.tenantId, id: uploadId, accountId: ctx.actor.accountId, ...file })
  const { id: contentId, size } = await store.put(Readable.from([bytes]), { maxBytes: bytes.length })
  const description = { altText: '', credit: '', showsPersons: 'nobody', consentNote: null, consentOn: null } as const
  const wanted = { uploadId, description }
  const taken = {
    ...{ kind: 'sound' as const, contentId, mediaType: 'audio/wav', extension: 'wav', sizeBytes: size },
    ...{ width: null, height: null, durationMs: seconds * 1000, forms: [] },
  }
  const home = await homeFor(ctx, wanted)
  const id = await addItem(ctx, wanted, home, taken, { fileName: file.fileName, contentIsThere: store.has })
  const ends = chapters.map((_, at) => chapters[at + 1]?.from ?? seconds)
  const cues = (of: 'title' | 'said') =>
    chapters.map((it, at) => `${clock(it.from)} --> ${clock(ends[at] ?? seconds)}\n${it[of]}`).join('\n\n')
  await setText(ctx, id, 'chapters', `WEBVTT\n\n${cues('title')}`)
  await setText(ctx, id, 'captions', `WEBVTT\n\n${cues('said')}`)
  return id
}

const clock = (seconds: number): string => `00:00:${String(seconds).padStart(2, '0')}.000`

const chapters = [
  { from: 0, title: '一张旧车票', said: '（示意录音，只有提示音）这张车票是校友家里收着的，背面有三个字。' },
  { from: 12, title: '先看背面', said: '拿到一件东西，先看背面：谁写的、什么时候写的。' },
  { from: 24, title: '对校报和花名册', said: '再去对校报和花名册，两处对得上，才写进去。' },
  { from: 36, title: '写明推测', said: '对不上的也可以写，要写明是推测。' },
]
