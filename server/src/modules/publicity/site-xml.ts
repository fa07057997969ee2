import { writable } from '../../platform/packages/metadata-xml.ts'

/** A text as it stands in XML, between tags and in quotes. */
export const xml = (text: string): string => writable(text).replace(/[&<>"'\r]/g, (it) => entities[it] ?? '')

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  ...{ '"': '&quot;', "'": '&#39;', '\r': '&#13;' },
}
