import { Alert, Button, Checkbox, Group, Radio, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { channelChoiceNames, channelNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { Choices, PreferencesView, QuietHours } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { preferencesClient, preferencesQuery } from './api.ts'
import { CalendarAddresses } from './CalendarAddresses.tsx'
import { clockText, minuteOf } from './clock.ts'
import { EmailAddress } from './EmailAddress.tsx'
import { MessengerName } from './MessengerName.tsx'
import classes from './Notices.module.css'

/** 怎样通知我: the channels besides the page, quiet hours, addresses, calendars. */
export function PreferencesPage() {
  const { data, error, refetch } = useQuery(preferencesQuery)
  return (
    <Page
      title="怎样通知我"
      breadcrumbs={[{ label: '通知', to: '/notices' }]}
      lead="通知总能在网页上看到。还想从别处得知的，在这里选。这些设置只有您自己看得到。"
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : (
        <>
          {data.available.length === 0 ? (
            <Section title="渠道">
              <p className={parts.note}>本校还没有开通邮件、企业微信或钉钉通知，目前只在网页上通知。</p>
            </Section>
          ) : (
            <ChannelChoices it={data} />
          )}
          {data.available.includes('email') && <EmailAddress it={data} />}
          {(['wecom', 'dingtalk'] as const).map(
            (channel) =>
              data.available.includes(channel) && <MessengerName key={channel} channel={channel} it={data} />,
          )}
          <CalendarAddresses />
        </>
      )}
    </Page>
  )
}

/** In the evening until the morning, where somebody begins to have quiet hours. */
const usualQuiet = { from: 22 * 60, until: 7 * 60 }

function ChannelChoices({ it }: { it: PreferencesView }) {
  const queries = useQueryClient()
  const [choices, setChoices] = useState<Choices>(it.choices)
  const [isQuiet, setIsQuiet] = useState(it.quietHours !== null)
  const [from, setFrom] = useState(clockText((it.quietHours ?? usualQuiet).from))
  const [until, setUntil] = useState(clockText((it.quietHours ?? usualQuiet).until))
  const [start, end] = [minuteOf(from), minuteOf(until)]
  const isComplete = !isQuiet || (start !== undefined && end !== undefined)
  const quietHours: QuietHours =
    isQuiet && start !== undefined && end !== undefined ? { from: start, until: end } : null
  const isTouched =
    JSON.stringify({ choices, quietHours }) !== JSON.stringify({ choices: it.choices, quietHours: it.quietHours })
  useUnsaved(isTouched)
  const save = useMutation({
    mutationFn: () => parseResponse(preferencesClient.$put({ json: { choices, quietHours } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  })
  return (
    <Section title="渠道" lead="“每周汇总”把一周里还没有看的和要办的合在一起，每周发一次。">
      <div className={classes.form}>
        {it.available.map((channel) => (
          <Radio.Group
            key={channel}
            label={channelNames[channel]}
            value={choices[channel]}
            onChange={(chosen) =>
              setChoices({ ...choices, [channel]: codeIn(channelChoiceNames, chosen) ?? choices[channel] })
            }
          >
            <Group mt="xs">
              {choicesOf(channelChoiceNames).map(({ value, label }) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Group>
          </Radio.Group>
        ))}
        <Checkbox
          label="免打扰时间"
          description="这段时间里不发邮件和消息，过后再发。网页上照常显示。"
          checked={isQuiet}
          onChange={(event) => setIsQuiet(event.currentTarget.checked)}
        />
        {isQuiet && (
          <div className={classes.pair}>
            <TextInput
              type="time"
              label="开始"
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
              error={problemIn(save.error, 'quietHours.from')}
              required
            />
            <TextInput
              type="time"
              label="结束"
              value={until}
              onChange={(event) => setUntil(event.currentTarget.value)}
              error={problemIn(save.error, 'quietHours.until')}
              required
            />
          </div>
        )}
        <ProblemNote error={save.error} isKept />
        {save.isSuccess && !isTouched && <Alert color="green" title="已保存" role="status" />}
        <div>
          <Button disabled={!isTouched || !isComplete} loading={save.isPending} onClick={() => save.mutate()}>
            保存
          </Button>
        </div>
      </div>
    </Section>
  )
}
