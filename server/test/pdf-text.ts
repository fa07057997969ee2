import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init } from '@embedpdf/pdfium'

const program = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'))
const library = await init({ wasmBinary: Uint8Array.from(program).buffer })
library.FPDF_InitLibrary()

/** The texts of the pages of a PDF as PDFium reads them, an eye that is not ours; blanks left out. */
export function textOfPages(bytes: Uint8Array): string[] {
  const { pdfium } = library
  const file = pdfium.wasmExports.malloc(bytes.length)
  pdfium.HEAPU8.set(bytes, file)
  const document = library.FPDF_LoadMemDocument(file, bytes.length, '')
  if (document === 0) throw new Error('PDFium does not open the file')
  const pages = Array.from({ length: library.FPDF_GetPageCount(document) }, (_, at) => {
    const page = library.FPDF_LoadPage(document, at)
    const text = library.FPDFText_LoadPage(page)
    const count = library.FPDFText_CountChars(text)
    const units = Array.from({ length: count }, (_, char) => library.FPDFText_GetUnicode(text, char))
    library.FPDFText_ClosePage(text)
    library.FPDF_ClosePage(page)
    return String.fromCodePoint(...units).replace(/\s+/g, '')
  })
  library.FPDF_CloseDocument(document)
  pdfium.wasmExports.free(file)
  return pages
}
