import { type CellValue, textOf } from '../../platform/spreadsheet/cell-value.ts'
import { inOneLine } from '../../platform/visible-text.ts'
import { withMasks } from './private-numbers.ts'

/** What is wrong with one cell. `message` says what and how to mend it; the place is added by whoever knows the header. */
export interface CellFault {
  code:
    | 'bad-date'
    | 'bad-value'
    | 'cell-error'
    | 'formula'
    | 'id-as-number'
    | 'id-15-digits'
    | 'id-checksum'
    | 'id-birth'
    | 'id-format'
  message: string
}

/** What a cell says: nothing, a value, or something that cannot be taken as a value. */
export type Reading<Value> = { value: Value } | { fault: CellFault } | undefined

/** Whether something is done: 完成, 已完成, 是, √ or 未完成, 否, ×. */
export function readDone(cell: CellValue): Reading<boolean> {
  // What almost every such cell says.
  if (cell === '完成' || cell === '是') return { value: true }
  const text = plain(cell)
  if (/^(已?完成|已?通过|合格|是|有|已有|已交|已填写?|√|✓|✔|☑|y|yes|true|1)$/i.test(text)) return { value: true }
  if (/^(未完成|未通过|不合格|否|无|没有|未|未交|未填写?|尚未完成|×|✗|✘|x|n|no|false|0)$/i.test(text)) {
    return { value: false }
  }
  return isNothing(text) ? undefined : badValue(text, '应填“完成”或“未完成”')
}

/** 是 or 否. */
export function readYesNo(cell: CellValue): Reading<boolean> {
  const read = readDone(cell)
  return read !== undefined && 'fault' in read ? badValue(plain(cell), '应填“是”或“否”') : read
}

/** 男 or 女, also as the codes 1 and 2 of GB/T 2261.1. */
export function readSex(cell: CellValue): Reading<'male' | 'female'> {
  const text = plain(cell)
  if (isNothing(text)) return undefined
  if (/^(男|男性|男生|1|male|m)$/i.test(text)) return { value: 'male' }
  if (/^(女|女性|女生|2|female|f)$/i.test(text)) return { value: 'female' }
  return badValue(text, '应填“男”或“女”')
}

/** A whole number that is not negative, also with its unit: 25, 25人, 24学时. */
export function readCount(cell: CellValue): Reading<number> {
  const text = plain(cell)
  if (isNothing(text)) return undefined
  const written = /^(\d{1,6})(?:\.0+)?(?:人|名|票|天|日|学时|课时|小时|份)?$/.exec(text)?.[1]
  return written === undefined ? badValue(text, '应填不带小数的数目') : { value: Number(written) }
}

/** Names separated by 、，,；; / | or a new line. Numbering and remarks in brackets are left out: 1.马致远（教师） is 马致远. */
export function readNames(cell: CellValue): Reading<readonly string[]> {
  if (typeof cell === 'string' && plainNames.test(cell)) return { value: [...new Set(cell.split('、'))] }
  const text = plainLines(cell)
  if (isNothing(text)) return undefined
  const parts = text
    .replace(/[(（][^)）]*[)）]/g, '')
    .split(/[、，,；;/|\n]+|\s{2,}|\d+[.．、]\s*/)
    .flatMap((it) => apartByBlanks(it.trim()))
    .filter((it) => it !== '')
  if (parts.length === 0 || parts.some((it) => !isName(it)))
    return badValue(text, '不是姓名；几个人的姓名之间请用“、”分开')
  return { value: [...new Set(parts)] }
}

/**
 * The text of an identity number, upper case, without blanks. It is never repaired: a number typed as a number has lost
 * its last digits in the file and is refused.
 */
export function readIdentityText(cell: CellValue): Reading<string> {
  if (typeof cell === 'number' || (typeof cell === 'string' && /^\s*\d(\.\d+)?E\+?\d+\s*$/i.test(cell))) {
    return {
      fault: {
        code: 'id-as-number',
        message: '身份证号按数字保存，末几位已经变成 0，无法还原。请把这一列设为“文本”格式，再照原件重新填写',
      },
    }
  }
  const text = plain(cell).toUpperCase()
  return isNothing(text) ? undefined : { value: text }
}

/** The text of a cell, line breaks kept as blanks; undefined where nothing is written. */
export function readText(cell: CellValue): Reading<string> {
  const text = inOneLine(textOf(cell))
  return text === '' ? undefined : { value: text }
}

/** A fault that any kind of cell may have: an error value of the program, or a formula without a plain value. */
export function faultOf(cell: CellValue): CellFault | undefined {
  if (typeof cell !== 'string') return undefined
  const first = cell.charCodeAt(0)
  if (first === equalsSign) {
    return { code: 'formula', message: '单元格是公式，没有可以直接采用的值。请复制后“选择性粘贴—数值”，再导入' }
  }
  if (first === hash && /^#(REF|N\/A|NAME|VALUE|DIV\/0|NUM|NULL|ERR|SPILL|CALC)[!?]?$/.test(cell)) {
    return { code: 'cell-error', message: `单元格显示“${cell}”，是公式出错的结果，请改为正确的内容` }
  }
  return undefined
}

/** Whether nothing is meant: blank, or a dash, a stroke, 无, 暂无. */
export const isNothing = (text: string): boolean =>
  text === '' || /^([-—–_/\\]+|无|暂无|没有|空|未知|n\/?a|null|（空）|\(空\))$/i.test(text)

const equalsSign = 61
const hash = 35

const badValue = (text: string, how: string) => ({
  fault: { code: 'bad-value' as const, message: `“${shortened(text)}”：${how}` },
})

/** The text as a message quotes it: 30 characters at most, identity and phone numbers as masks. */
export const shortened = (text: string): string => {
  const masked = withMasks(text)
  return masked.length > 30 ? `${masked.slice(0, 30)}…` : masked
}

/** Full-width digits, letters and signs as half-width ones; nothing else of the text changes. */
export const halfWidth = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u200b\ufeff]/g, '')
    .trim()

const plain = (cell: CellValue): string => halfWidth(textOf(cell)).replace(/\s+/g, '')
const plainLines = (cell: CellValue): string =>
  textOf(cell)
    .replace(/\r/g, '')
    .replace(/[ \t\u3000\u00a0]/g, ' ')
    .trim()

/** Names as most people write them, with a first character that begins no word of the form. */
const plainNames =
  /^(?![未已完是否合不无暂没空])[\u4e00-\u9fa5]{2,25}(?:、(?![未已完是否合不无暂没空])[\u4e00-\u9fa5]{2,25})*$/

/** A blank inside a name of two characters is only spacing (张 三); between whole names it separates. */
const apartByBlanks = (text: string): string[] => {
  const parts = text.split(/\s+/)
  return parts.some((it) => it.length === 1) ? [parts.join('')] : parts
}

/** Chinese characters with · for names of other nationalities, or Latin letters; no digits, and not a word of the form. */
const isName = (text: string): boolean =>
  /^(?:[\p{Script=Han}〇·•・]{2,25}|[A-Za-z][A-Za-z .·'-]{1,40})$/u.test(text) &&
  !/^(未?完成|已完成|是|否|合格|不合格)$/.test(text)
