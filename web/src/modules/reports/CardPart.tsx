import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ActKind } from '@zhibu/rules'
import type { CardKey } from '@zhibu/server/modules/reports/names-schema'
import type { Card } from '@zhibu/server/modules/reports/schema'
import type { ReactNode } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { WideTable } from '../../ui/WideTable.tsx'
import { type CardAsked, cardQuery } from './api.ts'
import { BarsChart } from './BarsChart.tsx'
import { Definitions } from './Definitions.tsx'
import classes from './Reports.module.css'

/** How a card is drawn; without one its columns are of different kinds, and a table says it better. */
const drawings: Partial<Record<CardKey, 'stacked' | 'grouped'>> = {
  stages: 'stacked',
  members: 'grouped',
  development: 'grouped',
  dues: 'stacked',
  terms: 'stacked',
}

interface Props {
  organizationId: string
  card: CardKey
  title: string
  asked?: CardAsked
  /** What chooses among the figures of this card. */
  controls?: ReactNode
}

/** One card: a picture, the table beside it with a way to the rows behind each figure, and what is counted. */
export function CardPart({ organizationId, card, title, asked = {}, controls }: Props) {
  const { data, error, refetch } = useQuery(cardQuery(organizationId, card, asked))
  return (
    <Section title={title} actions={controls}>
      {data ? (
        <Shown it={data} asked={asked} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Section>
  )
}

function Shown({ it, asked }: { it: Card; asked: CardAsked }) {
  const drawing = drawings[it.key]
  const isEmpty = it.rows.every((row) => row.values.every((value) => value === 0))
  return (
    <div className={parts.form}>
      {isEmpty ? (
        <EmptyState title="还没有可以统计的">登记以后，这里会列出合计。</EmptyState>
      ) : (
        <>
          {drawing && <BarsChart columns={it.columns} rows={it.rows} isStacked={drawing === 'stacked'} />}
          <Table it={it} asked={asked} />
        </>
      )}
      <Definitions
        first={
          <>
            连同全部下级组织，截至 <DayText on={it.day} />
            ，每分钟重新计一次。
          </>
        }
        texts={it.definitions}
      />
    </div>
  )
}

function Table({ it, asked }: { it: Card; asked: CardAsked }) {
  return (
    <WideTable label={`${it.title}的数字`} isOfFigures>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {it.columns.map(({ key, label }) => (
            <th scope="col" key={key}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {it.rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              <RowName it={it} row={row} />
            </th>
            {it.columns.map((column, at) => (
              <td key={column.key}>
                <Figure it={it} row={row} column={column} value={row.values[at] ?? 0} asked={asked} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {it.total && it.rows.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            {it.columns.map(({ key }, at) => (
              <td key={key}>{it.total?.[at]}</td>
            ))}
          </tr>
        </tfoot>
      )}
    </WideTable>
  )
}

/** An organisation below leads to its own sums. */
function RowName({ it, row: { organizationId, label } }: { it: Card; row: Card['rows'][number] }) {
  if (organizationId === null || organizationId === it.organization.id) return label
  return (
    <Link to="/reports" search={(before) => ({ ...before, organization: organizationId })}>
      {label}
    </Link>
  )
}

interface FigureProps {
  it: Card
  row: Card['rows'][number]
  column: Card['columns'][number]
  value: number
  asked: CardAsked
}

/** A figure leads to the rows behind it, here or on the page that lists them. */
function Figure({ it, row, column, value, asked: { by } }: FigureProps) {
  if (value === 0) return <span className={classes.none}>0</span>
  const name = `${row.label}，${column.label}：${value}`
  if (it.key === 'dues')
    return (
      <Link
        to="/"
        search={{
          organizationId: it.organization.id,
          kind: row.key as ActKind,
          whose: 'all',
          ...(column.key === 'overdue' && { due: 'overdue' as const }),
        }}
        aria-label={name}
      >
        {value}
      </Link>
    )
  if (!it.hasList) return value
  return (
    <Link
      to="/reports/rows"
      search={{
        ...{ organization: it.organization.id, card: it.key, row: row.key, column: column.key },
        ...(it.key === 'members' && { by }),
      }}
      aria-label={name}
    >
      {value}
    </Link>
  )
}
