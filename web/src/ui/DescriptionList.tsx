import type { ReactNode } from 'react'
import classes from './DescriptionList.module.css'

interface Props {
  /** What is not known is left out or given as undefined; it is then shown as 未填. */
  items: readonly { label: string; value: ReactNode }[]
}

/** Facts about one thing, each with its name, in as many columns as there is room for. */
export function DescriptionList({ items }: Props) {
  return (
    <dl className={classes.list}>
      {items.map(({ label, value }) => (
        <div key={label} className={classes.item}>
          <dt>{label}</dt>
          <dd>{value ?? <span className={classes.missing}>未填</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
