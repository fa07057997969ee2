import { damagedDocument, limits, lockedDocument, noSuchPage, tooManyPages } from './limits.ts'
import { openForPdfium, type Pdfium, pdfium, withBytes } from './pdfium.ts'
import type { PageSize, Turn } from './tasks.ts'

/** A PDF that is open in PDFium. */
export interface OpenPdf {
  library: Pdfium
  document: number
  pageCount: number
}

let open: (OpenPdf & { path: string; close: () => void }) | undefined

/**
 * The PDF in a file, which stays open until another is asked for: pages are mostly asked for one after another. Refuses
 * what is locked or no PDF, and too many pages.
 */
export async function openPdf(path: string): Promise<OpenPdf> {
  if (open?.path === path) return open
  closePdf()
  const library = await pdfium()
  const file = openForPdfium(library, path)
  const document = library.FPDF_LoadCustomDocument(file.address, '')
  if (document === 0) {
    const isLocked = library.FPDF_GetLastError() === passwordError
    file.close()
    throw isLocked ? lockedDocument() : damagedDocument()
  }
  const close = () => {
    library.FPDF_CloseDocument(document)
    file.close()
  }
  const pageCount = library.FPDF_GetPageCount(document)
  if (pageCount < 1 || pageCount > limits.maxPages) {
    close()
    throw pageCount < 1 ? damagedDocument() : tooManyPages(pageCount)
  }
  open = { library, document, pageCount, path, close }
  return open
}

const passwordError = 4

/** Closes the PDF that is still open. */
function closePdf(): void {
  open?.close()
  open = undefined
}

/** The sizes of all pages in points, as they are shown. */
export async function describePdf(path: string): Promise<PageSize[]> {
  const { library, document, pageCount } = await openPdf(path)
  return withBytes(library, 8, (size) =>
    Array.from({ length: pageCount }, (_, at) => {
      library.FPDF_GetPageSizeByIndexF(document, at, size)
      const read = (offset: number) => library.pdfium.getValue(size + offset, 'float')
      return shownSize({ width: read(0), height: read(4) })
    }),
  )
}

/** A page without a size that can be drawn counts as A4. */
const shownSize = ({ width, height }: PageSize): PageSize =>
  width >= 1 && height >= 1 && width < 1e6 && height < 1e6 ? { width, height } : { width: 595, height: 842 }

/** Runs a work with a page of an open PDF. Refuses a page that is not there, or that is damaged. */
export async function withPage<Result>(
  { library, document, pageCount }: OpenPdf,
  at: number,
  work: (page: number) => Result | Promise<Result>,
): Promise<Result> {
  if (at >= pageCount) throw noSuchPage(at, pageCount)
  const page = library.FPDF_LoadPage(document, at)
  if (page === 0) throw damagedDocument()
  try {
    return await work(page)
  } finally {
    library.FPDF_ClosePage(page)
  }
}

/** A picture without compression: four bytes for a pixel, of which the last has no meaning. */
export interface Pixels extends PageSize {
  pixels: Buffer
}

/** Draws a page and runs a work with its pixels, which are gone after. */
export async function drawPage<Result>(
  path: string,
  { page: at, width: wish, turn }: { page: number; width: number; turn: Turn },
  work: (drawn: Pixels) => Promise<Result>,
): Promise<Result> {
  const pdf = await openPdf(path)
  const { library } = pdf
  return withPage(pdf, at, async (page) => {
    const size = shownSize({ width: library.FPDF_GetPageWidthF(page), height: library.FPDF_GetPageHeightF(page) })
    const { width, height } = fitted(turn % 180 === 0 ? size : { width: size.height, height: size.width }, wish)
    const bitmap = library.FPDFBitmap_CreateEx(width, height, withoutAlpha, 0, 0)
    if (bitmap === 0) throw new Error('PDFium has no memory left')
    try {
      library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
      library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, turn / 90, drawing)
      const { buffer } = library.pdfium.HEAPU8
      const pixels = Buffer.from(buffer, library.FPDFBitmap_GetBuffer(bitmap), width * height * 4)
      return await work({ pixels, width, height })
    } finally {
      library.FPDFBitmap_Destroy(bitmap)
    }
  })
}

const withoutAlpha = 3
/** With what is written into forms and beside the text, red first in a pixel, and few pictures kept. */
const drawing = 0x01 | 0x10 | 0x200

/** The size in pixels of a page that is to be so wide: less where it would become too high. */
export function fitted({ width, height }: PageSize, wish: number): PageSize {
  const ratio = height / width
  const wide = Math.min(wish, limits.maxWidth, Math.sqrt(limits.maxPagePixels / ratio), limits.maxSide / ratio)
  return { width: Math.max(1, Math.round(wide)), height: Math.max(1, Math.round(wide * ratio)) }
}
