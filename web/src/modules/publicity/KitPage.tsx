import { Alert, Badge, Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { coverSizes, draftLimits } from '@zhibu/server/modules/publicity/draft-limits-schema'
import type { ArticleView, KitView } from '@zhibu/server/modules/publicity/schema'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { articleQuery, copyQuery, kitQuery } from './api.ts'
import { copyRichText, textOf } from './copying.ts'
import { coverNames } from './covers.ts'
import classes from './Kit.module.css'
import { KitChecks } from './KitChecks.tsx'
import { KitPreview } from './KitPreview.tsx'
import { PushedDrafts } from './PushedDrafts.tsx'

const route = getRouteApi('/signed-in/publicity/$articleId/kit')

/** 公众号排版: an article as its readers see it in a 公众号, what to mend before, and the ways there. */
export function KitPage() {
  const { articleId } = route.useParams()
  const article = useQuery(articleQuery(articleId))
  const kit = useQuery(kitQuery(articleId))
  const it = article.data?.value
  const error = it && kit.data ? null : (article.error ?? kit.error)
  return (
    <Page
      title="公众号排版"
      breadcrumbs={[
        { label: '宣传', to: '/publicity' },
        { label: it?.title ?? '…', to: `/publicity/${articleId}` },
      ]}
      subtitle={
        kit.data && (
          <>
            正文 {kit.data.characters} 字，图片 {kit.data.pictures} 张{' '}
            <Badge variant="default">{kit.data.isApproved ? '审核已通过' : '还没有审核通过'}</Badge>
          </>
        )
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([article.refetch(), kit.refetch()])} />
      ) : !it || !kit.data ? (
        <PageLoading />
      ) : (
        <Opened it={it} kit={kit.data} />
      )}
    </Page>
  )
}

function Opened({ it, kit }: { it: ArticleView; kit: KitView }) {
  return (
    <>
      {!kit.isApproved ? (
        <Alert color="yellow" title="还没有审核通过">
          这里是正在写的内容，可以先看排版。审核通过以后再发到公众号。
        </Alert>
      ) : (
        it.isBeingCorrected && (
          <Alert color="blue" title="稿件正在更正">
            这里是已经审核通过的内容。更正的部分审核通过以后，才会出现在这里。
          </Alert>
        )
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Taking it={it} kit={kit} />
          <KitChecks it={it} checks={kit.checks} />
          <Fields kit={kit} />
          <Covers covers={kit.covers} />
        </div>
        <KitPreview kit={kit} />
      </div>
    </>
  )
}

function Taking({ it, kit }: { it: ArticleView; kit: KitView }) {
  const ready = useQuery(copyQuery(kit.html))
  const copy = useMutation({ mutationFn: (html: string) => copyRichText(html, textOf(kit.html)) })
  return (
    <Section title="发到公众号" lead="系统只送到草稿箱，不代发。请在公众号后台看过，再由人发布。">
      <div className={`${classes.buttons} no-print`}>
        <Button
          loading={ready.isFetching}
          onClick={() => (ready.data === undefined ? void ready.refetch() : copy.mutate(ready.data))}
        >
          复制到公众号
        </Button>
        <DownloadLink href={`/api/publicity/articles/${it.id}/kit/packet.zip`}>下载文件包</DownloadLink>
      </div>
      {copy.isSuccess && (
        <Alert color="green" title="已经复制，连同图片" role="status">
          请到公众号后台新建图文，在正文中粘贴，再填标题、作者、摘要，上传封面。粘贴以后看一遍图片；没有带过去的，从文件包的“图片”文件夹中插入。
        </Alert>
      )}
      <ProblemNote error={copy.error ?? ready.error} />
      <PushedDrafts articleId={it.id} kit={kit} />
    </Section>
  )
}

function Fields({ kit: { title, author, digest } }: { kit: KitView }) {
  return (
    <Section title="标题、作者和摘要">
      <DescriptionList
        items={[
          { label: '标题', value: <Counted text={title} most={draftLimits.titleCharacters} /> },
          { label: '作者', value: <Counted text={author} most={draftLimits.authorCharacters} /> },
          { label: '摘要', value: <Counted text={digest} most={draftLimits.digestCharacters} /> },
        ]}
      />
    </Section>
  )
}

function Counted({ text, most }: { text: string; most: number }) {
  const count = [...text].length
  return (
    <>
      {text || <span className={parts.note}>没有写</span>}{' '}
      <span className={classes.count} data-over={count > most || undefined}>
        {count} / {most} 字
      </span>
    </>
  )
}

function Covers({ covers }: { covers: KitView['covers'] }) {
  return (
    <Section title="封面">
      {covers === null ? (
        <p className={parts.note}>没有封面图。</p>
      ) : (
        <div className={classes.covers}>
          {(['wide', 'square'] as const).map((shape) => (
            <figure key={shape} className={classes.cover}>
              <img src={covers[shape]} alt={coverNames[shape]} {...coverSizes[shape]} />
              <figcaption className={parts.note}>{coverNames[shape]}</figcaption>
            </figure>
          ))}
        </div>
      )}
    </Section>
  )
}
