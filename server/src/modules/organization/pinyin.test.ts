import { expect, test } from 'vitest'
import { lettersOf, spellPerson, spellText } from './pinyin.ts'

test.each([
  ['单晓明', 'shanxiaoming', 'sxm'],
  ['解放军', 'xiefangjun', 'xfj'],
  ['区志强', 'ouzhiqiang', 'ozq'],
  ['仇远', 'qiuyuan', 'qy'],
  ['查一鸣', 'zhayiming', 'zym'],
  ['曾静', 'zengjing', 'zj'],
  ['朴正', 'piaozheng', 'pz'],
  ['任重', 'renzhong', 'rz'],
  ['欧阳晴', 'ouyangqing', 'oyq'],
  ['尉迟安', 'yuchian', 'yca'],
  ['吕绿', 'lvlv', 'll'],
  ['阿依古丽·买买提', 'ayigulimaimaiti', 'ayglmmt'],
  ['Anna 王', 'annawang', 'aw'],
  ['', '', ''],
])('the person %s', (name, pinyin, initials) => {
  expect(spellPerson(name)).toEqual({ pinyin, initials })
})

test.each([
  ['重庆校区第一党支部', 'chongqingxiaoqudiyidangzhibu'],
  ['2023 级（3）班党支部', '2023ji3bandangzhibu'],
])('the organisation %s', (text, pinyin) => {
  expect(spellText(text).pinyin).toBe(pinyin)
})

test('the initials of an organisation keep its numbers', () => {
  expect(spellText('2023 级 12 班').initials).toBe('2023j12b')
})

test.each([
  ['OuYang Xiu', 'ouyangxiu'],
  ["xi'an", 'xian'],
  ['Lü', 'lv'],
])('%s is searched as %s', (query, letters) => {
  expect(lettersOf(query)).toBe(letters)
})
