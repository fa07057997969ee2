import classes from './ReasonList.module.css'

/** One step of a reasoning, ready to be shown. */
export interface ShownReason {
  /** One sentence. */
  text: string
  /** The source as it is cited: “2026年细则第十六条”. */
  citation?: string
  facts?: readonly { label: string; value: string }[]
}

interface Props {
  reasons: readonly ShownReason[]
  /** The question answered. */
  question?: string
}

/** Why this day: the sentences behind it with their articles and facts, folded away until asked for, open in print. */
export function ReasonList({ reasons, question = '为什么是这一天' }: Props) {
  if (reasons.length === 0) return null
  return (
    <details className={classes.reasons}>
      <summary>{question}</summary>
      <ol className={classes.list}>
        {reasons.map((it) => (
          <li key={it.text}>
            {it.text}
            {it.citation !== undefined && <span className={classes.citation}>（{it.citation}）</span>}
            {it.facts?.map((fact) => (
              <span key={fact.label} className={classes.fact}>
                {fact.label}：{fact.value}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </details>
  )
}
