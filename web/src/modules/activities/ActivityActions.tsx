import { Button, Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ActivityView } from '@zhibu/server/modules/activities/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { ArticleDialog } from './ArticleDialog.tsx'
import { activitiesKey, activityClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** What whoever holds an activity does with it, the next thing first; the rest in a menu. */
export function ActivityActions({ it, etag }: { it: ActivityView; etag: string }) {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'cancel' | 'article' | 'offer'>()
  const param = { activityId: it.id }
  const announce = useWrite(() => parseResponse(activityClient.announcement.$post({ param }, ifMatch(etag))))
  const notify = useWrite(
    () => parseResponse(activityClient.notice.$post({ param })),
    ({ id }) => void navigate({ to: '/notices/$noticeId/change', params: { noticeId: id } }),
  )
  const file = useWrite(() => parseResponse(activityClient.record.filing.$post({ param })))
  const offer = useWrite(
    () => parseResponse(activityClient.kit.$post({ param })),
    ({ kitKey }) => void navigate({ to: '/activities/kits/$kitKey', params: { kitKey } }),
  )
  const { can } = it
  const error = announce.error ?? notify.error ?? file.error
  const isNextRecord = can.record && it.record === null && it.state !== 'planned'
  const more = [
    can.change && (
      <Menu.Item key="change" component={Link} to={`/activities/${it.id}/plan`}>
        修改活动
      </Menu.Item>
    ),
    can.record && !isNextRecord && (
      <Menu.Item key="record" component={Link} to={`/activities/${it.id}/record`}>
        {it.record ? '修改记录' : '填写记录'}
      </Menu.Item>
    ),
    can.offer && it.plan.steps.length > 0 && (
      <Menu.Item key="offer" onClick={() => setAsked('offer')}>
        收入方案库
      </Menu.Item>
    ),
    can.seeSignUps && (
      <Menu.Item key="again" component={Link} to={`/activities/new?from=${it.id}`}>
        照这项再办一次
      </Menu.Item>
    ),
    can.cancel && (
      <Menu.Item key="cancel" color="red" onClick={() => setAsked('cancel')}>
        取消活动
      </Menu.Item>
    ),
  ].filter((item) => item !== false)
  return (
    <>
      {(it.kind === 'lecture' || it.kind === 'exchange') && it.state !== 'planned' && (
        <LinkButton variant="default" to="/activities/$activityId/live" params={param}>
          现场页和回放
        </LinkButton>
      )}
      {can.announce && (
        <ConfirmButton
          variant="filled"
          question="发布以后，本组织和下级的人都能看到这项活动。"
          confirmLabel="发布活动"
          isBusy={announce.isPending}
          onConfirm={() => announce.mutate()}
        >
          发布活动
        </ConfirmButton>
      )}
      {can.notify && (
        <Button variant="default" loading={notify.isPending} onClick={() => notify.mutate()}>
          {it.draft ? '继续写通知' : '起草通知'}
        </Button>
      )}
      {isNextRecord && (
        <LinkButton to="/activities/$activityId/record" params={param}>
          填写记录
        </LinkButton>
      )}
      {can.file && (
        <Button variant="default" loading={file.isPending} onClick={() => file.mutate()}>
          {it.record?.isFiled ? '重新归档' : '记录归档'}
        </Button>
      )}
      {can.beginArticle && (
        <Button variant="default" onClick={() => setAsked('article')}>
          写成稿件
        </Button>
      )}
      {it.articleId && (
        <LinkButton variant="default" to="/publicity/$articleId" params={{ articleId: it.articleId }}>
          看稿件
        </LinkButton>
      )}
      {more.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="default">更多</Button>
          </Menu.Target>
          <Menu.Dropdown>{more}</Menu.Dropdown>
        </Menu>
      )}
      <ProblemNote error={error} />
      {asked === 'article' && <ArticleDialog activityId={it.id} onClose={() => setAsked(undefined)} />}
      {asked === 'offer' && (
        <FormDialog
          title="收入方案库"
          lead="全校都能看到这份方案，照着办。活动记录、报名和附件不在里面。"
          submitLabel="收入方案库"
          isBusy={offer.isPending}
          error={offer.error}
          onSubmit={() => offer.mutate()}
          onClose={() => setAsked(undefined)}
        >
          <p className={parts.note}>
            收入的是标题、目的、环节、要准备的东西和通知稿。里面写了姓名、电话的，请先在“修改活动”里去掉。
          </p>
        </FormDialog>
      )}
      {asked === 'cancel' && (
        <ReasonDialog
          title="取消活动"
          lead="看得到这项活动的人会看到已经取消和原因，报了名的会收到通知。发过通知的，请另外更正或撤回通知。"
          label="取消原因"
          submitLabel="取消活动"
          write={(reason) => parseResponse(activityClient.cancellation.$post({ param, json: { reason } }))}
          changes={activitiesKey}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
