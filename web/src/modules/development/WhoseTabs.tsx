import { Link } from '@tanstack/react-router'
import type { DueCounts, Whose } from '@zhibu/server/modules/development/schema'
import classes from '../../ui/TabLinks.module.css'
import { countText } from './DueCounts.tsx'
import type { DeskSearch } from './searches.ts'

interface Props {
  /** What the reader may choose between, each with its count; undefined while it is counted. */
  choices: DueCounts['whose'] | undefined
  search: DeskSearch
}

/** Whose turn it is. Not shown where there is nothing to choose. */
export function WhoseTabs({ choices, search }: Props) {
  if (choices === undefined) return <div className={classes.tabs}>{nothing}</div>
  if (choices.length < 2) return null
  const chosen = search.whose ?? choices[0]?.whose
  return (
    <nav aria-label="由谁办理" className={`${classes.tabs} no-print`}>
      {choices.map(({ whose, count, overdue }) => (
        <Link
          key={whose}
          to="/"
          search={{ ...search, whose }}
          replace
          className={classes.tab}
          aria-current={whose === chosen ? 'page' : undefined}
        >
          {whoseNames[whose]} {countText(count)}
          {whose !== chosen &&
            whose !== 'all' &&
            search.due === undefined &&
            overdue !== 0 &&
            `（逾期 ${countText(overdue)}）`}
        </Link>
      ))}
    </nav>
  )
}

/** Keeps the line, so that nothing moves when the counts come. */
const nothing = <span className={classes.tab}>{'\u3000'}</span>

/** Whose turn it is, in words. */
export const whoseNames: Readonly<Record<Whose, string>> = {
  mine: '由我办理',
  branches: '由支部办理',
  all: '全部',
}
