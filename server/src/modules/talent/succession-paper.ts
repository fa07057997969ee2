import type { Day } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { record } from '../../platform/journal.ts'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { authorize } from '../../platform/refusal.ts'
import { officeLabels } from '../accounts/names-schema.ts'
import {
  accessDecisionNames,
  accessKindNames,
  entryKindNames,
  kitPartNames,
  sideNames,
  successionStateNames,
} from './names-schema.ts'
import type { KitLine, KitPart, SuccessionView } from './succession-schema.ts'
import { readSuccession } from './succession-views.ts'

/** The kit as a paper to be signed by hand or kept, for whoever reads it on the page. Each time is recorded. */
export async function successionPaper(ctx: Context, successionId: string, now: Date): Promise<Paper> {
  const it = await readSuccession(ctx, successionId, now)
  authorize(it.can.export, '导出这份交接单')
  await record(ctx, 'talent.succession-exported', { kind: 'succession', id: successionId })
  return paperOf(it, ctx.today)
}

function paperOf(it: SuccessionView, today: Day): Paper {
  const { kit } = it
  return {
    title: '工作交接单',
    body: [
      table(
        [1, 3],
        [
          ['职务', `${it.organization.name} ${officeLabels[it.office]}`],
          ['移交人', [it.outgoing.name, it.lastOn && `任职到${dayWritten(it.lastOn)}`].filter(Boolean).join('，')],
          [
            '接手人',
            it.incoming
              ? [it.incoming.name, it.firstOn && `${dayWritten(it.firstOn)}起任职`].filter(Boolean).join('，')
              : it.state === 'finished'
                ? '没有'
                : '尚未确定',
          ],
          ['办理', `${it.begunBy}，${dayWritten(it.begunOn)}开始`],
          ['状态', successionStateNames[it.state]],
          ['内容截至', kit === null ? today : kit.asOf],
        ],
      ),
      ...(kit?.parts ?? []).flatMap((part) => partOf(part, it)),
      heading('权限'),
      it.decided.length === 0
        ? paragraph(it.settledOn === null ? '尚未办理。' : '除本项职务外，没有其他要处理的权限。')
        : table(
            [4, 3, 2],
            it.decided.map((one) => [one.title, accessKindNames[one.kind], accessDecisionNames[one.decision]]),
          ),
      heading('签字'),
      table(
        [1, 1, 1, 3],
        (['outgoing', 'incoming'] as const).map((side) => {
          const signed = it.signatures.find((one) => one.side === side)
          return [sideNames[side], signed?.name ?? '', signed?.signedOn ?? '', signed?.remark ?? '']
        }),
      ),
      ...(it.closeReason === null
        ? []
        : [paragraph(`${it.closedBy ?? ''}于 ${it.closedOn ?? ''} 办结：${it.closeReason}`)]),
    ],
    attachments: [],
    marksMissing: true,
    madeOn: today,
  }
}

function partOf({ name, lines, more }: KitPart, it: SuccessionView): PaperBlock[] {
  const written = it.entries.filter((one) => entryKindNames[one.kind] === kitPartNames[name])
  const rows = [
    ...written.map((one) => [one.text, one.toWhom, one.untilOn ?? '']),
    ...lines.map((one) => [one.text, factsOf(one), one.on ?? '']),
  ]
  return [
    heading(kitPartNames[name]),
    rows.length === 0 ? paragraph('没有。') : table([4, 4, 2], rows),
    ...(more > 0 ? [paragraph('还有没有列出的，请在平台上查看。')] : []),
  ]
}

const factsOf = ({ facts, isOverdue }: KitLine): string =>
  [isOverdue && '已超过期限', ...facts].filter(Boolean).join('；')

const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text })
const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text })
const table = (widths: readonly number[], rows: readonly (readonly string[])[]): PaperBlock => ({
  ...{ kind: 'table', widths, head: [], rows },
})
