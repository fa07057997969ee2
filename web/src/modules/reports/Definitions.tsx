import type { ReactNode } from 'react'
import classes from './Reports.module.css'

interface Props {
  first?: ReactNode
  texts: readonly string[]
}

/** What figures mean, for whoever asks; on paper for everybody. */
export function Definitions(props: Props) {
  return (
    <>
      <details className="no-print">
        <summary>这些数字怎么来的</summary>
        <ul>
          <Sentences {...props} />
        </ul>
      </details>
      <ul className={`${classes.paper} only-print`}>
        <Sentences {...props} />
      </ul>
    </>
  )
}

function Sentences({ first, texts }: Props) {
  return (
    <>
      {first && <li>{first}</li>}
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </>
  )
}
