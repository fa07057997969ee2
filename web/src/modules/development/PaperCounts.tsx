import { Link } from '@tanstack/react-router'
import { delivererLabels } from '@zhibu/rules'
import type { CompletenessCounts, PaperCount } from '@zhibu/server/modules/development/completeness-schema'
import { paperStateNames } from '@zhibu/server/modules/development/names-schema'
import { choicesOf } from '../../ui/choices.ts'
import classes from './BoardPage.module.css'
import type { CompletenessSearch } from './searches.ts'

/** A line of the counts, and to what it narrows the list. */
interface CountRow {
  key: string
  label: string
  states: readonly PaperCount[]
  narrows: CompletenessSearch
}

/** The counts by paper in the order of the filing list, or by organisation in the order of the tree. */
export const countRows = (
  { places, organizations }: CompletenessCounts,
  view: 'places' | 'organizations',
): readonly CountRow[] =>
  view === 'places'
    ? places.map(({ code, number, label, deliveredBy, states }) => ({
        key: code,
        label: `${number}　${label}（${delivererLabels[deliveredBy]}）`,
        states,
        narrows: { place: code },
      }))
    : organizations.map(({ id, name, states }) => ({ key: id, label: name, states, narrows: { organizationId: id } }))

interface Props {
  label: string
  head: string
  rows: readonly CountRow[]
  search: CompletenessSearch
}

/** How many persons have what remark; each figure leads to the list. Nothing is put in order by a figure. */
export function PaperCounts({ label, head, rows, search }: Props) {
  const shown = choicesOf(paperStateNames).filter(({ value }) =>
    rows.some(({ states }) => states.some((it) => it.state === value)),
  )
  if (rows.length === 0) return null
  return (
    <section className={classes.scroll} aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {shown.map(({ value, label: name }) => (
              <th key={value} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label: name, states, narrows }) => (
            <tr key={key}>
              <th scope="row">
                <Link to="/archive/completeness" search={{ ...search, ...narrows }} className={classes.link}>
                  {name}
                </Link>
              </th>
              {shown.map(({ value }) => {
                const count = states.find((it) => it.state === value)?.persons ?? 0
                return count === 0 ? (
                  <td key={value} className={classes.zero}>
                    0
                  </td>
                ) : (
                  <td key={value}>
                    <Link
                      to="/archive/completeness"
                      search={{ ...search, ...narrows, state: value }}
                      className={classes.link}
                    >
                      {count.toLocaleString('zh-CN')}
                    </Link>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
