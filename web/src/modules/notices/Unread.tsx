import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { countsQuery } from './api.ts'
import { listenToNotices } from './live.ts'
import classes from './Unread.module.css'

/** How many notices are unread, beside the word 通知 in the navigation; nothing where none is. */
export default function Unread() {
  const queries = useQueryClient()
  const { data } = useQuery(countsQuery)
  useEffect(() => listenToNotices(queries), [queries])
  if (!data || data.unread === 0) return null
  return (
    <span className={classes.count}>
      {data.unread > 99 ? '99+' : data.unread}
      <span className="for-screen-readers"> 条未看</span>
    </span>
  )
}
