import { createHash } from 'node:crypto'
import mammoth from 'mammoth'
import sanitize from 'sanitize-html'
import { limits, tooMuchToShow } from '../pages/limits.ts'
import type { ImportedPicture, WordArticle } from '../pages/tasks.ts'
import { readDocument, shownPictures } from '../pages/word.ts'
import { inOneLine, visible } from '../visible-text.ts'
import { linkProblem, maxAlt, maxFootnote, maxSpan } from './document-schema.ts'

/**
 * Reads a Word document (.docx) for the editor: HTML of the tags that the editor knows, and the pictures that are in it, each of which
 * stands in the HTML as `<img data-picture="n">`, n its place in `pictures` from 0; a footnote as `<span data-footnote="…">`. What was
 * left out is told in the remarks. Refuses what `readWord` refuses. To be called in the reading process only.
 */
export async function readDocx(bytes: Buffer): Promise<WordArticle> {
  return readDocument(bytes, async (document) => {
    const taken = pictureTaking()
    const { value } = await mammoth.convertToHtml(document, {
      convertImage: taken.converter,
      includeEmbeddedStyleMap: false,
      styleMap: ['u => u', "p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
    })
    if (value.length > limits.maxHtmlBytes) throw tooMuchToShow()
    const html = harmless(levelled(withFootnotes(value)))
    return { html, pictures: taken.pictures, remarks: taken.remarks() }
  })
}

/** Takes each picture once, however often it is shown, and no more than there is room for. */
function pictureTaking() {
  const pictures: ImportedPicture[] = []
  const places = new Map<string, number>()
  let room = limits.maxArticlePictureBytes
  let [foreign, beyond] = [0, 0]
  // They are all asked for at once, and read one by one.
  let turn: Promise<unknown> = Promise.resolve()
  const take = async (image: PictureInWord): Promise<number | undefined> => {
    if (!shownPictures.has(image.contentType)) {
      foreign += 1
      return undefined
    }
    const bytes = await image.readAsBuffer()
    const digest = createHash('sha256').update(bytes).digest('hex')
    const known = places.get(digest)
    if (known !== undefined) return known
    if (pictures.length >= limits.maxArticlePictures || bytes.length > room) {
      beyond += 1
      return undefined
    }
    room -= bytes.length
    const place = pictures.length
    places.set(digest, place)
    const name = `图片${place + 1}.${image.contentType.replace(/^image\//, '').replace('jpeg', 'jpg')}`
    pictures.push({ name, type: image.contentType, bytes: new Uint8Array(bytes) })
    return place
  }
  const converter = mammoth.images.imgElement((image) => {
    const mine = turn.then(() => take(image))
    turn = mine.catch(() => {})
    return mine.then((place) => ({ src: place === undefined ? '' : `${pictureScheme}${place}` }))
  })
  const remarks = () => [
    ...(foreign > 0
      ? [`有 ${foreign} 张图片的格式无法在网页中显示（如 EMF、WMF），没有导入。请另存为 PNG 后插入。`]
      : []),
    ...(beyond > 0 ? [`图片过多或过大，有 ${beyond} 张没有导入。请压缩后逐张插入。`] : []),
  ]
  return { converter, pictures, remarks }
}

interface PictureInWord {
  contentType: string
  readAsBuffer(): Promise<Buffer>
}

const pictureScheme = 'picture:'

/** Mammoth lists the footnotes at the end, with links to and fro; the editor keeps each in its place. */
function withFootnotes(html: string): string {
  const notes = new Map<string, string>()
  const body = html.replace(/<li id="((?:foot|end)note-\d+)">([\s\S]*?)<\/li>/g, (_, id: string, inside: string) => {
    notes.set(id, inside.replace(/<a href="#(?:foot|end)note-ref-\d+">↑<\/a>/g, '').replace(/<[^>]*>/g, ' '))
    return ''
  })
  if (notes.size === 0) return html
  return body
    .replace(/<ol>\s*<\/ol>/g, '')
    .replace(/(?:<sup>)+<a href="#((?:foot|end)note-\d+)"[^>]*>\[\d+\]<\/a>(?:<\/sup>)+/g, (_, id: string) => {
      // It is HTML already, in which a quotation mark within a text may stand as it is.
      const text = inOneLine(visible(notes.get(id) ?? ''))
      return text ? `<span data-footnote="${text.replaceAll('"', '&quot;')}"></span>` : ''
    })
}

/** The editor begins with headings of the second level; the first is the title of the page. */
function levelled(html: string): string {
  const step = /<h1[ >]/.test(html) ? 1 : 0
  return html.replace(/<(\/?)h([1-6])([ >])/g, (_, end: string, level: string, rest: string) => {
    return `<${end}h${Math.min(Number(level) + step, 4)}${rest}`
  })
}

const spans = (attribs: sanitize.Attributes): sanitize.Attributes =>
  Object.fromEntries(
    ['colspan', 'rowspan'].flatMap((it) => {
      const span = Math.min(Number(attribs[it] ?? 1), maxSpan)
      return span > 1 ? [[it, String(span)]] : []
    }),
  )

/** Only tags that the editor knows. */
const harmless = (html: string): string =>
  sanitize(html, {
    allowedTags: [
      ...['p', 'br', 'h2', 'h3', 'h4', 'strong', 'em', 'u', 's', 'sup', 'sub', 'a', 'span', 'blockquote'],
      ...['ul', 'ol', 'li', 'table', 'tbody', 'tr', 'td', 'th', 'img'],
    ],
    allowedAttributes: {
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      a: ['href'],
      span: ['data-footnote'],
      img: ['data-picture', 'alt'],
    },
    transformTags: {
      td: (tagName, attribs) => ({ tagName, attribs: spans(attribs) }),
      th: (tagName, attribs) => ({ tagName, attribs: spans(attribs) }),
      a: (tagName, { href = '' }) => ({ tagName, attribs: linkProblem(href) === undefined ? { href } : {} }),
      span: (tagName, { 'data-footnote': note }) => ({
        tagName,
        attribs: note === undefined ? {} : { 'data-footnote': note.slice(0, maxFootnote) },
      }),
      img: (tagName, { src = '', alt = '' }) => ({
        tagName,
        attribs: src.startsWith(pictureScheme)
          ? {
              'data-picture': src.slice(pictureScheme.length),
              alt: inOneLine(visible(alt)).slice(0, maxAlt),
            }
          : {},
      }),
    },
    exclusiveFilter: ({ tag, attribs }) => {
      if (tag === 'img') return attribs['data-picture'] === undefined
      const isEmptyShell =
        (tag === 'a' && attribs.href === undefined) || (tag === 'span' && attribs['data-footnote'] === undefined)
      return isEmptyShell && 'excludeTag'
    },
    textFilter: (text) => visible(text),
  })
