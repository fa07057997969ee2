import { Button, CopyButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Day } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import { copySheetNames } from '@zhibu/server/modules/forms/names-schema'
import type { Copy, CopySheet } from '@zhibu/server/modules/forms/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { choicesOf } from '../../ui/choices.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { Section } from '../../ui/Section.tsx'
import { SealedNumber } from '../people/SealedNumber.tsx'
import { copyQuery, formsClient, formsKey } from './api.ts'
import classes from './CopyPage.module.css'

const route = getRouteApi('/signed-in/forms/copies/$personId')

/** What is known of a person in the order of a screen or printed form that is not ours, to be copied column by column. */
export function CopyPage() {
  const { personId } = route.useParams()
  const { sheet = 'member-record' } = route.useSearch()
  const { data: copy, error, refetch } = useQuery(copyQuery(personId, sheet))
  const [isReporting, setIsReporting] = useState(false)
  return (
    <Page
      title={copy ? `${copy.person.name}的填写内容` : '填写内容'}
      lead="按上级系统或统一印制表册的栏目次序排列，逐栏复制或抄写。号码只显示首尾，查看完整号码会记录下来。"
      actions={copy?.can.report && <Button onClick={() => setIsReporting(true)}>登记已上报</Button>}
    >
      <nav aria-label="填写的表" className={classes.sheets}>
        {choicesOf(copySheetNames).map(({ value, label }) => (
          <Link
            key={value}
            to="/forms/copies/$personId"
            params={{ personId }}
            search={{ sheet: value }}
            aria-current={value === sheet ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : copy === undefined ? (
        <PageLoading />
      ) : (
        <Columns copy={copy} />
      )}
      {isReporting && <ReportDialog personId={personId} sheet={sheet} onClose={() => setIsReporting(false)} />}
    </Page>
  )
}

function Columns({ copy }: { copy: Copy }) {
  const changed = copy.items.filter((it) => it.before !== null).length
  return (
    <Section
      title={copySheetNames[copy.sheet]}
      lead={
        copy.reported === null
          ? '还没有登记上报。'
          : `${dayWritten(copy.reported.on)}由${copy.reported.by}登记已上报${changed > 0 ? `，此后有 ${changed} 栏改动，已标出。` : '，此后没有改动。'}`
      }
    >
      <ol className={classes.columns}>
        {copy.items.map((it) => (
          <li key={it.label} className={classes.column} data-changed={it.before !== null || undefined}>
            <span className={classes.label}>{it.label}</span>
            <span className={classes.text}>
              <Text copy={copy} item={it} />
              {it.before !== null && (
                <span className={classes.before}>上报时为：{it.before === '' ? '空' : it.before}</span>
              )}
            </span>
            {it.text !== null && it.sealed === null && <CopyText label={it.label} text={it.text} />}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Text({ copy, item: { text, isByHand, sealed } }: { copy: Copy; item: Copy['items'][number] }) {
  if (isByHand) return <span className={classes.none}>系统不登记，手写</span>
  if (text === null) return <span className={classes.none}>未登记</span>
  if (sealed) return <SealedNumber it={copy.person} field={sealed} mask={text} mayRead={copy.can.report} />
  return text
}

function CopyText({ label, text }: { label: string; text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" size="compact-sm" onClick={copy} className="no-print">
          {copied ? '已复制' : '复制'}
          <span className="for-screen-readers">{label}</span>
        </Button>
      )}
    </CopyButton>
  )
}

interface ReportProps {
  personId: string
  sheet: CopySheet
  onClose: () => void
}

function ReportDialog({ personId, sheet, onClose }: ReportProps) {
  const queries = useQueryClient()
  const [on, setOn] = useState<Day>()
  const noting = useMutation({
    mutationFn: (day: Day) =>
      parseResponse(formsClient.copies[':personId'].reports.$post({ param: { personId }, json: { sheet, on: day } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [...formsKey, 'copy', personId] })
      onClose()
    },
  })
  return (
    <FormDialog
      title="登记已上报"
      lead={`记下“${copySheetNames[sheet]}”现在的各栏内容。以后有改动，会在这里标出，提醒您补报。`}
      submitLabel="登记"
      needs={{ 上报日期: on !== undefined }}
      isBusy={noting.isPending}
      error={noting.error}
      onSubmit={() => on && noting.mutate(on)}
      onClose={onClose}
    >
      <DayInput
        label="上报日期"
        value={on}
        onChange={(day) => setOn(day)}
        error={problemIn(noting.error, 'on')}
        required
      />
    </FormDialog>
  )
}
