import { type ComponentType, lazy, Suspense } from 'react'
import { useIsLost } from '../ui/unsaved.ts'

/** Asks before a link or the way back takes away a page on which something was typed and not sent. What asks is fetched with the first key. */
export function LeavingWhereLost() {
  return useIsLost() ? (
    <Suspense>
      <Leaving />
    </Suspense>
  ) : null
}

/** Where it cannot be fetched, the page is left without a question. */
const Leaving = lazy<ComponentType>(() =>
  import('./Leaving.tsx').then(
    (it) => ({ default: it.Leaving }),
    () => ({ default: () => null }),
  ),
)
