import { expect, test } from 'vitest'
import { factsOnPaper } from '../../src/procedures/paper/facts.ts'

type Row = [what: string, lines: string[], facts: string[]]

/** Each fact in a line of its own: line, characters, what stands there → what it says, its label or part, ! where it is doubtful. */
const shown = (lines: readonly string[]): string[] =>
  factsOnPaper(lines).map((it) => {
    expect(lines[it.line]?.slice(it.from, it.until)).toBe(it.written)
    const of = it.kind === 'name' ? `${it.as} ${it.label}` : it.kind === 'day' ? (it.label ?? '') : it.kind
    return `${it.line}:${it.from}-${it.until} ${it.written} → ${it.value} ${of}`.trim() + ('doubt' in it ? '!' : '')
  })

test.each<Row>([
  ['as letters have it', ['2025年5月28日'], ['0:0-10 2025年5月28日 → 2025-05-28']],
  ['with zeros', ['2025年05月08日'], ['0:0-11 2025年05月08日 → 2025-05-08']],
  ['blanks as on forms', ['2025 年 5 月 28 日'], ['0:0-15 2025 年 5 月 28 日 → 2025-05-28']],
  ['each digit alone', ['2 0 2 5 年 1 2 月 2 8 日'], ['0:0-21 2 0 2 5 年 1 2 月 2 8 日 → 2025-12-28']],
  ['full-width digits', ['２０２５年５月２８日'], ['0:0-10 ２０２５年５月２８日 → 2025-05-28']],
  ['in a sentence', ['于2025年5月28日召开，次日公示'], ['0:1-11 2025年5月28日 → 2025-05-28']],
  ['without 日 at the end', ['2025年5月28'], ['0:0-9 2025年5月28 → 2025-05-28']],
  ['a number of people behind a month', ['2025年5月20人参加'], ['0:0-7 2025年5月 → 2025-05']],
  ['a month', ['2003年5月'], ['0:0-7 2003年5月 → 2003-05']],
  ['Chinese numerals', ['二〇二五年五月二十八日'], ['0:0-11 二〇二五年五月二十八日 → 2025-05-28']],
  ['with ○ and 十', ['二○二○年十月十日'], ['0:0-9 二○二○年十月十日 → 2020-10-10']],
  ['with 零, blanks and 廿', ['二零二五 年 十二 月 廿八 日'], ['0:0-16 二零二五 年 十二 月 廿八 日 → 2025-12-28']],
  ['with 0 and 三十一', ['二0二五年一月三十一日'], ['0:0-11 二0二五年一月三十一日 → 2025-01-31']],
  ['dots', ['2025.5.28'], ['0:0-9 2025.5.28 → 2025-05-28']],
  ['strokes', ['2025/05/28'], ['0:0-10 2025/05/28 → 2025-05-28']],
  ['dashes', ['2025-5-28'], ['0:0-9 2025-5-28 → 2025-05-28']],
  ['a birthday to the month', ['出生年月 2003.05'], ['0:5-12 2003.05 → 2003-05 出生年月']],
  ['eight digits behind a label', ['出生日期：20030528'], ['0:5-13 20030528 → 2003-05-28 出生日期']],
  [
    'two in a row with their labels',
    ['申请入党时间 2023年5月22日 谈话时间：2024年3月2日'],
    ['0:7-17 2023年5月22日 → 2023-05-22 申请入党时间', '0:23-32 2024年3月2日 → 2024-03-02 谈话时间'],
  ],
  ['O for 0', ['2O25年5月28日'], ['0:0-10 2O25年5月28日 → 2025-05-28!']],
  ['l for 1', ['2025年l2月28日'], ['0:0-11 2025年l2月28日 → 2025-12-28!']],
  ['O for 〇', ['二O二五年五月二十八日'], ['0:0-11 二O二五年五月二十八日 → 2025-05-28!']],
  ['a dot read as 。', ['2025。5。28'], ['0:0-9 2025。5。28 → 2025-05-28!']],
  ['29 February of a leap year', ['2024年2月29日'], ['0:0-10 2024年2月29日 → 2024-02-29']],
  ['29 February of another year', ['2025年2月29日'], []],
  ['month 13', ['2025年13月1日', '2025.13.1'], []],
  ['before 1919 and after 2099', ['1918年12月31日', '2100年1月1日'], []],
  [
    'the first and the last year',
    ['1919年1月1日', '2099年12月31日'],
    ['0:0-9 1919年1月1日 → 1919-01-01', '1:0-11 2099年12月31日 → 2099-12-31'],
  ],
  ['a year of two digits', ['25年5月28日', '25.5.28'], []],
  ['a form not filled in', ['   年   月   日', '年 月 日'], []],
  ['eight digits without a label', ['编号 20030528', '20030528'], []],
  ['numbers that only look like a month', ['共2003.05元', '3.2003.05', '2003.05.'], []],
  ['a version, an address', ['v2025.5.28.1', '192.168.2025.5.28'], []],
])('a day: %s', (_, lines, facts) => {
  expect(shown(lines)).toEqual(facts)
})

test.each<Row>([
  ['sound', ['身份证号 999999200401154268'], ['0:5-23 999999200401154268 → 999999200401154268 identityNumber']],
  [
    'sound without a label',
    ['（999999200501132656）'],
    ['0:1-19 999999200501132656 → 999999200501132656 identityNumber'],
  ],
  [
    'in boxes',
    ['9 9 9 9 9 9 2 0 0 4 0 1 1 5 4 2 6 8'],
    ['0:0-35 9 9 9 9 9 9 2 0 0 4 0 1 1 5 4 2 6 8 → 999999200401154268 identityNumber'],
  ],
  ['with x', ['99999920030101003x'], ['0:0-18 99999920030101003x → 99999920030101003X identityNumber']],
  [
    'O for 0 is offered with a doubt',
    ['99999920O401154268'],
    ['0:0-18 99999920O401154268 → 999999200401154268 identityNumber!'],
  ],
  [
    'a wrong checksum behind its label is offered as it stands, with a doubt',
    ['身份证号：999999200401154267'],
    ['0:5-23 999999200401154267 → 999999200401154267 identityNumber!'],
  ],
  ['18 digits with a wrong checksum and no label are another number', ['999999200401154267'], []],
  ['17 and 19 digits', ['身份证号 99999920040115426', '身份证号 9999992004011542688'], []],
  ['a phone number', ['联系电话 19945527112'], ['0:5-16 19945527112 → 19945527112 phoneNumber']],
  [
    'in groups',
    ['138-1234-5678', '138 1234 5678', '+86 13812345678'],
    [
      '0:0-13 138-1234-5678 → 13812345678 phoneNumber',
      '1:0-13 138 1234 5678 → 13812345678 phoneNumber',
      '2:0-15 +86 13812345678 → 13812345678 phoneNumber',
    ],
  ],
  ['O in a phone number', ['1381234567O'], ['0:0-11 1381234567O → 13812345670 phoneNumber!']],
  ['10 and 12 digits, 12 at the front', ['1381234567', '138123456789', '12812345678'], []],
  [
    'a student number',
    ['学号 20221389335', '学 号：S2022-1', '学号：13812345678'],
    ['0:3-14 20221389335 → 20221389335 studentNumber', '2:3-14 13812345678 → 13812345678 studentNumber'],
  ],
  ['a student number without its label', ['20221389335'], []],
])('a number: %s', (_, lines, facts) => {
  expect(shown(lines)).toEqual(facts)
})

test('a doubt never repeats the number', () => {
  const [fact] = factsOnPaper(['身份证号：999999200401154267'])
  expect(fact).toEqual({
    kind: 'identityNumber',
    value: '999999200401154267',
    line: 0,
    from: 5,
    until: 23,
    written: '999999200401154267',
    doubt: '身份证号校验码不符，至少有一位写错，请核对原件',
  })
})

test.each<Row>([
  ['in a row of cells', ['姓名 欧阳佳霖 性别 女'], ['0:3-7 欧阳佳霖 → 欧阳佳霖 holder 姓名']],
  [
    'label and name with blanks inside',
    ['姓 名：张 三', '姓　名　李四'],
    ['0:4-7 张 三 → 张三 holder 姓名', '1:4-6 李四 → 李四 holder 姓名'],
  ],
  ['cells that were read as one', ['姓名张三性别男'], ['0:2-4 张三 → 张三 holder 姓名']],
  ['of another nationality', ['姓名：买买提·艾力'], ['0:3-9 买买提·艾力 → 买买提·艾力 holder 姓名']],
  ['whoever applies', ['申请人：宗晓博'], ['0:4-7 宗晓博 → 宗晓博 holder 申请人']],
  ['signed in brackets', ['申请人（签名）：宗晓博'], ['0:8-11 宗晓博 → 宗晓博 holder 申请人']],
  [
    'two contact persons',
    ['培养联系人：乐语墨、姚致桐'],
    ['0:6-9 乐语墨 → 乐语墨 contactPerson 培养联系人', '0:10-13 姚致桐 → 姚致桐 contactPerson 培养联系人'],
  ],
  [
    'introducer, talker, recorder, chair',
    ['入党介绍人 张三', '谈话人：李四 谈话对象：王五', '主持人：赵六 记录人：钱七'],
    [
      '0:6-8 张三 → 张三 introducer 入党介绍人',
      '1:4-6 李四 → 李四 talker 谈话人',
      '1:12-14 王五 → 王五 holder 谈话对象',
      '2:4-6 赵六 → 赵六 chair 主持人',
      '2:11-13 钱七 → 钱七 recorder 记录人',
    ],
  ],
  [
    'a signature above the day',
    ['此致', '敬礼', '宗晓博', '2025年7月4日'],
    ['2:0-3 宗晓博 → 宗晓博 holder 落款', '3:0-9 2025年7月4日 → 2025-07-04'],
  ],
  [
    'a signature before the day',
    ['敬礼', '张 三 2025年7月4日'],
    ['1:0-3 张 三 → 张三 holder 落款', '1:4-13 2025年7月4日 → 2025-07-04'],
  ],
  ['the head of a list', ['序号 姓名 性别 民族 出生年月'], []],
  ['a form not filled in', ['姓名：', '申请人：        年   月   日', '培养联系人 入党介绍人'], []],
  ['what only looks like a signature', ['敬礼', '2025年7月4日'], ['1:0-9 2025年7月4日 → 2025-07-04']],
  ['a sentence that ends with a day', ['会议召开', '支部大会于2025年7月4日'], ['1:5-14 2025年7月4日 → 2025-07-04']],
  ['a label inside a word', ['曾用姓名无', '联系人数三十人'], []],
])('a name: %s', (_, lines, facts) => {
  expect(shown(lines)).toEqual(facts)
})

test('texts that are made to take long are read all the same', () => {
  const long = ['1 ', '张', '张 ', '1', '年', '姓 名', '2025年', '1-', '、张三', '一 '].map((it) =>
    it.repeat(100_000 / it.length),
  )
  expect(factsOnPaper(long).length).toBeLessThan(1000)
  expect(factsOnPaper(Array.from({ length: 5000 }, () => '2025年5月28日'))).toHaveLength(1666)
})

test('of a long text the beginning is read, line by line', () => {
  const counted = (lines: number, line: string) => factsOnPaper(Array.from({ length: lines }, () => line)).length
  expect(counted(1851, '介绍人：李明亮')).toBe(1851)
  expect(counted(1852, '介绍人：李明亮')).toBe(1851)
  const short = Array.from({ length: 2381 }, () => '一')
  expect(factsOnPaper([...short.slice(0, 2379), '介绍人：李明亮'])).toHaveLength(1)
  expect(factsOnPaper([...short, '介绍人：李明亮'])).toEqual([])
})
