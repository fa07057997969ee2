import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { read as readWithOracle, utils, write as writeWithOracle } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { packageOf, readWhole, workbookParts } from '../../../test/workbooks.ts'
import { readTable } from '../../modules/intake/person-lines.ts'
import { recognise } from '../../modules/intake/recognition.ts'
import { Refusal } from '../refusal.ts'
import { formulaMark, textOf } from './cell-value.ts'
import { writeTable } from './export-table.ts'
import { readLegacyWorkbook } from './legacy-workbook.ts'
import { defaultLimits } from './limits.ts'
import { markProblems } from './marking.ts'
import { openWorkbook } from './workbook.ts'
import { readZipDirectory } from './zip-directory.ts'

const samples = path.join(import.meta.dirname, '../../../test/samples')
const sampleNames = ['动态信息表.xlsx', '积极分子培训报名表.xlsx', '可转正预备党员名单.xlsx']
const text = (value: string, at: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`

describe('two readers agree on every cell of the samples', () => {
  test.each(sampleNames)('%s', async (name) => {
    const bytes = await readFile(path.join(samples, name))
    const { sheets } = await readWhole(bytes)
    const oracle = readWithOracle(bytes, { cellDates: true, UTC: true })
    expect(sheets.map((it) => it.name)).toEqual(oracle.SheetNames)
    for (const sheet of sheets) {
      const other = oracle.Sheets[sheet.name] ?? {}
      const lines = utils.sheet_to_json<unknown[]>(other, { header: 1, defval: null, UTC: true, blankrows: true })
      const texts = lines.map((line) =>
        line.map((it) => textOf(it instanceof Date ? it : ((it as string | number | null) ?? null))),
      )
      const ours = sheet.rows.map((line) => line.map(textOf))
      expect(trimmed(ours)).toEqual(trimmed(texts))
      expect(sheet.merges.length).toBe(other['!merges']?.length ?? 0)
    }
  })
})

test.each([
  [32_767, null],
  [32_768, '第 1 行有一个单元格超过 32767 个字，没有读取。请删短后再试。'],
])('a cell of %i characters is refused only beyond what a program writes', async (length, refused) => {
  const bytes = packageOf(workbookParts(`<row r="1">${text('长'.repeat(length), 'A1')}</row>`))
  const said = readWhole(bytes).then(
    ({ sheets }) => (textOf(sheets[0]?.rows[0]?.[0] ?? null).length === length ? null : 'cut'),
    (error: unknown) => (error instanceof Refusal ? error.message : error),
  )
  expect(await said).toBe(refused)
})

test('the samples saved as .xls are read to the same cells', async () => {
  for (const name of sampleNames) {
    const bytes = await readFile(path.join(samples, name))
    const legacy = new Uint8Array(
      writeWithOracle(readWithOracle(bytes, { cellNF: true }), { type: 'array', bookType: 'xls' }),
    )
    const [ours, same] = [await readWhole(legacy), await readWhole(bytes)]
    expect(ours.format).toBe('xls')
    expect(ours.sheets.map((it) => trimmed(it.rows.map((line) => line.map(textOf))))).toEqual(
      same.sheets.map((it) => trimmed(it.rows.map((line) => line.map(textOf)))),
    )
    expect(ours.sheets.map((it) => it.merges.length)).toEqual(same.sheets.map((it) => it.merges.length))
  }
})

test('.xls: hidden sheets, months, the Chinese day format and bare numbers are told apart; reading ends in time', async () => {
  const sheet = utils.aoa_to_sheet([['姓名', 38_261, 46_027, 43_728, '2019.10']])
  Object.assign(sheet.B1, { z: 'yyyy"年"m"月"' })
  Object.assign(sheet.C1, { z: 'yyyy"年"m"月"d"日"' })
  const book = utils.book_new(sheet, '名册')
  utils.book_append_sheet(book, utils.aoa_to_sheet([['甲']]), '旧')
  utils.book_set_sheet_visibility(book, 1, 1)
  const bytes = new Uint8Array(writeWithOracle(book, { type: 'array', bookType: 'xls' }))
  expect(await readWhole(bytes)).toEqual({
    format: 'xls',
    dateSystem: '1900',
    sheets: [
      {
        name: '名册',
        hidden: false,
        rows: [['姓名', '2004-10', new Date('2026-01-05T00:00:00Z'), 43_728, '2019.10']],
        merges: [],
      },
      { name: '旧', hidden: true, rows: [['甲']], merges: [] },
    ],
  })
  await expect(readLegacyWorkbook(bytes, 1)).rejects.toMatchObject({ reason: 'unreadable' })
})

test('100,000 Chinese names are read whole', async () => {
  const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'
  const given = '一凡启航知远明哲语嫣思静姝子墨书瑶安然若溪景行嘉树昊天雨桐文博喆堃祎淼𬱖'
  const names = Array.from({ length: 100_000 }, (_, at) => {
    const letters = [...given]
    return `${surnames[at % surnames.length]}${letters[at % letters.length]}${letters[(at * 7) % letters.length]}`
  })
  const bytes = await writeTable(
    [{ header: '姓名' }],
    names.map((it) => [it]),
  )
  const { sheets } = await readWhole(bytes)
  expect(sheets[0]?.rows.slice(1).map((it) => it[0])).toEqual(names)
})

describe('what a cell shows is what is read', () => {
  const cells = async (sheetData: string, more = {}) =>
    (await readWhole(packageOf(workbookParts(sheetData, more)))).sheets[0]?.rows

  test('a month that the program stores as a first day is a month; a real day in that format is a day', async () => {
    expect(
      await cells(
        '<row r="1"><c r="A1" s="1"><v>38261</v></c><c r="B1" s="4"><v>38261</v></c><c r="C1" s="1"><v>38272</v></c></row>',
      ),
    ).toEqual([['2004-10', '2004-10', new Date('2004-10-12T00:00:00Z')]])
  })

  test('2019.10 shown with two decimals keeps its zero', async () => {
    expect(await cells('<row r="1"><c r="A1" s="2"><v>2019.1</v></c><c r="B1"><v>2019.1</v></c></row>')).toEqual([
      ['2019.10', 2019.1],
    ])
  })

  test('the Chinese built-in day format is a day', async () => {
    expect(await cells('<row r="1"><c r="A1" s="5"><v>46027</v></c></row>')).toEqual([
      [new Date('2026-01-05T00:00:00Z')],
    ])
  })

  test('a workbook that counts from 1904 gives the right days, and says so for bare serial numbers', async () => {
    const bytes = packageOf(
      workbookParts('<row r="1"><c r="A1" s="3"><v>43728</v></c><c r="B1"><v>43728</v></c></row>', { is1904: true }),
    )
    expect(await readWhole(bytes)).toMatchObject({
      dateSystem: '1904',
      sheets: [{ rows: [[new Date('2023-09-21T00:00:00Z'), 43_728]] }],
    })
  })

  test('a formula counts only by its plain stored value', async () => {
    expect(
      await cells(
        `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>[1]Sheet1!A1</f><v>甲</v></c><c r="D1" s="3"><f>TODAY()</f><v>43728</v></c><c r="E1" t="str"><f>WEBSERVICE("http://x")</f><v>甲</v></c></row>`,
      ),
    ).toEqual([[2, formulaMark, formulaMark, formulaMark, formulaMark]])
  })

  test.each([
    ['shared by several cells', '<f t="shared" ref="A1:B1" si="3">1+1</f>', '<f t="shared" si="3"/>', 2],
    [
      'shared, and another one elsewhere',
      '<f t="shared" ref="A1:B1" si="3">NOW()</f>',
      '<f t="shared" si="3"/>',
      formulaMark,
    ],
    ['shared with a cell that is not there', '<f>1+1</f>', '<f t="shared" si="3"/>', formulaMark],
    ['written in numbers of letters', '<f>1+1</f>', '<f>&#84;ODAY()</f>', formulaMark],
    ['written as it stands', '<f>1+1</f>', '<f><![CDATA[TODAY()]]></f>', formulaMark],
    ['of a month', '<f>1+1</f>', '<f>DATE(2004,10,1)</f>', '2004-10', ' s="1"', 38_261],
  ])('a formula %s', async (_, one, other, expected, style = '', value = 2) => {
    const [line] =
      (await cells(`<row r="1"><c r="A1">${one}<v>2</v></c><c r="B1"${style}>${other}<v>${value}</v></c></row>`)) ?? []
    expect(line?.[1]).toBe(expected)
  })

  test('formulas are told apart wherever the pieces end in which a large sheet is unpacked', async () => {
    const formula = (at: number) => (at % 1_000 === 999 ? 'TODAY()' : `SUM(B${at},${'1,'.repeat(at % 70)}0)`)
    const lines = Array.from({ length: 20_000 }, (_, at) => `<row><c><f>${formula(at)}</f><v>${at}</v></c></row>`)
    expect((await cells(lines.join('')))?.map(([it]) => it)).toEqual(
      lines.map((_, at) => (at % 1_000 === 999 ? formulaMark : at)),
    )
  })

  test.each([
    ['a zero byte, escaped as Excel does it', '王_x0000_小甲', '王小甲'],
    ['a zero byte', '王小甲&#0;', '王小甲'],
    ['half a character pair', '王&#xD800;甲', '王\ufffd甲'],
    ['a whole character pair', '李𬱖', '李𬱖'],
    ['a turned direction of writing', '\u202e甲小王\u202c', '甲小王'],
    ['marks of no width', '2024\u200b01\u20600001\ufeff', '2024010001'],
    ['a line break', '甲_x000A_乙', '甲\n乙'],
  ])('without what nobody sees: %s', async (_, written, read) => {
    expect(await cells(`<row r="1">${text(written, 'A1')}</row>`)).toEqual([[read]])
  })

  test('what nobody sees in the name of a sheet neither, which is found again for marking', async () => {
    const parts = workbookParts(`<row r="1">${text('姓名', 'A1')}</row><row r="2">${text('甲', 'A2')}</row>`)
    const named = parts.map((it) => ({ ...it, content: String(it.content).replace('name="名册"', 'name="名&#0;册"') }))
    const bytes = packageOf(named)
    expect((await readWhole(bytes)).sheets[0]?.name).toBe('名册')
    const problem = { row: 2, column: 'A', severity: 'error', message: '请核对' } as const
    const marked = await markProblems(bytes, { sheet: '名册', headerRow: 1 }, [problem])
    expect((await readWhole(marked)).sheets[0]?.rows).toEqual([['姓名'], ['甲']])
  })

  test('empty styled cells far to the right and below cost nothing', async () => {
    const far = `<row r="1">${text('姓名', 'A1')}<c r="XFD1" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>`
    expect(await cells(far)).toEqual([['姓名']])
  })
})

test('lines are read on from the upper ones, and anew from the first', async () => {
  const sheetData = (prefix: string, count: number) =>
    Array.from(
      { length: count },
      (_, at) => `<row r="${2 * at + 1}">${text(`${prefix}${at}`, `A${2 * at + 1}`)}</row>`,
    ).join('')
  const book = utils.book_new()
  for (const [name, count] of [
    ['短', 900],
    ['长', 2_000],
    ['旧', 1_500],
  ] as const) {
    utils.book_append_sheet(book, utils.aoa_to_sheet(Array.from({ length: count }, (_, at) => [`${name}${at}`])), name)
  }
  utils.book_set_sheet_visibility(book, 2, 2)
  const shared = new Uint8Array(
    writeWithOracle(book, { type: 'array', bookType: 'xlsx', bookSST: true, compression: true }),
  )
  const { sheets } = await openWorkbook(shared)
  expect(sheets.map(({ name, hidden, lineCount, head }) => [name, hidden, lineCount, head.length])).toEqual([
    ['短', false, 900, 900],
    ['长', false, 2_000, 1_200],
    ['旧', true, 1_500, 1_200],
  ])
  for (const { name, lineCount, lines } of sheets) {
    const expected = Array.from({ length: lineCount }, (_, at) => [`${name}${at}`])
    expect(await Array.fromAsync(lines())).toEqual(expected)
    expect(await Array.fromAsync(lines())).toEqual(expected)
  }

  const [sparse] = (await readWhole(packageOf(workbookParts(sheetData('甲', 1_000))))).sheets
  expect(sparse?.rows).toEqual(Array.from({ length: 1_999 }, (_, at) => (at % 2 === 0 ? [`甲${at / 2}`] : [])))
})

describe('text with separators', () => {
  const rows = [
    ['姓名', '备注'],
    ['张三', '甲，"乙"'],
    ['李𬱖', ''],
  ]
  const csv = '姓名,备注\r\n张三,"甲，""乙"""\r\n李𬱖,\r\n'

  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${csv}`)],
    ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['tabs', Buffer.from(csv.replaceAll(',', '\t').replace('甲，', '甲，'))],
  ])('%s', async (_, bytes) => {
    expect(await readWhole(bytes)).toMatchObject({ format: 'csv', sheets: [{ name: 'CSV', rows }] })
  })

  test('GB 18030', async () => {
    const bytes = Buffer.from([
      0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd1, 0xa7, 0xba, 0xc5, 0x0d, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x31,
    ])
    expect((await readWhole(bytes)).sheets[0]?.rows).toEqual([
      ['姓名', '学号'],
      ['张三', '1'],
    ])
  })
})

describe('refused with a reason', () => {
  const refusal = async (bytes: Uint8Array, limits = defaultLimits) =>
    readWhole(bytes, limits).then(
      () => 'read',
      (error: Error) => error.message,
    )
  const parts = (sheetData = '', more = {}) => packageOf(workbookParts(sheetData, more))
  const brokenOff = (sheetData: string) =>
    packageOf(
      workbookParts(sheetData).map((it) => ({ ...it, content: String(it.content).replace('</sheetData>', '') })),
    )
  const declared = (declaredBytes: number) =>
    packageOf(workbookParts('<row/>').map((it) => (it.name.includes('sheet1') ? { ...it, declaredBytes } : it)))

  test.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /文件是空的/],
    ['a PDF', Buffer.from('%PDF-1.7 …'), /不是电子表格，而是PDF/],
    ['a web page called .xls', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), /其实是网页/],
    ['a Word document', packageOf([{ name: 'word/document.xml', content: '<x/>' }]), /Word 文档/],
    ['an .ods file', packageOf([{ name: 'content.xml', content: '<x/>' }]), /OpenDocument/],
    ['an .xlsb file', packageOf([{ name: 'xl/workbook.bin', content: 'x' }]), /\.xlsb/],
    ['any zip', packageOf([{ name: 'a.txt', content: 'a' }]), /没有工作簿/],
    [
      'bytes without meaning',
      Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 167) % 251)),
      /不是电子表格|既不是 UTF-8/,
    ],
    ['a broken zip', parts('<row/>').subarray(0, 900), /文件已损坏/],
    ['a zip with a password', packageOf(workbookParts('').map((it) => ({ ...it, flags: 1 }))), /加了密码/],
    ['more than it declares', declared(20), /文件已损坏/],
    ['a size hidden from the directory', declared(0), /文件已损坏/],
    ['a declared gigabyte', declared(1024 ** 3), /解压后超过/],
    [
      'a small file that holds far more',
      packageOf([...workbookParts(''), { name: 'xl/media/a.bin', content: Buffer.alloc(20_000_000) }]),
      /压缩比异常/,
    ],
    [
      'thousands of parts',
      packageOf(Array.from({ length: 5000 }, (_, at) => ({ name: `${at}`, content: '' }))),
      /内有 5000 个文件/,
    ],
    ['an outside entity', parts('', { before: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' }), /外部实体/],
    [
      'an outside entity behind a long comment',
      parts('', { before: `<!-- ${'x'.repeat(100_000)} --><!DOCTYPE x>` }),
      /外部实体/,
    ],
    ['a sheet of 16,384 columns', parts(`<row r="1">${text('甲', 'XFD1')}</row>`), /第 16384 列/],
    ['a column that no sheet has', parts(`<row r="1">${text('甲', 'XFE1')}</row>`), /已损坏/],
    ['a line that no sheet has', parts(`<row r="1048577">${text('甲', 'A1048577')}</row>`), /已损坏/],
    [
      'lines out of their order',
      parts(`<row r="2">${text('甲', 'A2')}</row><row r="1">${text('乙', 'A1')}</row>`),
      /已损坏/,
    ],
    ['a line twice', parts(`<row r="1">${text('甲', 'A1')}</row><row r="1">${text('乙', 'B1')}</row>`), /已损坏/],
    ['a cell of another line', parts(`<row r="1">${text('甲', 'A7')}</row>`), /已损坏/],
    ['a sheet that breaks off', brokenOff(`<row r="1">${text('甲', 'A1')}</row><row r="2">`), /已损坏/],
    ['a million lines', parts(`<row r="1048576">${text('甲', 'A1048576')}</row>`), /第 1048576 行/],
    [
      'a wide rectangle of nothing',
      parts(`<row r="1">${text('甲', 'A1')}</row><row r="199999">${text('甲', 'MM199999')}</row>`),
      /个单元格/,
    ],
    [
      'a workbook without its sheet',
      packageOf(workbookParts('').filter((it) => !it.name.includes('sheet1'))),
      /已损坏/,
    ],
  ])('%s', async (_, bytes, reason) => {
    expect(await refusal(bytes)).toMatch(reason)
  })

  test('an encrypted workbook', async () => {
    const container = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage\0', 'utf16le'),
    ])
    expect(await refusal(container)).toMatch(/加了密码/)
  })

  test('a larger file than allowed', async () => {
    expect(await refusal(Buffer.alloc(2000, 'a'), { ...defaultLimits, maxFileBytes: 1000 })).toMatch(/文件超过/)
  })

  test('as much shared text as allowed is read, and no more; each sheet counts it once', async () => {
    const book = utils.book_new(utils.aoa_to_sheet([['姓名']]), '名册')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['甲']]), '旧')
    const bytes = new Uint8Array(writeWithOracle(book, { type: 'array', bookType: 'xlsx', bookSST: true }))
    const shared = readZipDirectory(bytes, { maxEntries: 99, maxBytes: 1e6, maxRatio: 99 }).get('xl/sharedStrings.xml')
    const maxSharedBytes = 2 * (shared?.bytes ?? 0)
    expect(await refusal(bytes, { ...defaultLimits, maxSharedBytes })).toBe('read')
    expect(await refusal(bytes, { ...defaultLimits, maxSharedBytes: maxSharedBytes - 1 })).toMatch(/文字内容过多/)
  })

  test('one line beyond the limit is refused, the limit itself is not', async () => {
    const limits = { ...defaultLimits, maxRows: 2 }
    expect(await refusal(Buffer.from('甲\n乙\n'), limits)).toBe('read')
    expect(await refusal(Buffer.from('甲\n乙\n丙\n'), limits)).toMatch(/第 3 行/)
  })
})

/** Without empty cells at the ends of lines and empty lines at the end. */
function trimmed(lines: string[][]): string[][] {
  const even = lines.map((line) => line.slice(0, line.findLastIndex((it) => it !== '') + 1))
  return even.slice(0, even.findLastIndex((it) => it.length > 0) + 1)
}

/** Numbers between 0 and 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('240 mutated files are read or refused with a reason, and never break anything', async () => {
  const random = seeded(20_260_511)
  const pick = (count: number) => Math.floor(random() * count)
  const sources = await Promise.all(sampleNames.map((name) => readFile(path.join(samples, name))))
  const legacy = Buffer.from(
    writeWithOracle(readWithOracle(sources[2] ?? Buffer.alloc(0)), { type: 'array', bookType: 'xls' }),
  )
  const csv = Buffer.from('姓名,申请入党时间,身份证号\n"张三",2019.9.20,110101200105121014\n')
  const plain = workbookParts(
    `<row r="1">${text('姓名', 'A1')}${text('学号', 'B1')}</row><row r="2">${text('张三', 'A2')}<c r="B2" s="3"><v>43728</v></c></row>`,
  )
  const outcomes = { read: 0, refused: 0 }

  for (let round = 0; round < 240; round++) {
    const bytes = mutated([...sources, legacy, csv][round % 6] ?? packaged(plain, pick), pick)
    try {
      const workbook = await openWorkbook(bytes, { ...defaultLimits, maxCells: 2_000_000 })
      const { layout } = recognise(workbook)
      const rows = layout ? await Array.fromAsync(readTable(workbook, layout)) : []
      JSON.stringify(rows)
      outcomes.read++
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ message: expect.stringMatching(/\p{Script=Han}/u) })
      outcomes.refused++
    }
  }
  expect(outcomes.read + outcomes.refused).toBe(240)
  expect(outcomes.read).toBeGreaterThan(20)
  expect(outcomes.refused).toBeGreaterThan(20)

  /** The XML inside is what is mutated: the package around it stays sound. */
  function packaged(parts: typeof plain, choose: (count: number) => number): Buffer {
    const at = choose(parts.length)
    return packageOf(
      parts.map((it, index) => (index === at ? { ...it, content: mutated(Buffer.from(it.content), choose) } : it)),
    )
  }
})

/** A copy with some bytes changed, a piece cut out, doubled or overwritten. */
function mutated(source: Buffer, pick: (count: number) => number): Buffer {
  const bytes = Buffer.from(source)
  const from = pick(bytes.length)
  const until = Math.min(bytes.length, from + 1 + pick(200))
  switch (pick(5)) {
    case 0:
      for (let n = 0; n <= pick(20); n++) bytes[pick(bytes.length)] = pick(256)
      return bytes
    case 1:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)])
    case 2:
      return Buffer.concat([bytes.subarray(0, until), bytes.subarray(from)])
    case 3:
      return bytes.subarray(0, from)
    default:
      bytes.fill(pick(256), from, until)
      return bytes
  }
}
