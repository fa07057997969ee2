import { dayWritten, isDay } from '@zhibu/rules'
import { stateNames } from '@zhibu/server/modules/discussion/names-schema'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { useState } from 'react'
import { ChangedMeanwhile } from '../../ui/ChangedMeanwhile.tsx'

/** In a form about a topic that was refused because somebody else was quicker: what they have changed since the form was opened. */
export function ChangedTopic({ error, it }: { error: unknown; it: TopicView }) {
  const [opened] = useState(it)
  return <ChangedMeanwhile error={error} changes={changesBetween(opened, it)} />
}

function changesBetween(before: TopicView, now: TopicView) {
  const told = (it: TopicView) => ({
    标题: it.title,
    办理情况: it.state ? stateNames[it.state] : '',
    答复日期: it.promisedOn !== null && isDay(it.promisedOn) ? dayWritten(it.promisedOn) : '',
    由谁答复: it.answeredBy ? officeNames[it.answeredBy.office] : '',
    并入: it.mergedInto?.name ?? '',
    公示的结果: it.outcome?.done ?? '',
    关闭原因: it.closedReason ?? '',
  })
  const is = new Map(Object.entries(told(now)))
  return Object.entries(told(before)).flatMap(([label, was]) =>
    is.get(label) === was ? [] : [{ label, before: was, now: is.get(label) ?? '' }],
  )
}
