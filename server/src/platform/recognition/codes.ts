import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { type Box, colourOf } from './picture.ts'

/** A QR code on a page. */
export interface Code {
  text: string
  /** On the page as it came. */
  box: Box
}

// A code of 12 mm on a sheet of A4 still has four pixels to a module.
const side = 2600
const mostCodes = 16

/** The QR codes of a page, from above to below: up to 16, also small, turned and askew. */
export async function codesOn(picture: Uint8Array): Promise<Code[]> {
  await loaded()
  const page = await colourOf(picture, side)
  const found = await readBarcodes(
    { ...page, colorSpace: 'srgb' },
    { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: mostCodes, textMode: 'Plain' },
  )
  return found
    .filter((it) => it.isValid)
    .map(({ text, position }) => {
      const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft]
      const [xs, ys] = [corners.map((it) => it.x / page.width), corners.map((it) => it.y / page.height)]
      const [left, top] = [Math.min(...xs), Math.min(...ys)]
      return { text, box: { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top } }
    })
    .sort((one, other) => one.box.top - other.box.top)
}

let loading: Promise<unknown> | undefined

/** The library would fetch its program from the network; here it is given the one that is installed. */
function loaded(): Promise<unknown> {
  loading ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then((program) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(program).buffer }, fireImmediately: true }),
  )
  return loading
}
