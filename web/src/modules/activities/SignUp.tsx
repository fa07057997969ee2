import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { dayWritten } from '@zhibu/rules'
import type { ActivityState } from '@zhibu/server/modules/activities/names-schema'
import type { ActivityView, SignUps } from '@zhibu/server/modules/activities/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './Activities.module.css'
import { activitiesKey, activityClient, signUpsQuery } from './api.ts'
import { useWrite } from './useWrite.ts'
import { asDay } from './words.ts'

type Rule = NonNullable<ActivityView['signUp']>

/** Why nobody can sign up, where nobody can. */
const whyClosed: Readonly<Record<ActivityState, string>> = {
  planned: '发布以后才能报名。',
  announced: '报名已经截止。',
  underWay: '报名已经截止。',
  over: '活动已经结束。',
  recorded: '活动已经结束。',
  cancelled: '活动已经取消，不用再报名。',
}

/** 报名: how it stands, the own place, and for whoever holds the activity who comes. */
export function SignUp({ it, rule }: { it: ActivityView; rule: Rule }) {
  const own = activityClient['sign-ups'].own
  const param = { activityId: it.id }
  const join = useWrite(() => parseResponse(own.$put({ param })))
  const leave = useWrite(() => parseResponse(own.$delete({ param })))
  const until = asDay(rule.untilOn)
  const isToCome = !rule.isOver
  return (
    <Section title="报名">
      <div className={classes.form}>
        <p className={parts.text}>
          {rule.capacity === null
            ? `已报名 ${rule.taken} 人，不限名额。`
            : `名额 ${rule.capacity} 个，已报 ${rule.taken} 人。`}
          {rule.waiting > 0 && `候补 ${rule.waiting} 人。`}
          {until && `报名到${dayWritten(until)}截止。`}
        </p>
        {rule.own && isToCome && (
          <p className={parts.text} role="status">
            {rule.own.place === 'taken'
              ? '您已报名。来不了请取消，把名额让给候补的人。'
              : `您在候补第 ${rule.own.queue} 位，有人退出会依次递补，有了名额会通知您。`}
          </p>
        )}
        <div className={classes.buttons}>
          {rule.own === null && rule.isOpen && (
            <Button onClick={() => join.mutate()} loading={join.isPending}>
              {rule.capacity !== null && rule.taken >= rule.capacity ? '报名候补' : '报名'}
            </Button>
          )}
          {rule.own !== null && isToCome && (
            <ConfirmButton
              question={
                rule.waiting > 0 ? '取消以后，名额给候补的人；再报名要重新排队。' : '取消以后，报名截止以前还可以再报。'
              }
              confirmLabel="确认取消报名"
              isBusy={leave.isPending}
              onConfirm={() => leave.mutate()}
            >
              取消报名
            </ConfirmButton>
          )}
          {rule.own === null && !rule.isOpen && (
            <p className={parts.note}>
              {it.state === 'underWay' && rule.isOver ? whyClosed.over : whyClosed[it.state]}
            </p>
          )}
        </div>
        <ProblemNote error={join.error ?? leave.error} />
        {it.can.seeSignUps && <Names activityId={it.id} canRemove={it.can.removeSignUps} />}
      </div>
    </Section>
  )
}

function Names({ activityId, canRemove }: { activityId: string; canRemove: boolean }) {
  const [isShown, setIsShown] = useState(false)
  const [removed, setRemoved] = useState<SignUps['items'][number]['person']>()
  const { data, error, refetch } = useQuery({ ...signUpsQuery(activityId), enabled: isShown })
  if (!isShown)
    return (
      <div>
        <Button variant="default" onClick={() => setIsShown(true)}>
          查看名单
        </Button>
      </div>
    )
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageLoading />
  if (data.items.length === 0) return <p className={parts.note}>还没有人报名。</p>
  return (
    <>
      <RowList
        label="报名名单"
        rows={data.items.map(({ person, organization, place }, at) => ({
          key: person.id,
          title: `${at + 1}. ${person.name}`,
          facts: [organization, place === 'waiting' && '候补'],
          actions: canRemove ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`取消报名：${person.name}`}
              onClick={() => setRemoved(person)}
            >
              取消报名
            </Button>
          ) : undefined,
        }))}
      />
      {removed && (
        <ReasonDialog
          title={`取消${removed.name}的报名`}
          lead="本人会收到通知，看到原因。有人候补的，名额给下一位。"
          label="原因"
          submitLabel="取消报名"
          write={(reason) =>
            parseResponse(
              activityClient['sign-ups'][':personId'].removal.$post({
                param: { activityId, personId: removed.id },
                json: { reason },
              }),
            )
          }
          changes={activitiesKey}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </>
  )
}
