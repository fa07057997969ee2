import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { damaged, skewed } from '../../../test/paper/damage.ts'
import { textOfPages } from '../../../test/pdf-text.ts'
import { openPageReader, type PageReader } from '../pages/page-reader.ts'
import { codesOn } from '../recognition/codes.ts'
import type { CoverSheet } from './cover-sheet.ts'
import { makeOne } from './made.ts'
import { startCoverPrinting } from './printing.ts'

const printing = startCoverPrinting(null)
let folder: string
let reader: PageReader

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhibu-covers-'))
  reader = await openPageReader(folder, () => {})
})
afterAll(async () => {
  await reader.close()
  await printing.close()
  await rm(folder, { recursive: true })
})

const rare = '喆堃祎赟璟昇珺䶮'

const sheet: CoverSheet = {
  code: 'ZB1:P:9f2c7a10-0d6b-7c11-8f5e-3b1d2c4a5e6f:admissionAssemblyMinutes',
  number: '19',
  label: '接收预备党员的支部党员大会会议记录',
  owner: `赵${rare}`,
  ownerMark: '2023010203',
  organization: '软件工程本科生第一党支部',
}
const ofBranch: CoverSheet = {
  ...sheet,
  code: 'ZB1:O:0d6b7c11-9f2c-7c11-8f5e-3b1d2c4a5e6f:roster',
  number: '61',
  label: '党员名册',
  owner: '软件工程本科生第一党支部',
  ownerMark: null,
  organization: null,
}
/** As long as names and labels may be. */
const long: CoverSheet = {
  code: `ZB1:P:9f2c7a10-0d6b-7c11-8f5e-3b1d2c4a5e6f:${'a'.repeat(61)}`,
  number: '100',
  label: '材'.repeat(60),
  owner: '古'.repeat(50),
  ownerMark: '9'.repeat(100),
  organization: '支部'.repeat(50),
}

describe('cover sheets', () => {
  test('are a page each, however long their words are, and say all that they were given', async () => {
    const pages = textOfPages(await makeOne(printing, [sheet, ofBranch, long]))
    expect(pages).toEqual([
      `19${sheet.label}${sheet.owner}2023010203${sheet.organization}放在这份材料的第一页之前一起扫描。`,
      '61党员名册软件工程本科生第一党支部放在这份材料的第一页之前一起扫描。',
      `100${long.label}${long.owner}${long.ownerMark}${long.organization}放在这份材料的第一页之前一起扫描。`,
    ])
  })

  test.each<[string, (page: Buffer) => Promise<Buffer>]>([
    ['as it was printed', async (page) => page],
    ['turned and noisy', async (page) => damaged(await skewed(page, 4), 'noise', 1)],
    ['upside down and noisy', async (page) => damaged(await skewed(page, 180 - 3), 'noise', 2)],
    ['as a poor JPEG', async (page) => damaged(page, 'jpeg', 3)],
    ['photographed on a desk', async (page) => damaged(page, 'photo', 4)],
    ['with a fold through the middle of its code', async (page) => folded(page)],
  ])('are known at 150 dpi, %s', async (_, damage) => {
    const sheets = [sheet, long]
    const source = pagesOf(await makeOne(printing, sheets))
    for (const [page, { code }] of sheets.entries()) {
      const drawn = Buffer.from(await reader.picture(source, { page, width: 1240, turn: 0 }))
      const found = await codesOn(await damage(drawn))
      expect(found.map((it) => it.text)).toEqual([code])
    }
  })

  test('carry the code in the middle of the upper half, at least 40 mm wide', async () => {
    const source = pagesOf(await makeOne(printing, [sheet]))
    const [code] = await codesOn(await reader.picture(source, { page: 0, width: 1240, turn: 0 }))
    const { left = 0, top = 0, width = 0, height = 0 } = code?.box ?? {}
    expect(width * 210).toBeGreaterThan(60)
    expect(left + width / 2).toBeCloseTo(0.5, 1)
    expect(top + height).toBeLessThan(0.5)
  })

  test('mark a character of a name that no font has, and are printed all the same', async () => {
    const [text] = textOfPages(await makeOne(printing, [{ ...sheet, owner: '\u{20bb7}野' }]))
    expect(text).toContain('〓（U+20BB7）野')
  })
})

let printed = 0
const pagesOf = (bytes: Uint8Array) =>
  ({ key: `covers ${printed++}`, type: 'application/pdf', contents: () => [bytes] }) as const

/** A white line of two millimetres from side to side, where the code is. */
const folded = (page: Buffer): Promise<Buffer> =>
  sharp(page)
    .composite([
      { input: { create: { width: 1240, height: 12, channels: 3, background: 'white' } }, left: 0, top: 400 },
    ])
    .png()
    .toBuffer()
