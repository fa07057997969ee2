import type { ArticleText } from '@zhibu/server/modules/publicity/schema'
import { isBlank } from '@zhibu/server/platform/rich-text/reading-schema'

/** What an article needs before it can be submitted, as the server asks for it. */
export function missingIn({ title, body, cover }: ArticleText): string[] {
  const silent = body.content.flatMap((it, at) =>
    it.type === 'picture' && it.attrs.alt === '' && it.attrs.caption === '' ? [at + 1] : [],
  )
  return [
    title.trim().length < 2 && '标题',
    isBlank(body) && '正文',
    silent.length > 0 && `第 ${silent.join('、')} 段图片的说明：图上是什么，看不到图的读者也要能知道`,
    cover !== null && cover.alt.trim() === '' && '封面画面说明',
  ].filter((it) => it !== false)
}

/** What most articles have and this one does not. */
export function hintsOf({ summary, byline, cover }: ArticleText): string[] {
  return [
    summary.trim() === '' && '没有写摘要，列表里显示正文开头',
    cover === null && '没有封面',
    byline.author === '' && byline.source === '' && '没有写作者和来源',
  ].filter((it) => it !== false)
}
