import { inOneLine } from '../../platform/visible-text.ts'
import { quoted } from './checking.ts'
import { judgementOptions, type QuestionKind } from './names-schema.ts'
import type { NewQuestion, Option } from './schema.ts'
import { headers } from './sheet.ts'

/** How the cells of a row that ask for an answer are understood. */

/** What a row says that it asks for. */
export type Asked = QuestionKind | 'choice' | 'any'

/** The texts of the options, up to the last that is filled. */
export function optionsIn(say: (field: string) => string): string[] | string {
  const all = [...allLetters].map(say)
  const texts = all.slice(0, all.findLastIndex((it) => it !== '') + 1)
  const gap = texts.indexOf('')
  if (gap < 0) return texts
  const next = allLetters[texts.findIndex((it, at) => at > gap && it !== '')]
  return `选项${allLetters[gap]}空着，选项${next}却写了。请依次填写选项`
}

const allLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

type Answered = Pick<NewQuestion, 'kind' | 'options' | 'accepted'>

/** The question that an answer makes of the options, or what has to be mended. */
export function answeredIn(asked: Asked, texts: readonly string[], answer: string): Answered | string {
  const wrong = texts.map((text): Option => ({ text, isRight: false }))
  const isJudged = texts.length === 0 ? truthOf(answer) !== undefined : areTrueAndFalse(texts)
  if (asked === 'judgement' || (asked === 'any' && isJudged)) return judgedIn(texts, answer)
  if (asked === 'blank' || (asked === 'any' && texts.length === 0)) {
    const accepted = splitAnswers(answer).filter((it) => it !== '')
    return { kind: 'blank', options: wrong, accepted }
  }
  const letters = lettersIn(answer)
  if (letters === undefined) return `${headers.answer}${quoted(answer)}看不懂。选择题请写正确选项的字母，如 A 或者 AC`
  const missing = letters.find((it) => allLetters.indexOf(it) >= texts.length)
  if (missing) return `${headers.answer}是 ${missing}，却没有选项${missing}。请补上选项，或者改正${headers.answer}`
  const options = wrong.map((it, at) => ({ ...it, isRight: letters.includes(allLetters[at] ?? '') }))
  const told = letters.length > 1 ? 'multiple' : 'single'
  return { kind: asked === 'single' || asked === 'multiple' ? asked : told, options, accepted: [] }
}

/** A 判断题 needs no options; where they are written, the answer may be the letter of one. */
function judgedIn(texts: readonly string[], answer: string): Answered | string {
  if (texts.length > 0 && !areTrueAndFalse(texts)) {
    return '判断题只有“正确”和“错误”。请删去选项，或者改为单选题'
  }
  const said = texts.map(truthOf)
  const [letter, ...more] = lettersIn(answer) ?? []
  const byLetter = letter !== undefined && more.length === 0 ? said[allLetters.indexOf(letter)] : undefined
  const isTrue = byLetter ?? truthOf(answer)
  if (isTrue === undefined) return `${headers.answer}${quoted(answer)}看不懂。判断题请写正确或者错误`
  const options = judgementOptions.map((text, at) => ({ text, isRight: (at === 0) === isTrue }))
  return { kind: 'judgement', options, accepted: [] }
}

function areTrueAndFalse(texts: readonly string[]): boolean {
  const said = texts.map(truthOf)
  return said.length === 2 && said.includes(true) && said.includes(false)
}

function truthOf(text: string): boolean | undefined {
  const plain = plainly(text)
  if (['正确', '对', '是', 'T', 'TRUE', '√', '✓'].includes(plain)) return true
  return ['错误', '错', '否', '不正确', '不对', 'F', 'FALSE', '×', '✗', 'X'].includes(plain) ? false : undefined
}

/** The letters of an answer, A、C as well as ac; undefined where something else stands there. */
function lettersIn(answer: string): string[] | undefined {
  const letters = plainly(answer).replace(/[,、;/.。]/g, '')
  return /^[A-Z]+$/.test(letters) ? [...new Set(letters)] : undefined
}

/** What is written alike in full and half width, in large and small letters, with and without blanks. */
export const plainly = (text: string): string => inOneLine(text.normalize('NFKC')).replaceAll(' ', '').toUpperCase()

/** The answers of a 填空题 stand apart by ； or ;, which a backslash makes an ordinary one. */
const splitAnswers = (text: string): string[] =>
  [...text.matchAll(/(?:\\[\\；;]|[^；;])+/g)].map(([it]) => it.replace(/\\([\\；;])/g, '$1').trim())
