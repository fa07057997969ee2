import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { faultOf, readCount, readDone, readIdentityText, readNames, readSex, readText, readYesNo } from './cells.ts'

const value = (it: unknown) => ({ value: it })
const fault = (code: string) => ({ fault: { code, message: expect.any(String) } })

test.each<[CellValue, unknown]>([
  ['完成', value(true)],
  ['已完成', value(true)],
  [' 完成', value(true)],
  ['是', value(true)],
  ['是的', fault('bad-value')],
  ['√', value(true)],
  ['合格', value(true)],
  [true, value(true)],
  ['未完成', value(false)],
  ['否', value(false)],
  ['无', value(false)],
  ['×', value(false)],
  [null, undefined],
  ['/', undefined],
  ['进行中', fault('bad-value')],
])('done: %s', (cell, expected) => {
  expect(readDone(cell)).toEqual(expected)
})

test.each<[CellValue, unknown]>([
  ['是', value(true)],
  ['否', value(false)],
  ['也许', fault('bad-value')],
])('yes or no: %s', (cell, expected) => {
  expect(readYesNo(cell)).toEqual(expected)
})

test.each<[CellValue, unknown]>([
  ['男', value('male')],
  [' 女 ', value('female')],
  [1, value('male')],
  ['2', value('female')],
  ['汉族', fault('bad-value')],
  ['', undefined],
])('sex: %s', (cell, expected) => {
  expect(readSex(cell)).toEqual(expected)
})

test.each<[CellValue, unknown]>([
  [25, value(25)],
  ['25人', value(25)],
  ['２４学时', value(24)],
  ['0', value(0)],
  [2.5, fault('bad-value')],
  [-1, fault('bad-value')],
  ['二十五', fault('bad-value')],
])('count: %s', (cell, expected) => {
  expect(readCount(cell)).toEqual(expected)
})

describe('names', () => {
  test.each<[CellValue, unknown]>([
    ['马致远、罗素心', value(['马致远', '罗素心'])],
    ['马致远，罗素心', value(['马致远', '罗素心'])],
    ['马致远,罗素心', value(['马致远', '罗素心'])],
    ['马致远；罗素心', value(['马致远', '罗素心'])],
    ['马致远/罗素心', value(['马致远', '罗素心'])],
    ['马致远 罗素心', value(['马致远', '罗素心'])],
    ['马致远\n罗素心', value(['马致远', '罗素心'])],
    ['1.马致远 2.罗素心', value(['马致远', '罗素心'])],
    ['马致远（教师）、罗素心(学生)', value(['马致远', '罗素心'])],
    ['张 三', value(['张三'])],
    ['阿依古丽·买买提', value(['阿依古丽·买买提'])],
    ['马致远、马致远', value(['马致远'])],
    ['完颜康、未央', value(['完颜康', '未央'])],
    ['马致远、', value(['马致远'])],
    ['马', fault('bad-value')],
    ['马'.repeat(25), value(['马'.repeat(25)])],
    ['马'.repeat(26), fault('bad-value')],
    ['马致远、合格', fault('bad-value')],
    ['马致远、无', fault('bad-value')],
    ['2021-03-10', fault('bad-value')],
    ['完成', fault('bad-value')],
    ['无', undefined],
  ])('%s', (cell, expected) => {
    expect(readNames(cell)).toEqual(expected)
  })

  test('a blank before them, with which they are read the long way, changes nothing', () => {
    const words = [
      '马致远',
      '罗素心',
      '完成',
      '未完成',
      '不合格',
      '是',
      '无',
      '暂无',
      '空',
      '空灵',
      '、',
      '，',
      '1.',
      '（男）',
    ]
    const cell = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((some) => some.join(''))
    fc.assert(
      fc.property(cell, (text) => {
        expect(readNames(text)).toEqual(readNames(` ${text}`))
      }),
    )
  })
})

test.each<[CellValue, unknown]>([
  ['110101200105121014', value('110101200105121014')],
  ['11010120010512102x', value('11010120010512102X')],
  ['１１０１０１２００１０５１２１０１４', value('110101200105121014')],
  ['110101 20010512 1014', value('110101200105121014')],
  [110_101_200_105_121_000, fault('id-as-number')],
  ['1.10101E+17', fault('id-as-number')],
  [null, undefined],
])('identity number: %s', (cell, expected) => {
  expect(readIdentityText(cell)).toEqual(expected)
})

test('a number that was too long stays recognisable as ruined when its text is read again', () => {
  expect(readIdentityText(textOf(110_101_200_105_121_020))).toEqual(fault('id-as-number'))
})

test.each<[CellValue, string | undefined]>([
  ['=公式', 'formula'],
  ["=cmd|' /C calc'!A0", 'formula'],
  ['#REF!', 'cell-error'],
  ['#N/A', 'cell-error'],
  ['#1宿舍楼', undefined],
  ['1=2', undefined],
  [null, undefined],
])('what any cell may suffer from: %s', (cell, code) => {
  expect(faultOf(cell)?.code).toBe(code)
})

test('text keeps its words and loses its line breaks', () => {
  expect(readText('学生公寓\n3 号楼 ')).toEqual(value('学生公寓 3 号楼'))
  expect(readText('  ')).toBeUndefined()
})
