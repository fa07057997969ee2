import mammoth from 'mammoth'
import sanitize from 'sanitize-html'
import { Refusal } from '../refusal.ts'
import { readZipDirectory } from '../spreadsheet/zip-directory.ts'
import { visible } from '../visible-text.ts'
import { damagedDocument, limits, lockedDocument, tooMuchToShow } from './limits.ts'
import type { WordText } from './tasks.ts'

/**
 * Reads a Word document (.docx). Of its content stay texts, tables, lists and pictures that are in it; nothing that runs, and
 * nothing that would be fetched from elsewhere. Refuses old documents (.doc), locked and damaged ones, and beyond the limits.
 */
export function readWord(bytes: Buffer): Promise<WordText> {
  return readDocument(bytes, async (document) => {
    const { value: text } = await mammoth.extractRawText(document)
    const { value: html } = await mammoth.convertToHtml(document, {
      convertImage: picturesInside(),
      includeEmbeddedStyleMap: false,
    })
    if (html.length > limits.maxHtmlBytes) throw tooMuchToShow()
    return {
      html: harmless(html),
      text: visible(text)
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    }
  })
}

/** Reads in one way or another what is a sound Word document within the limits, and refuses all else. */
export async function readDocument<Read>(
  bytes: Buffer,
  read: (document: { buffer: Buffer }) => Promise<Read>,
): Promise<Read> {
  refuseOthers(bytes)
  try {
    return await read({ buffer: bytes })
  } catch (error) {
    throw error instanceof Refusal ? error : damagedDocument()
  }
}

const oldWord = () =>
  new Refusal(
    'unreadable',
    '这是旧版 Word 文档（.doc），无法在网页中查看其文字。请用 Word 或 WPS 另存为 .docx 后重新上传，或下载后查看。',
  )

function refuseOthers(bytes: Buffer): void {
  if (bytes.subarray(0, 8).equals(container)) {
    throw bytes.includes(Buffer.from('EncryptedPackage\0', 'utf16le')) ? lockedDocument() : oldWord()
  }
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') throw damagedDocument()
  const entries = directoryOf(bytes)
  if (!entries.has('word/document.xml')) throw damagedDocument()
  const unpacked = (names: RegExp) =>
    [...entries.values()].filter((it) => names.test(it.name)).reduce((sum, it) => sum + it.bytes, 0)
  // The text stands in memory as a tree.
  if (unpacked(/\.xml$/i) > limits.maxWordXmlBytes || unpacked(/./) > limits.maxWordUnpackedBytes) throw tooMuchToShow()
}

const container = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** The refusals of the directory speak of workbooks. */
function directoryOf(bytes: Buffer) {
  try {
    return readZipDirectory(bytes, { maxEntries: 4_000, maxBytes: Infinity, maxRatio: Infinity })
  } catch (error) {
    throw error instanceof Refusal ? damagedDocument() : error
  }
}

/** The picture formats that every browser shows. */
export const shownPictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

/** Puts pictures into the page itself as long as there is room: a document may show one picture ten thousand times. */
function picturesInside() {
  let room = limits.maxHtmlBytes / 2
  // They are all asked for at once, and read one by one.
  let turn: Promise<unknown> = Promise.resolve()
  return mammoth.images.imgElement((image) => {
    const read = async () => {
      if (!shownPictures.has(image.contentType) || room <= 0) return { src: '' }
      const written = await image.readAsBase64String()
      room -= written.length
      return { src: room > 0 ? `data:${image.contentType};base64,${written}` : '' }
    }
    const mine = turn.then(read)
    turn = mine.catch(() => {})
    return mine
  })
}

/** Only tags of text, and pictures that are in the document. */
const harmless = (html: string): string =>
  sanitize(html, {
    allowedTags: [
      ...['p', 'br', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 'u', 's', 'sup', 'sub'],
      ...['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'img'],
    ],
    allowedAttributes: { td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], img: ['src', 'alt'] },
    allowedSchemes: [],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
  }).replace(emptyPicture, '')

const emptyPicture = /<img(?: (?:alt="[^"]*"|src=""))* \/>/g
