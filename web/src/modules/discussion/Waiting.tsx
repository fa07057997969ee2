import { useQuery } from '@tanstack/react-query'
import classes from '../notices/Unread.module.css'
import { countsQuery } from './api.ts'

/** How many topics wait for the reader, beside the word 交流 in the navigation; nothing where none does. */
export default function Waiting() {
  const waiting = useQuery({ ...countsQuery, staleTime: 60_000 }).data?.concerning ?? 0
  if (waiting === 0) return null
  return (
    <span className={classes.quiet}>
      {waiting > 99 ? '99+' : waiting}
      <span className="for-screen-readers"> 个话题与我有关</span>
    </span>
  )
}
