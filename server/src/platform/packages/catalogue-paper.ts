import type { Paper, PaperBlock } from '../papers/official-paper.ts'
import { dayInChina } from '../today.ts'
import { visible } from '../visible-text.ts'
import { itemNatures, pagesOf, type SealedFile, type SealedItem } from './sealed-file.ts'

/** The catalogue (归档文件目录) of a closed file to be printed: its items, their digests, and the facts that were sealed with them. */
export function cataloguePaper(file: SealedFile): Paper {
  const { number, title, year, subject, keeper, retention, seal, items, facts } = file
  const sealed = `${dayInChina(new Date(seal.at))}，${seal.by}，第 ${seal.version} 次封存`
  return {
    title: '归档文件目录',
    runningHead: `${keeper.name}　${number}　${title}`,
    landscape: true,
    marksMissing: true,
    attachments: [],
    madeOn: dayInChina(new Date(seal.at)),
    body: [
      {
        kind: 'table',
        widths: [1, 3, 1, 3],
        head: [],
        rows: [
          ['档号', number, '题名', title],
          [
            '归档对象',
            [subject.name, subject.number].filter((it) => it !== null).join('，'),
            '所在组织',
            subject.organization,
          ],
          ['立档单位', keeper.name, '年度', String(year)],
          ['保管期限', retention, '封存', sealed],
          ['件数', String(items.length), '页数', String(pagesOf(file))],
          ...(seal.reason === null ? [] : [['补充原因', seal.reason, '前次封存', seal.previous ?? '']]),
        ].map((row) => row.map(breakable)),
      },
      { kind: 'heading', level: 1, text: '一、文件' },
      table(itemColumns, items),
      { kind: 'heading', level: 1, text: '二、内容校验值（SHA-256）' },
      table(digestColumns, items),
      ...(facts.length === 0
        ? []
        : [{ kind: 'heading', level: 1, text: '三、封存的事实' } as const, table(factColumns, facts)]),
    ],
  }
}

interface Column<Row> {
  head: string
  width: number
  cell: (row: Row) => string | number | null
}

const itemColumns: readonly Column<SealedItem>[] = [
  { head: '件号', width: 1.1, cell: (it) => it.number },
  { head: '题名', width: 6, cell: (it) => it.title },
  { head: '材料类别', width: 3.2, cell: (it) => it.place },
  { head: '责任者', width: 2.2, cell: (it) => it.responsible },
  { head: '日期', width: 2.8, cell: (it) => it.on },
  { head: '页号', width: 1.8, cell: pageNumbers },
  { head: '页数', width: 1.1, cell: (it) => it.pages },
  { head: '稿本', width: 1.7, cell: (it) => itemNatures[it.nature] },
  { head: '保管期限', width: 2, cell: (it) => it.retention },
]

const digestColumns: readonly Column<SealedItem>[] = [
  { head: '件号', width: 1, cell: (it) => it.number },
  { head: '字节数', width: 2, cell: (it) => it.content.bytes },
  { head: '校验值', width: 9, cell: (it) => it.content.sha256 },
  { head: '包内位置', width: 5, cell: (it) => `data/${it.path}` },
]

const factColumns: readonly Column<SealedFile['facts'][number]>[] = [
  { head: '日期', width: 2.8, cell: (it) => it.on },
  { head: '事项', width: 3.5, cell: (it) => it.what },
  { head: '内容', width: 6, cell: (it) => it.details },
  { head: '依据', width: 4, cell: (it) => it.basis },
  { head: '登记人', width: 2, cell: (it) => it.recordedBy },
]

const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): PaperBlock => ({
  kind: 'table',
  widths: columns.map((it) => it.width),
  head: columns.map((it) => it.head),
  rows: rows.map((row) => columns.map((it) => breakable(String(it.cell(row) ?? '')))),
})

function pageNumbers({ firstPage, pages }: SealedItem): string {
  if (firstPage === null || !pages) return ''
  return pages === 1 ? String(firstPage) : `${firstPage}—${firstPage + pages - 1}`
}

/** A long name without blanks would run out of its cell: it may be broken anywhere. */
const breakable = (text: string): string => visible(text).replace(/[!-~]{16}(?=[!-~])/g, '$&\u200b')
