import { afterAll, describe, expect, test } from 'vitest'
import { textOfPages } from '../../../test/pdf-text.ts'
import { exampleReceipt } from '../../../test/receipt.ts'
import { makeOne } from '../papers/made.ts'
import { startPrinting } from '../papers/printing.ts'
import { type Receipt, readReceipt, writeReceipt } from './receipt.ts'
import { receiptPaper } from './receipt-paper.ts'

const printing = startPrinting(null)
afterAll(() => printing.close())

const [first, second] = exampleReceipt().items
if (!first || !second) throw new Error('the example has two items')
const partly = exampleReceipt({
  items: [
    { ...first, fate: 'present', reason: '与“入党申请书”中《入党申请书》的内容相同' },
    { ...second, fate: 'leftOut', reason: '扫描件缺页 <第3页> & 第4页' },
  ],
})

describe('a receipt', () => {
  test.each([exampleReceipt(), partly, exampleReceipt({ subject: { name: '张三', number: null }, items: [] })])(
    'comes back as it was written',
    (it) => {
      expect(readReceipt(writeReceipt(it))).toEqual(it)
      expect(writeReceipt(it)).toBe(writeReceipt(it))
    },
  )

  test.each<[string, (xml: string) => string, RegExp]>([
    ['the metadata of a file', () => '<?xml version="1.0" encoding="UTF-8"?>\n<档案></档案>', /格式版本/],
    ['no XML', () => '接收回执', /不是 UTF-8 编码的元数据 XML/],
    ['a document type', (xml) => xml.replace('<接收回执>', '<!DOCTYPE a [<!ENTITY b "c">]><接收回执>'), /不使用的写法/],
    ['a digest that is none', (xml) => xml.replace('a'.repeat(64), 'a'.repeat(63)), /digests.package/],
    ['another fate', (xml) => xml.replace('已归档', '已销毁'), /处理结果/],
    ['an element twice', (xml) => xml.replace('<档号>', '<档号>x</档号><档号>'), /不认识或重复/],
    ['half of it', (xml) => xml.slice(0, xml.length / 2), /元数据第/],
  ])('%s is none', (_, change, message) => {
    expect(() => readReceipt(change(writeReceipt(exampleReceipt())))).toThrow(message)
  })

  test('is printed with what was received, the digests, what was left out and why, who and when', async () => {
    const many: Receipt['items'] = Array.from({ length: 60 }, (_, at) => ({
      ...first,
      number: at + 3,
      title: `第${at}份`,
    }))
    const pages = textOfPages(await makeOne(printing, receiptPaper({ ...partly, items: [...partly.items, ...many] })))
    const text = pages.join('').replaceAll('\u200b', '')
    for (const part of [
      '电子档案接收回执档号GCXY-DY-2026-0001题名张三发展党员材料归档对象张三，20210001移交单位工程学院党委',
      '封存2026-11-20，王老师，第1次封存接收单位云山大学文学院党委收到2件，20页，48字节接收人和日期喆老师，2026-11-25',
      '归档60件已有和未接收已有1件，未接收1件',
      `标签清单tagmanifest-sha256.txt${'b'.repeat(64)}`,
      '2入党志愿书<甲&乙>未接收扫描件缺页<第3页>&第4页',
    ])
      expect(text).toContain(part)
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages) expect(page).toContain('云山大学GCXY-DY-2026-0001张三发展党员材料')
  })
})
