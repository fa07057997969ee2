import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ArticleView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { publicityClient, publicityKey } from './api.ts'
import classes from './Publicity.module.css'
import { PublishDialog } from './PublishDialog.tsx'
import { Versions } from './Versions.tsx'
import { WithdrawalDialog } from './WithdrawalDialog.tsx'

interface Props {
  it: ArticleView
  etag: string
}

/** What can be done with an article, as a row of buttons. */
export function Actions({ it, etag }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendsNotices = useSession()?.can.includes('notice-sending') ?? false
  const [dialog, setDialog] = useState<'publish' | 'withdraw' | 'versions'>()
  const close = () => setDialog(undefined)
  const one = publicityClient.articles[':articleId']
  const param = { articleId: it.id }
  const changed = () => queries.invalidateQueries({ queryKey: publicityKey })
  const takeBack = useMutation({
    mutationFn: () => parseResponse(one.submission.$delete({ param })),
    onSuccess: async () => {
      await changed()
      await navigate({ to: '/publicity/$articleId/write', params: param })
    },
    onError: changed,
  })
  const cancel = useMutation({
    mutationFn: () => parseResponse(one.publication.$delete({ param })),
    onSettled: changed,
  })
  const drop = useMutation({ mutationFn: () => parseResponse(one.dropping.$post({ param })), onSettled: changed })
  const copy = useMutation({
    mutationFn: () => parseResponse(one.copies.$post({ param })),
    onSuccess: async ({ id }) => {
      await changed()
      await navigate({ to: '/publicity/$articleId/write', params: { articleId: id } })
    },
  })
  const tell = useMutation({
    mutationFn: () => parseResponse(one.notice.$post({ param })),
    onSuccess: ({ id }) => sendsNotices && navigate({ to: '/notices/$noticeId/change', params: { noticeId: id } }),
  })
  const isOnSite = it.state === 'published'
  const isSubmitted = it.submittedVersion !== null
  return (
    <div className={classes.actions}>
      <div className={`${classes.buttons} no-print`}>
        {isOnSite && it.address !== null && (
          <Button component="a" variant="default" href={it.address} target="_blank" rel="noopener">
            在网站上查看
          </Button>
        )}
        <Button variant="default" onClick={() => setDialog('versions')}>
          版本
        </Button>
        <LinkButton to="/publicity/$articleId/kit" params={param} variant="default">
          公众号排版
        </LinkButton>
        {isOnSite && (
          <Button variant="default" loading={tell.isPending} onClick={() => tell.mutate()}>
            发通知告知
          </Button>
        )}
        {(isOnSite || it.state === 'withdrawn' || it.state === 'dropped') && (
          <Button variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
            以此为底稿另写
          </Button>
        )}
        {it.can.withdraw && (
          <Button variant="default" onClick={() => setDialog('withdraw')}>
            撤下
          </Button>
        )}
        {it.can.drop && (
          <ConfirmButton
            question="放弃以后不能再改、不能发布；内容还能看，也能作为底稿另写一篇。"
            confirmLabel="放弃这篇稿件"
            isBusy={drop.isPending}
            onConfirm={() => drop.mutate()}
          >
            放弃
          </ConfirmButton>
        )}
        {it.can.takeBack && isSubmitted && (
          <ConfirmButton
            question={
              it.approvedAt === null ? '撤回以后继续修改，改好再送审。' : '审核已经通过。撤回以后要重新送审，才能发布。'
            }
            confirmLabel="撤回送审"
            isBusy={takeBack.isPending}
            onConfirm={() => takeBack.mutate()}
          >
            撤回送审
          </ConfirmButton>
        )}
        {it.can.publish && it.scheduledFor !== null && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            取消定时
          </Button>
        )}
        {it.can.write && (
          <LinkButton to="/publicity/$articleId/write" params={param} variant={isOnSite ? 'default' : 'filled'}>
            {isOnSite ? '更正' : '继续写'}
          </LinkButton>
        )}
        {it.can.publish && <Button onClick={() => setDialog('publish')}>{isOnSite ? '发布更正' : '发布'}</Button>}
      </div>
      {tell.isSuccess && !sendsNotices && (
        <p className={parts.note} role="status">
          通知已经起草，由发通知的同志看过再发出。
        </p>
      )}
      <ProblemNote error={takeBack.error ?? cancel.error ?? drop.error ?? copy.error ?? tell.error} />
      {dialog === 'publish' && <PublishDialog it={it} onClose={close} />}
      {dialog === 'withdraw' && <WithdrawalDialog articleId={it.id} onClose={close} />}
      {dialog === 'versions' && <Versions articleId={it.id} etag={etag} canRestore={it.can.write} onClose={close} />}
    </div>
  )
}
