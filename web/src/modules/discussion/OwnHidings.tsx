import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Hiding } from '@zhibu/server/modules/discussion/schema'
import { useState } from 'react'
import { ownHidingsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { keepSeen, readSeen, standOf } from './seenHidings.ts'

/** Tells whoever wrote it that a post was hidden, why, and what came of an appeal; each leads to the post, where one appeals. What was opened or put away is not told again. */
export function OwnHidings() {
  const [seen, setSeen] = useState(readSeen)
  const items = (useQuery(ownHidingsQuery).data?.items ?? []).filter((it) => !seen.includes(standOf(it)))
  if (items.length === 0) return null
  return (
    <Alert color="yellow" title="您的发言有处理结果" role="status">
      <ul className={classes.points}>
        {items.map((it) => (
          <li key={it.id}>
            <Link
              to="/discussion/topics/$topicId"
              params={{ topicId: it.topicId }}
              search={{ post: String(it.postSeq) }}
              onClick={() => keepSeen([standOf(it)])}
            >
              {it.topicTitle}，第 {it.postSeq} 条
            </Link>
            ：{becameOf(it)}
          </li>
        ))}
      </ul>
      <Button variant="default" onClick={() => setSeen(keepSeen(items.map(standOf)))}>
        知道了
      </Button>
    </Alert>
  )
}

function becameOf({ decision, decisionReason, appeal, reason }: Hiding): string {
  if (decision === 'restored') return `已恢复显示，${decisionReason}`
  if (decision === 'upheld') return `申诉已答复，维持隐藏，${decisionReason}`
  return appeal === null ? `已隐藏，${reason}。可以申诉` : `已隐藏，${reason}。申诉等待上级答复`
}
