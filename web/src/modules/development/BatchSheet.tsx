import { Link } from '@tanstack/react-router'
import {
  actLabels,
  dayWritten,
  delivererLabels,
  type Finding,
  type Missing,
  severityLabels,
  stageLabels,
} from '@zhibu/rules'
import type { BatchView, RemarkOnRun } from '@zhibu/server/modules/development/schema'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import classes from './BatchPage.module.css'
import { doubtful, missingByDeliverer } from './paperGroups.ts'
import { preCheckFoot } from './preCheckFoot.tsx'
import { citationIn, shownFinding } from './shownBasis.ts'

interface Props {
  batch: BatchView
  entry: BatchView['run']['entries'][number]
}

/** One person's sheet: what is contradictory, what is missing, how to cure it, and what has changed since the last run. */
export function BatchSheet({ batch, entry }: Props) {
  const { personId, name, studentNumber, organization, stage, findings, missing, papers, due, change } = entry
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
        <h3 className={classes.heading}>二、缺少的记录和材料（{missing.length + papers.length} 项）</h3>
        {missing.length + papers.length === 0 && <p className={classes.none}>没有发现。</p>}
        {missing.length > 0 && <Gaps missing={missing} />}
        {papers.length > 0 && <Papers papers={papers} />}
        <h3 className={classes.heading}>三、下一步</h3>
        {due.length === 0 ? (
          <p className={classes.none}>目前没有待办的下一步。</p>
        ) : (
          <ul className={classes.list}>
            {due.map((it) => (
              <li key={it.kind}>
                {actLabels[it.kind]}
                {it.earliestOn && `，最早${dayWritten(it.earliestOn)}`}
                {it.latestOn && `，最迟${dayWritten(it.latestOn)}`}
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

/** By who hands them in, so that each is asked once. */
function Papers({ papers }: { papers: readonly RemarkOnRun[] }) {
  return (
    <table className={`${classes.table} ${classes.papers}`}>
      <thead>
        <tr>
          <th scope="col">由谁交来</th>
          <th scope="col">按归档清单缺少、需要核对的材料</th>
          <th scope="col" className={classes.blank}>
            处理情况
          </th>
        </tr>
      </thead>
      <tbody>
        {missingByDeliverer(papers).map(({ deliveredBy, who, papers: lacking }) => (
          <tr key={deliveredBy}>
            <th scope="row">{who}</th>
            <td>{lacking.map((it) => it.label).join('、')}</td>
            <td className={classes.blank} />
          </tr>
        ))}
        {doubtful(papers).map((it) => (
          <tr key={it.code}>
            <th scope="row">{it.deliveredBy === undefined ? '' : delivererLabels[it.deliveredBy]}</th>
            <td>{it.message}</td>
            <td className={classes.blank} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Change({ change }: { change: NonNullable<Props['entry']['change']> }) {
  const cured = linesOf([...change.cured, ...change.supplied], change.papersSettled)
  const fresh = linesOf([...change.new, ...change.newlyMissing], change.papersNew)
  if (cured.count + fresh.count === 0) return <p className={classes.none}>与上次预审相比没有变化。</p>
  return (
    <div className={classes.change}>
      {cured.count > 0 && (
        <>
          <strong>上次预审以后已改正 {cured.count} 处：</strong>
          <ul className={classes.list}>
            {cured.lines.map((it) => (
              <li key={it}>
                <s>{it}</s>
              </li>
            ))}
          </ul>
        </>
      )}
      {fresh.count > 0 && (
        <>
          <strong>新发现 {fresh.count} 处：</strong>
          <ul className={classes.list}>
            {fresh.lines.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** The first sentence of each, without what follows it; papers together in one line. */
function linesOf(messages: readonly { message: string }[], papers: readonly RemarkOnRun[]) {
  const lines = messages.map(({ message }) => message.split('。')[0] ?? message)
  const ofPapers = papers.length === 0 ? [] : [`归档材料：${papers.map((it) => it.label).join('、')}`]
  return { count: messages.length + papers.length, lines: [...lines, ...ofPapers] }
}
