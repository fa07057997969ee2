import { characterCount, isBlank, mediaIds, nodesOf } from '../../platform/rich-text/reading-schema.ts'
import type { StoredItem } from '../media/queries.ts'
import { coverSizes, draftLimits } from './draft-limits-schema.ts'
import type { ArticleText, KitCheck } from './schema.ts'

/** What is looked at of an article. */
export interface Checked {
  text: ArticleText
  isOpen: boolean
  media: ReadonlyMap<string, StoredItem>
  html: string
  linksAtEnd: readonly string[]
}

/**
 * What a person has to know before an article goes to a 公众号: `must` is what would be refused or lost there, `look` what somebody
 * looks at and decides.
 */
export function checkKit({ text, isOpen, media, html, linksAtEnd }: Checked): KitCheck[] {
  const { title, summary, byline, body, cover } = text
  const used = mediaIds(body).map((id) => media.get(id))
  const nodes = [...nodesOf(body)]
  const found: (KitCheck | false)[] = [
    title.length === 0 && must('title', '没有标题。'),
    tooLong('title', '标题', title, draftLimits.titleCharacters),
    tooLong('author', '作者', byline.author, draftLimits.authorCharacters),
    tooLong('summary', '摘要', summary, draftLimits.digestCharacters),
    summary === '' && look('summary', `没有摘要，公众号会取正文前 ${draftLimits.digestTaken} 个字。`),
    isBlank(body) && must('body', '没有正文。'),
    html.length >= draftLimits.contentCharacters &&
      must(
        'body',
        `排版后的正文有 ${html.length} 个字符，通过接口推送须少于 ${draftLimits.contentCharacters} 个。请拆成两篇，或复制到公众号后台。`,
      ),
    Buffer.byteLength(html) >= draftLimits.contentBytes && must('body', '排版后的正文超过 1 MB。请拆成两篇。'),
    cover === null && must('cover', '没有封面图。请选一张图，系统会裁成 900 × 383 和 200 × 200 两种。'),
    ...coverChecks(text, media),
    nodes.some((it) => it.type === 'video') && look('video', '视频不能随稿件带过去，请在公众号后台插入。'),
    nodes.some((it) => it.type === 'picture' && it.attrs.alt === '') &&
      look('alt', '有图片没有替代文字，看不见图的读者不知道图上是什么。'),
    linksAtEnd.length > 0 &&
      look('links', `公众号文章只能链接到公众号自己的文章，另外 ${linksAtEnd.length} 个网址列在文末。`),
    used.some((it) => it === undefined || it.withdrawnAt !== null) &&
      must('gone', '正文中有图片或视频已经撤下，请换掉。'),
    used.some((it) => it?.showsPersons === 'unknown') &&
      look('consent', '有图片或视频还没有说明里面有没有能认出的人。拍到了人的，请先问过本人是否同意公开。'),
    !isOpen && look('closed', '这篇稿件仅登录后可见，放到公众号上就人人可见。'),
  ]
  return found.filter((it) => it !== false)
}

/** How long an article is, for the head of the kit: characters of the text, and pictures. */
export const sizeOf = ({ body }: ArticleText): { characters: number; pictures: number } => ({
  characters: characterCount(body),
  pictures: [...nodesOf(body)].filter((it) => it.type === 'picture').length,
})

function coverChecks({ cover }: ArticleText, media: ReadonlyMap<string, StoredItem>): KitCheck[] {
  const item = cover ? media.get(cover.mediaId) : undefined
  if (!cover) return []
  if (!item || item.withdrawnAt !== null) return [must('cover', '封面图已经撤下，请另选一张。')]
  if (item.kind !== 'picture') return [must('cover', `封面“${item.fileName}”不是图片，请另选一张。`)]
  return (['wide', 'square'] as const).flatMap((shape) => {
    const { width, height } = coverSizes[shape]
    const part = cover[shape] ?? { width: 1, height: 1 }
    const [across, down] = [(item.width ?? 0) * part.width, (item.height ?? 0) * part.height]
    return across < width || down < height
      ? [look('cover', `封面图太小，裁成 ${width} × ${height} 会模糊。请换一张更大的，或裁得宽一些。`)]
      : []
  })
}

const tooLong = (code: string, what: string, text: string, most: number): KitCheck | false =>
  [...text].length > most && must(code, `${what}有 ${[...text].length} 个字，公众号最多 ${most} 个。`)

const must = (code: string, text: string): KitCheck => ({ code, weight: 'must', text })
const look = (code: string, text: string): KitCheck => ({ code, weight: 'look', text })
