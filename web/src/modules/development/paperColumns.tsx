import { stageLabels } from '@zhibu/rules'
import type { PersonPapers } from '@zhibu/server/modules/development/completeness-schema'
import type { Column } from '../../ui/ListRows.tsx'
import { DoubtfulPapers, MissingPapers } from './PaperRemarks.tsx'

/** The columns of the list of persons whose papers are not all there and in order. */
export const paperColumns: readonly Column<PersonPapers>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name },
  { key: 'studentNumber', header: '学号（工号）', cell: (it) => it.studentNumber, isHiddenAtFirst: true },
  { key: 'organization', header: '所在组织', cell: (it) => it.organization },
  { key: 'stage', header: '阶段', cell: (it) => it.stage && stageLabels[it.stage] },
  { key: 'missing', header: '缺什么、由谁交来', cell: (it) => <MissingPapers remarks={it.remarks} /> },
  {
    key: 'doubtful',
    header: '需要核对的',
    cell: (it) => <DoubtfulPapers remarks={it.remarks} differences={it.differences} />,
  },
]
