import { stageLabels } from '@zhibu/rules'
import type { BatchEntry, BatchView } from '@zhibu/server/modules/development/schema'
import { PrintSheet } from '../../ui/PrintSheet.tsx'
import classes from './BatchPage.module.css'
import { preCheckFoot } from './preCheckFoot.tsx'

interface Props {
  batch: BatchView
  entries: BatchView['run']['entries']
  /** Told before the reader goes to a sheet, which may not be laid out yet. */
  onGoTo: () => void
}

/** The first sheet of a batch: everybody in a line, with what was found. */
export function BatchSummary({ batch, entries, onGoTo }: Props) {
  const hasChange = entries.some((it) => it.change !== null)
  return (
    <PrintSheet
      title="发展党员材料预审汇总表"
      subtitle={`${batch.title} · 第 ${batch.run.number} 次预审`}
      foot={preCheckFoot(batch)}
    >
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">序号</th>
              <th scope="col">姓名</th>
              <th scope="col">学号（工号）</th>
              <th scope="col">所在组织</th>
              <th scope="col">阶段</th>
              <th scope="col">矛盾</th>
              <th scope="col">提醒</th>
              <th scope="col">缺项</th>
              {hasChange && <th scope="col">较上次</th>}
            </tr>
          </thead>
          <tbody>
            {entries.map((it, at) => (
              <tr key={it.personId}>
                <td>{at + 1}</td>
                <th scope="row">
                  <a href={`#sheet-${it.personId}`} onClick={onGoTo}>
                    {it.name}
                  </a>
                </th>
                <td>{it.studentNumber}</td>
                <td>{it.organization}</td>
                <td>{it.stage && stageLabels[it.stage]}</td>
                <td>{countOf(it, 'error')}</td>
                <td>{countOf(it, 'warning')}</td>
                <td>{it.missing.length + it.papers.length || '—'}</td>
                {hasChange && <td>{changeText(it.change)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PrintSheet>
  )
}

const countOf = ({ findings }: BatchEntry, severity: 'error' | 'warning') =>
  findings.filter((it) => it.severity === severity).length || '—'

function changeText(change: Props['entries'][number]['change']): string {
  if (change === null) return '新列入'
  const cured = change.cured.length + change.supplied.length + change.papersSettled.length
  const fresh = change.new.length + change.newlyMissing.length + change.papersNew.length
  return [cured > 0 && `已改正 ${cured}`, fresh > 0 && `新发现 ${fresh}`].filter(Boolean).join('，') || '无变化'
}
