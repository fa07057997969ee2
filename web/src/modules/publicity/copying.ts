import { request } from '../../api.ts'
import { Problem } from '../../problem.ts'

/** The kit of an article with its pictures inside it: nobody is let in to ours from the site where it is pasted. */
export async function withPictures(html: string, read: (address: string) => Promise<string> = readPicture) {
  const addresses = [...new Set([...html.matchAll(pictures)].map(([, , address = '']) => address))]
  const readOne = async (it: string) => [it, await read(it.replaceAll('&amp;', '&'))] as const
  const inside = new Map(await Promise.all(addresses.map(readOne)))
  return html.replace(pictures, (_, before: string, address: string) => `${before}${inside.get(address)}`)
}

/** Where a picture stands in what `kitHtml` writes. */
const pictures = /(<img src=")([^"]*)/g

/** The same without its looks, a line for each paragraph. `html` is what `kitHtml` writes. */
export const textOf = (html: string): string =>
  html
    .replace(/<br>|<\/(p|tr)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|#96);/g, (_, name: string) => characters[name] ?? '')
    .trim()

const characters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#96': '`',
}

/**
 * Puts a text with its looks into the clipboard; called on a click, and not later. The older way stands first: it is open to pages
 * without https, too, and takes the text as it is.
 */
export async function copyRichText(html: string, text: string): Promise<void> {
  if (copyOnEvent(html, text) || (await writeToClipboard(html, text).catch(() => false))) return
  throw new Problem({
    title: '浏览器没有让复制',
    detail:
      '请换用新版的 Chrome、Edge 或 Firefox，或者允许本站使用剪贴板后再试；也可以下载文件包，打开其中的“文章.html”，全选后复制。',
    status: -1,
  })
}

function copyOnEvent(html: string, text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/html', html)
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  // Where nothing is chosen some browsers copy nothing.
  getSelection()?.selectAllChildren(document.body)
  document.addEventListener('copy', give, { once: true })
  const isCopied = document.execCommand('copy')
  document.removeEventListener('copy', give)
  getSelection()?.removeAllRanges()
  return isCopied
}

async function writeToClipboard(html: string, text: string): Promise<boolean> {
  if (!window.isSecureContext) return false
  const as = (type: string, content: string) => ({ [type]: new Blob([content], { type }) })
  await navigator.clipboard.write([new ClipboardItem({ ...as('text/html', html), ...as('text/plain', text) })])
  return true
}

async function readPicture(address: string): Promise<string> {
  const picture = await (await request(address, { headers: { accept: 'image/*' } })).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(picture)
  })
}
