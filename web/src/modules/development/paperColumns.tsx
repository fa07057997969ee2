import { delivererLabels, stageLabels } from '@zhibu/rules'
import type { PersonPapers } from '@zhibu/server/modules/development/completeness-schema'
import { paperStateNames } from '@zhibu/server/modules/development/names-schema'
import type { Column } from '../../ui/ListRows.tsx'
import classes from './CompletenessPage.module.css'
import { doubtful, missingByDeliverer } from './paperGroups.ts'

/** The columns of the list of persons whose papers are not all there and in order. */
export const paperColumns: readonly Column<PersonPapers>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name },
  { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.studentNumber, isHiddenAtFirst: true },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization },
  { key: 'stage', header: '阶段', cell: (it) => it.stage && stageLabels[it.stage] },
  { key: 'missing', header: '缺什么、由谁交来', cell: (it) => <Missing it={it} /> },
  { key: 'doubtful', header: '需要核对的', cell: (it) => <Doubtful it={it} /> },
]

function Missing({ it }: { it: PersonPapers }) {
  const groups = missingByDeliverer(it.remarks)
  if (groups.length === 0) return null
  return (
    <ul className={classes.remarks}>
      {groups.map(({ deliveredBy, who, papers }) => (
        <li key={deliveredBy}>
          <strong>{who}</strong>：{papers.map((it) => it.label).join('、')}
        </li>
      ))}
    </ul>
  )
}

function Doubtful({ it }: { it: PersonPapers }) {
  const odd = doubtful(it.remarks)
  if (odd.length + it.differences.length === 0) return null
  return (
    <ul className={classes.remarks}>
      {odd.map(({ code, label, state, deliveredBy }) => (
        <li key={`${code} ${label}`}>
          {state !== 'notDue' && <strong>{paperStateNames[state]}</strong>}：{label}
          {deliveredBy && `（${delivererLabels[deliveredBy]}）`}
        </li>
      ))}
      {it.differences.map(({ place, message }) => (
        <li key={`${place} ${message}`}>
          <strong>{paperStateNames.differs}</strong>：{message}
        </li>
      ))}
    </ul>
  )
}
