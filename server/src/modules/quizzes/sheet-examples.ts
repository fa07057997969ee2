import { judgementOptions } from './names-schema.ts'
import type { NewQuestion } from './schema.ts'

/** What stands before the kind of an example in the template. */
export const exampleMark = '示例：'

const told = { options: [], accepted: [], explanation: '', source: '' }
const judged = (isTrue: boolean) => judgementOptions.map((text, at) => ({ text, isRight: (at === 0) === isTrue }))
/** The right ones begin with a star. */
const choices = (...texts: string[]) =>
  texts.map((it) => ({ text: it.replace(/^\*/, ''), isRight: it.startsWith('*') }))

/** Two examples of each kind. */
export const exampleQuestions: readonly NewQuestion[] = [
  {
    ...{ ...told, kind: 'single', text: '一年有几个季度？' },
    options: choices('两个', '三个', '*四个'),
    explanation: '每三个月是一个季度。',
    source: '《题目模板》示例',
  },
  { ...told, kind: 'single', text: '一周的哪一天排在星期二之后？', options: choices('星期一', '*星期三') },
  {
    ...{ ...told, kind: 'multiple', text: '下列月份中，有 31 天的是哪些？' },
    options: choices('*一月', '二月', '*三月', '四月'),
    explanation: '二月有 28 天或者 29 天，四月有 30 天。',
    source: '《题目模板》示例',
  },
  { ...told, kind: 'multiple', text: '下列数中，能被 2 整除的是哪些？', options: choices('*2', '3', '*4') },
  {
    ...{ ...told, kind: 'judgement', text: '一天有 24 小时。', options: judged(true) },
    explanation: '一天是 24 小时。',
    source: '《题目模板》示例',
  },
  { ...told, kind: 'judgement', text: '一小时有 100 分钟。', options: judged(false) },
  {
    ...{ ...told, kind: 'blank', text: '一年有____个月。', accepted: ['12', '十二'] },
    explanation: '几种写法都算对的，用分号隔开。',
    source: '《题目模板》示例',
  },
  { ...told, kind: 'blank', text: '一分钟有____秒。', accepted: ['60', '六十'] },
]

export const sheetNotes: readonly string[] = [
  '填写说明',
  '1. 每题一行。第一行是表头，请不要改动；用不到的列可以空着，也可以删去。',
  `2. “${exampleMark}”开头的几行是示例，没有改动的不会导入。在示例上改写的，请把“${exampleMark}”删去。`,
  '3. 题型写单选题、多选题、判断题或者填空题。空着的，按选项和答案判断。',
  '4. 选项从 A 起依次填写，最多 8 个。判断题、填空题不填选项。',
  '5. 答案：单选题写一个字母，如 B；多选题写几个字母，如 AC 或者 A、C；判断题写正确或者错误。',
  '6. 填空题的答案写文字，几种写法都算对的用分号隔开，如 12；十二。答案里本来就有分号的，写成 \\；。题目里要填的地方写成 ____。',
  '7. 解析在作答以后显示。出处写文件和条文，或者书和页码；没有出处的题目可以导入，发布题集之前要补上。',
]

/** What is said of topics besides, in the template of a bank. */
export const topicNote = '8. 章节写这道题属于哪一章、哪个专题，抽题时可以按章节抽；可以空着。同一章节请写成一样的字。'
