import { useEffect, useState } from 'react'
import { secondsUntil } from './clock.ts'

/** How many seconds are left until the end, counted down; undefined where there is no end. */
export function useSecondsLeft(endsAt: string | null, aheadMs: number): number | undefined {
  const left = () => (endsAt === null ? undefined : secondsUntil(endsAt, Date.now(), aheadMs))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const look = () => setSeconds(endsAt === null ? undefined : secondsUntil(endsAt, Date.now(), aheadMs))
    look()
    if (endsAt === null) return
    const timer = setInterval(look, 200)
    return () => clearInterval(timer)
  }, [endsAt, aheadMs])
  return seconds
}
