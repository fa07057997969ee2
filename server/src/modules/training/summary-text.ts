import type { PaperBlock, PaperChart } from '../../platform/papers/official-paper.ts'
import type { Block, RichText } from '../../platform/rich-text/document-schema.ts'
import { plainText } from '../../platform/rich-text/reading-schema.ts'
import { periodOf } from '../certificates/names-schema.ts'
import { audienceNames } from './names-schema.ts'
import type { StoredProgramme } from './stored.ts'
import { type Figures, leastCounted } from './summary-schema.ts'

/** The text of a summary as the records propose it, and as a paper with charts of the same figures. */

const text = (it: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text: it }] })
const heading = (it: string): Block => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: it }] })
const empty: Block = { type: 'paragraph' }

/** A passage that is shown with the consent of its author. */
export interface Quoted {
  quote: string
  signature: string
}

/** A passage with the name under it, where its author wants that. */
export const asQuoted = ({ quote, signature }: Quoted): string => (signature === '' ? quote : `${quote}——${signature}`)

/** What the records propose; only what nobody but a person can say is left open. */
export function proposedText(
  { title, audience }: Pick<StoredProgramme, 'title' | 'audience'>,
  organization: string,
  it: Figures,
  quotations: readonly Quoted[],
  criteria: readonly string[],
): RichText {
  return {
    type: 'doc',
    content: [
      heading('基本情况'),
      text(basics(title, audienceNames[audience], organization, it)),
      ...(it.byOrganization.length > 1 ? [text(byOrganization(it))] : []),
      heading('成果验收'),
      ...(it.criteria.length === 0 ? [text(withoutLevels(criteria))] : it.criteria.map((one) => text(reached(one)))),
      ...(quotations.length === 0
        ? []
        : [
            heading('学员的体会'),
            ...quotations.map((it): Block => ({ type: 'blockquote', content: [text(asQuoted(it))] })),
          ]),
      heading('学员提出的请求'),
      text(asked(it)),
      heading('做法和改进'),
      empty,
    ],
  }
}

function basics(title: string, audience: string, organization: string, it: Figures): string {
  const { fromOn, untilOn } = it
  const when = fromOn === null || untilOn === null ? '' : `于${periodOf(fromOn, untilOn)}`
  const unfinished = it.unfinished === 0 ? '' : `，未完成 ${it.unfinished} 人`
  return `${organization}${when}举办“${title}”，培训对象为${audience}，共 ${it.sessions} 次课、${it.hours} 学时。录取学员 ${it.participants} 人，通过 ${it.passed} 人${unfinished}。`
}

/** Why nobody is counted by level: nothing was set to be looked at, or it was looked at in too few. */
const withoutLevels = (criteria: readonly string[]): string =>
  criteria.length === 0
    ? '没有另定验收标准，由组织培训的人逐人决定是否通过。'
    : `验收标准：${criteria.join('、')}。两位评议人都评议过的学员不到 ${leastCounted} 位，不列各档人数。`

const byOrganization = ({ byOrganization: all }: Figures): string =>
  `${titleOf(all)}：${all.map((it) => `${it.organization} ${it.participants} 人${it.passed === null ? '' : `（通过 ${it.passed} 人）`}`).join('，')}。`

const titleOf = (all: Figures['byOrganization']): string =>
  all.some((it) => it.passed === null) ? '各组织参加的人数' : '各组织参加和通过的人数'

const reached = ({ name, levels, differing }: Figures['criteria'][number]): string =>
  `${name}：${levels.map((it) => `${it.name} ${it.people} 人`).join('，')}${differing === 0 ? '' : `，两位评议人意见不一致 ${differing} 人`}。`

function asked({ leaves, claims }: Figures): string {
  if (leaves.asked + claims.asked === 0) return '没有学员请假，也没有说明到课未登记的。'
  const { kinds = [] } = leaves
  const each = kinds.length === 0 ? '' : `（${kinds.map((it) => `${it.name} ${it.asked} 人次`).join('、')}）`
  return `请假 ${leaves.asked} 人次${each}，同意 ${leaves.granted} 人次；说明到课未登记 ${claims.asked} 人次，更正 ${claims.granted} 人次。`
}

/** The text as blocks of a paper. What is bold or linked is printed as plain. */
export const paperBlocks = ({ content }: RichText): PaperBlock[] => content.flatMap(blockOf)

function blockOf(block: Block): PaperBlock[] {
  const words = plainText({ type: 'doc', content: [block] })
  switch (block.type) {
    case 'heading':
      return words === '' ? [] : [{ kind: 'heading', level: block.attrs.level === 2 ? 1 : 2, text: words }]
    case 'paragraph':
      return words === '' ? [] : [{ kind: 'paragraph', text: words }]
    case 'bulletList':
    case 'orderedList':
      return block.content.map((item, at) => {
        const mark = block.type === 'orderedList' ? `${(block.attrs?.start ?? 1) + at}. ` : '· '
        return { kind: 'paragraph', text: `${mark}${plainText({ type: 'doc', content: item.content })}` }
      })
    case 'blockquote':
      return words === '' ? [] : [{ kind: 'paragraph', text: `“${words}”` }]
    case 'table': {
      const rows = block.content.map((row) =>
        row.content.map((cell) => plainText({ type: 'doc', content: cell.content })),
      )
      const width = Math.max(...rows.map((it) => it.length))
      const filled = rows.map((it) => [...it, ...Array.from({ length: width - it.length }, () => '')])
      return [{ kind: 'table', widths: filled[0]?.map(() => 1) ?? [], head: [], rows: filled }]
    }
    case 'picture':
    case 'video':
    case 'horizontalRule':
      return []
  }
}

/** The figures as charts, each with its numbers beside. */
export function chartsOf({ byOrganization: all, criteria }: Figures): PaperChart[] {
  return [
    ...(all.length === 0
      ? []
      : [
          {
            ...{ kind: 'chart' as const, title: titleOf(all) },
            series: all.some((it) => it.passed === null) ? ['参加'] : ['参加', '通过'],
            rows: all.map(({ organization, participants, passed }) => ({
              ...{ label: organization, values: passed === null ? [participants] : [participants, passed] },
            })),
          },
        ]),
    ...criteria.map(({ name, levels, differing }) => ({
      ...{ kind: 'chart' as const, title: `${name}：各档人数`, series: ['人数'] },
      rows: [
        ...levels.map((it) => ({ label: it.name, values: [it.people] })),
        ...(differing === 0 ? [] : [{ label: '评议不一致', values: [differing] }]),
      ],
    })),
  ]
}
