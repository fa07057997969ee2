import type { Paper } from '../papers/official-paper.ts'
import { dayInChina } from '../today.ts'
import { type PrintedColumn, printedFields, printedTable } from './printed-columns.ts'
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
      printedFields([
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
      ]),
      { kind: 'heading', level: 1, text: '一、文件' },
      printedTable(itemColumns, items),
      { kind: 'heading', level: 1, text: '二、内容校验值（SHA-256）' },
      printedTable(digestColumns, items),
      ...(facts.length === 0
        ? []
        : [{ kind: 'heading', level: 1, text: '三、封存的事实' } as const, printedTable(factColumns, facts)]),
    ],
  }
}

const itemColumns: readonly PrintedColumn<SealedItem>[] = [
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

const digestColumns: readonly PrintedColumn<SealedItem>[] = [
  { head: '件号', width: 1, cell: (it) => it.number },
  { head: '字节数', width: 2, cell: (it) => it.content.bytes },
  { head: '校验值', width: 9, cell: (it) => it.content.sha256 },
  { head: '包内位置', width: 5, cell: (it) => `data/${it.path}` },
]

const factColumns: readonly PrintedColumn<SealedFile['facts'][number]>[] = [
  { head: '日期', width: 2.8, cell: (it) => it.on },
  { head: '事项', width: 3.5, cell: (it) => it.what },
  { head: '内容', width: 6, cell: (it) => it.details },
  { head: '依据', width: 4, cell: (it) => it.basis },
  { head: '登记人', width: 2, cell: (it) => it.recordedBy },
]

function pageNumbers({ firstPage, pages }: SealedItem): string {
  if (firstPage === null || !pages) return ''
  return pages === 1 ? String(firstPage) : `${firstPage}—${firstPage + pages - 1}`
}
