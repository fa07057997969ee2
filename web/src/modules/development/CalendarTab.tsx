import { Alert, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { holidayNotices, yearOf } from '@zhibu/rules'
import { calendarFrom, type SettingsView } from '@zhibu/server/modules/development/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { useToday } from '../../ui/today.ts'
import { settingsQuery } from './api.ts'
import classes from './CalendarTab.module.css'
import { WorkingYearForm } from './WorkingYearForm.tsx'
import { entriesOf, YearView } from './YearView.tsx'

const route = getRouteApi('/signed-in/rules/calendar')

/** 工作日历: a year of holidays and worked weekends. */
export function CalendarTab() {
  const { year: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const today = useToday()
  const { data: read, error, refetch } = useQuery(settingsQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (read === undefined || today === undefined) return <PageLoading />
  const { value: data, etag } = read
  const year = asked === undefined ? yearOf(today) : Number(asked)
  const years = Array.from({ length: yearOf(today) + 3 - 2014 }, (_, at) => yearOf(today) + 2 - at)
  return (
    <div className={classes.part}>
      <div className={classes.tools}>
        <Select
          aria-label="年份"
          data={years.map((it) => ({ value: String(it), label: `${it}年` }))}
          value={String(year)}
          onChange={(value) => void navigate({ search: value === null ? {} : { year: value }, replace: true })}
          allowDeselect={false}
          w={120}
        />
        <Legend />
      </div>
      <Source settings={data} year={year} />
      {data.can.settle ? (
        <WorkingYearForm key={`${year} ${JSON.stringify(data.workingYears)}`} settings={data} etag={etag} year={year} />
      ) : (
        <YearView year={year} {...entriesOf(calendarFrom(data.workingYears), year)} />
      )}
    </div>
  )
}

function Legend() {
  return (
    <p className={classes.legend}>
      <span className={classes.day} data-kind="holiday">
        休
      </span>
      放假
      <span className={classes.day} data-kind="makeUp">
        班
      </span>
      周末调休上班
    </p>
  )
}

/** Where the year's table comes from, or that there is none yet. */
function Source({ settings, year }: { settings: SettingsView; year: number }) {
  const own = settings.workingYears.find((it) => it.year === year)
  if (own) return <p className={classes.source}>本校设置，来源：{own.source}</p>
  if (!settings.shippedYears.includes(year)) {
    return (
      <Alert color="yellow" title={`${year}年的放假安排尚未收录`}>
        暂按星期一至星期五为工作日推算，涉及这一年的日期都会标明“待定”。国务院办公厅的通知公布后，由学校党委组织部在此填入。
      </Alert>
    )
  }
  const urls = holidayNotices.find((it) => it.year === year)?.urls ?? []
  return (
    <p className={classes.source}>
      系统自带，来源：国务院办公厅关于{year}年部分节假日安排的通知
      {urls.map((url, at) => (
        <span key={url}>
          {at === 0 ? '，' : '、'}
          <a href={url} target="_blank" rel="noreferrer">
            {at === 0 ? '原文' : '年内调整的通知'}
          </a>
        </span>
      ))}
    </p>
  )
}
