import { afterAll, expect, test } from 'vitest'
import { textOfPages } from '../../../test/pdf-text.ts'
import { exampleFile } from '../../../test/sealed-file.ts'
import { makeOne } from '../papers/made.ts'
import { startPrinting } from '../papers/printing.ts'
import { cataloguePaper } from './catalogue-paper.ts'
import type { SealedFile } from './sealed-file.ts'

const printing = startPrinting(null)
afterAll(() => printing.close())

const printed = async (more: Partial<SealedFile> = {}) =>
  textOfPages(await makeOne(printing, cataloguePaper(exampleFile(more)))).map((it) => it.replaceAll('\u200b', ''))

const [firstItem] = exampleFile().items
if (firstItem === undefined) throw new Error('the example has no item')

const rare = '喆堃祎赟璟昇珺'

test('says whose file it is, its items with pages and digests, and the facts', async () => {
  const text = (await printed()).join('')
  const file = exampleFile()
  const parts = [
    '归档文件目录档号GCXY-DY-2026-0001题名张三发展党员材料归档对象张三，20210001所在组织工程学院学生第一党支部立档单位工程学院党委年度2026',
    '封存2026-11-20，王老师，第1次封存件数2页数20',
    '件号题名材料类别责任者日期页号页数稿本保管期限1入党申请书入党申请书本人2025-03-011—44原件永久',
    '2入党志愿书<甲&乙>入党志愿书本人5—2016原件永久',
    file.items[0]?.content.sha256 ?? '',
    '2025-05-28确定为入党积极分子支部委员会讨论通过《发展党员工作细则》第十条李书记',
  ]
  for (const part of parts) expect(text).toContain(part)
})

test('has the head of the table, the number of the file and its own number on every page, and every row once', async () => {
  const items = Array.from({ length: 300 }, (_, at) => ({ ...firstItem, number: at + 1, title: `第${at + 1}份材料` }))
  const pages = await printed({ items })
  const head = '件号题名材料类别责任者日期页号页数稿本保管期限'
  const lists = pages.filter((it) => it.includes('份材料'))
  expect(lists.length).toBeGreaterThan(10)
  for (const [at, page] of lists.entries()) {
    expect(page).toContain(`工程学院党委GCXY-DY-2026-0001张三发展党员材料`)
    expect(page).toContain(head)
    expect(page).toContain(`—${at + 1}—`)
  }
  const text = lists.join('')
  expect(items.filter((it) => text.split(it.title).length !== 2)).toEqual([])
})

test('shows rare characters of names, breaks what is long, and marks what no font has', async () => {
  const long = 'ScannedAtTheLibrary_'.repeat(10)
  const titles = [rare.repeat(28), long, '思想\u{2b739}汇报']
  const items = titles.map((title, at) => ({ ...firstItem, number: at + 1, title }))
  const text = (await printed({ items, title: `${rare}发展党员材料` })).join('')
  expect(text).toContain(`题名${rare}发展党员材料`)
  expect(text.split(rare).length - 1).toBeGreaterThanOrEqual(28)
  expect(text).toContain(long)
  expect(text).toContain('思想〓（U+2B739）汇报')
})
