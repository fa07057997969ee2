import classes from './ShareBars.module.css'

interface Share {
  /** Of what: an option, a team. No two alike. */
  name: string
  words: string
  /** From 0 to 1; null where there is none to be shown. */
  share: number | null
}

/** Shares in words, each with a bar that shows the same. */
export function ShareBars({ label, items }: { label: string; items: readonly Share[] }) {
  return (
    <ul className={classes.bars} aria-label={label}>
      {items.map(({ name, words, share }) => (
        <li key={name}>
          <span>{name}</span>
          <span>{words}</span>
          {share !== null && (
            <div className={classes.bar} aria-hidden="true">
              <span style={{ width: `${100 * share}%` }} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
