import { Alert, Badge, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { isDay } from '@zhibu/rules'
import type { Opening } from '@zhibu/server/modules/discussion/schema'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { useToday } from '../../ui/today.ts'
import { openingsClient } from './api.ts'
import classes from './Discussion.module.css'
import { ReasonDialog } from './ReasonDialog.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  openings: readonly Opening[]
  /** Whether each says which topic it is about. */
  withTitle: boolean
}

/** Requests to open an identity: who asked and why, who agreed or declined. */
export function OpeningRows({ openings, withTitle }: Props) {
  return (
    <RowList
      label="查看身份的申请"
      rows={openings.map((it) => ({
        key: it.id,
        title: !withTitle ? (
          `${it.askedBy}（${officeNames[it.askedOffice]}）申请查看`
        ) : it.can.openTopic ? (
          <Link to="/discussion/topics/$topicId" params={{ topicId: it.topicId }} className={classes.topic}>
            {it.topicTitle}
          </Link>
        ) : (
          it.topicTitle
        ),
        mark: <State it={it} />,
        facts: [
          withTitle && `${it.askedBy}（${officeNames[it.askedOffice]}）申请`,
          <InstantText key="asked" at={it.askedAt} />,
          `理由：${it.reason}`,
          it.agreedBy && it.agreedAt && (
            <span key="agreed">
              {it.agreedBy} 同意，
              <InstantText at={it.agreedAt} />
            </span>
          ),
          it.declinedBy && `${it.declinedBy} 不同意：${it.declineReason}`,
          ...it.readings.map((reading) => (
            <span key={reading.at}>
              {reading.by}（{officeNames[reading.office]}）查看了身份，
              <InstantText at={reading.at} />
            </span>
          )),
          isWaiting(it) && isDay(it.untilOn) && (
            <span key="until">
              表态期限 <DayText on={it.untilOn} relative="deadline" />
            </span>
          ),
        ],
        actions: <Actions it={it} />,
      }))}
    />
  )
}

const isWaiting = (it: Opening) => it.agreedAt === null && it.declinedAt === null

function State({ it }: { it: Opening }) {
  const today = useToday()
  if (it.agreedAt !== null) return <Badge color="yellow">已同意</Badge>
  if (it.declinedAt !== null) return <Badge color="gray">未同意</Badge>
  return today && today > it.untilOn ? <Badge color="gray">已过期</Badge> : <Badge>等待另一职务表态</Badge>
}

function Actions({ it }: { it: Opening }) {
  const [isDeclining, setIsDeclining] = useState(false)
  const param = { openingId: it.id }
  const agree = useWrite(() => parseResponse(openingsClient[':openingId'].agreement.$post({ param })))
  const read = useWrite(() => parseResponse(openingsClient[':openingId'].identity.$get({ param })))
  return (
    <>
      {it.can.decide && (
        <>
          <ConfirmButton
            question="同意以后，您和申请人都能看到作者的姓名。作者会看到是谁同意的。不能收回。"
            confirmLabel="同意查看"
            isBusy={agree.isPending}
            onConfirm={() => agree.mutate()}
          >
            同意查看
          </ConfirmButton>
          <Button variant="default" onClick={() => setIsDeclining(true)}>
            不同意
          </Button>
        </>
      )}
      {it.can.read && !read.data && (
        <ConfirmButton
          question="每次查看都记录在案，作者看得到是谁、哪个职务、什么时候看的。"
          confirmLabel="查看身份"
          isBusy={read.isPending}
          onConfirm={() => read.mutate()}
        >
          查看身份
        </ConfirmButton>
      )}
      {read.data && (
        <Alert color="yellow" title="作者身份" role="status">
          {read.data.name}，{read.data.organization}
        </Alert>
      )}
      <ProblemNote error={agree.error ?? read.error} />
      {isDeclining && (
        <ReasonDialog
          title="不同意查看"
          label="不同意的原因"
          submitLabel="不同意"
          write={(reason) => parseResponse(openingsClient[':openingId'].refusal.$post({ param, json: { reason } }))}
          onClose={() => setIsDeclining(false)}
        />
      )}
    </>
  )
}
