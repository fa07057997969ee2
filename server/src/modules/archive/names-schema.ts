import type { DocumentNature } from './schema.ts'

/** The words of the office for the codes of this module. Pages load this file by value, so it brings no schema library. */

export { momentNames, propertyNames, resultNames } from '../../platform/packages/four-property-names.ts'

export const natureNames: Readonly<Record<DocumentNature, string>> = {
  original: '原件',
  copy: '复印件',
  electronic: '电子文件',
}

/** What the nightly look at a content found, where it is not sound. */
export const soundnessNames = { missing: '内容缺失', changed: '内容被改动或损坏' } as const

/** What became of a document of a package that was taken over. */
export { fateNames } from '../../platform/packages/fate-names.ts'

/** A number of a closed file (档号) as the pattern writes it, the serial with at least four figures. */
export const writtenNumber = (
  pattern: string,
  { organization, year, serial }: { organization: string; year: number; serial: number },
): string =>
  pattern
    .replaceAll('〔组织〕', organization)
    .replaceAll('〔年度〕', String(year))
    .replaceAll('〔序号〕', String(serial).padStart(4, '0'))
