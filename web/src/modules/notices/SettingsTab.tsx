import { Alert, Button, Checkbox, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { outboxSourceNames } from '@zhibu/server/modules/notices/channel-names-schema'
import type { NoticeSettings, NoticeSettingsView } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { settingsClient, settingsQuery } from './api.ts'
import classes from './Notices.module.css'

/** 通知设置: what the university has settled about notices. */
export function SettingsTab() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return <Form read={data.value} etag={data.etag} />
}

function Form({ read, etag }: { read: NoticeSettingsView; etag: string }) {
  const queries = useQueryClient()
  const { can, ...current } = read
  // What was typed over one state is not saved over another that nobody here has seen.
  const [opened, setOpened] = useState({ settings: current, etag })
  const [settings, setSettings] = useState<NoticeSettings>(current)
  const isTouched = JSON.stringify(settings) !== JSON.stringify(opened.settings)
  useUnsaved(isTouched)
  if (!isTouched && etag !== opened.etag) {
    setOpened({ settings: current, etag })
    setSettings(current)
  }
  const save = useMutation({
    mutationFn: () => parseResponse(settingsClient.$put({ json: settings }, ifMatch(opened.etag))),
    onSuccess: async () => {
      setOpened({ ...opened, settings })
      await queries.invalidateQueries({ queryKey: settingsQuery.queryKey })
    },
  })
  const change = (part: Partial<NoticeSettings>) => setSettings({ ...settings, ...part })
  const number = (name: 'usualLeadDays' | 'leastLeadDays' | 'reminderPauseHours', min: number, max: number) => ({
    value: settings[name],
    onChange: (value: number | string) => typeof value === 'number' && change({ [name]: value }),
    error: problemIn(save.error, name),
    readOnly: !can.change,
    ...{ min, max, allowDecimal: false, clampBehavior: 'strict' as const },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      {!can.change && <Alert color="gray">全校统一，由学校党委组织部设置。</Alert>}
      <Section title="提前通知和提醒" lead="提前天数不足的也能发，但要写明原因。">
        <div className={classes.pair}>
          <NumberInput label="一般应提前（天）" {...number('usualLeadDays', 0, 30)} />
          <NumberInput label="最少提前（天）" {...number('leastLeadDays', 0, 30)} />
          <NumberInput label="两次提醒至少间隔（小时）" {...number('reminderPauseHours', 1, 336)} />
        </div>
      </Section>
      <Section
        title="系统拟的稿"
        lead="一般放在“待发”，由人看过再发。选中的种类，到时以所属组织的名义自动发出，那里能发通知的人看得到“送达和答复”。"
      >
        <Checkbox.Group
          label="自动发出的种类"
          value={settings.byThemselves}
          onChange={(chosen) => change({ byThemselves: chosen.flatMap((it) => codeIn(outboxSourceNames, it) ?? []) })}
        >
          <div className={classes.pair}>
            {choicesOf(outboxSourceNames).map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} disabled={!can.change} mt="xs" />
            ))}
          </div>
        </Checkbox.Group>
      </Section>
      <Section title="邮件内容">
        <Checkbox
          label="邮件中写入通知正文"
          description="邮件不保密。不选的，邮件只写标题、日期和链接，正文登录后查看。"
          checked={settings.sendsText}
          onChange={(event) => change({ sendsText: event.currentTarget.checked })}
          disabled={!can.change}
        />
      </Section>
      <ProblemNote error={save.error} isKept />
      {save.isSuccess && !isTouched && <Alert color="green" title="通知设置已保存" role="status" />}
      {can.change && (
        <div>
          <Button type="submit" disabled={!isTouched} loading={save.isPending}>
            保存通知设置
          </Button>
        </div>
      )}
    </form>
  )
}
