import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import type { Statement } from '@zhibu/server/modules/training/attendance-schema'
import { EmptyState } from '../../ui/EmptyState.tsx'
import parts from '../../ui/Parts.module.css'
import { ShareBars } from '../../ui/ShareBars.tsx'
import { WideTable } from '../../ui/WideTable.tsx'
import classes from './Training.module.css'
import { asDay, attendanceNames, categoryNames, formNames } from './words.ts'

/** The hours of a year: the sum, what the regulations say of it, what it was about, and the sessions one by one. */
export function StatementView({ it }: { it: Statement }) {
  return (
    <div className={parts.form}>
      <p className={classes.sum}>
        <strong>{it.hours}</strong> 学时 <span className={classes.quiet}>{it.days > 0 && `分布在 ${it.days} 天`}</span>
      </p>
      {it.requirements.length > 0 && <Requirements it={it} />}
      {it.sessions.length === 0 ? (
        <EmptyState title="这一年还没有登记的学时">参加的课程由组织培训的人登记到课以后，列在这里。</EmptyState>
      ) : (
        <>
          <ShareBars
            label="按内容分"
            items={it.byCategory.map(({ category, hours }) => ({
              name: categoryNames[category],
              words: `${hours} 学时`,
              share: it.hours > 0 ? hours / it.hours : null,
            }))}
          />
          <SessionTable it={it} />
        </>
      )}
      {it.remarks.map((text) => (
        <p key={text} className={parts.note}>
          {text}
        </p>
      ))}
    </div>
  )
}

function Requirements({ it }: { it: Statement }) {
  return (
    <ul className={classes.requirements} aria-label="有关规定">
      {it.requirements.map(({ text, hours, hoursToCome, cited, isToVerify }) => (
        <li key={text}>
          <span>{text}</span>
          <div className={classes.bar} aria-hidden="true">
            <span style={{ width: `${Math.min(100, (100 * (hours - hoursToCome)) / hours)}%` }} />
          </div>
          <span className={classes.quiet}>
            依据：{cited} {isToVerify && <Badge color="gray">待核实</Badge>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function SessionTable({ it }: { it: Statement }) {
  return (
    <WideTable label="课程">
      <caption className="for-screen-readers">{it.year} 年参加的课程</caption>
      <thead>
        <tr>
          <th scope="col">日期</th>
          <th scope="col">课程</th>
          <th scope="col">培训班</th>
          <th scope="col">内容</th>
          <th scope="col">形式</th>
          <th scope="col">学时</th>
          <th scope="col">到课情况</th>
        </tr>
      </thead>
      <tbody>
        {it.sessions.map((one, at) => {
          const on = asDay(one.on)
          return (
            // Sessions that are read never change places.
            <tr key={`${one.programmeId} ${one.on} ${String(at)}`}>
              <td>{on ? dayWritten(on) : one.on}</td>
              <th scope="row">{one.title}</th>
              <td>
                <Link to="/training/$programmeId" params={{ programmeId: one.programmeId }}>
                  {one.programme}
                </Link>
              </td>
              <td>{categoryNames[one.category]}</td>
              <td>{formNames[one.form]}</td>
              <td>{one.hours}</td>
              <td>{attendanceNames[one.attendance]}</td>
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
