import type { Hit } from '@zhibu/server/modules/search/schema'
import classes from './Hits.module.css'

/** A text with what was searched for marked in it. */
export function MarkedText({ text, marks }: Hit['snippet']) {
  return (
    <>
      {marks.map(([from, until], at) => (
        <span key={from}>
          {text.slice(marks[at - 1]?.[1] ?? 0, from)}
          <mark className={classes.mark}>{text.slice(from, until)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}
