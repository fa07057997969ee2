import { Badge, Button, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { SessionView } from '@zhibu/server/modules/training/schema'
import { parseResponse } from 'hono/client'
import { Fragment, useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useToday } from '../../ui/today.ts'
import { sessionClient, trainingKey } from './api.ts'
import { Materials } from './Materials.tsx'
import { OwnSession } from './OwnSession.tsx'
import classes from './Training.module.css'
import { useWrite } from './useWrite.ts'
import { categoryNames, formNames, whenHeld } from './words.ts'

/** One session: when and where, of what, by whom, with what material; the reader's own part in it, and what whoever runs it does. */
export function SessionCard({
  it,
  programmeId,
  isInStage,
}: {
  it: SessionView
  programmeId: string
  isInStage: boolean
}) {
  const Heading = isInStage ? 'h4' : 'h3'
  const today = useToday()
  const isCancelled = it.cancelledAt !== null
  return (
    <li className={classes.session} data-past={(today !== undefined && it.on < today) || isCancelled || undefined}>
      <div className={classes.sessionHead}>
        <Heading>{it.title}</Heading>
        {it.on === today && !isCancelled && <Badge color="green">今天</Badge>}
        {isCancelled && <Badge color="red">已取消</Badge>}
        {it.isRecorded && it.waitingRequests !== null && <Badge color="gray">已登记到课</Badge>}
      </div>
      <p className={classes.facts}>
        <span>{whenHeld(it)}</span>
        {it.place !== '' && <span>{it.place}</span>}
        <span>{it.hours} 学时</span>
        <span>{categoryNames[it.category]}</span>
        <span>{formNames[it.form]}</span>
        {it.link !== '' && (
          <a href={it.link} target="_blank" rel="noopener noreferrer nofollow">
            线上课堂（{new URL(it.link).host}）
          </a>
        )}
      </p>
      {it.lecturers.length > 0 && (
        <p className={classes.facts}>
          主讲人：
          {it.lecturers.map(({ name, about, expertId }, at) => (
            <Fragment key={`${name} ${about}`}>
              {at > 0 && '、'}
              {expertId === undefined ? (
                name
              ) : (
                <Link to="/training/experts/$expertId" params={{ expertId }}>
                  {name}
                </Link>
              )}
              {about !== '' && `（${about}）`}
            </Fragment>
          ))}
        </p>
      )}
      {isCancelled && it.cancelReason && <p className={parts.note}>取消原因：{it.cancelReason}</p>}
      {it.materials.length > 0 && <Materials sessionId={it.id} materials={it.materials} />}
      {it.own && <OwnSession it={it} own={it.own} />}
      <RunnerActions it={it} programmeId={programmeId} />
    </li>
  )
}

/** What whoever runs the programme does with a session. Nothing for others. */
function RunnerActions({ it, programmeId }: { it: SessionView; programmeId: string }) {
  const [isCancelling, setIsCancelling] = useState(false)
  const param = { sessionId: it.id }
  const remove = useWrite(() => parseResponse(sessionClient.$delete({ param })))
  if (it.waitingRequests === null) return null
  const isHeld = it.cancelledAt === null
  return (
    <div className={`${parts.buttons} no-print`}>
      {it.can.record && (
        <LinkButton
          size="xs"
          variant={it.isRecorded ? 'default' : 'filled'}
          to="/training/sessions/$sessionId/attendance"
          params={param}
          aria-label={`${it.isRecorded ? '查看到课情况' : '登记到课'}：${it.title}`}
        >
          {it.isRecorded ? '查看到课情况' : '登记到课'}
        </LinkButton>
      )}
      {!it.can.record && isHeld && (
        <LinkButton
          size="xs"
          variant="default"
          to="/training/sessions/$sessionId/attendance"
          params={param}
          aria-label={`${it.isRecorded ? '查看到课情况' : '名单和请假'}：${it.title}`}
        >
          {it.isRecorded ? '查看到课情况' : '名单和请假'}
        </LinkButton>
      )}
      {it.waitingRequests > 0 && <Badge color="yellow">{it.waitingRequests} 条待答复</Badge>}
      {it.can.remove && (
        <ConfirmButton
          isQuiet
          question={`删去“${it.title}”。还没有人知道这次课，删去以后不能恢复。`}
          confirmLabel="删去这次课"
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          删去
        </ConfirmButton>
      )}
      {(it.can.change || it.can.cancel || isHeld) && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button size="xs" variant="subtle" color="gray" aria-label={`更多：${it.title}`}>
              更多
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {it.can.change && (
              <Menu.Item component={Link} to={`/training/${programmeId}/sessions/${it.id}`}>
                修改课程
              </Menu.Item>
            )}
            <Menu.Item component={Link} to={`/training/sessions/${it.id}/signatures`}>
              打印签到表
            </Menu.Item>
            {it.can.cancel && (
              <Menu.Item color="red" onClick={() => setIsCancelling(true)}>
                取消课程
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <ProblemNote error={remove.error} />
      {isCancelling && (
        <ReasonDialog
          title={`取消课程“${it.title}”`}
          lead="学员会收到通知，看到原因。课程留在安排里，标为已取消。"
          label="取消原因"
          submitLabel="取消课程"
          write={(reason) => parseResponse(sessionClient.cancellation.$post({ param, json: { reason } }))}
          changes={trainingKey}
          onClose={() => setIsCancelling(false)}
        />
      )}
    </div>
  )
}
