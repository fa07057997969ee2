import { describe, expect, test } from 'vitest'
import { textOfPages } from '../../../test/pdf-text.ts'
import { makeOne } from '../../platform/papers/made.ts'
import { startCoverPrinting } from '../../platform/papers/printing.ts'
import { carriesOtherText } from './cover-text.ts'

const branch = '软件工程本科生第一党支部'
const sheet = {
  ...{ code: 'ZB1:P:9f2c7a10-0d6b-7c11-8f5e-3b1d2c4a5e6f:application', number: '1', label: '入党申请书' },
  ...{ owner: '王一舟', ownerMark: '2023010203', organization: branch },
}
const printed = ['1入党申请书', '王一舟', '2023010203', branch]
const cover = ['1 入党申请书', '王一舟', '2023010203', branch, '放在这份材料的第一页之前一起扫描。']

describe('a cover stays a cover', () => {
  test('as it is printed', async () => {
    const printing = startCoverPrinting(null)
    const lines = textOfPages(await makeOne(printing, [sheet]))
    await printing.close()
    expect(lines.join('').length).toBeGreaterThan(40)
    expect(carriesOtherText(lines, [])).toBe(true)
    expect(carriesOtherText(lines, printed)).toBe(false)
  })

  test.each<[string, readonly string[]]>([
    ['of which nothing was read', []],
    ['read well', cover],
    [
      'cut into other lines',
      ['1入党', '申请书王一', '舟2023', '010203软件工程本科', '生第一党支部放在这份材料的第', '一页之前一起扫描'],
    ],
    ['with letters of another width', ['１　入党申请书', '王一舟', '２０２３０１０２０３', branch]],
    [
      'one character in six read wrongly',
      ['l 入党申青书', '玉一舟', '2023O10203', '软件工程木科生第一党支邵', '放在这份材枓的第一页之葥一起扫苗。'],
    ],
    ['of which some lines are missing', ['玉一册', '2023010203']],
    ['of a branch that has another name today', [...cover.slice(0, 3), '计算机学院学生第一支部', ...cover.slice(4)]],
    ['with the mark of the program that scanned', [...cover, 'CS 扫描全能王', '3亿人都在用的扫描App']],
    ['with spots', [...cover, '·', '一', '：', 'l', '丨']],
  ])('%s', (_, lines) => {
    expect(carriesOtherText(lines, printed)).toBe(false)
  })
})

describe('a paper with a code of a cover on it is a paper', () => {
  test.each<[string, readonly string[]]>([
    [
      'a letter',
      ['入党申请书', '敬爱的党组织：', '我志愿加入中国共产党，愿意为共产主义事业奋斗终身。', '申请人：王一舟'],
    ],
    ['the front of a form', ['中国共产党', '入党志愿书', '申请人姓名王一舟', '填表日期']],
    [
      'that lies half under its cover',
      [...cover, '敬爱的党组织：', '我志愿加入中国共产党，愿意为共产主义事业奋斗终身。'],
    ],
    ['that speaks of the branch', [`${branch}支部大会决议`, '大会讨论了王一舟同志的申请', '应到会党员十二名']],
  ])('%s', (_, lines) => {
    expect(carriesOtherText(lines, printed)).toBe(true)
  })

  test.each<[number, number, boolean]>([
    [9, 0, false],
    [10, 0, true],
    [12, 28, false],
    [13, 28, true],
  ])('%i other characters beside %i of the print: %s', (other, own, expected) => {
    const lines = ['异'.repeat(other), '放在这份材料的第一页之前一起扫描'.repeat(2).slice(0, own)]
    expect(carriesOtherText(lines, [])).toBe(expected)
  })
})
