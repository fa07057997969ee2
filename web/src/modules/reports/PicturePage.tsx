import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import {
  isDividing,
  type PictureList,
  pictureColumns,
  pictureLists,
} from '@zhibu/server/modules/reports/picture-names-schema'
import type { Picture } from '@zhibu/server/modules/reports/schema'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DayText } from '../../ui/DayText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useListWhenOpened } from '../../ui/listWhenOpened.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { pictureQuery } from './api.ts'
import { BarsChart } from './BarsChart.tsx'
import { Definitions } from './Definitions.tsx'
import { type FigureOf, FiguresTable } from './FiguresTable.tsx'
import { type Filters, filtersOf, pageOf, rowsBehind } from './pictureLists.ts'
import classes from './Reports.module.css'

const route = getRouteApi('/signed-in/picture')

/** 看成图: a list as it is filtered, its rows counted by one of its columns or two; each bar leads back to its rows. */
export function PicturePage() {
  const search = route.useSearch()
  const list = codeIn(pictureLists, search.picture ?? null)
  if (list === undefined)
    return (
      <Page title="看成图">
        <EmptyState title="没有这个名单">请打开一个名单，在那里点“看成图”。</EmptyState>
      </Page>
    )
  return <PictureOf key={list} list={list} />
}

function PictureOf({ list }: { list: PictureList }) {
  const search = route.useSearch()
  const change = route.useNavigate()
  const names: Readonly<Record<string, string>> = pictureColumns[list]
  const { to, part, asked } = pageOf(list)
  const filters = filtersOf(list, search)
  const by = codeIn(names, search.by ?? null) ?? Object.keys(names)[0] ?? ''
  const wanted = codeIn(names, search.along ?? null)
  const along = wanted !== undefined && wanted !== by && isDividing(list, wanted) ? wanted : undefined
  const { data, error, refetch } = useQuery(pictureQuery(list, { ...asked(filters), by, along }))
  const set = (it: { by?: string; along?: string | undefined }) =>
    void change({ search: (before) => ({ ...before, ...it }), replace: true })
  const divided = Object.fromEntries(Object.entries(names).filter(([key]) => key !== by && isDividing(list, key)))
  return (
    <Page
      title={`${pictureLists[list]}：看成图`}
      printTitle={`${pictureLists[list]}（按${names[by]}）`}
      breadcrumbs={[{ label: pictureLists[list], to }]}
      {...(Object.keys(filters).length > 0 && { subtitle: '只计名单里筛选出来的。' })}
      lead="按一列或两列计数，画成图；点数字回到名单里的这些行。不按数字排列。"
      actions={
        <LinkButton variant="default" to={to} search={{ ...filters, ...part }}>
          回到名单
        </LinkButton>
      }
    >
      <div className={`${classes.filters} no-print`}>
        <ColumnSelect label="按什么计" choices={choicesOf(names)} value={by} onChange={(value) => set({ by: value })} />
        <ColumnSelect
          label="再按什么分"
          choices={[{ value: '', label: '不再分' }, ...choicesOf(divided)]}
          value={along ?? ''}
          onChange={(value) => set({ along: value || undefined })}
        />
      </div>
      <Section title={`按${names[by]}${along ? `和${names[along]}` : ''}`}>
        {data ? (
          <Drawn it={data} list={list} filters={filters} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )}
      </Section>
    </Page>
  )
}

interface SelectProps {
  label: string
  choices: { value: string; label: string }[]
  value: string
  onChange: (column: string) => void
}

function ColumnSelect({ label, choices, value, onChange }: SelectProps) {
  const list = useListWhenOpened()
  return (
    <Select
      label={label}
      data={choices}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      {...list}
    />
  )
}

function Drawn({ it, list, filters }: { it: Picture; list: PictureList; filters: Filters }) {
  const navigate = useNavigate()
  const { to } = pageOf(list)
  const behind: (at: Pick<FigureOf, 'row' | 'column'>) => Filters | undefined = ({ row, column }) =>
    rowsBehind(list, filters, [
      { column: it.by, key: row.key },
      ...(it.along === null ? [] : [{ column: it.along, key: column.key }]),
    ])
  if (it.rows.length === 0)
    return <EmptyState title="没有可以画的">名单里没有符合条件的，请回到名单放宽筛选条件。</EmptyState>
  return (
    <div className={parts.form}>
      <BarsChart
        columns={it.columns}
        rows={it.rows}
        isStacked
        onChoose={(row, column) => {
          const search = behind({ row, column })
          if (search !== undefined) void navigate({ to, search })
        }}
      />
      <FiguresTable
        label={`${pictureLists[list]}的数字`}
        columns={it.columns}
        rows={it.rows}
        total={it.columns.map((_, at) => it.rows.reduce((sum, row) => sum + (row.values[at] ?? 0), 0))}
        figure={({ row, column, value, name }) => {
          const search = behind({ row, column })
          if (search === undefined) return value
          return (
            <Link to={to} search={search} aria-label={name}>
              {value}
            </Link>
          )
        }}
      />
      <Definitions
        first={
          <>
            截至 <DayText on={it.day} />
            ，和名单里列出的一样多。
          </>
        }
        texts={it.definitions}
      />
    </div>
  )
}
