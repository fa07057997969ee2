import type { ReactNode } from 'react'

/** The line of a choice that has nothing to choose; an option that cannot be taken, since a list box holds nothing else. */
export function NothingFound({ children }: { children: ReactNode }) {
  return (
    <div role="option" aria-selected={false} aria-disabled tabIndex={-1}>
      {children}
    </div>
  )
}
