import { type RawEntry, rawZip } from './raw-zip.ts'

/** Packages of SCORM as authoring programs make them, small, and as wrong as somebody likes. */

export interface Item {
  id: string
  title: string
  href: string
  launchData?: string
  masteryScore?: string
  items?: Item[]
}

const flat = (items: readonly Item[]): Item[] => items.flatMap((it) => [it, ...flat(it.items ?? [])])

/** The list of contents of a package of SCORM 1.2. */
export const manifest12 = (
  items: readonly Item[],
  title = '党章导读',
): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" version="1.2" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>${title}</title>${written(items)}</organization></organizations>
  <resources>${resources(items, 'adlcp:scormtype')}</resources>
</manifest>`

/** The same of SCORM 2004. */
export const manifest2004 = (items: readonly Item[], title = '党史专题'): string => `<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>${title}</title>${written(items)}</organization></organizations>
  <resources>${resources(items, 'adlcp:scormType')}</resources>
</manifest>`

const written = (items: readonly Item[]): string =>
  items
    .map(
      (
        it,
      ) => `<item identifier="${it.id}" ${it.href === '' ? '' : `identifierref="r-${it.id}"`}><title>${it.title}</title>
      ${it.launchData === undefined ? '' : `<adlcp:datafromlms>${it.launchData}</adlcp:datafromlms>`}
      ${it.masteryScore === undefined ? '' : `<adlcp:masteryscore>${it.masteryScore}</adlcp:masteryscore>`}
      ${written(it.items ?? [])}</item>`,
    )
    .join('')

const resources = (items: readonly Item[], type: string): string =>
  flat(items)
    .filter((it) => it.href !== '')
    .map((it) => `<resource identifier="r-${it.id}" type="webcontent" ${type}="sco" href="${it.href}"/>`)
    .join('')

/** A zip file of these files. */
export const packed = (
  files: Readonly<Record<string, string | Buffer>>,
  more: readonly RawEntry[] = [],
): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    rawZip([
      ...Object.entries(files).map(([name, content]) => ({ name, method: 8, content: Buffer.from(content) })),
      ...more,
    ]),
  )

/** A page that says its name, and runs a script where one is given. */
export const page = (title: string, script = ''): string =>
  `<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${script === '' ? '' : `<script>${script}</script>`}</body></html>`

/** A package of one page of SCORM 1.2. */
export const simplePackage = (
  script = '',
  others: Readonly<Record<string, string | Buffer>> = {},
): Uint8Array<ArrayBuffer> =>
  packed({
    'imsmanifest.xml': manifest12([{ id: 'one', title: '第一课', href: 'index.html' }]),
    'index.html': page('第一课', script),
    ...others,
  })
