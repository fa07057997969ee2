import { Alert, Button, Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PublicitySettings, PublicitySettingsView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { publicityClient, settingsQuery } from './api.ts'
import classes from './Publicity.module.css'
import { Sections } from './Sections.tsx'

/** 宣传设置: how articles are reviewed, what the site is called, and its columns. */
export function SettingsTab() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return (
    <div className={classes.form}>
      {!data.value.can.change && <Alert color="gray">全校统一，由学校党委负责宣传的同志设置。</Alert>}
      <Form read={data.value} etag={data.etag} />
      <Sections />
    </div>
  )
}

function Form({ read, etag }: { read: PublicitySettingsView; etag: string }) {
  const queries = useQueryClient()
  const { can, ...current } = read
  // What was typed over one state is not saved over another that nobody here has seen.
  const [opened, setOpened] = useState({ settings: current, etag })
  const [settings, setSettings] = useState<PublicitySettings>(current)
  const isTouched = JSON.stringify(settings) !== JSON.stringify(opened.settings)
  useUnsaved(isTouched)
  if (!isTouched && etag !== opened.etag) {
    setOpened({ settings: current, etag })
    setSettings(current)
  }
  const save = useMutation({
    mutationFn: () => parseResponse(publicityClient.settings.$put({ json: settings }, ifMatch(opened.etag))),
    onSuccess: async () => {
      setOpened({ ...opened, settings })
      await queries.invalidateQueries({ queryKey: settingsQuery.queryKey })
    },
  })
  const change = (part: Partial<PublicitySettings>) => setSettings({ ...settings, ...part })
  const text = (name: 'siteName' | 'siteAbout' | 'siteFoot', maxLength: number) => ({
    value: settings[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: problemIn(save.error, name),
    readOnly: !can.change,
    maxLength,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Section title="审核" lead="写稿的人不能审自己的稿。改了以后，从下一次审核起作用；已经通过的仍然算通过。">
        <NumberInput
          label="一篇稿件要几人通过"
          description="一到三人。"
          value={settings.reviewers}
          onChange={(value) => typeof value === 'number' && change({ reviewers: value })}
          error={problemIn(save.error, 'reviewers')}
          readOnly={!can.change}
          min={1}
          max={3}
          allowDecimal={false}
          clampBehavior="strict"
          maw="16rem"
        />
        <Checkbox
          label="公开的稿件，至少一人来自上级党组织"
          description="仅校内登录可见的稿件，本单位的同志就能审。"
          checked={settings.openIsReviewedAbove}
          onChange={(event) => change({ openIsReviewedAbove: event.currentTarget.checked })}
          disabled={!can.change}
        />
      </Section>
      <Section title="网站">
        <div className={classes.pair}>
          <TextInput label="网站名称" {...text('siteName', 40)} required />
          <TextInput label="名称下面的一句话" {...text('siteAbout', 100)} />
        </div>
        <TextInput label="页脚" description="例如单位、地址、备案号。" {...text('siteFoot', 200)} />
      </Section>
      <ProblemNote error={save.error} isKept />
      {save.isSuccess && !isTouched && <Alert color="green" title="宣传设置已保存" role="status" />}
      {can.change && (
        <div>
          <Button type="submit" disabled={!isTouched} loading={save.isPending}>
            保存宣传设置
          </Button>
        </div>
      )}
    </form>
  )
}
