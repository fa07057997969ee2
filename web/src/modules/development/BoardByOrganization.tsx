import { Link } from '@tanstack/react-router'
import { stageLabels, stages } from '@zhibu/rules'
import type { Board } from '@zhibu/server/modules/development/schema'
import classes from './BoardPage.module.css'

/** The same counts per organisation; the name leads to its own board, each figure to the list. */
export function BoardByOrganization({ organizations }: Pick<Board, 'organizations'>) {
  return (
    <section className={classes.scroll} aria-label="各组织的人数">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">组织</th>
            {stages.map((it) => (
              <th key={it} scope="col">
                {stageLabels[it]}
              </th>
            ))}
            <th scope="col">已逾期</th>
            <th scope="col">有疑点</th>
          </tr>
        </thead>
        <tbody>
          {organizations.map(({ id: organizationId, name, stages: counts, overdue, withFindings }) => (
            <tr key={organizationId}>
              <th scope="row">
                <Link to="/development/board" search={{ organizationId }} className={classes.link}>
                  {name}
                </Link>
              </th>
              {stages.map((stage) => (
                <Figure
                  key={stage}
                  count={counts.find((it) => it.stage === stage)?.count ?? 0}
                  search={{ organizationId, stage }}
                />
              ))}
              <Figure count={overdue} search={{ organizationId, only: 'overdue' }} isLate />
              <Figure count={withFindings} search={{ organizationId, only: 'findings' }} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface FigureProps {
  count: number
  search: { organizationId: string; stage?: (typeof stages)[number]; only?: 'overdue' | 'findings' }
  isLate?: boolean
}

function Figure({ count, search, isLate = false }: FigureProps) {
  if (count === 0) return <td className={classes.zero}>0</td>
  return (
    <td data-late={isLate || undefined}>
      <Link to="/development" search={search} className={classes.link}>
        {count.toLocaleString('zh-CN')}
      </Link>
    </td>
  )
}
