/** The opening tags of this name in an XML text, with or without a prefix. */
export const tags = (xml: string, name: string): string[] =>
  xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? []

/** What an attribute of a tag says, entities resolved; empty where there is none. */
export const attribute = (tag: string, name: string): string =>
  (
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((it) => it !== undefined) ?? ''
  )
    .replace(/&#(\d+|x[\da-f]+);/gi, (_, code: string) => characterOf(Number(/^x/i.test(code) ? `0${code}` : code)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const characterOf = (code: number): string => (code <= 0x10_ffff ? String.fromCodePoint(code) : '')
