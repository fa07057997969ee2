import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../../../test/workbooks.ts'
import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { writeLines, writeSheets } from '../../platform/spreadsheet/export-table.ts'
import type { FileReading } from './checking.ts'
import { judgementOptions, mostQuestions, questionKindNames } from './names-schema.ts'
import { type NewQuestion, newQuestion } from './schema.ts'
import { questionTemplate, writeQuestionSheet } from './sheet.ts'
import { exampleMark, exampleQuestions } from './sheet-examples.ts'
import { readQuestionSheet } from './sheet-reading.ts'

const header = ['题型', '题目', '选项A', '选项B', '选项C', '答案', '解析', '出处']
const reading = async (...lines: CellValue[][]) => told(await readQuestionSheet(await writeLines(lines)))
/** What was read, without where it stands. */
const told = ({ questions, problems }: FileReading) => ({ questions: questions.map((it) => it.question), problems })

const question = (kind: NewQuestion['kind'], more: Partial<NewQuestion>): NewQuestion => ({
  ...{ kind, text: '哪个？', options: [], accepted: [], explanation: '', source: '' },
  ...more,
})
/** The right ones begin with a star. */
const options = (...texts: string[]) =>
  texts.map((it) => ({ text: it.replace(/^\*/, ''), isRight: it.startsWith('*') }))
const isTrue = question('judgement', { options: options('*正确', '错误') })
const isFalse = question('judgement', { options: options('正确', '*错误') })
const single = question('single', { options: options('甲', '*乙', '丙') })
const multiple = question('multiple', { options: options('*甲', '乙', '*丙') })
const blank = question('blank', { accepted: ['12', '十二'] })

describe('a row is read', () => {
  test.each<[string, CellValue[], NewQuestion]>([
    [
      '单选题',
      ['单选题', '哪个？', '甲', '乙', '丙', 'B', '因为', '《细则》第 5 条'],
      { ...single, explanation: '因为', source: '《细则》第 5 条' },
    ],
    ['a letter in full width, small, with blanks', [' 单 选 ', ' 哪个？ ', '甲 ', '乙', '丙', ' ｂ '], single],
    ['多选题', ['多选题', '哪个？', '甲', '乙', '丙', 'AC'], multiple],
    ['letters with signs between', ['多项选择题', '哪个？', '甲', '乙', '丙', 'ａ、c'], multiple],
    ['letters with commas and blanks', ['多选', '哪个？', '甲', '乙', '丙', 'C， A'], multiple],
    ['选择题 with one letter', ['选择题', '哪个？', '甲', '乙', '丙', 'B'], single],
    ['选择题 with two letters', ['选择题', '哪个？', '甲', '乙', '丙', 'AC'], multiple],
    ['判断题', ['判断题', '哪个？', '', '', '', '正确'], isTrue],
    ['判断题 that is wrong', ['判断题', '哪个？', null, null, null, '错'], isFalse],
    ['判断题 with a sign', ['判断', '哪个？', '', '', '', '√'], isTrue],
    ['判断题 with a small letter', ['判断', '哪个？', '', '', '', 'f'], isFalse],
    ['判断题 with a cell that is true', ['判断', '哪个？', '', '', '', true], isTrue],
    ['判断题 with its options written', ['判断题', '哪个？', '对', '错', '', 'B'], isFalse],
    ['判断题 with its options in the other order', ['判断题', '哪个？', '错误', '正确', '', 'B'], isTrue],
    ['填空题', ['填空题', '哪个？', '', '', '', '12；十二'], blank],
    ['填空题 with another sign between', ['填空题', '哪个？', '', '', '', ' 12 ; 十二；'], blank],
    ['填空题 with a number', ['填空题', '哪个？', '', '', '', 12], question('blank', { accepted: ['12'] })],
    [
      '填空题 with a sign in the answer',
      ['填空题', '哪个？', '', '', '', '甲\\；乙；a\\b'],
      question('blank', { accepted: ['甲；乙', 'a\\b'] }),
    ],
    ['options and one letter without a kind', ['', '哪个？', '甲', '乙', '丙', 'B'], single],
    ['options and two letters without a kind', ['', '哪个？', '甲', '乙', '丙', 'A C'], multiple],
    ['正确 without a kind', ['', '哪个？', '', '', '', '正确'], isTrue],
    ['right and wrong as options without a kind', ['', '哪个？', '正确', '错误', '', 'A'], isTrue],
    ['a text without a kind', ['', '哪个？', '', '', '', '12;十二'], blank],
    ['a text of two lines', ['单选题', '哪个？\n想一想', '甲', '乙', '丙', 'B'], { ...single, text: '哪个？\n想一想' }],
  ])('%s', async (_, line, read) => {
    expect(await reading(header, line)).toEqual({ questions: [read], problems: [] })
  })
})

describe('what is no question is told with its row, and how it is mended', () => {
  test.each<[string, CellValue[], string]>([
    [
      'another kind',
      ['简答题', '哪个？', '', '', '', '甲'],
      '没有“简答题”这种题型。请写单选题、多选题、判断题或者填空题',
    ],
    ['no question', ['单选题', '', '甲', '乙', '丙', 'B'], '题目：请填写题目'],
    [
      'no answer',
      ['单选题', '哪个？', '甲', '乙', '丙', ''],
      '答案空着。选择题写正确选项的字母，判断题写正确或者错误，填空题写文字',
    ],
    [
      'a letter without an option',
      ['单选题', '哪个？', '甲', '乙', '', 'C'],
      '答案是 C，却没有选项C。请补上选项，或者改正答案',
    ],
    [
      'a letter beyond all options',
      ['单选题', '哪个？', '甲', '乙', '丙', 'Z'],
      '答案是 Z，却没有选项Z。请补上选项，或者改正答案',
    ],
    ['an option left out', ['单选题', '哪个？', '甲', '', '丙', 'A'], '选项B空着，选项C却写了。请依次填写选项'],
    [
      'words instead of letters',
      ['单选题', '哪个？', '甲', '乙', '丙', '甲'],
      '答案“甲”看不懂。选择题请写正确选项的字母，如 A 或者 AC',
    ],
    ['two letters for a 单选题', ['单选题', '哪个？', '甲', '乙', '丙', 'AB'], '选项：请标出 1 个正确选项'],
    [
      'one letter for a 多选题',
      ['多选题', '哪个？', '甲', '乙', '丙', 'AA'],
      '选项：多选题至少有 2 个正确选项；只有 1 个的，请改为单选题',
    ],
    [
      'a 单选题 without options',
      ['单选题', '哪个？', '', '', '', 'A'],
      '答案是 A，却没有选项A。请补上选项，或者改正答案',
    ],
    ['one option', ['单选题', '哪个？', '甲', '', '', 'A'], '选项：至少 2 个选项'],
    [
      'a letter for a 判断题 without options',
      ['判断题', '哪个？', '', '', '', 'A'],
      '答案“A”看不懂。判断题请写正确或者错误',
    ],
    [
      'a 判断题 with other options',
      ['判断题', '哪个？', '甲', '乙', '', 'A'],
      '判断题只有“正确”和“错误”。请删去选项，或者改为单选题',
    ],
    [
      'a 判断题 with three options',
      ['判断题', '哪个？', '对', '错', '是', 'A'],
      '判断题只有“正确”和“错误”。请删去选项，或者改为单选题',
    ],
    [
      'options of a 填空题',
      ['填空题', '哪个？', '甲', '乙', '', '甲'],
      '选项：填空题没有选项，请删去选项，或者改为选择题',
    ],
    ['signs alone for a 填空题', ['填空题', '哪个？', '', '', '', '；；'], '答案：请至少填写一个正确答案'],
    ['eleven answers', ['填空题', '哪个？', '', '', '', '1;2;3;4;5;6;7;8;9;10;11'], '答案：不超过 10 个答案'],
    [
      'as long an answer as is looked at',
      ['填空题', '哪个？', '', '', '', '长'.repeat(3_000)],
      '答案：不超过 100 个字',
    ],
    [
      'a longer one',
      ['填空题', '哪个？', '', '', '', '长'.repeat(3_001)],
      '答案太长。填空题不超过 10 个答案，每个不超过 100 个字',
    ],
    ['too long an option', ['单选题', '哪个？', '甲', '长'.repeat(201), '', 'A'], '选项 B：不超过 200 个字'],
    [
      'a mark of an example on a question',
      ['示例：单选题', '哪个？', '甲', '乙', '丙', 'B'],
      '题型写着“示例：”。改成自己的题目以后，请把“示例：”删去',
    ],
    ['a formula', ['单选题', '哪个？', '甲', '=公式', '丙', 'B'], '选项B是公式，没有算出的结果。请改为文字'],
  ])('%s', async (_, line, message) => {
    expect(await reading(header, line)).toEqual({ questions: [], problems: [{ at: '第 2 行', message }] })
  })

  test('nine options, of which none is lost without a word', async () => {
    const letters = [...'ABCDEFGHI']
    const read = await reading(['题目', ...letters.map((it) => `选项${it}`), '答案'], ['哪个？', ...letters, 'I'])
    expect(read).toEqual({ questions: [], problems: [{ at: '第 2 行', message: '选项：不超过 8 个选项' }] })
  })
})

describe('the table is found', () => {
  test('under a title and notes, with empty rows, other columns and repeated headers', async () => {
    expect(
      await reading(
        ['支部题库'],
        [],
        ['序号', '题干', 'Ａ', 'B选项', '选项 c', '难度', '正确答案（必填）*', '类型'],
        [1, '哪个？', '甲', '乙', '丙', '易', 'B', '单选'],
        [],
        [null, null, null, null, null, null, null, null],
        ['序号', '题干', 'Ａ', 'B选项', '选项 c', '难度', '正确答案', '类型'],
        [2, '哪个？', '甲', '乙', '丙', '易', 'D', '单选'],
        [3, '哪个？', null, null, null, '易', '对'],
      ),
    ).toEqual({
      questions: [single, isTrue],
      problems: [{ at: '第 8 行', message: '答案是 D，却没有选项D。请补上选项，或者改正答案' }],
    })
  })

  test('on every sheet that has one', async () => {
    const rows = (...cells: string[]) => [header, cells]
    const bytes = await writeSheets([
      { name: '说明', rows: [['请填写后面两张表']] },
      { name: '判断', rows: rows('', '哪个？', '', '', '', '错误') },
      { name: '填空', rows: rows('填空题', '', '', '', '', '12') },
    ])
    expect(await readQuestionSheet(bytes)).toEqual({
      questions: [{ at: '工作表“判断”第 2 行', topic: '', question: isFalse }],
      problems: [{ at: '工作表“填空”第 2 行', message: '题目：请填写题目' }],
    })
  })

  test('in a text with separators', async () => {
    const text = '题目,答案\n哪个？,"12；十二"\n'
    expect(await readQuestionSheet(new TextEncoder().encode(text))).toEqual({
      questions: [{ at: '第 2 行', topic: '', question: blank }],
      problems: [],
    })
  })

  test.each<[string, CellValue[][]]>([
    [
      'a column without a name',
      [
        ['题目', '选项A'],
        ['哪个？', '甲'],
      ],
    ],
    ['nothing', [[]]],
    ['a header too far down', [...Array.from({ length: 30 }, () => ['题库']), header]],
  ])('or it is said that there is none: %s', async (_, lines) => {
    expect(await reading(...lines)).toEqual({
      questions: [],
      problems: [{ at: '表头', message: '没有找到表头。表头应当有“题目”和“答案”两列，可以下载模板填写' }],
    })
  })

  test('as far down as it is looked for', async () => {
    const above = Array.from({ length: 29 }, () => ['题库'])
    expect(await reading(...above, header, ['', '哪个？', '', '', '', '对'])).toEqual({
      questions: [isTrue],
      problems: [],
    })
  })

  test('or the file is refused', async () => {
    await expect(readQuestionSheet(new TextEncoder().encode('%PDF-1.7'))).rejects.toThrow(
      '这不是电子表格，而是PDF 文件',
    )
  })
})

test('no more is taken than a set may hold', async () => {
  const row = ['', '哪个？', '', '', '', '对']
  const rows = (count: number) => Array.from({ length: count }, () => row)
  expect(await reading(header, ...rows(mostQuestions))).toMatchObject({ questions: { length: 500 }, problems: [] })
  expect(await reading(header, ...rows(mostQuestions + 2))).toMatchObject({
    questions: { length: 500 },
    problems: [{ at: '第 502 行', message: '一次最多读取 500 题，从这里起没有读取，请分成几个文件' }],
  })
})

describe('the template', () => {
  test('has two examples of each kind, which are questions', () => {
    expect(exampleQuestions.map((it) => newQuestion.parse(it))).toEqual(exampleQuestions)
    const kinds = exampleQuestions.map((it) => it.kind)
    expect(Object.keys(questionKindNames).map((kind) => kinds.filter((it) => it === kind).length)).toEqual([2, 2, 2, 2])
  })

  test('comes back empty when nothing was changed', async () => {
    const { name, bytes } = await questionTemplate()
    expect(name).toBe('题目模板.xlsx')
    expect(await readQuestionSheet(bytes)).toEqual({ questions: [], problems: [] })
  })

  test('gives its examples as questions when only their marks are taken away', async () => {
    const [sheet] = (await readWhole((await questionTemplate()).bytes)).sheets
    const lines = sheet?.rows.map((line) => line.map((it) => textOf(it).replace(exampleMark, ''))) ?? []
    expect(await reading(...lines)).toEqual({ questions: exampleQuestions, problems: [] })
  })
})

describe('what is written is read to the same', () => {
  const text = (maxLength: number) =>
    fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength }),
      fc.string({
        unit: fc.constantFrom('甲', '；', ';', '\\', '=', '"', '<', '&', ' ', '\n', 'A', '1', '\r', '\t'),
        minLength: 1,
        maxLength,
      }),
    )
  const option = fc.record({ text: text(8), isRight: fc.boolean() })
  const judged = fc
    .boolean()
    .map((right) => judgementOptions.map((it, at) => ({ text: it, isRight: (at === 0) === right })))
  const anyQuestion = fc
    .record({
      kind: fc.constantFrom<NewQuestion['kind'][]>('single', 'multiple', 'judgement', 'blank'),
      ...{ text: text(20), options: fc.array(option, { minLength: 2, maxLength: 8 }), judged },
      ...{ accepted: fc.array(text(8), { minLength: 1, maxLength: 10 }), explanation: text(20), source: text(10) },
    })
    .map(({ judged, ...it }) => ({
      ...it,
      options: it.kind === 'judgement' ? judged : it.kind === 'blank' ? [] : it.options,
      accepted: it.kind === 'blank' ? it.accepted : [],
    }))
    .map((it) => newQuestion.safeParse(it).data)
    .filter((it) => it !== undefined)

  test('with the topics of a bank, and its template reads as nothing', async () => {
    const { questions, problems } = await readQuestionSheet(await writeQuestionSheet([single, blank], ['第一章', '']))
    expect([questions.map((it) => [it.topic, it.question]), problems]).toEqual([
      [
        ['第一章', single],
        ['', blank],
      ],
      [],
    ])
    const { bytes } = await questionTemplate({ hasTopics: true })
    expect(await readQuestionSheet(bytes)).toEqual({ questions: [], problems: [] })
  })

  test('for any questions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuestion, { maxLength: 6 }), async (questions) => {
        expect(told(await readQuestionSheet(await writeQuestionSheet(questions)))).toEqual({ questions, problems: [] })
      }),
      { numRuns: 60 },
    )
  })
})
