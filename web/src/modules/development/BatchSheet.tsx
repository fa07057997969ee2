import { Link } from '@tanstack/react-router'
import { actLabels, type Finding, type Missing, severityLabels, stageLabels } from '@zhibu/rules'
import type { BatchView } from '@zhibu/server/modules/development/schema'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import { writeDay } from '../../ui/writtenDay.ts'
import classes from './BatchPage.module.css'
import { preCheckFoot } from './preCheckFoot.tsx'
import { citationIn, shownFinding } from './shownBasis.ts'

interface Props {
  batch: BatchView
  entry: BatchView['run']['entries'][number]
}

/** One person's sheet: what is contradictory, what is missing, how to cure it, and what has changed since the last run. */
export function BatchSheet({ batch, entry }: Props) {
  const { personId, name, studentNumber, organization, stage, findings, missing, due, change } = entry
  return (
    <div id={`sheet-${personId}`} className={classes.one}>
      <PrintSheet
        title="发展党员材料预审表"
        label={`${name}的预审表`}
        subtitle={`${batch.title} · 第 ${batch.run.number} 次预审`}
        foot={preCheckFoot(batch)}
      >
        <table className={`${classes.table} ${classes.head}`}>
          <tbody>
            <tr>
              <th scope="row">姓名</th>
              <td>
                <Link to="/development/$personId" params={{ personId }}>
                  {name}
                </Link>
              </td>
              <th scope="row">学号（工号）</th>
              <td>{studentNumber ?? '未登记'}</td>
            </tr>
            <tr>
              <th scope="row">所在组织</th>
              <td>{organization}</td>
              <th scope="row">阶段</th>
              <td>{stage ? stageLabels[stage] : '尚未递交申请'}</td>
            </tr>
          </tbody>
        </table>
        {change && <Change change={change} />}
        <h3 className={classes.heading}>一、与规定或记录不一致的（{findings.length} 处）</h3>
        {findings.length === 0 ? <p className={classes.none}>没有发现。</p> : <Findings findings={findings} />}
        <h3 className={classes.heading}>二、缺少的记录和材料（{missing.length} 项）</h3>
        {missing.length === 0 ? <p className={classes.none}>没有发现。</p> : <Gaps missing={missing} />}
        <h3 className={classes.heading}>三、下一步</h3>
        {due.length === 0 ? (
          <p className={classes.none}>目前没有待办的下一步。</p>
        ) : (
          <ul className={classes.list}>
            {due.map((it) => (
              <li key={it.kind}>
                {actLabels[it.kind]}
                {it.earliestOn && `，最早${writeDay(it.earliestOn)}`}
                {it.latestOn && `，最迟${writeDay(it.latestOn)}`}
                {it.overdue && '（已逾期）'}
              </li>
            ))}
          </ul>
        )}
      </PrintSheet>
    </div>
  )
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">序号</th>
          <th scope="col">问题和改正办法</th>
          <th scope="col">依据和事实</th>
          <th scope="col" className={classes.blank}>
            处理情况
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.map((it, at) => {
          const { citation, facts = [] } = shownFinding(it)
          return (
            <tr key={`${it.rule} ${it.message}`}>
              <td>{at + 1}</td>
              <td>
                <strong>{severityLabels[it.severity]}</strong> {it.message}
              </td>
              <td className={classes.basis}>
                <div>{citation}</div>
                {facts.map(({ label, value }) => (
                  <div key={`${label} ${value}`}>
                    {label}：{value}
                  </div>
                ))}
              </td>
              <td className={classes.blank} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Gaps({ missing }: { missing: readonly Missing[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">序号</th>
          <th scope="col">缺什么、怎样补</th>
          <th scope="col">依据</th>
          <th scope="col" className={classes.blank}>
            处理情况
          </th>
        </tr>
      </thead>
      <tbody>
        {missing.map((it, at) => (
          <tr key={`${it.code} ${it.message}`}>
            <td>{at + 1}</td>
            <td>{it.message}</td>
            <td className={classes.basis}>{citationIn(it) ?? '通行做法'}</td>
            <td className={classes.blank} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Change({ change }: { change: NonNullable<Props['entry']['change']> }) {
  const cured = [...change.cured, ...change.supplied]
  const fresh = [...change.new, ...change.newlyMissing]
  if (cured.length + fresh.length === 0) return <p className={classes.none}>与上次预审相比没有变化。</p>
  return (
    <div className={classes.change}>
      {cured.length > 0 && (
        <>
          <strong>上次预审以后已改正 {cured.length} 处：</strong>
          <ul className={classes.list}>
            {cured.map((it) => (
              <li key={it.message}>
                <s>{firstSentence(it.message)}</s>
              </li>
            ))}
          </ul>
        </>
      )}
      {fresh.length > 0 && (
        <>
          <strong>新发现 {fresh.length} 处：</strong>
          <ul className={classes.list}>
            {fresh.map((it) => (
              <li key={it.message}>{firstSentence(it.message)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const firstSentence = (message: string): string => message.split('。')[0] ?? message
