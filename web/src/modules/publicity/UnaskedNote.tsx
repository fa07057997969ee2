import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ArticleText, UsedMedium } from '@zhibu/server/modules/publicity/schema'
import { nodesOf } from '@zhibu/server/platform/rich-text/reading-schema'
import { usedMediaQuery } from './api.ts'
import classes from './Publicity.module.css'

/** Of which pictures and films of an article nobody has noted that those who are shown agree, and which were withdrawn. */
export function UnaskedNote({ articleId, text }: { articleId: string; text: ArticleText }) {
  const { data } = useQuery(usedMediaQuery(articleId))
  const gone = data?.items.filter((it) => it.isWithdrawn) ?? []
  // What stands in the text tells more than the name of a file.
  const words = new Map(
    [...nodesOf(text.body)].flatMap((it) =>
      it.type === 'picture' ? [[it.attrs.mediaId, it.attrs.alt || it.attrs.caption] as const] : [],
    ),
  )
  const nameOf = (it: UsedMedium) => words.get(it.id) || it.altText || it.fileName
  const unasked = data?.items.filter((it) => it.showsPersons === 'unknown' && !it.isWithdrawn) ?? []
  return (
    <>
      {gone.length > 0 && (
        <Alert color="red" title="这些素材已经撤下，请换掉">
          {gone.map(nameOf).join('、')}
        </Alert>
      )}
      {unasked.length > 0 && (
        <Alert color="yellow" title={`有 ${unasked.length} 张图片或视频，没有注明出镜的人是否同意公开`}>
          <ul className={classes.thumbs}>
            {unasked.map((it) => (
              <li key={it.id}>
                {it.kind === 'picture' && (
                  <img src={`/api/publicity/articles/${articleId}/media/${it.id}?width=480`} alt="" loading="lazy" />
                )}
                <span>{nameOf(it)}</span>
              </li>
            ))}
          </ul>
          请先问过再公开，由上传的人在
          <a href="/media" target="_blank" rel="noreferrer">
            素材
          </a>
          里注明。
        </Alert>
      )}
    </>
  )
}
