import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { z } from 'zod'
import { isCode } from '../binaries.ts'
import type { Box } from './picture.ts'
import type { Grey } from './skew.ts'

/** What stands beside one another on a page; the cells of a row are separated by a blank. */
export interface Line {
  text: string
  /** How sure the recogniser is, from 0 to 1; below `sureFrom` a person should look. */
  confidence: number
  /** On the page turned upright and straight. */
  box: Box
}

/** Reads the letters of a page that was turned upright and straight: its lines from above to below. */
export type LetterReader = (page: Grey) => Promise<Line[]>

/** The recogniser under the name of its package or the path of its file; or why it cannot be had, in Chinese. */
export async function loadLetterReader(library: string): Promise<LetterReader | { missing: string }> {
  try {
    const place = createRequire(import.meta.url).resolve(library)
    const { default: Ocr } = loaded.parse(await import(pathToFileURL(place).href))
    const recogniser = recognises.parse(await Ocr.create({ onnxOptions }))
    return async (page) => linesOf(await recogniser.detect(await padded(page)), page)
  } catch (error) {
    return { missing: reasonOf(error) }
  }
}

// Memory that the runtime keeps for later pages would never come back; threads that wait for work by turning in circles take
// a third more of the processors, which others could use.
const onnxOptions = { enableCpuMemArena: false, extra: { 'session.intra_op.allow_spinning': '0' } }

// The library calls its parts with `this`, so the objects are looked at and not copied.
const loaded = z.object({ default: z.custom<{ create(options: object): Promise<unknown> }>(has('create')) })
const recognises = z.custom<{ detect(picture: Buffer): Promise<unknown> }>(has('detect'))

function has(name: string): (it: unknown) => boolean {
  return (it) => (typeof it === 'object' || typeof it === 'function') && it !== null && name in it
}

const recognised = z.array(
  z.object({
    text: z.string(),
    mean: z.number(),
    box: z.array(z.tuple([z.number(), z.number()])).length(4),
  }),
)

/** The library scales every page to a multiple of 32 pixels; where it has that already, its places are pixels. */
function padded({ width, height, pixels }: Grey): Promise<Buffer> {
  const missing = (length: number) => (32 - (length % 32)) % 32
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .extend({ right: missing(width), bottom: missing(height), background: 'white' })
    .png({ compressionLevel: 1 })
    .toBuffer()
}

function linesOf(found: unknown, { width, height }: Grey): Line[] {
  return recognised.parse(found).flatMap(({ text, mean, box }) => {
    const written = text.trim()
    if (written === '') return []
    const [xs, ys] = [box.map(([x]) => x / width), box.map(([, y]) => y / height)]
    const [left, top] = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))]
    const [right, bottom] = [Math.min(1, Math.max(...xs)), Math.min(1, Math.max(...ys))]
    return [{ text: written, confidence: mean, box: { left, top, width: right - left, height: bottom - top } }]
  })
}

function reasonOf(error: unknown): string {
  if (isCode(error, 'MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'))
    return '服务器没有安装文字识别组件（@gutenye/ocr-node），扫描件暂时不能按内容检索。请管理员安装后重新启动服务。'
  return `文字识别组件（@gutenye/ocr-node）在这台服务器上无法运行：${error instanceof Error ? error.message : '原因不明'}。请管理员查看运行环境。`
}
