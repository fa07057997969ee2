import { type ListColumn, writeList } from '../spreadsheet/export-table.ts'
import { itemNatures, type SealedFile, type SealedItem } from './sealed-file.ts'

const columns: readonly ListColumn<SealedItem>[] = [
  { header: '件号', cell: (it) => it.number },
  { header: '材料类别', cell: (it) => it.place },
  { header: '题名', cell: (it) => it.title },
  { header: '责任者', cell: (it) => it.responsible },
  { header: '日期', holdsDays: true, cell: (it) => it.on },
  { header: '起始页号', cell: (it) => it.firstPage },
  { header: '页数', cell: (it) => it.pages },
  { header: '稿本', cell: (it) => itemNatures[it.nature] },
  { header: '保管期限', cell: (it) => it.retention },
  { header: '格式', cell: (it) => it.content.mediaType },
  { header: '字节数', cell: (it) => it.content.bytes },
  { header: 'SHA-256 校验值', cell: (it) => it.content.sha256 },
  { header: '包内位置', cell: (it) => `data/${it.path}` },
]

/** The catalogue (归档文件目录) of a closed file as .xlsx, an item a line. */
export async function writeCatalogue({ items }: SealedFile): Promise<Uint8Array> {
  return (await writeList(columns, items, '归档文件目录')).bytes
}
