import { visible } from '../visible-text.ts'

/** Longest name of a file or folder, in UTF-8 bytes: what Linux, Windows and macOS hold alike. */
const longestPart = 255

/** Longest path, in characters: Windows allows 260 together with the folder into which somebody unpacks. */
const longestPath = 200

/** Names of devices: Windows opens them in place of a file, whatever stands behind a dot. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i

/** What no name holds: characters that Windows forbids, control characters, halves of a character pair, and �, which stands for a broken one. */
const forbidden = /[<>:"|?*\\\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u

/** Marks that turn the writing round: a name with them looks like another one. */
const turning = /\p{Bidi_Control}/u

/**
 * Why a path of a package is refused, in Chinese, or null. A path has parts between slashes, is no way out of the package, and
 * can be unpacked on any system under the same name.
 */
export function nameProblem(path: string): string | null {
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return '是绝对路径'
  if (path.length > longestPath) return `路径超过 ${longestPath} 个字符`
  if (!path.isWellFormed() || forbidden.test(path)) return '含有文件名中不能使用的字符'
  if (turning.test(path)) return '含有改变文字方向的隐藏字符'
  if (path !== path.normalize('NFC')) return '文件名的字符编码形式不规范（不是 NFC）'
  for (const part of path.split('/')) {
    if (part === '') return '路径中有空的一级'
    if (part === '.' || part === '..') return '路径指向包外或含有“.”“..”'
    if (/[. ]$/.test(part) || part.startsWith(' ')) return '文件名首尾有空格，或以点结尾'
    if (devices.test(part)) return '是 Windows 的设备名'
    if (Buffer.byteLength(part) > longestPart) return '文件名过长'
  }
  return null
}

/** The same for two paths that some system takes for one: it does not tell capitals or ways of composing a character apart. */
export const nameKey = (path: string): string => path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

/** A path as a line of a manifest holds it (RFC 8493, 2.1.3): ends of lines and the percent sign are encoded, nothing else. */
export const encodePath = (path: string): string =>
  path.replace(/[%\r\n]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

/** The path that stands in a line of a manifest. */
export const decodePath = (line: string): string =>
  line.replace(/%(0D|0A|25)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/**
 * A name for a file or folder out of any text, such as a title: marks that turn the writing round, other characters that nobody
 * sees and control characters are left out, what no system holds becomes `_`, a long one is cut to `mostBytes` of UTF-8 without
 * breaking a character.
 */
export function nameOf(text: string, mostBytes = 120): string {
  const plain = visible(text)
    .normalize('NFC')
    .replace(/[/\s]+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(new RegExp(forbidden.source, 'gu'), '_')
  let name = ''
  for (const { segment } of new Intl.Segmenter('zh').segment(plain.trim())) {
    if (Buffer.byteLength(name + segment) > mostBytes) break
    name += segment
  }
  const kept = name.replace(/[. ]+$/, '')
  return kept === '' || devices.test(kept) ? `_${kept}` : kept
}
