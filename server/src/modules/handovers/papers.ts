import { type Day, stageLabels } from '@zhibu/rules'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dayInChina } from '../../platform/today.ts'
import { clockNames, comparisonNames, handoverKindNames } from './names-schema.ts'
import type { HandoverView } from './schema.ts'

/** The two papers of a hand-over, to be signed by both sides: the list that goes with the files, and the receipt that comes back. */

/** 移交清单: what goes, with lines for both sides to sign. */
export function listPaper(it: HandoverView): Paper {
  return {
    title: '档案移交清单',
    body: [
      ...heads(it),
      people(it),
      ...it.files.flatMap(({ person, file }): PaperBlock[] => [
        heading(`${person.name}的材料（${file.items.length} 件）`),
        ...(file.items.length === 0 ? [line('电子档案中没有材料。')] : [items(file.items)]),
      ]),
      ...signatures('移交单位（盖章）', '接收单位（盖章）'),
    ],
    attachments: [],
    landscape: true,
    madeOn: dayInChina(new Date(it.sentAt)),
  }
}

/** 接收回执: what arrived, and what was reserved. Refuses a hand-over that nobody has received. */
export function receiptPaper(it: HandoverView): Paper {
  if (it.outcome !== 'accepted' || it.closedAt === null)
    throw new Refusal('conflict', '这次移交还没有接收，没有回执。接收以后再下载。')
  const wrong = it.files.flatMap(({ person, file, exceptions }) =>
    exceptions.map(({ documentId, result, remark }) => {
      const item = file.items.find((one) => one.documentId === documentId)
      return [person.name, String(item?.number ?? ''), item?.title ?? '', comparisonNames[result], remark]
    }),
  )
  const count = it.files.reduce((sum, { file }) => sum + file.items.length, 0)
  const clocks = it.files.flatMap(({ person, file: { clock } }) =>
    clock === null
      ? []
      : [`${person.name}：${clockNames[clock.kind]}连续计算，自${chinese(clock.sinceOn)}起（${clock.cited}）。`],
  )
  return {
    title: '档案接收回执',
    body: [
      ...heads(it),
      paragraph(
        `${it.to.name}于${chinese(it.receivedOn)}收到${it.from.name}移交的 ${it.personCount} 人的档案，共 ${count} 件，` +
          (wrong.length === 0 ? '逐件核对，与清单一致。' : `逐件核对，其中 ${wrong.length} 件与清单不一致，列后。`),
      ),
      ...(wrong.length === 0 ? [] : [table([2, 1, 4, 2, 4], ['姓名', '件号', '题名', '核对结果', '说明'], wrong)]),
      ...(it.closingNote === null ? [] : [paragraph(`保留意见：${it.closingNote}`)]),
      ...(clocks.length === 0 ? [] : [heading('培养教育和预备期'), ...clocks.map(paragraph)]),
      line(`接收人：${it.receipt?.signedBy ?? it.closedBy ?? ''}`),
      ...signatures('接收单位（盖章）', '移交单位确认（盖章）'),
    ],
    attachments: [],
    madeOn: dayInChina(new Date(it.closedAt)),
  }
}

const heads = (it: HandoverView): PaperBlock[] => [
  {
    kind: 'table',
    widths: [1, 2, 1, 2],
    head: [],
    rows: [
      ['移交编号', it.number, '移交原因', handoverKindNames[it.kind]],
      ['移交单位', it.from.name, '接收单位', it.to.name],
      ['移交人', it.sentBy, '发出日期', chinese(dayInChina(new Date(it.sentAt)))],
      ['人数', `${it.personCount} 人`, '纸质材料', it.withPapers ? '随电子档案一并移交' : '不移交，只移交电子档案'],
      ['清单校验值', inGroups(it.listDigest.slice(0, 32)), '说明', it.note ?? ''],
    ],
  },
]

const people = (it: HandoverView): PaperBlock =>
  table(
    [1, 2, 4, 2, 4, 1, 4],
    ['序号', '姓名', '所在组织', '人员类别', '时间起算', '件数', '档号'],
    it.files.map(({ person, file }, at) => [
      String(at + 1),
      person.name,
      person.organization.name,
      file.stage === null ? '' : stageLabels[file.stage],
      file.clock === null
        ? ''
        : `${clockNames[file.clock.kind]}自${chinese(file.clock.sinceOn)}起，已${file.clock.days}天`,
      String(file.items.length),
      file.seal?.number ?? '未封存',
    ]),
  )

const items = (all: HandoverView['files'][number]['file']['items']): PaperBlock =>
  table(
    [1, 6, 2, 1, 1, 4],
    ['件号', '题名', '日期', '页数', '纸质', '内容校验值（前 16 位）'],
    all.map((one) => [
      String(one.number),
      one.title,
      one.on ?? '',
      one.pages === null ? '' : String(one.pages),
      one.hasPaper ? '有' : '无',
      inGroups(one.digest.replace(/^.*-/, '').slice(0, 16)),
    ]),
  )

const signatures = (first: string, second: string): PaperBlock[] => [
  table(
    [1, 1],
    [first, second],
    [
      [toSign, toSign],
      [toDate, toDate],
    ],
  ),
]

const toSign = '经办人（签名）：\n'
const toDate = '　　　　年　　月　　日'

/** Long figures as they are compared by eye; a line of a narrow column ends between groups. */
const inGroups = (figures: string): string => figures.match(/.{1,8}/g)?.join(' ') ?? ''

const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 2, text })
const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text })
const line = (text: string): PaperBlock => ({ kind: 'line', text })
const table = (
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): PaperBlock => ({ kind: 'table', widths, head, rows })

const chinese = (on: Day | null): string => {
  const [year, month, day] = (on ?? '').split('-').map(Number)
  return on === null ? '' : `${year}年${month}月${day}日`
}
