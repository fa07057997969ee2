import { expect, test } from 'vitest'
import { tellingsIn } from './tellings.ts'

const of = {
  names: ['王一舟'],
  numbers: ['2023010203'],
  organizations: ['明德大学党委', '计算机学院党委', '软件工程本科生第一党支部'],
  words: ['挑战杯'],
}
const found = (text: string) =>
  tellingsIn([{ fieldKey: 'story', place: 'text', text }], of).map((it) => `${it.kind} ${it.word}`)

test.each([
  ['the name', '我叫王一舟，今年入党', ['name 王一舟']],
  ['the name with blanks between', '作者：王 一 舟', ['name 王一舟']],
  ['the number in full width', '学号２０２３０１０２０３', ['number 2023010203']],
  ['the whole name of an organisation', '计算机学院党委推荐', ['organization 计算机学院党委']],
  ['what people call it', '在计算机学院的四年', ['organization 计算机学院']],
  ['what a branch is called', '我们软件工程本科生都知道', ['organization 软件工程本科生']],
  ['the university', '明德大学的早晨', ['organization 明德大学']],
  ['a word of the call', '我参加了挑战杯', ['word 挑战杯']],
  ['nothing by a part of the name', '一舟江水', []],
  ['nothing by a part of the number', '编号 20230102', []],
  ['nothing by 学院 or 党支部 alone', '学院里的党支部很热闹', []],
] satisfies [string, string, string[]][])('a text that tells %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected)
})

test('says where it stands: in the title, a file name, the words below a picture', () => {
  expect(
    tellingsIn(
      [
        { fieldKey: null, place: 'title', text: '王一舟的故事' },
        { fieldKey: 'photo', place: 'fileName', text: '王一舟.jpg' },
        { fieldKey: 'photo', place: 'altText', text: '右二为王一舟，王一舟在讲解' },
      ],
      of,
    ),
  ).toEqual([
    { fieldKey: null, place: 'title', kind: 'name', word: '王一舟' },
    { fieldKey: 'photo', place: 'fileName', kind: 'name', word: '王一舟' },
    { fieldKey: 'photo', place: 'altText', kind: 'name', word: '王一舟' },
  ])
})
