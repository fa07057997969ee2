import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { channelNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { PreferencesView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { preferencesClient, preferencesQuery } from './api.ts'
import classes from './Notices.module.css'

interface Props {
  channel: 'wecom' | 'dingtalk'
  it: PreferencesView
}

/** The name under which the reader is known in a messenger. */
export function MessengerName({ channel, it }: Props) {
  const queries = useQueryClient()
  const given = channel === 'wecom' ? it.wecomUser : it.dingtalkUser
  const [user, setUser] = useState(given ?? '')
  const name = channelNames[channel]
  const save = useMutation({
    mutationFn: (wanted: string | null) =>
      parseResponse(preferencesClient.messenger.$put({ json: { channel, user: wanted } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  })
  return (
    <Section title={`${name}账号`} lead={`在${name}通讯录里的账号（不是手机号）。不清楚的，问学校管理${name}的人。`}>
      <div className={classes.form}>
        <TextInput
          label="账号"
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
          error={problemIn(save.error, 'user')}
          maxLength={64}
        />
        <ProblemNote error={save.error} isKept />
        <div>
          <Button
            disabled={user.trim() === (given ?? '')}
            loading={save.isPending}
            onClick={() => save.mutate(user.trim() === '' ? null : user.trim())}
          >
            {user.trim() === '' && given !== null ? '删去账号' : '保存账号'}
          </Button>
        </div>
      </div>
    </Section>
  )
}
