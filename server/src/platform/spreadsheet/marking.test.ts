import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { readWhole } from '../../../test/workbooks.ts'
import { readTable } from '../../modules/intake/person-lines.ts'
import { recognise } from '../../modules/intake/recognition.ts'
import type { CellProblem } from '../../modules/intake/row-draft.ts'
import { markProblems } from './marking.ts'
import { openWorkbook } from './workbook.ts'

async function problemsOf(bytes: Uint8Array): Promise<CellProblem[]> {
  const workbook = await openWorkbook(bytes)
  const { layout } = recognise(workbook)
  return layout ? (await Array.fromAsync(readTable(workbook, layout))).flatMap((it) => it.problems) : []
}

test('an .xlsx keeps everything and gets colours and comments on its problem cells', async () => {
  const original = await readFile(path.join(import.meta.dirname, '../../../test/samples/动态信息表.xlsx'))
  const marked = await markProblems(original, { sheet: 'Sheet1', headerRow: 4 }, await problemsOf(original))
  expect(await readWhole(marked)).toEqual(await readWhole(original))
  const cells = (await readXlsx(marked, { readStyles: true })).sheets[0]?.cells
  const commented = [...(cells ?? [])].filter(([, it]) => it.comment).map(([place, it]) => [place, it.comment?.text])
  expect(commented).toEqual([
    ['40,9', '“身份证号码”栏：身份证号校验码不符，至少有一位写错，请核对原件'],
    ['42,15', '“递交入党申请书时间”栏：“2019年2月30日”不是真实存在的日期，请核对原件后按 2019-09-20 的样式填写'],
    ['43,16', '“首次组织谈话时间”栏：“2019.10”只有年月，这一栏要具体到日，请核对原件后补上日'],
  ])
  expect(cells?.get('42,15')?.style?.fill).toMatchObject({ type: 'pattern', fgColor: { rgb: 'FFC7CE' } })
})

test('a .csv comes back as .xlsx with a column of problems, and can be read again', async () => {
  const original = Buffer.from('名册\n姓名,申请入党时间\n李四,2019.9.20\n张三,2019.2.30\n')
  const marked = await markProblems(original, { sheet: 'CSV', headerRow: 2 }, await problemsOf(original))
  expect((await readWhole(marked)).sheets[0]?.rows).toEqual([
    ['名册'],
    ['姓名', '申请入党时间', '问题'],
    ['李四', '2019.9.20'],
    ['张三', '2019.2.30', expect.stringMatching(/^B 列 “申请入党时间”栏：“2019.2.30”不是真实存在的日期/)],
  ])
  expect(recognise(await openWorkbook(marked)).layout).toMatchObject({
    headerRow: 2,
    columns: [{ field: 'name' }, { field: 'application' }, { field: 'problem' }],
  })
})

test('a sheet that is not in the file is refused', async () => {
  await expect(markProblems(Buffer.from('姓名\n'), { sheet: 'Sheet9', headerRow: 1 }, [])).rejects.toMatchObject({
    reason: 'not-found',
  })
})
