import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { usedMediaQuery } from './api.ts'
import classes from './Publicity.module.css'

/** Of which pictures and films of an article nobody has noted that those who are shown agree, and which were withdrawn. */
export function UnaskedNote({ articleId }: { articleId: string }) {
  const { data } = useQuery(usedMediaQuery(articleId))
  const gone = data?.items.filter((it) => it.isWithdrawn) ?? []
  const unasked = data?.items.filter((it) => it.showsPersons === 'unknown' && !it.isWithdrawn) ?? []
  return (
    <>
      {gone.length > 0 && (
        <Alert color="red" title="这些素材已经撤下，请换掉">
          {gone.map((it) => it.altText || it.fileName).join('、')}
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
                <span>{it.altText || it.fileName}</span>
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
