import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Month } from '@zhibu/rules'
import { dayWritten } from '@zhibu/rules'
import type { Comparison } from '@zhibu/server/modules/reports/schema'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { WideTable } from '../../ui/WideTable.tsx'
import { comparisonQuery, monthsQuery } from './api.ts'
import { Definitions } from './Definitions.tsx'
import classes from './Reports.module.css'

/** 两个日子的对比: what was kept of a month beside another one, or beside today. */
export function ComparisonPart({ organizationId }: { organizationId: string }) {
  const { data, error, refetch } = useQuery(monthsQuery(organizationId))
  const [from, setFrom] = useState<string>()
  const [until, setUntil] = useState<string>()
  const months = data?.items ?? []
  const first = (months.find((it) => it.month === from) ?? months.at(-1))?.month
  const second = months.find((it) => it.month === until)?.month
  const choices = months.map(({ month }) => ({ value: month, label: dayWritten(month) }))
  return (
    <Section title="前后对比">
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : first === undefined ? (
        <EmptyState title="还没有留存的合计">
          从启用起，每个月末留存一次各组织的人数合计，以后可以在这里对比。
        </EmptyState>
      ) : (
        <div className={parts.form}>
          <div className={`${classes.filters} no-print`}>
            <MonthSelect label="从" choices={choices} value={first} onChange={setFrom} />
            <MonthSelect
              label="到"
              choices={[{ value: '', label: '今天' }, ...choices]}
              value={second ?? ''}
              onChange={setUntil}
            />
          </div>
          <Compared organizationId={organizationId} from={first} until={second} />
        </div>
      )}
    </Section>
  )
}

interface SelectProps {
  label: string
  choices: { value: string; label: string }[]
  value: string
  onChange: (month: string | undefined) => void
}

function MonthSelect({ label, choices, value, onChange }: SelectProps) {
  const list = useListWhenOpened()
  return (
    <Select
      label={label}
      data={choices}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === null || chosen === '' ? undefined : chosen)}
      {...list}
    />
  )
}

function Compared({ organizationId, from, until }: { organizationId: string; from: Month; until: Month | undefined }) {
  const { data, error, refetch } = useQuery(comparisonQuery(organizationId, from, until))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />
  return (
    <>
      <WideTable label="前后对比的数字" isOfFigures>
        <thead>
          <tr>
            <th scope="col">阶段</th>
            <th scope="col">
              <DayText on={data.fromOn} />
            </th>
            <th scope="col">
              <DayText on={data.untilOn} />
            </th>
            <th scope="col">增减</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              <td>{row.from}</td>
              <td>{row.until}</td>
              <td>{differenceOf(row)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <Definitions texts={data.definitions} />
    </>
  )
}

const differenceOf = ({ from, until }: Comparison['rows'][number]): string =>
  until === from ? '不变' : until > from ? `增加 ${until - from}` : `减少 ${from - until}`
