import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { countsQuery } from './api.ts'
import { listenToNotices } from './live.ts'
import classes from './Unread.module.css'

/**
 * How many notices are unread or reminded of, beside the word 通知 in the navigation; nothing where none is. `isAlone`: as a link in the bar above, on
 * screens so narrow that the navigation is put away.
 */
export default function Unread({ isAlone = false }: { isAlone?: boolean }) {
  const queries = useQueryClient()
  const { data } = useQuery(countsQuery)
  useEffect(() => listenToNotices(queries), [queries])
  if (!data || data.unread === 0) return null
  const shown = data.unread > 99 ? '99+' : data.unread
  if (isAlone)
    return (
      <Link to="/notices" className={classes.alone} aria-label={`${shown} 条通知要看`}>
        <span className={classes.count}>{shown}</span>
      </Link>
    )
  return (
    <span className={classes.count}>
      {shown}
      <span className="for-screen-readers"> 条要看</span>
    </span>
  )
}
