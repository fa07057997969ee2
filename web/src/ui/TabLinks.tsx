import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './TabLinks.module.css'

/** What any page calls its parts in its address. */
type AnyList = NonNullable<Extract<LinkProps['search'], { list?: unknown }>['list']>

/** A part of a page, named in its address by `list`; the first one has no name there. */
export interface Tab<List extends AnyList> {
  list?: List | undefined
  label: string
  /** How many things wait there, behind the label. */
  count?: number | undefined
}

interface Props<List extends AnyList> {
  /** Names the parts for screen readers. */
  label: string
  /** The page whose parts they are. */
  to: string
  tabs: readonly Tab<List>[]
  current: List | undefined
}

/** The parts of a page as links; the current one is marked. Going from one to another leaves nothing in the history. */
export function TabLinks<List extends AnyList>({ label, to, tabs, current }: Props<List>) {
  return (
    <nav aria-label={label} className={`${classes.tabs} no-print`}>
      {tabs.map((it) => (
        <Link
          key={it.label}
          to={to}
          search={{ list: it.list }}
          replace
          className={classes.tab}
          activeOptions={{ explicitUndefined: true }}
          aria-current={it.list === current ? 'page' : undefined}
        >
          {it.label}
          {it.count ? `（${it.count}）` : ''}
        </Link>
      ))}
    </nav>
  )
}
