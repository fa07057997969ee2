import type { ReactNode } from 'react'

/** What figures mean, for whoever asks. */
export function Definitions({ first, texts }: { first?: ReactNode; texts: readonly string[] }) {
  return (
    <details>
      <summary>这些数字怎么来的</summary>
      <ul>
        {first && <li>{first}</li>}
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  )
}
