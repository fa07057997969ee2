import type {
  AcceptanceView,
  Round,
  SelfAssessment,
  ShownAssessment,
} from '@zhibu/server/modules/training/acceptance-schema'
import parts from '../../ui/Parts.module.css'
import { WideTable } from '../../ui/WideTable.tsx'
import classes from './Training.module.css'

type Criteria = AcceptanceView['criteria']

interface Props {
  /** Which round it is, where a page shows several. */
  number?: number
  criteria: Criteria
  self: SelfAssessment
  assessments?: readonly ShownAssessment[] | null
  differing?: Round['differing']
}

/** One round: criterion by criterion what was said, in the words of the levels; then the work that shows it, and what the assessors wrote. */
export function RoundShown({ number, criteria, self, assessments, differing = [] }: Props) {
  return (
    <div className={parts.form}>
      <WideTable label={number === undefined ? '评议' : `第 ${number} 次提交的评议`}>
        <thead>
          <tr>
            <th scope="col">标准</th>
            <th scope="col">自评</th>
            {assessments?.map((it, at) => (
              // Assessments keep their places.
              <th scope="col" key={String(at)}>
                {nameOf(it, at)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <tr key={criterion.key}>
              <th scope="row">
                {criterion.name}
                {differing.includes(criterion.key) && <span className={classes.problem}>（评议不一致）</span>}
              </th>
              <td>
                {levelName(criterion, self.levels[criterion.key])}
                {self.notes[criterion.key] && <p className={classes.quiet}>{self.notes[criterion.key]}</p>}
              </td>
              {assessments?.map((it, at) => (
                <td key={String(at)}>{levelName(criterion, it.levels[criterion.key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {self.evidence.length > 0 && (
        <ul className={classes.materials} aria-label={number === undefined ? '成果' : `第 ${number} 次提交的成果`}>
          {self.evidence.map((it, at) => (
            <li key={`${it.url} ${String(at)}`}>
              {it.url === '' ? (
                it.title
              ) : (
                <a href={it.url} target="_blank" rel="noreferrer noopener">
                  {it.title}
                </a>
              )}
              {it.about !== '' && <p className={classes.quiet}>{it.about}</p>}
            </li>
          ))}
        </ul>
      )}
      {self.words !== '' && <p className={parts.text}>{self.words}</p>}
      {assessments?.map((it, at) => (
        <p key={String(at)} className={parts.text}>
          {nameOf(it, at)}：{it.words}
        </p>
      ))}
    </div>
  )
}

const nameOf = ({ by }: ShownAssessment, at: number) => by ?? ['评议一', '评议二'][at] ?? '评议'

const levelName = ({ levels }: Criteria[number], place: number | undefined) =>
  (place === undefined ? undefined : levels[place]?.name) ?? '没有选'
