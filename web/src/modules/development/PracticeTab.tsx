import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type LocalPractice, refuseLooser } from '@zhibu/rules'
import type { SettingsView } from '@zhibu/server/modules/development/schema'
import { parseResponse } from 'hono/client'
import { type FormEvent, useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { useUnsaved } from '../../ui/unsaved.ts'
import { developmentClient, settingsQuery, useReadAgain } from './api.ts'
import { PracticeFields } from './PracticeFields.tsx'
import classes from './PracticeTab.module.css'
import { StricterFigures } from './StricterFigures.tsx'

/** 本校规定: what the university has settled beyond the national rules; stricter only. */
export function PracticeTab() {
  const { data, error, refetch } = useQuery(settingsQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <PageLoading />
  return <Form key={JSON.stringify(data.value.practice)} settings={data.value} etag={data.etag} />
}

function Form({ settings, etag }: { settings: SettingsView; etag: string }) {
  const readAgain = useReadAgain()
  const today = useToday()
  const [practice, setPractice] = useState<LocalPractice>(settings.practice)
  const save = useMutation({
    mutationFn: () => parseResponse(developmentClient.settings.practice.$put({ json: practice }, ifMatch(etag))),
    onSuccess: readAgain,
  })
  const isReadOnly = !settings.can.settle
  const refused = today ? refuseLooser(practice, today) : []
  const isTouched = JSON.stringify(practice) !== JSON.stringify(settings.practice)
  useUnsaved(isTouched)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <Alert color="gray">
        {isReadOnly ? '本校规定由学校党委组织部设置。' : '保存后，所有人的期限和疑点会按新的规定重新推算。'}
        只能比全国规定更严，放宽的不能保存。只不符合本校规定的，作为提醒，不作为矛盾。
      </Alert>
      <Section title="比细则更严的数字" lead="不填表示按细则执行。">
        <StricterFigures
          stricter={practice.stricter}
          isReadOnly={isReadOnly}
          onChange={(stricter) => setPractice({ ...practice, stricter })}
        />
      </Section>
      <Section title="细则没有规定、由本校掌握的" lead="填 0 表示本校不作规定。">
        <PracticeFields practice={practice} isReadOnly={isReadOnly} onChange={setPractice} />
      </Section>
      {!isReadOnly && (
        <div className={classes.foot}>
          {refused.length > 0 && (
            <Alert color="red" title="以下各项不能保存" role="alert">
              <ul className={classes.refused}>
                {refused.map((it) => (
                  <li key={it}>{it}。</li>
                ))}
              </ul>
            </Alert>
          )}
          <ProblemNote error={save.error} />
          <div>
            <Button type="submit" disabled={!isTouched || refused.length > 0} loading={save.isPending}>
              保存本校规定
            </Button>
          </div>
        </div>
      )}
    </form>
  )
}
