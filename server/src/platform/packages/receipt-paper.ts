import type { Paper } from '../papers/official-paper.ts'
import { dayInChina } from '../today.ts'
import { inOneLine, visible } from '../visible-text.ts'
import { fateNames } from './fate-names.ts'
import { printedFields, printedTable } from './printed-columns.ts'
import type { Receipt } from './receipt.ts'

/** A receipt to be printed, signed and sent back. */
export function receiptPaper(it: Receipt): Paper {
  const { number, version, title, subject, sender, receiver, digests, received, items } = it
  const receivedOn = dayInChina(new Date(receiver.at))
  const countOf = (fate: keyof typeof fateNames) => items.filter((item) => item.fate === fate).length
  return {
    title: '电子档案接收回执',
    runningHead: [receiver.university, number, title].map(inHead).join('　'),
    landscape: true,
    marksMissing: true,
    attachments: [],
    madeOn: receivedOn,
    signer: receiver.organization,
    signedOn: receivedOn,
    body: [
      printedFields([
        ['档号', number, '题名', title],
        [
          '归档对象',
          [subject.name, subject.number].filter((part) => part !== null).join('，'),
          '移交单位',
          sender.name,
        ],
        [
          '封存',
          `${dayInChina(new Date(sender.sealedAt))}，${sender.sealedBy}，第 ${version} 次封存`,
          '接收单位',
          `${receiver.university} ${receiver.organization}`,
        ],
        [
          '收到',
          `${received.items} 件，${received.pages} 页，${received.bytes} 字节`,
          '接收人和日期',
          `${receiver.by}，${receivedOn}`,
        ],
        [
          '归档',
          `${countOf('filed')} 件`,
          '已有和未接收',
          `已有 ${countOf('present')} 件，未接收 ${countOf('leftOut')} 件`,
        ],
      ]),
      { kind: 'heading', level: 1, text: '一、校验值（SHA-256）' },
      printedTable(
        [
          { head: '对象', width: 3, cell: ([name]) => name },
          { head: '校验值', width: 9, cell: ([, value]) => value },
        ],
        [
          ['整包', digests.package],
          ['标签清单 tagmanifest-sha256.txt', digests.tagManifest],
          ['元数据 metadata.xml', digests.metadata],
        ] as const,
      ),
      { kind: 'heading', level: 1, text: '二、文件' },
      printedTable<Receipt['items'][number]>(
        [
          { head: '件号', width: 1, cell: (item) => item.number },
          { head: '题名', width: 5, cell: (item) => item.title },
          { head: '处理结果', width: 2, cell: (item) => fateNames[item.fate] },
          { head: '说明', width: 4, cell: (item) => item.reason },
          { head: '校验值', width: 8, cell: (item) => item.sha256 },
        ],
        items,
      ),
    ],
  }
}

/** A text of a stranger as it stands at the head of each page: in one line, and no longer than that. */
function inHead(text: string): string {
  const line = inOneLine(visible(text))
  return line.length > longestInHead ? `${line.slice(0, longestInHead - 1).toWellFormed()}…` : line
}

const longestInHead = 40
