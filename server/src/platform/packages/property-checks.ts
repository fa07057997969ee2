import { type Asking, listed, named, ofContents, ofFile, ofPackage, told } from './asking.ts'
import type { Moment, Property } from './four-property-names.ts'
import { pagesOf, type SealedItem } from './sealed-file.ts'

/** A check of the table. */
export interface PropertyCheck {
  code: string
  property: Property
  name: string
  moments: readonly Moment[]
  check: Asking
}

const always: readonly Moment[] = ['filing', 'transfer', 'preservation']
const later: readonly Moment[] = ['transfer', 'preservation']

/** The checks in the order of the report. */
export const propertyChecks: readonly PropertyCheck[] = [
  {
    code: 'Z1',
    property: 'authenticity',
    name: '固化信息有效',
    moments: always,
    check: ofContents((item, found) => found.sha256 === item.content.sha256, {
      met: (n) => `${n} 件的 SHA-256 校验值与登记一致。`,
      unmet: '校验值与登记不符，或读不到内容',
      unchecked: '没有读到内容',
    }),
  },
  {
    code: 'Z2',
    property: 'authenticity',
    name: '封存信息未被改动',
    moments: always,
    check: ({ seal }) => {
      if (seal === null) return ['unchecked', '没有另存的封存校验值可以对照。']
      return seal.recorded === seal.actual
        ? ['met', `元数据校验值与封存时登记的一致（${seal.actual.slice(0, 16)}…）。`]
        : ['unmet', `元数据校验值 ${seal.actual.slice(0, 16)}… 与封存时登记的 ${seal.recorded.slice(0, 16)}… 不符。`]
    },
  },
  {
    code: 'Z3',
    property: 'authenticity',
    name: '元数据格式规范',
    moments: always,
    check: ({ file, packageProblems }) => {
      const wrong = (packageProblems ?? []).filter((it) => it.kind === 'metadata')
      if (wrong.length > 0) return ['unmet', listed(wrong.map((it) => it.message))]
      return file === null ? ['unmet', '元数据无法读取。'] : ['met', '各项元数据的类型、长度、格式和值域符合规定。']
    },
  },
  {
    code: 'Z4',
    property: 'authenticity',
    name: '元数据与内容一致',
    moments: always,
    check: ofContents(
      (item, found) => {
        if (found.bytes !== null && found.bytes !== item.content.bytes) return false
        return found.mediaType === null ? null : found.mediaType === item.content.mediaType
      },
      {
        met: (n) => `${n} 件的格式和字节数与内容一致。`,
        unmet: '登记的格式或字节数与内容不符',
        unchecked: '没有按内容判断格式',
      },
    ),
  },
  {
    code: 'Z5',
    property: 'authenticity',
    name: '存储位置与登记一致',
    moments: always,
    check: ofContents((_, found) => found.bytes !== null, {
      met: (n) => `${n} 件均在登记的位置。`,
      unmet: '不在登记的位置',
      unchecked: '没有查找',
    }),
  },
  {
    code: 'Z6',
    property: 'authenticity',
    name: '封装包结构规范',
    moments: later,
    check: ofPackage(
      ['structure', 'manifest', 'size', 'name', 'duplicate', 'missing'],
      '包的结构和清单符合 BagIt（RFC 8493）。',
    ),
  },
  {
    code: 'Z7',
    property: 'authenticity',
    name: '接收包与发送包一致',
    moments: ['transfer'],
    check: ({ delivery }) => {
      if (delivery === null) return ['unchecked', '没有移交方给出的整包校验值可以对照。']
      return delivery.sent.sha256 === delivery.received.sha256
        ? ['met', '整包校验值与移交方登记的一致。']
        : ['unmet', '整包校验值与移交方登记的不符，请重新取得。']
    },
  },
  {
    code: 'W1',
    property: 'integrity',
    name: '必备元数据齐全',
    moments: always,
    check: ofFile((file) => {
      const missing = [
        ...Object.entries({
          档号: file.number,
          题名: file.title,
          责任者: file.keeper.name,
          归档对象: file.subject.name,
          保管期限: file.retention,
          封存人: file.seal.by,
        }).flatMap(([name, value]) => (value.trim() === '' ? [name] : [])),
        ...file.items.flatMap((it) =>
          it.title.trim() === '' || it.place.trim() === '' ? [`第 ${it.number} 件的题名或材料类别`] : [],
        ),
      ]
      return missing.length > 0 ? ['unmet', `缺少：${listed(missing)}`] : ['met', '必备元数据齐全。']
    }),
  },
  {
    code: 'W2',
    property: 'integrity',
    name: '件号连续',
    moments: always,
    check: ofFile(({ items }) => {
      const at = items.findIndex((it, place) => it.number !== place + 1)
      if (items.length === 0) return ['unmet', '没有归档文件。']
      return at === -1
        ? ['met', `件号从 1 到 ${items.length} 连续。`]
        : ['unmet', `件号在第 ${at + 1} 件处不连续（${items[at]?.number}）。`]
    }),
  },
  {
    code: 'W3',
    property: 'integrity',
    name: '过程信息齐全',
    moments: always,
    check: ofFile(({ deeds, items }) => {
      if (deeds.length === 0) return ['unmet', '没有归档过程的记录。']
      const nameless = items.filter((it) => it.content.filedBy.trim() === '')
      return nameless.length > 0
        ? ['unmet', `没有归档人：${listed(nameless.map(named))}`]
        : ['met', `有 ${deeds.length} 条过程记录，每件都有归档人和时间。`]
    }),
  },
  {
    code: 'W4',
    property: 'integrity',
    name: '每件都有内容',
    moments: always,
    check: ofContents((_, found) => found.bytes !== null && found.bytes > 0, {
      met: (n) => `${n} 件都有内容文件。`,
      unmet: '没有内容文件，或文件是空的',
      unchecked: '没有查找',
    }),
  },
  {
    code: 'W5',
    property: 'integrity',
    name: '数量与移交清单一致',
    moments: ['transfer'],
    check: ({ delivery }) => {
      if (delivery === null) return ['unchecked', '没有移交清单可以对照。']
      const [sent, received] = [delivery.sent.count, delivery.received.count]
      if (sent === null || received === null) return ['unchecked', '没有移交清单可以对照。']
      const of = (it: typeof sent) => `${it.items} 件 ${it.bytes} 字节`
      return sent.items === received.items && sent.bytes === received.bytes
        ? ['met', `实收 ${of(received)}，与移交清单一致。`]
        : ['unmet', `实收 ${of(received)}，移交清单为 ${of(sent)}。`]
    },
  },
  {
    code: 'W6',
    property: 'integrity',
    name: '页号连续',
    moments: always,
    check: ofFile((file) => {
      const counted = file.items.filter((it) => it.pages !== null)
      if (counted.length === 0) return ['notApplicable', '没有按页计数的文件。']
      const broken = brokenPage(counted)
      return broken === undefined
        ? ['met', `共 ${pagesOf(file)} 页，页号连续。`]
        : ['unmet', `${named(broken)}的起始页号（${broken.firstPage ?? '无'}）与前面的页数接不上。`]
    }),
  },
  {
    code: 'K1',
    property: 'usability',
    name: '元数据可读',
    moments: always,
    check: ({ file }) => (file === null ? ['unmet', '元数据无法读取。'] : ['met', '元数据可以正常读取。']),
  },
  {
    code: 'K2',
    property: 'usability',
    name: '内容可以打开',
    moments: always,
    check: ofContents((_, found) => found.opens, {
      met: (n) => `${n} 件都能打开。`,
      unmet: '打不开',
      unchecked: '没有试着打开',
    }),
  },
  {
    code: 'K3',
    property: 'usability',
    name: '格式适合长期保存',
    moments: always,
    check: ofFile(({ items }) => {
      const others = items.filter((it) => !lasting.includes(it.content.mediaType))
      return others.length === 0
        ? ['met', '均为 PDF、OFD、TIFF、JPEG、PNG、TXT 或 XML。']
        : ['unmet', `不是长期保存格式：${listed(others.map(named))}请另存为 PDF/A 后一并归档。`]
    }),
  },
  {
    code: 'K4',
    property: 'usability',
    name: '软硬件环境信息齐全',
    moments: always,
    check: ofFile(({ software: { name, version, environment } }) =>
      [name, version, environment].some((it) => it.trim() === '')
        ? ['unmet', '没有记录形成系统的名称、版本或运行环境。']
        : ['met', `由${name} ${version}（${environment}）形成。`],
    ),
  },
  {
    code: 'K5',
    property: 'usability',
    name: '没有加密或专有压缩',
    moments: always,
    check: (it) => {
      const wrong = (it.packageProblems ?? []).filter((one) => ['encrypted', 'compression'].includes(one.kind))
      if (wrong.length > 0) return ['unmet', listed(wrong.map(told))]
      return ofContents((_, found) => (found.isEncrypted === null ? null : !found.isEncrypted), {
        met: (n) => `${n} 件均未加密。`,
        unmet: '加了密码',
        unchecked: '没有检查是否加密',
      })(it)
    },
  },
  {
    code: 'A1',
    property: 'security',
    name: '没有病毒和恶意代码',
    moments: always,
    check: ofContents((_, found) => (found.scan === null ? null : found.scan === 'clean'), {
      met: (n) => `${n} 件均经扫描，没有发现病毒。`,
      unmet: '发现病毒',
      unchecked: '没有接入病毒扫描程序，未经扫描',
    }),
  },
  {
    code: 'A2',
    property: 'security',
    name: '没有归档范围以外的文件',
    moments: later,
    check: ofPackage(['added', 'hidden', 'link', 'bomb'], '包内没有清单以外的文件。'),
  },
  {
    code: 'A3',
    property: 'security',
    name: '载体可读',
    moments: later,
    check: ofPackage(['damaged'], '包内文件都能完整读出。'),
  },
  {
    code: 'A4',
    property: 'security',
    name: '过程中没有非授权改动',
    moments: always,
    check: ({ packageProblems, isJournalWhole }) => {
      const altered = (packageProblems ?? []).filter((it) => ['altered', 'damaged', 'size'].includes(it.kind))
      if (altered.length > 0) return ['unmet', listed(altered.map(told))]
      if (isJournalWhole === false) return ['unmet', '操作记录的封存链不完整。']
      if (isJournalWhole === true) return ['met', '操作记录的封存链完好。']
      return packageProblems === null ? ['unchecked', '没有核验操作记录。'] : ['met', '包内文件自封装以来没有改动。']
    },
  },
  {
    code: 'A5',
    property: 'security',
    name: '密级不超过系统许可',
    moments: always,
    check: ofFile(({ secrecy }) =>
      secrecy === '无' ? ['met', '不涉密。'] : ['unmet', `登记的密级为“${secrecy}”，本系统严禁处理涉密信息。`],
    ),
  },
]

/** What an archive can still open in decades: PDF, OFD (GB/T 33190), pictures, plain text. */
const lasting: readonly string[] = [
  'application/pdf',
  'application/ofd',
  'image/tiff',
  'image/jpeg',
  'image/png',
  'text/plain',
  'text/xml',
  'application/xml',
]

/** The first item whose pages do not begin where those before end. */
function brokenPage(items: readonly SealedItem[]): SealedItem | undefined {
  let next = 1
  return items.find((it) => {
    const isRight = it.firstPage === next
    next += it.pages ?? 0
    return !isRight
  })
}
