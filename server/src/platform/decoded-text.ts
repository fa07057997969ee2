/** The text in a file, in UTF-16 with its mark, in strict UTF-8, or else in GB 18030; undefined where it is none of them. */
export function decodedText(bytes: Uint8Array): string | undefined {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  for (const encoding of isUtf16 ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: !isUtf16 }).decode(bytes)
    } catch {
      // The next encoding may fit.
    }
  }
  return undefined
}
