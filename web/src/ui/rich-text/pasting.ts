import type { EditorView } from '@tiptap/pm/view'
import { cleanPasted } from './cleanPasted.ts'
import { leaveBlock } from './inserting.ts'
import { standAlone } from './standAlone.ts'

/** What came with a paste beside its text. */
export interface Arrived {
  /** Pictures under the names by which nodes of the document wait for them. */
  pictures: ReadonlyMap<string, File>
  /** What was left out, in Chinese. */
  remarks: string[]
}

/** What the editor puts into the clipboard itself. */
const own = /\bdata-pm-slice=/

/**
 * Puts into the document what comes from elsewhere, cleaned. False where it is for the editor itself to do: its own parts, plain text.
 */
export function pasteInto(view: EditorView, data: DataTransfer | null, onArrived: (it: Arrived) => void): boolean {
  const html = data?.getData('text/html') ?? ''
  if (own.test(html)) return false
  const files = [...(data?.files ?? [])].filter((it) => /^image\/(png|jpeg|gif|webp)$/.test(it.type))
  const pasted = cleanPasted(html)
  // Word and Excel put a picture of the text beside the text.
  if (pasted.html !== '') {
    const pictures = pasted.pictures.map(({ dataUrl }, at) => fileOf(dataUrl, `粘贴的图片${at + 1}`))
    insertHtml(view, { html: pasted.html, pictures, remarks: leftOut(pasted) }, onArrived)
    return true
  }
  if (files.length === 0) return false
  const places = files.map((_, at) => `<img data-upload="${at}">`).join('')
  insertHtml(view, { html: places, pictures: files, remarks: [] }, onArrived)
  return true
}

/** Names what is on its way. */
let batches = 0

/** Puts cleaned HTML at the cursor; its `<img data-upload="n">` or `<img data-picture="n">` wait for the nth of the pictures. */
export function insertHtml(
  view: EditorView,
  { html, pictures, remarks }: { html: string; pictures: readonly File[]; remarks: readonly string[] },
  onArrived: (it: Arrived) => void,
): void {
  const source = new DOMParser().parseFromString(html, 'text/html')
  const waiting = new Map<string, File>()
  batches += 1
  const batch = `${batches}`
  for (const it of source.querySelectorAll('img')) {
    const at = it.dataset.upload ?? it.dataset.picture ?? ''
    const file = pictures[Number(at)]
    if (at === '' || !file) it.remove()
    else {
      it.dataset.upload = `${batch} ${at}`
      standAlone(it)
      waiting.set(`${batch} ${at}`, file)
    }
  }
  view.dispatch(leaveBlock(view.state.tr))
  view.pasteHTML(source.body.innerHTML)
  view.dispatch(leaveBlock(view.state.tr))
  onArrived({ pictures: waiting, remarks: [...remarks] })
}

function leftOut({ remote, unreachable }: { remote: readonly string[]; unreachable: number }): string[] {
  const named = remote.map((it) => (it.length > 80 ? `${it.slice(0, 80)}…` : it)).slice(0, 5)
  const more = remote.length > named.length ? ` 等 ${remote.length} 张` : ''
  return [
    ...(remote.length > 0 ? [`网页上的图片没有带入，请先下载，再用“图片”按钮插入：${named.join('、')}${more}`] : []),
    ...(unreachable > 0
      ? [`原文件中的 ${unreachable} 张图片无法随文字粘贴。请在原文件中逐张复制后粘贴，或使用“导入 Word”。`]
      : []),
  ]
}

function fileOf(dataUrl: string, name: string): File {
  const [head = '', content = ''] = dataUrl.split(',')
  const type = /^data:([^;]*)/.exec(head)?.[1] ?? ''
  const bytes = Uint8Array.from(safeAtob(content), (it) => it.charCodeAt(0))
  return new File([bytes], `${name}.${type.replace(/^image\//, '').replace('jpeg', 'jpg')}`, { type })
}

/** What is damaged is refused by the server, as a picture of nothing. */
function safeAtob(content: string): string {
  try {
    return atob(content.replace(/\s+/g, ''))
  } catch {
    return ''
  }
}
