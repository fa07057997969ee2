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
import { type CardAsked, cardQuery } from './api.ts'
import { BarsChart } from './BarsChart.tsx'
import { Definitions } from './Definitions.tsx'
import { type FigureOf, FiguresTable } from './FiguresTable.tsx'

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
          <FiguresTable
            label={`${it.title}的数字`}
            columns={it.columns}
            rows={it.rows}
            total={it.total}
            rowName={(row) => <RowName it={it} row={row} />}
            figure={(at) => <Figure it={it} asked={asked} {...at} />}
          />
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

/** An organisation below leads to its own sums. */
function RowName({ it, row: { organizationId, label } }: { it: Card; row: Card['rows'][number] }) {
  if (organizationId === null || organizationId === it.organization.id) return label
  return (
    <Link to="/reports" search={(before) => ({ ...before, organization: organizationId })}>
      {label}
    </Link>
  )
}

interface FigureProps extends FigureOf {
  it: Card
  asked: CardAsked
}

/** A figure leads to the rows behind it, here or on the page that lists them. */
function Figure({ it, row, column, value, name, asked: { by } }: FigureProps) {
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
