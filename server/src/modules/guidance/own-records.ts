import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { personOf } from '../../platform/reach.ts'
import { Refusal } from '../../platform/refusal.ts'
import { heldInWords } from './informing.ts'
import { sideNames } from './names-schema.ts'
import { talksBetween } from './queries.ts'
import type { RecordsOrder } from './schema.ts'

/** So many talks stand in one paper. */
const mostTalks = 200

/** The own records of guidance between two days as a paper. Remarks that somebody keeps for themselves are not read for it. */
export async function ownRecordsPaper(ctx: Context, { from, until }: RecordsOrder): Promise<Paper> {
  const talks = await talksBetween(ctx, { from, until }, mostTalks + 1)
  if (talks.length === 0) throw new Refusal('incomplete', '这段时间里没有指导记录。请换一段时间，或者先填写记录。')
  if (talks.length > mostTalks)
    throw new Refusal('too-large', `这段时间里的指导记录超过 ${mostTalks} 次，请分几段时间导出。`)
  await record(ctx, 'guidance.exported', { kind: 'list', id: 'guidance', personId: personOf(ctx) }, { from, until })
  return {
    title: '一对一指导记录',
    body: [
      { kind: 'line', text: `${ctx.actor.name}（${from} 至 ${until}，共 ${talks.length} 次）` },
      ...talks.flatMap(({ booking, guided, mentor, organization, wish, record: it }, at) => [
        {
          kind: 'heading',
          level: 1,
          text: `${at + 1}. ${booking.heldOn.slice(0, 4)}年${heldInWords(booking)}`,
        } as const,
        {
          kind: 'table',
          widths: [1, 4],
          head: [],
          rows: [
            [sideNames.mentor, `${mentor.name}（${organization.name}）`],
            [sideNames.guided, guided.name],
            ...(booking.place === '' ? [] : [['地点', booking.place]]),
            ['想谈的', wish],
          ],
        } as const,
        ...paragraphs(it?.talked ?? ''),
        ...stepsOf(it?.steps ?? []),
      ]),
    ],
    attachments: [],
    marksMissing: true,
    madeOn: ctx.today,
  }
}

const paragraphs = (text: string): PaperBlock[] =>
  text
    .split(/\n+/)
    .filter((it) => it.trim() !== '')
    .map((it) => ({ kind: 'paragraph', text: it.trim() }))

interface Agreed {
  what: string
  side: keyof typeof sideNames
  dueOn: string | null
  doneOn: string | null
}

const stepsOf = (steps: readonly Agreed[]): PaperBlock[] =>
  steps.length === 0
    ? []
    : [
        {
          kind: 'table',
          widths: [4, 2, 2, 2],
          head: ['约定事项', '由谁办', '何时以前', '办好日期'],
          rows: steps.map((it) => [it.what, sideNames[it.side], it.dueOn ?? '', it.doneOn ?? '']),
        },
      ]
