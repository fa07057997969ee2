import type { Readable } from 'node:stream'
import type { Paper } from '../papers/official-paper.ts'
import { dayInChina } from '../today.ts'
import { writeCatalogue } from './catalogue.ts'
import { cataloguePaper } from './catalogue-paper.ts'
import type { FourPropertyReport } from './four-properties.ts'
import { momentNames, propertyNames, resultNames } from './four-property-names.ts'
import { nameOf } from './names.ts'
import type { SealedItem } from './sealed-file.ts'
import { readSealedFile } from './sealed-file-xml.ts'
import { type WrittenBag, writeBagFile } from './write-bag.ts'

/** Where the metadata of a closed file lie in its package. */
export const metadataPath = 'metadata/metadata.xml'

/** What goes into a package. */
export interface Packing {
  /** As they were sealed. */
  metadata: string
  /** The examination at filing. */
  report: FourPropertyReport
  /** Opens the content of an item. */
  open: (item: SealedItem) => Promise<Readable> | Readable
  /** Prints the catalogue. */
  print: (paper: Paper) => Promise<Uint8Array>
}

/**
 * Writes a closed file as a package: its contents, its metadata, its catalogue, as a workbook and printed, and the report on its four properties. The same
 * seal gives the same bytes. Refuses where a content is not the sealed one.
 */
export async function packFile({ metadata, report, open, print }: Packing, target: string): Promise<WrittenBag> {
  const file = readSealedFile(metadata)
  const { number, title, keeper, seal, software } = file
  return writeBagFile(
    {
      name: nameOf(seal.version === 1 ? number : `${number}-${seal.version}`),
      madeAt: new Date(seal.at),
      labels: [
        ['Source-Organization', keeper.name],
        ['External-Identifier', number],
        ['External-Description', title],
        ['Bagging-Date', dayInChina(new Date(seal.at))],
        ['Bag-Software-Agent', `${software.name} ${software.version}`],
      ],
      payload: file.items.map((item) => ({
        path: item.path,
        bytes: item.content.bytes,
        sha256: item.content.sha256,
        mediaType: item.content.mediaType,
        open: () => open(item),
      })),
      tags: [
        { path: metadataPath, content: metadata },
        { path: 'metadata/目录.xlsx', content: await writeCatalogue(file) },
        { path: 'metadata/目录.pdf', content: await print(cataloguePaper(file)) },
        { path: 'metadata/四性检测.json', content: `${JSON.stringify(inChinese(report), null, 2)}\n` },
      ],
    },
    target,
  )
}

const inChinese = ({ moment, checks }: FourPropertyReport) => ({
  检测环节: momentNames[moment],
  检测项目: checks.map((it) => ({
    编号: it.code,
    属性: propertyNames[it.property],
    项目: it.name,
    结果: resultNames[it.result],
    依据: it.evidence,
  })),
})
