import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { YearView } from '@zhibu/server/modules/activities/schema'
import { useState } from 'react'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import classes from './Activities.module.css'
import { placesQuery, yearQuery } from './api.ts'
import { OwnDayDialog } from './OwnDayDialog.tsx'
import { activityStateNames } from './words.ts'

const route = getRouteApi('/signed-in/activities')

/** 一年日历: memorial days, own days and activities, month by month. */
export function Year() {
  const today = useToday()
  const search = route.useSearch()
  const current = Number((today ?? '').slice(0, 4))
  const wanted = Number(search.year)
  const year = Number.isInteger(wanted) && wanted >= 2000 && wanted <= 2100 ? wanted : current
  const { data, error, refetch } = useQuery({ ...yearQuery(year), enabled: year > 0 })
  const places = useQuery(placesQuery).data?.items ?? []
  const [isNew, setIsNew] = useState(false)
  const go = (to: number) => ({ list: 'year' as const, year: to === current ? undefined : String(to) })
  return (
    <Section
      title={`${year} 年`}
      lead="点一个日子，看由来和现成的方案；点活动，看安排。"
      actions={
        <>
          <LinkButton variant="default" to="/activities" search={go(year - 1)} replace>
            上一年
          </LinkButton>
          <LinkButton variant="default" to="/activities" search={go(year + 1)} replace>
            下一年
          </LinkButton>
          {places.length > 0 && (
            <Button variant="default" onClick={() => setIsNew(true)}>
              添加本组织的日子
            </Button>
          )}
        </>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <PageLoading />
      ) : (
        <Months view={data} today={today} />
      )}
      {isNew && <OwnDayDialog places={places} onClose={() => setIsNew(false)} />}
    </Section>
  )
}

function Months({ view, today }: { view: YearView; today: string | undefined }) {
  return (
    <>
      {!view.hasFestivals && (
        <p className={parts.note}>{view.year} 年的农历节日和节气还没有收入，这一年的日历里没有列出。</p>
      )}
      <div className={classes.months}>
        {Array.from({ length: 12 }, (_, at) => at + 1).map((month) => (
          <Month key={month} month={month} view={view} isCurrent={today?.slice(0, 7) === prefixOf(view.year, month)} />
        ))}
      </div>
      {view.isCut && <p className={parts.note}>活动较多，日历里只列出最早的 400 项，其余请在活动列表里查看。</p>}
    </>
  )
}

const prefixOf = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`

function Month({ month, view, isCurrent }: { month: number; view: YearView; isCurrent: boolean }) {
  const prefix = prefixOf(view.year, month)
  const begins = (on: string) => (on < `${view.year}` ? `${view.year}-01-01` : on)
  const entries = [
    ...view.days
      .filter((it) => it.on.startsWith(prefix))
      .map((it) => ({
        key: it.dayKey,
        on: it.on,
        isWhole: it.until !== it.on,
        isActivity: false,
        content: (
          <Link
            to="/activities/days/$dayKey"
            params={{ dayKey: it.dayKey }}
            search={{ year: String(view.year) }}
            className={parts.link}
            title={it.sentence}
          >
            {it.name}
          </Link>
        ),
      })),
    ...view.activities
      .filter((it) => it.fromOn !== null && begins(it.fromOn).startsWith(prefix))
      .map((it) => ({
        key: it.id,
        on: it.fromOn ?? '',
        isWhole: false,
        isActivity: true,
        content: (
          <span title={it.organization.name}>
            <Link to="/activities/$activityId" params={{ activityId: it.id }} className={parts.link}>
              {it.title}
            </Link>
            {it.state === 'planned' && `（${activityStateNames.planned}）`}
          </span>
        ),
      })),
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return (
    <section className={classes.month} aria-label={`${month} 月`} data-current={isCurrent || undefined}>
      <h3>{month} 月</h3>
      {entries.length === 0 ? (
        <p className={parts.note}>没有日子和活动。</p>
      ) : (
        <ul className={classes.days}>
          {entries.map((it) => (
            <li key={it.key} className={classes.dayRow} data-activity={it.isActivity || undefined}>
              <span className={classes.date}>{it.isWhole ? '整月' : `${Number(it.on.slice(8))} 日`}</span>
              {it.content}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
