import { describe, expect, test } from 'vitest'
import type { CellValue } from '../../platform/spreadsheet/cell-value.ts'
import { writeLines } from '../../platform/spreadsheet/export-table.ts'
import { type ListedCandidate, readResults } from './results-reading.ts'

const person = (
  personId: string,
  name: string,
  studentNumber: string | null,
  organization = '第一党支部',
): ListedCandidate => ({
  ...{ personId, name, studentNumber, organization, before: null },
})
const candidates = [
  person('p1', '李晓岚', '2023010001'),
  person('p2', '王一舟', '2023010002'),
  person('p3', '张伟', '2023010003'),
  person('p4', '张伟', null, '第二党支部'),
]
const header = ['学号', '姓名', '所在组织', '成绩']
const read = async (...lines: CellValue[][]) => readResults(await writeLines(lines), candidates, 100)
const result = (at: string, it: ListedCandidate | undefined, earned: number) => ({
  ...{ at, personId: it?.personId, name: it?.name, organization: it?.organization, earned, before: null },
})

describe('a line is read', () => {
  test.each<[string, CellValue[], ListedCandidate | undefined, number]>([
    ['by its number', ['2023010001', '李晓岚', '', 85], candidates[0], 85],
    ['by a number that is a number', [2023010001, '', '', '85'], candidates[0], 85],
    ['by a name that one bears', ['', '王一舟', '', '90 分'], candidates[1], 90],
    ['by a name with a blank', ['', '王 一 舟', '', '９０'], candidates[1], 90],
    ['by a name and the organisation', ['', '张伟', '第二党支部', 0], candidates[3], 0],
    ['with the whole total', ['2023010002', '', '', 100], candidates[1], 100],
    ['with a number of a program', ['2023010002', '', '', '60.0'], candidates[1], 60],
  ])('%s', async (_, line, whose, earned) => {
    expect(await read(header, line)).toEqual({ results: [result('第 2 行', whose, earned)], problems: [] })
  })
})

describe('a line is told of', () => {
  test.each<[string, CellValue[], string, string]>([
    ['with half a mark', ['2023010001', '', '', 85.5], '第 2 行“成绩”', '“85.5”不是整数。请填写 0 到 100 的整数'],
    ['with less than nothing', ['2023010001', '', '', -1], '第 2 行“成绩”', '“-1”不是整数。请填写 0 到 100 的整数'],
    ['with a word', ['2023010001', '', '', '优'], '第 2 行“成绩”', '“优”不是整数。请填写 0 到 100 的整数'],
    ['with more than there is', ['2023010001', '', '', 101], '第 2 行“成绩”', '101 超过满分 100。请核对'],
    [
      'of a stranger',
      ['2099', '某人', '', 60],
      '第 2 行“学号”',
      '考生名单里没有学号“2099”。请先把人加进考生名单，或者改正学号',
    ],
    [
      'of an unknown name',
      ['', '某人', '', 60],
      '第 2 行“姓名”',
      '考生名单里没有“某人”。请先把人加进考生名单，或者改正姓名',
    ],
    ['of namesakes', ['', '张伟', '', 60], '第 2 行“姓名”', '考生名单里有 2 位“张伟”。请写上学号'],
    [
      'of another name',
      ['2023010001', '王一舟', '', 60],
      '第 2 行“学号”',
      '学号“2023010001”是李晓岚，这里写着“王一舟”。请核对',
    ],
    ['of nobody', ['', '', '某支部', 60], '第 2 行“姓名”', '学号和姓名都空着，不知道是谁的成绩'],
  ])('%s', async (_, line, at, message) => {
    expect(await read(header, line)).toEqual({ results: [], problems: [{ at, message }] })
  })

  test('that comes twice', async () => {
    const { results, problems } = await read(header, ['2023010001', '', '', 60], ['', '李晓岚', '', 70])
    expect([results.map((it) => it.earned), problems]).toEqual([
      [60],
      [{ at: '第 3 行“姓名”', message: '李晓岚在前面已经有一行。请只保留一行' }],
    ])
  })
})

test('lines without a result are left out, above the header and below it', async () => {
  const { results, problems } = await read(
    ['结业考试成绩'],
    [],
    header,
    ['2023010001', '李晓岚', '', '缺考'],
    ['2023010002', '王一舟', '', ''],
    ['合计', '', '', ''],
    ['2023010003', '张伟', '', 60],
  )
  expect([results.map((it) => [it.at, it.personId]), problems]).toEqual([[['第 7 行', 'p3']], []])
})

test('a table without a header says which is asked for', async () => {
  const { problems } = await read(['姓名', '备注'], ['李晓岚', '好'])
  expect(problems.map((it) => it.message)).toEqual([
    '没有找到表头。表头应当有“成绩”，还有“学号”或者“姓名”，可以下载成绩表填写',
  ])
})
