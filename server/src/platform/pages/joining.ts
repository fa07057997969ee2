import { damagedDocument, noSuchPage } from './limits.ts'
import { openPdf } from './pdf.ts'
import { openForPdfium, type Pdfium, pdfium, saveDocument, withBytes } from './pdfium.ts'
import { type OpenPicture, openPicture, sound } from './pictures.ts'
import type { FilePage, PageSize, Turn } from './tasks.ts'

/**
 * Joins pages of PDFs and pictures into a new PDF. Nothing is lost: pages of a PDF go over as they are, a JPEG as the very
 * bytes it has, other pictures without loss. `into` must not exist.
 */
export async function joinPages(pages: readonly FilePage[], into: string): Promise<void> {
  const library = await pdfium()
  const joined = library.FPDF_CreateNewDocument()
  try {
    for (const [at, { path, type, page, turn }] of pages.entries()) {
      if (type === 'application/pdf') await importPage(joined, { path, page, at })
      else await addPicture(library, joined, { ...(await openPicture({ path, type }, page)), path, type, at })
      turnPage(library, joined, at, turn)
    }
    saveDocument(library, joined, into)
  } finally {
    library.FPDF_CloseDocument(joined)
  }
}

async function importPage(
  joined: number,
  { path, page, at }: { path: string; page: number; at: number },
): Promise<void> {
  const { library, document, pageCount } = await openPdf(path)
  if (page >= pageCount) throw noSuchPage(page, pageCount)
  withBytes(library, 4, (index) => {
    library.pdfium.setValue(index, page, 'i32')
    if (!library.FPDF_ImportPagesByIndex(joined, document, index, 1, at)) throw damagedDocument()
  })
}

function turnPage(library: Pdfium, document: number, at: number, turn: Turn): void {
  if (turn === 0) return
  const page = library.FPDF_LoadPage(document, at)
  library.FPDFPage_SetRotation(page, (library.FPDFPage_GetRotation(page) + turn / 90) % 4)
  library.FPDF_ClosePage(page)
}

/** The turns to the right by which a page is seen upright, by the number of EXIF; what is mirrored has none. */
const quarterTurns: Partial<Record<number, number>> = { 1: 0, 6: 1, 3: 2, 8: 3 }

async function addPicture(
  library: Pdfium,
  document: number,
  opened: OpenPicture & { path: string; type: FilePage['type']; at: number },
): Promise<void> {
  const { path, type, at, orientation, density } = opened
  const turns = quarterTurns[orientation]
  const isTakenWhole = type === 'image/jpeg' && turns !== undefined
  const image = library.FPDFPageObj_NewImageObj(document)
  const size = isTakenWhole ? opened : await setPixels(library, image, opened)
  if (isTakenWhole) {
    // Decoded once, so that no broken picture is filed as a page.
    await sound(() => opened.picture.clone().resize(64).toBuffer())
    setJpeg(library, image, path)
  }
  const { width, height } = onPaper(size, density)
  library.FPDFImageObj_SetMatrix(image, width, 0, 0, height, 0, 0)
  const page = library.FPDFPage_New(document, at, width, height)
  library.FPDFPage_InsertObject(page, image)
  if (isTakenWhole) library.FPDFPage_SetRotation(page, turns)
  library.FPDFPage_GenerateContent(page)
  library.FPDF_ClosePage(page)
}

function setJpeg(library: Pdfium, image: number, path: string): void {
  const file = openForPdfium(library, path)
  try {
    if (!library.FPDFImageObj_LoadJpegFileInline(0, 0, image, file.address)) throw damagedDocument()
  } finally {
    file.close()
  }
}

/** Gives an image its pixels, upright; black and white ones in one byte each. */
async function setPixels(library: Pdfium, image: number, { picture }: OpenPicture): Promise<PageSize> {
  const shown = picture.clone().autoOrient().flatten({ background: 'white' })
  const isGrey = (await sound(() => picture.metadata())).space === 'b-w'
  const raw = isGrey ? shown.toColourspace('b-w') : shown.toColourspace('srgb')
  const { data, info } = await sound(() => raw.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }))
  const { width, height, channels } = info
  const bitmap = library.FPDFBitmap_CreateEx(width, height, channels === 1 ? grey : blueGreenRed, 0, 0)
  if (bitmap === 0) throw new Error('PDFium has no memory left')
  try {
    const stride = library.FPDFBitmap_GetStride(bitmap)
    if (channels > 1) swapRedAndBlue(data)
    const from = library.FPDFBitmap_GetBuffer(bitmap)
    for (let row = 0; row < height; row++) {
      const line = data.subarray(row * width * channels, (row + 1) * width * channels)
      library.pdfium.HEAPU8.set(line, from + row * stride)
    }
    if (!library.FPDFImageObj_SetBitmap(0, 0, image, bitmap)) throw damagedDocument()
  } finally {
    library.FPDFBitmap_Destroy(bitmap)
  }
  return { width, height }
}

const grey = 1
const blueGreenRed = 2

function swapRedAndBlue(pixels: Buffer): void {
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const red = pixels[at] ?? 0
    pixels[at] = pixels[at + 2] ?? 0
    pixels[at + 2] = red
  }
}

/** The size in points: by the dots per inch of a scanner, else as large as A4 lets it be, as cameras say nothing true. */
function onPaper({ width, height }: PageSize, density: number | undefined): PageSize {
  const a4 = Math.min(842 / Math.max(width, height), 595 / Math.min(width, height))
  const scale = density !== undefined && density >= 100 && density <= 1200 ? 72 / density : a4
  return { width: width * scale, height: height * scale }
}
