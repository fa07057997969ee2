import { describe, expect, test } from 'vitest'
import { decodePath, encodePath, nameKey, nameOf, nameProblem } from './names.ts'

describe('a path of a package', () => {
  test.each([
    ['data/01 入党申请书/入党申请书（2025年3月1日）.pdf', null],
    ['data/a/b.c.d', null],
    ['data/100%.txt', null],
    ['喆堃祎赟璟昇珺.pdf', null],
    ['/etc/passwd', '是绝对路径'],
    ['C:/a.txt', '是绝对路径'],
    ['data/../a', '路径指向包外或含有“.”“..”'],
    ['data/./a', '路径指向包外或含有“.”“..”'],
    ['..', '路径指向包外或含有“.”“..”'],
    ['data/..a', null],
    ['data//a', '路径中有空的一级'],
    ['data/', '路径中有空的一级'],
    ['', '路径中有空的一级'],
    ['data\\..\\a', '含有文件名中不能使用的字符'],
    ['data/a\nb', '含有文件名中不能使用的字符'],
    ['data/a\0', '含有文件名中不能使用的字符'],
    ['data/a:b', '含有文件名中不能使用的字符'],
    ['data/what?', '含有文件名中不能使用的字符'],
    ['data/\ud800', '含有文件名中不能使用的字符'],
    ['data/思想汇报\u202efdp.exe', '含有改变文字方向的隐藏字符'],
    ['data/\u2066a', '含有改变文字方向的隐藏字符'],
    ['data/a\u200db', null],
    ['data/e\u0301', '文件名的字符编码形式不规范（不是 NFC）'],
    ['data/\u00e9', null],
    ['data/con', '是 Windows 的设备名'],
    ['data/Aux.pdf', '是 Windows 的设备名'],
    ['data/COM1.tar.gz', '是 Windows 的设备名'],
    ['data/console', null],
    ['data/com10', null],
    ['data/a.', '文件名首尾有空格，或以点结尾'],
    ['data/a ', '文件名首尾有空格，或以点结尾'],
    ['data/ a', '文件名首尾有空格，或以点结尾'],
    [`data/${'字'.repeat(85)}`, null],
    [`data/${'字'.repeat(86)}`, '文件名过长'],
    [`data/${'a/'.repeat(97)}b`, null],
    [`data/${'a/'.repeat(97)}bc`, '路径超过 200 个字符'],
  ])('%j: %s', (path, problem) => {
    expect(nameProblem(path)).toBe(problem)
  })

  test.each([
    ['data/100%', 'data/100%25'],
    ['data/%0A', 'data/%250A'],
    ['data/a\r\nb', 'data/a%0D%0Ab'],
    ['data/表 1', 'data/表 1'],
  ])('%j stands in a manifest as %s, and comes back', (path, line) => {
    expect([encodePath(path), decodePath(line)]).toEqual([line, path])
  })

  test.each([
    ['a.PDF', 'A.pdf', true],
    ['e\u0301.txt', '\u00e9.txt', true],
    ['a1', 'a2', false],
  ])('%s and %s are one on some system: %s', (a, b, same) => {
    expect(nameKey(a) === nameKey(b)).toBe(same)
  })
})

test.each([
  ['入党志愿书', '入党志愿书'],
  ['思想汇报/第1季度', '思想汇报 第1季度'],
  [' a:b?\n', 'a_b_'],
  ['思想汇报\u202efdp.exe', '思想汇报fdp.exe'],
  ['入\u200b党\u0007申请书\u2066', '入党申请书'],
  ['..', '_'],
  ['', '_'],
  ['con', '_con'],
  ['nul.txt', '_nul.txt'],
  ['字'.repeat(41), '字'.repeat(40)],
  ['e\u0301', '\u00e9'],
])('a name out of %j is %s, and sound', (text, name) => {
  expect([nameOf(text), nameProblem(name)]).toEqual([name, null])
})
