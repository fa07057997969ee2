import { closeSync, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { lendFonts } from './pdf-fonts.ts'

/** PDFium; what it is given lies in a memory of its own, in which an address is a number. */
export type Pdfium = WrappedPdfiumModule

/** PDFium may grow to so many bytes. Beyond it, it ends where it stands, and with it the process. */
const mostBytes = 768 * 1024 * 1024

let started: Promise<Pdfium> | undefined

/** PDFium, started once in a process. */
export function pdfium(): Promise<Pdfium> {
  started ??= start()
  return started
}

async function start(): Promise<Pdfium> {
  capMemory()
  const program = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'))
  const wasmBinary = program.buffer.slice(program.byteOffset, program.byteOffset + program.byteLength)
  const library = await init({ wasmBinary, print: () => {}, printErr: () => {} })
  library.FPDF_InitLibrary()
  lendFonts(library)
  return library
}

/** PDFium makes its memory itself, so that it can only be stopped where every memory grows. */
function capMemory(): void {
  const grow = WebAssembly.Memory.prototype.grow
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * 65_536 > mostBytes) {
      // What PDFium throws then does not say why.
      console.error('PDFium has no memory left')
      throw new RangeError('The limit is reached')
    }
    return grow.call(this, pages)
  }
}

/** Runs a work with some zeroed bytes in the memory of PDFium, which are taken back after. */
export function withBytes<Result>({ pdfium }: Pdfium, bytes: number, work: (address: number) => Result): Result {
  const address = pdfium.wasmExports.malloc(bytes)
  if (address === 0) throw new Error('PDFium has no memory left')
  try {
    pdfium.HEAPU8.fill(0, address, address + bytes)
    return work(address)
  } finally {
    pdfium.wasmExports.free(address)
  }
}

/** A file that PDFium reads piece by piece as it needs it. */
export interface ReadableFile {
  /** Of its `FPDF_FILEACCESS`. */
  address: number
  close(): void
}

/** Opens a file for PDFium to read from. */
export function openForPdfium({ pdfium }: Pdfium, path: string): ReadableFile {
  const file = openSync(path, 'r')
  const readBlock = pdfium.addFunction((_: number, from: number, into: number, bytes: number) => {
    const isWhole = readSync(file, pdfium.HEAPU8, into, bytes, from >>> 0) === bytes
    return isWhole ? 1 : 0
  }, 'iiiii')
  const address = pdfium.wasmExports.malloc(12)
  pdfium.setValue(address, fstatSync(file).size, 'i32')
  pdfium.setValue(address + 4, readBlock, 'i32')
  pdfium.setValue(address + 8, 0, 'i32')
  const close = () => {
    pdfium.wasmExports.free(address)
    pdfium.removeFunction(readBlock)
    closeSync(file)
  }
  return { address, close }
}

/** Writes a document of PDFium to a new file. */
export function saveDocument(library: Pdfium, document: number, into: string): void {
  const { pdfium } = library
  const file = openSync(into, 'wx', 0o600)
  const writeBlock = pdfium.addFunction((_: number, from: number, bytes: number) => {
    writeSync(file, pdfium.HEAPU8, from, bytes)
    return 1
  }, 'iiii')
  try {
    withBytes(library, 8, (writer) => {
      pdfium.setValue(writer, 1, 'i32')
      pdfium.setValue(writer + 4, writeBlock, 'i32')
      if (!library.FPDF_SaveAsCopy(document, writer, 0)) throw new Error('PDFium could not write the document')
    })
  } finally {
    pdfium.removeFunction(writeBlock)
    closeSync(file)
  }
}
