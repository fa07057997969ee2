import { readFileSync } from 'node:fs'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'
import { chineseFont } from './fonts.ts'

/** The character sets of Chinese, Japanese and Korean fonts, as PDFium numbers them. */
const eastAsian = new Set([128, 129, 134, 136])

/**
 * Lends PDFium a Chinese font for documents that name one without holding it, as many official forms do; a machine need not
 * have any. Other fonts it has itself.
 */
export function lendFonts({ pdfium, FPDF_SetSystemFontInfo }: WrappedPdfiumModule): void {
  let font: Buffer | undefined
  const { addFunction, setValue, wasmExports } = pdfium
  const mapFont = (_: number, _weight: number, _italic: number, charset: number) => (eastAsian.has(charset) ? 1 : 0)
  const fontBytes = (_: number, _font: number, table: number, into: number, room: number) => {
    // A single table is not asked for of a whole font.
    if (table !== 0) return 0
    font ??= readFileSync(chineseFont)
    if (into !== 0 && room >= font.length) pdfium.HEAPU8.set(font, into)
    return font.length
  }
  const callbacks = [
    addFunction(() => {}, 'vi'),
    addFunction(() => {}, 'vii'),
    addFunction(mapFont, 'iiiiiiii'),
    addFunction(() => 0, 'iii'),
    addFunction(fontBytes, 'iiiiii'),
    addFunction(() => 0, 'iiiii'),
    addFunction(() => 134, 'iii'),
    addFunction(() => {}, 'vii'),
  ]
  // An FPDF_SYSFONTINFO, which PDFium keeps.
  const info = wasmExports.malloc(4 + callbacks.length * 4)
  setValue(info, 1, 'i32')
  for (const [at, callback] of callbacks.entries()) setValue(info + 4 + at * 4, callback, 'i32')
  FPDF_SetSystemFontInfo(info)
}
