import { Alert, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { KitView, WechatDraftView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { kitQuery, publicityClient } from './api.ts'
import classes from './Kit.module.css'

/** Puts the article into the draft box, and tells what became of it each time. */
export function PushedDrafts({ articleId, kit }: { articleId: string; kit: KitView }) {
  const queries = useQueryClient()
  const push = useMutation({
    mutationFn: () => parseResponse(publicityClient.articles[':articleId'].kit.drafts.$post({ param: { articleId } })),
    onSettled: () => queries.invalidateQueries(kitQuery(articleId)),
  })
  const [last] = kit.drafts
  const isWaiting = last?.state === 'waiting'
  const button = { loading: push.isPending, onClick: () => push.mutate() }
  return (
    <>
      {!kit.can.push ? (
        <p className={parts.note}>{whyNot(kit)}</p>
      ) : isWaiting ? null : last === undefined || last.state === 'failed' ? (
        <div className="no-print">
          <Button variant="default" {...button}>
            推送到草稿箱
          </Button>
        </div>
      ) : (
        <div className="no-print">
          <ConfirmButton
            question="草稿箱里已经有这篇稿件。再推送会另有一份，原来的请在公众号后台删去。"
            confirmLabel="再推送一份"
            isBusy={push.isPending}
            onConfirm={button.onClick}
          >
            再推送到草稿箱
          </ConfirmButton>
        </div>
      )}
      <ProblemNote error={push.error} />
      {last && <LastDraft it={last} />}
      {kit.drafts.length > 1 && (
        <details>
          <summary>以前的推送</summary>
          <ul className={classes.list}>
            {kit.drafts.slice(1).map((it) => (
              <li key={it.askedAt}>
                <Asked it={it} />：{outcomeNames[it.state]}
                {it.failure && `，${it.failure}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** Why there is no button. */
function whyNot({ isConfigured, isApproved, checks }: KitView): string {
  if (!isConfigured)
    return '本系统还没有接公众号，不能直接推送到草稿箱；复制和下载不受影响。要接的话，由系统管理员在服务器上设置公众号的 AppID 和 AppSecret，见运维手册。'
  if (!isApproved) return '审核通过以后，才能推送到草稿箱。'
  if (checks.some((it) => it.weight === 'must')) return '把标着“须改正”的改好，才能推送到草稿箱。'
  return '推送到草稿箱，由负责发布的同志办理。'
}

function LastDraft({ it }: { it: WechatDraftView }) {
  const { color, text } = looks[it.state]
  return (
    <Alert color={color} title={outcomeNames[it.state]} role="status">
      <Asked it={it} />。{it.failure && `${it.failure}。`}
      {text}
    </Alert>
  )
}

function Asked({ it }: { it: WechatDraftView }) {
  return (
    <>
      <InstantText at={it.askedAt} /> {it.askedByName}推送
    </>
  )
}

const outcomeNames = { waiting: '正在推送', there: '已在草稿箱', failed: '没有推送成功' } as const

const looks = {
  waiting: { color: 'blue', text: '一般不到一分钟，本页自动更新。' },
  there: { color: 'green', text: '请登录公众号后台，在草稿箱中看过，再由人发布。' },
  failed: { color: 'red', text: '' },
} as const
