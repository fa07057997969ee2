import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { YearPlan as Plan } from '@zhibu/server/modules/training/schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { useToday } from '../../ui/today.ts'
import { yearQuery } from './api.ts'
import { ProgrammeRows } from './ProgrammeRows.tsx'
import classes from './Training.module.css'
import { writeMinute, yearIn } from './words.ts'
import { YearButtons } from './YearButtons.tsx'

const route = getRouteApi('/signed-in/training')

/** 年度计划: the programmes of a year, and their sessions month by month. */
export function YearPlan() {
  const today = useToday()
  const search = route.useSearch()
  const year = yearIn(search.year, today)
  const { data, error, refetch } = useQuery({ ...yearQuery(year), enabled: year > 0 })
  return (
    <Section
      title={`${year} 年培训计划`}
      lead="看得到的培训班和课程。点名称看安排；要纸质的，用浏览器打印本页。"
      actions={<YearButtons year={year} list="year" />}
    >
      {data ? (
        data.programmes.length === 0 && data.sessions.length === 0 ? (
          <EmptyState title={`${year} 年还没有培训`}>培训班发布以后，课程按月份列在这里。</EmptyState>
        ) : (
          <Months plan={data} today={today} />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <PageLoading />
      )}
    </Section>
  )
}

function Months({ plan, today }: { plan: Plan; today: string | undefined }) {
  const byMonth = Map.groupBy(plan.sessions, (it) => it.on.slice(0, 7))
  return (
    <>
      {plan.programmes.length > 0 && (
        <div className={parts.form}>
          <h3>培训班</h3>
          <ProgrammeRows label="一年的培训班" rows={plan.programmes} />
        </div>
      )}
      <div className={parts.form}>
        <h3>课程</h3>
        {plan.sessions.length === 0 && <p className={parts.note}>还没有课程。</p>}
        <div className={classes.months}>
          {[...byMonth].map(([month, sessions]) => (
            <section
              key={month}
              className={classes.month}
              aria-label={`${Number(month.slice(5))} 月`}
              data-current={today?.startsWith(month) || undefined}
            >
              <h4>{Number(month.slice(5))} 月</h4>
              <ul className={classes.days}>
                {sessions.map((it) => (
                  <li key={it.id} className={classes.dayRow} data-past={(today && it.on < today) || undefined}>
                    <span className={classes.date}>
                      {Number(it.on.slice(8))} 日 {writeMinute(it.startMinute)}
                    </span>
                    <span>
                      <Link to="/training/$programmeId" params={{ programmeId: it.programmeId }} className={parts.link}>
                        {it.title}
                      </Link>
                      {it.isCancelled && '（已取消）'}
                      <span className={classes.quiet}>{[it.programme, it.place].filter(Boolean).join('，')}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        {plan.isCut && <p className={parts.note}>课程较多，这里只列出最早的 600 次，其余请在各培训班里查看。</p>}
      </div>
    </>
  )
}
