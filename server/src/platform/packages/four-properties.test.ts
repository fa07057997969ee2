import { describe, expect, test } from 'vitest'
import { exampleFile } from '../../../test/sealed-file.ts'
import type { ContentFinding, Examined } from './examined-file.ts'
import { examine, isMet } from './four-properties.ts'
import { type CheckResult, resultNames } from './four-property-names.ts'
import type { PackageProblemKind } from './package-entries.ts'
import type { SealedFile, SealedItem } from './sealed-file.ts'

const file = exampleFile()
const good = (item: SealedItem): ContentFinding => ({
  sha256: item.content.sha256,
  bytes: item.content.bytes,
  mediaType: item.content.mediaType,
  opens: true,
  isEncrypted: false,
  scan: 'clean',
})
const contents = (more: Partial<ContentFinding> = {}, of: SealedFile = file) =>
  new Map(of.items.map((it, at) => [it.number, at === 1 ? { ...good(it), ...more } : good(it)]))
const delivery = { sha256: 'a', count: { items: 2, bytes: 40 } }
const seal = { recorded: 'a', actual: 'a' }

const sound: Examined = {
  moment: 'transfer',
  file,
  contents: contents(),
  packageProblems: [],
  delivery: { sent: delivery, received: delivery },
  seal,
  isJournalWhole: true,
}

const problem = (kind: PackageProblemKind) => ({ packageProblems: [{ kind, path: 'data/a.pdf', message: '不对。' }] })

const withItem = (more: Partial<SealedItem>): Partial<Examined> => {
  const changed = { ...file, items: file.items.map((it, at) => (at === 1 ? { ...it, ...more } : it)) }
  return { file: changed, contents: contents({}, changed) }
}

function resultOf(code: string, more: Partial<Examined>): readonly [CheckResult | undefined, string | undefined] {
  const check = examine({ ...sound, ...more }).checks.find((it) => it.code === code)
  return [check?.result, check?.evidence]
}

test('a sound file that is handed over meets every check', () => {
  const report = examine(sound)
  expect(report.checks.map((it) => [it.code, it.result, it.evidence])).toEqual([
    ['Z1', 'met', '2 件的 SHA-256 校验值与登记一致。'],
    ['Z2', 'met', '元数据校验值与封存时登记的一致（a…）。'],
    ['Z3', 'met', '各项元数据的类型、长度、格式和值域符合规定。'],
    ['Z4', 'met', '2 件的格式和字节数与内容一致。'],
    ['Z5', 'met', '2 件均在登记的位置。'],
    ['Z6', 'met', '包的结构和清单符合 BagIt（RFC 8493）。'],
    ['Z7', 'met', '整包校验值与移交方登记的一致。'],
    ['W1', 'met', '必备元数据齐全。'],
    ['W2', 'met', '件号从 1 到 2 连续。'],
    ['W3', 'met', '有 1 条过程记录，每件都有归档人和时间。'],
    ['W4', 'met', '2 件都有内容文件。'],
    ['W5', 'met', '实收 2 件 40 字节，与移交清单一致。'],
    ['W6', 'met', '共 20 页，页号连续。'],
    ['K1', 'met', '元数据可以正常读取。'],
    ['K2', 'met', '2 件都能打开。'],
    ['K3', 'met', '均为 PDF、OFD、TIFF、JPEG、PNG、TXT 或 XML。'],
    ['K4', 'met', '由支部工作台 0.1.0（Node.js 24）形成。'],
    ['K5', 'met', '2 件均未加密。'],
    ['A1', 'met', '2 件均经扫描，没有发现病毒。'],
    ['A2', 'met', '包内没有清单以外的文件。'],
    ['A3', 'met', '包内文件都能完整读出。'],
    ['A4', 'met', '操作记录的封存链完好。'],
    ['A5', 'met', '不涉密。'],
  ])
  expect(isMet(report)).toBe(true)
  expect(new Set(report.checks.map((it) => it.result))).toEqual(new Set(['met']))
  expect(Object.values(resultNames)).toEqual(['符合', '不符合', '不适用', '未能检查'])
})

const two = '第 2 件《入党志愿书 <甲 & 乙>》'

describe('each check has another side', () => {
  test.each<[string, string, Partial<Examined>, CheckResult, string]>([
    [
      'Z1',
      'a changed content',
      { contents: contents({ sha256: 'b' }) },
      'unmet',
      `校验值与登记不符，或读不到内容：${two}。`,
    ],
    [
      'Z1',
      'a content that cannot be read',
      { contents: contents({ sha256: null }) },
      'unmet',
      `校验值与登记不符，或读不到内容：${two}。`,
    ],
    [
      'Z1',
      'a content nobody looked at',
      { contents: new Map([...contents()].slice(1)) },
      'unchecked',
      '没有读到内容：第 1 件《入党申请书》。',
    ],
    ['Z1', 'contents nobody read', { contents: new Map() }, 'unchecked', '没有读到内容。'],
    ['Z1', 'no metadata', { file: null }, 'unchecked', '元数据无法读取，未能检查。'],
    [
      'Z2',
      'other metadata',
      { seal: { recorded: 'a', actual: 'b' } },
      'unmet',
      '元数据校验值 b… 与封存时登记的 a… 不符。',
    ],
    ['Z2', 'no seal kept', { seal: null }, 'unchecked', '没有另存的封存校验值可以对照。'],
    ['Z3', 'wrong metadata', problem('metadata'), 'unmet', '不对。'],
    ['Z3', 'no metadata', { file: null }, 'unmet', '元数据无法读取。'],
    [
      'Z4',
      'another type',
      { contents: contents({ mediaType: 'text/html' }) },
      'unmet',
      `登记的格式或字节数与内容不符：${two}。`,
    ],
    ['Z4', 'another size', { contents: contents({ bytes: 1 }) }, 'unmet', `登记的格式或字节数与内容不符：${two}。`],
    [
      'Z4',
      'a type nobody knows',
      { contents: contents({ mediaType: null }) },
      'unchecked',
      `没有按内容判断格式：${two}。`,
    ],
    ['Z5', 'a content elsewhere', { contents: contents({ bytes: null }) }, 'unmet', `不在登记的位置：${two}。`],
    ['Z6', 'a package that is none', problem('structure'), 'unmet', 'data/a.pdf不对。'],
    ['Z6', 'a file that is gone', problem('missing'), 'unmet', 'data/a.pdf不对。'],
    ['Z6', 'no package', { packageProblems: null }, 'notApplicable', '没有封装成包。'],
    ['Z6', 'at filing', { moment: 'filing' }, 'notApplicable', '归档环节不检查此项。'],
    [
      'Z7',
      'another package',
      { delivery: { sent: { ...delivery, sha256: 'b' }, received: delivery } },
      'unmet',
      '整包校验值与移交方登记的不符，请重新取得。',
    ],
    ['Z7', 'nobody said what was sent', { delivery: null }, 'unchecked', '没有移交方给出的整包校验值可以对照。'],
    ['Z7', 'years later', { moment: 'preservation' }, 'notApplicable', '长期保存环节不检查此项。'],
    ['W1', 'no retention', { file: { ...file, retention: ' ' } }, 'unmet', '缺少：保管期限。'],
    ['W1', 'an item without a title', withItem({ title: '' }), 'unmet', '缺少：第 2 件的题名或材料类别。'],
    ['W2', 'a gap', withItem({ number: 3 }), 'unmet', '件号在第 2 件处不连续（3）。'],
    ['W2', 'the same twice', withItem({ number: 1 }), 'unmet', '件号在第 2 件处不连续（1）。'],
    ['W2', 'nothing', { file: { ...file, items: [] } }, 'unmet', '没有归档文件。'],
    ['W3', 'no deeds', { file: { ...file, deeds: [] } }, 'unmet', '没有归档过程的记录。'],
    [
      'W3',
      'nobody filed it',
      withItem({ content: { ...(file.items[1] ?? never()).content, filedBy: '' } }),
      'unmet',
      `没有归档人：${two}。`,
    ],
    ['W4', 'an empty content', { contents: contents({ bytes: 0 }) }, 'unmet', `没有内容文件，或文件是空的：${two}。`],
    [
      'W5',
      'one less',
      { delivery: { sent: delivery, received: { ...delivery, count: { items: 1, bytes: 40 } } } },
      'unmet',
      '实收 1 件 40 字节，移交清单为 2 件 40 字节。',
    ],
    [
      'W5',
      'one byte less',
      { delivery: { sent: delivery, received: { ...delivery, count: { items: 2, bytes: 39 } } } },
      'unmet',
      '实收 2 件 39 字节，移交清单为 2 件 40 字节。',
    ],
    [
      'W5',
      'only the digest',
      { delivery: { sent: { ...delivery, count: null }, received: delivery } },
      'unchecked',
      '没有移交清单可以对照。',
    ],
    ['W5', 'no list', { delivery: null }, 'unchecked', '没有移交清单可以对照。'],
    ['W6', 'a page too many', withItem({ firstPage: 6 }), 'unmet', `${two}的起始页号（6）与前面的页数接不上。`],
    ['W6', 'no page number', withItem({ firstPage: null }), 'unmet', `${two}的起始页号（无）与前面的页数接不上。`],
    ['W6', 'one item without pages', withItem({ firstPage: null, pages: null }), 'met', '共 4 页，页号连续。'],
    [
      'W6',
      'no pages at all',
      { file: { ...file, items: file.items.map((it) => ({ ...it, pages: null, firstPage: null })) } },
      'notApplicable',
      '没有按页计数的文件。',
    ],
    ['K1', 'no metadata', { file: null }, 'unmet', '元数据无法读取。'],
    ['K2', 'a torn content', { contents: contents({ opens: false }) }, 'unmet', `打不开：${two}。`],
    ['K2', 'nobody tried', { contents: contents({ opens: null }) }, 'unchecked', `没有试着打开：${two}。`],
    [
      'K3',
      'a Word file',
      withItem({ content: { ...(file.items[1] ?? never()).content, mediaType: 'application/msword' } }),
      'unmet',
      `不是长期保存格式：${two}。请另存为 PDF/A 后一并归档。`,
    ],
    [
      'K4',
      'no program',
      { file: { ...file, software: { name: '支部工作台', version: '', environment: 'x' } } },
      'unmet',
      '没有记录形成系统的名称、版本或运行环境。',
    ],
    ['K5', 'a password', { contents: contents({ isEncrypted: true }) }, 'unmet', `加了密码：${two}。`],
    ['K5', 'a package with a password', problem('encrypted'), 'unmet', 'data/a.pdf不对。'],
    ['K5', 'nobody looked', { contents: contents({ isEncrypted: null }) }, 'unchecked', `没有检查是否加密：${two}。`],
    ['A1', 'a virus', { contents: contents({ scan: 'infected' }) }, 'unmet', `发现病毒：${two}。`],
    [
      'A1',
      'no scanner',
      { contents: new Map(file.items.map((it) => [it.number, { ...good(it), scan: null }])) },
      'unchecked',
      '没有接入病毒扫描程序，未经扫描。',
    ],
    ['A2', 'a stray file', problem('added'), 'unmet', 'data/a.pdf不对。'],
    ['A3', 'a damaged file', problem('damaged'), 'unmet', 'data/a.pdf不对。'],
    ['A4', 'a changed file', problem('altered'), 'unmet', 'data/a.pdf不对。'],
    ['A4', 'a changed file that cannot be read', problem('damaged'), 'unmet', 'data/a.pdf不对。'],
    ['A4', 'a file of another size', problem('size'), 'unmet', 'data/a.pdf不对。'],
    ['A4', 'a broken journal', { isJournalWhole: false }, 'unmet', '操作记录的封存链不完整。'],
    ['A4', 'a package alone', { isJournalWhole: null }, 'met', '包内文件自封装以来没有改动。'],
    ['A4', 'nothing to look at', { isJournalWhole: null, packageProblems: null }, 'unchecked', '没有核验操作记录。'],
    ['A5', 'a secret', { file: { ...file, secrecy: '秘密' } }, 'unmet', '登记的密级为“秘密”，本系统严禁处理涉密信息。'],
  ])('%s: %s', (code, _, more, result, evidence) => {
    expect(resultOf(code, more)).toEqual([result, evidence])
  })

  test('of many, five are named and all are counted', () => {
    const packageProblems = Array.from({ length: 6 }, (_, at) => ({
      kind: 'added' as const,
      path: `${at}`,
      message: '多出。',
    }))
    expect(resultOf('A2', { packageProblems })).toEqual(['unmet', '0多出；1多出；2多出；3多出；4多出；等 6 处。'])
  })
})

test.each<[string, Partial<Examined>, boolean]>([
  ['what nobody could look at', { contents: new Map(), seal: null, delivery: null }, true],
  ['one thing that is wrong', problem('altered'), false],
])('a report with %s is met: %s', (_, more, expected) => {
  expect(isMet(examine({ ...sound, ...more }))).toBe(expected)
})

function never(): never {
  throw new Error('the example has two items')
}
