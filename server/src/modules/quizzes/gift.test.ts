import { describe, expect, test } from 'vitest'
import { type FileReading, mostProblems } from './checking.ts'
import { readGift, readGiftFile } from './gift.ts'
import { mostQuestions } from './names-schema.ts'
import type { NewQuestion } from './schema.ts'

const question = (kind: NewQuestion['kind'], text: string, more: Partial<NewQuestion>): NewQuestion => ({
  ...{ kind, text, options: [], accepted: [], explanation: '', source: '' },
  ...more,
})
/** The right ones begin with a star. */
const options = (...texts: string[]) =>
  texts.map((it) => ({ text: it.replace(/^\*/, ''), isRight: it.startsWith('*') }))
const judgement = (text: string, isTrue: boolean, more: Partial<NewQuestion> = {}) =>
  question('judgement', text, { options: isTrue ? options('*正确', '错误') : options('正确', '*错误'), ...more })
const blank = (text: string, ...accepted: string[]) => question('blank', text, { accepted })

/** What was read, without where it stands. */
const told = ({ questions, problems }: FileReading) => ({ questions: questions.map((it) => it.question), problems })

describe('a question is read', () => {
  test.each<[string, string, NewQuestion]>([
    [
      'one right option',
      '几月？{=七月 ~八月 ~九月}',
      question('single', '几月？', { options: options('*七月', '八月', '九月') }),
    ],
    [
      'over several lines, indented, with a name and a comment',
      '::第一题:: 几月？{\r\n  // 想一想\r\n  ~八月\r\n  =七月\r\n}',
      question('single', '几月？', { options: options('八月', '*七月') }),
    ],
    [
      'several right options by their weights',
      '哪些是？{~%50%甲 ~%50%乙 ~%-100%丙 ~丁}',
      question('multiple', '哪些是？', { options: options('*甲', '*乙', '丙', '丁') }),
    ],
    [
      'one right option by its weight',
      '哪个？{~%100%甲 ~乙}',
      question('single', '哪个？', { options: options('*甲', '乙') }),
    ],
    [
      'weights with decimals',
      '三个？{~%33.333330000000004%甲 ~%33.333%乙 ~%33.333%丙}',
      question('multiple', '三个？', { options: options('*甲', '*乙', '*丙') }),
    ],
    ['true', '对吗？{T}', judgement('对吗？', true)],
    ['true as a word', '对吗？{ TRUE }', judgement('对吗？', true)],
    ['false', '对吗？{F}', judgement('对吗？', false)],
    ['false as a word, small', '对吗？{false}', judgement('对吗？', false)],
    ['short answers', '首都是哪里？{=北京 =北京市}', blank('首都是哪里？', '北京', '北京市')],
    ['the only short answer without its sign', '首都是哪里？{北京}', blank('首都是哪里？', '北京')],
    ['a letter as a short answer', '真值写作什么？{=T}', blank('真值写作什么？', 'T')],
    [
      'no answer that counts for nothing',
      '首都是哪里？{=北京 =%0%南京#不对 =%0%*#再想想}',
      blank('首都是哪里？', '北京'),
    ],
    ['a blank in the middle', '首都是{=北京}。', blank('首都是____。', '北京')],
    ['a blank at the beginning', '{=北京}是首都', blank('____是首都', '北京')],
    [
      'options in the middle',
      '在{~六月 =七月}建立。',
      question('single', '在____建立。', { options: options('六月', '*七月') }),
    ],
    ['a number', '哪一年？{#1921}', blank('哪一年？', '1921')],
    ['a number without tolerance', '哪一年？{#1921:0}', blank('哪一年？', '1921')],
    ['numbers', '多少？{#=0.5 =%100%-1e3 ~#不对}', blank('多少？', '0.5', '-1e3')],
    [
      'ordinary signs after a backslash',
      '::甲\\:\\:乙::集合 \\{1\\} 中 1\\=1 \\~ \\#\\:\\\\ 路径 a\\b 下\\n一行{=\\{1\\} ~1\\=2 ~\\~\\#}',
      question('single', '集合 {1} 中 1=1 ~ #:\\ 路径 a\\b 下\n一行', { options: options('*{1}', '1=2', '~#') }),
    ],
    ['a star that is a star', '乘号？{=\\*}', blank('乘号？', '*')],
    ['an arrow among options', '箭头？{=a->b ~b}', question('single', '箭头？', { options: options('*a->b', 'b') })],
    [
      'what is said in general, with its source in the last line',
      '对吗？{T####条文这样规定。\n第二行。\n出处：《细则》第 5 条}',
      judgement('对吗？', true, { explanation: '条文这样规定。\n第二行。', source: '《细则》第 5 条' }),
    ],
    [
      'a source alone, with an escaped colon',
      '对吗？{T####出处\\: 手册}',
      judgement('对吗？', true, { source: '手册' }),
    ],
    [
      'a source that does not stand last is part of what is said',
      '对吗？{T####出处：手册\n完}',
      judgement('对吗？', true, { explanation: '出处：手册\n完' }),
    ],
    [
      'what is said to options, each once',
      '几月？{=七月#是 ~八月#晚了 ~九月#晚了####看年表}',
      question('single', '几月？', {
        options: options('*七月', '八月', '九月'),
        explanation: '看年表\n是\n“八月”：晚了\n“九月”：晚了',
      }),
    ],
    [
      'what is said to true and false, the source in its last line',
      '对吗？{F#不对\\n出处：手册#对了}',
      judgement('对吗？', false, { explanation: '不对\n出处：手册\n对了' }),
    ],
    [
      'a source in the last line of what is said to an answer',
      '首都是哪里？{=北京#是\\n出处：地图}',
      { ...blank('首都是哪里？', '北京'), explanation: '是', source: '地图' },
    ],
    ['four signs after a fifth', '对吗？{T#####一}', judgement('对吗？', true, { explanation: '#一' })],
    [
      'a text with tags, as Moodle writes it',
      '[html]<p style\\="color\\:red">1 &lt; 2&nbsp;&amp; <b>对</b>吗？</p>{=<p>对</p> ~[plain]<p> ####<p>甲<br>乙</p>\\n<p>出处：<i>书</i></p>}',
      question('single', '1 < 2 & 对吗？', { options: options('*对', '<p>'), explanation: '甲\n乙', source: '书' }),
    ],
    [
      'a text in another format as it is',
      '[markdown]**几月**？ 1<2{=七月 ~[moodle]八月}',
      question('single', '**几月**？ 1<2', { options: options('*七月', '八月') }),
    ],
    [
      'a text in brackets that is no format',
      '[单选] 几月？{=七月 ~八月}',
      question('single', '[单选] 几月？', { options: options('*七月', '八月') }),
    ],
    [
      'eight options',
      '几？{=1 ~2 ~3 ~4 ~5 ~6 ~7 ~8}',
      question('single', '几？', { options: options('*1', '2', '3', '4', '5', '6', '7', '8') }),
    ],
  ])('%s', (_, file, read) => {
    expect(told(readGift(file))).toEqual({ questions: [read], problems: [] })
  })
})

describe('what is no question here is told, and how it is mended', () => {
  test.each<[string, string, string]>([
    ['pairs', '配对{=甲 -> 1 =乙 -> 2}', '这是配对题，这里没有这种题型。请改为几道单选题或者填空题'],
    [
      'a number with a tolerance',
      '几？{#3:2}',
      '答案“3:2”是一个范围，这里只收准确的数。请写成 {#1921} 这样，或者改为选择题',
    ],
    ['a number from to', '几？{#1..5}', '答案“1..5”是一个范围，这里只收准确的数。请写成 {#1921} 这样，或者改为选择题'],
    ['no number', '几？{#三}', '答案“三”不是数。请写成 {#1921} 这样；文字答案写成 {=答案}'],
    ['nothing after the sign of a number', '几？{#}', '答案：请至少填写一个正确答案'],
    ['an essay', '谈谈体会。{}', '花括号里没有答案。这里只收有标准答案的题目，请补上答案，或者删去'],
    [
      'an essay with a remark',
      '谈谈体会。{####言之有理即可}',
      '花括号里没有答案。这里只收有标准答案的题目，请补上答案，或者删去',
    ],
    [
      'a description',
      '下面是几道题。',
      '没有答案。请在题目后面写上花括号和答案，如 {T} 或 {=甲 ~乙}；不是题目的，请删去',
    ],
    [
      'no end of the answers',
      '几月？{=七月',
      '花括号不成对。请补上缺少的 { 或 }，题目中间不能有空行；作为文字的花括号写成 \\{ 和 \\}',
    ],
    [
      'no beginning of the answers',
      '几月？=七月}',
      '花括号不成对。请补上缺少的 { 或 }，题目中间不能有空行；作为文字的花括号写成 \\{ 和 \\}',
    ],
    [
      'two questions without a line between',
      '甲？{T}\n乙？{F}',
      '一道题里有几处花括号。两道题之间请空一行；作为文字的花括号写成 \\{ 和 \\}',
    ],
    ['braces within', '集合？{={1} ~2}', '一道题里有几处花括号。两道题之间请空一行；作为文字的花括号写成 \\{ 和 \\}'],
    [
      'two that are right alone',
      '几？{=1 =2 ~3}',
      '有 2 个选项标为正确。单选题请只留一个 =；多选题请把每个正确选项写成 ~%50%',
    ],
    [
      'three that are right alone',
      '几？{=1 =2 ~%100%3 ~4}',
      '有 3 个选项标为正确。单选题请只留一个 =；多选题请把每个正确选项写成 ~%33.33%',
    ],
    [
      'an option that is half right',
      '几？{=1 ~%50%2 ~3}',
      '“2”只算 50% 对。这里的答案只分对错，请去掉百分数，或者删去这一项',
    ],
    [
      'an answer that is half right',
      '几？{=一 =%50%二}',
      '“二”只算 50% 对。这里的答案只分对错，请去掉百分数，或者删去这一项',
    ],
    [
      'a number that is half right',
      '几？{#=1 =%50%2}',
      '“2”只算 50% 对。这里的答案只分对错，请去掉百分数，或者删去这一项',
    ],
    [
      'an answer of any words',
      '几？{=第*届}',
      '答案“第*届”里的 * 代表任意文字，这里没有这种写法。请逐个写出正确答案；* 本身写成 \\*',
    ],
    ['an option without a sign', '几？{一 ~二 =三}', '选项“一”前面没有 = 或 ~。请补上：正确的写 =，错误的写 ~'],
    ['an answer without a sign', '几？{一 =二}', '答案“一”前面没有 =。请补上'],
    ['no right option', '几？{~一 ~二}', '选项：请标出 1 个正确选项'],
    ['one option', '几？{=一 ~}', '选项 B：请填写选项，或者删去这一项'],
    ['nothing asked', '::题名::{T}', '题目：请填写题目'],
    ['nine options', '几？{=1 ~2 ~3 ~4 ~5 ~6 ~7 ~8 ~9}', '选项：不超过 8 个选项'],
    ['as many pieces as are looked at', `几？{${'=一'.repeat(30)}}`, '答案：不超过 10 个答案'],
    [
      'more than that',
      `几？{${'=一'.repeat(31)}}`,
      '花括号里的选项或者答案太多。选择题不超过 8 个选项，填空题不超过 10 个答案',
    ],
    [
      'several things at once',
      `${'长'.repeat(501)}{=${'长'.repeat(201)} ~二####出处：${'长'.repeat(201)}}`,
      '题目：不超过 500 个字；选项 A：不超过 200 个字；出处：不超过 200 个字',
    ],
    [
      'a picture',
      '[html]<p><img src\\="a.png"></p>这是？{=甲 ~乙}',
      '题目里有图片、音频或者视频，这里只收文字。请改为文字，或者删去',
    ],
    ['too much', `${'长'.repeat(19_997)}{T}`, '题目：不超过 500 个字'],
    ['far too much', `${'长'.repeat(19_998)}{T}`, '这道题太长。两道题之间请空一行；只有一道题的，请删去不需要的内容'],
  ])('%s', (_, file, message) => {
    expect(readGift(file)).toEqual({ questions: [], problems: [{ at: '第 1 行起的题目', message }] })
  })

  test.each<[string, string]>([
    ['$CATEGORY: 第一章', '第一章'],
    ['$CATEGORY: $course$/top/党史/第二章', '第二章'],
    ['$CATEGORY: 会议//活动', '会议/活动'],
    ['$CATEGORY: $course$', ''],
    ['$CATEGORY: $course$/top', ''],
    ['// 没有类别', ''],
  ])('behind “%s” they have the topic “%s”', (line, topic) => {
    const { questions } = readGift(`${line}\n\n甲？{T}\n\n乙？{F}`)
    expect(questions.map((it) => it.topic)).toEqual([topic, topic])
  })

  test('with the line where the question begins; the rest is read', () => {
    const file = [
      '\ufeff// 支部题库',
      '$CATEGORY: 党史/基础',
      '',
      '甲？{T}',
      ' \t',
      '// 没有写完',
      '$CATEGORY: 其他',
      '::乙::',
      '乙？{',
      '',
      '丙？{F}',
      '// 完',
      '',
      '$CATEGORY: 空',
    ].join('\n')
    expect(readGift(file)).toEqual({
      questions: [
        { at: '第 4 行起的题目', topic: '基础', question: judgement('甲？', true) },
        { at: '第 11 行起的题目', topic: '其他', question: judgement('丙？', false) },
      ],
      problems: [
        {
          at: '第 8 行起的题目',
          message: '花括号不成对。请补上缺少的 { 或 }，题目中间不能有空行；作为文字的花括号写成 \\{ 和 \\}',
        },
      ],
    })
  })
})

describe('a file', () => {
  const encoded = (encoding: 'utf8' | 'utf16le', text: string) => Buffer.from(text, encoding)

  test.each<[string, Uint8Array]>([
    ['in UTF-8', encoded('utf8', '对吗？{T}')],
    ['in UTF-8 with its mark', encoded('utf8', '\ufeff对吗？{T}')],
    ['in UTF-16 with its mark', encoded('utf16le', '\ufeff对吗？{T}')],
    ['in GB 18030', Buffer.from('b6d4c2f0a3bf7b547d', 'hex')],
  ])('%s', (_, bytes) => {
    expect(told(readGiftFile(bytes))).toEqual({ questions: [judgement('对吗？', true)], problems: [] })
  })

  test.each<[string, Uint8Array, string]>([
    ['that is a spreadsheet', Buffer.from('PK\x03\x04\x14\x00', 'latin1'), '这不是文本文件'],
    ['in no encoding', Buffer.from('7bff7d', 'hex'), '这不是文本文件'],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readGiftFile(bytes)).toThrow(message)
  })
})

describe('no more is taken than a set may hold', () => {
  const many = (count: number, one: string) => Array.from({ length: count }, () => one).join('\n\n')

  test('so many questions', () => {
    expect(readGift(many(mostQuestions, '对吗？{T}'))).toMatchObject({ questions: { length: 500 }, problems: [] })
    expect(readGift(many(mostQuestions + 2, '对吗？{T}'))).toMatchObject({
      questions: { length: 500 },
      problems: [{ at: '第 1001 行起的题目', message: '一次最多读取 500 题，从这里起没有读取，请分成几个文件' }],
    })
  })

  test('so many problems', () => {
    expect(readGift(many(mostProblems, '对吗？')).problems.length).toBe(200)
    const { problems } = readGift(many(mostProblems + 2, '对吗？'))
    expect(problems.length).toBe(201)
    expect(problems.at(-1)).toEqual({
      at: '第 401 行起的题目',
      message: '要改的地方太多，从这里起没有读取，请先改好前面各处',
    })
  })
})

describe('a hostile file is read in no time, and to nothing that is not seen', () => {
  const long = 1_000_000
  test.each<[string, string]>([
    ['braces that open', '{'.repeat(long)],
    ['braces that close', '}'.repeat(long)],
    ['braces in lines of their own', '{\n'.repeat(long / 2)],
    ['pairs of braces', '{}\n\n'.repeat(long / 4)],
    ['backslashes', '\\'.repeat(long)],
    ['colons', ':'.repeat(long)],
    ['signs', `几？{${'=~'.repeat(9_900)}}\n\n`.repeat(50)],
    ['hashes', `几？{=甲${'#'.repeat(19_900)}}\n\n`.repeat(50)],
    ['percents', `几？{~${'%'.repeat(19_900)}}\n\n`.repeat(50)],
    ['blanks', `几？{#1${' '.repeat(19_900)}x}\n\n`.repeat(50)],
    ['tags', `[html]${'<b>'.repeat(6_600)}{T}\n\n`.repeat(50)],
    ['tags without an end', `[html]${'<br '.repeat(4_900)}{T}\n\n`.repeat(50)],
    ['signs of tags', `[html]${'<'.repeat(19_900)}{T}\n\n`.repeat(50)],
    ['lines', '\n'.repeat(long)],
    ['zeros', '\0'.repeat(long)],
  ])('%s', (_, file) => {
    const begun = performance.now()
    expect(readGift(file).questions).toEqual([])
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('zeros, marks of direction and half characters', () => {
    expect(told(readGift('\u202e对\0吗？\ud800{T}')).questions).toEqual([judgement('对吗？\ufffd', true)])
  })
})
