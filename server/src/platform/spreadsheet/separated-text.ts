import { parseCsv } from 'hucre'
import { decodedText } from '../decoded-text.ts'
import { Refusal } from '../refusal.ts'
import type { CellValue } from './cell-value.ts'

/** Reads text with separators (comma, semicolon, tab, |) into lines of texts: UTF-16 with its mark, strict UTF-8, else GB 18030. */
export function readSeparated(bytes: Uint8Array): CellValue[][] {
  const text = decodedText(bytes)
  if (text === undefined) {
    throw new Refusal(
      'unreadable',
      '文本既不是 UTF-8 编码，也不是 GB 18030 编码，无法读取。请在 Excel 或 WPS 中另存为 .xlsx 后再试。',
    )
  }
  if (/\p{Cc}/u.test(text.slice(0, 100_000).replace(/[\t\r\n\v\f]/g, ''))) {
    throw new Refusal('unreadable', '这不是电子表格，也不是文本。请上传 .xlsx、.xls 或 .csv 文件。')
  }
  return parseCsv(text, { typeInference: false, unescapeFormulae: true })
}
