import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Hiding } from '@zhibu/server/modules/discussion/schema'
import { ownHidingsQuery } from './api.ts'
import classes from './Discussion.module.css'

/** Tells whoever wrote it that a post was hidden, why, and what came of an appeal; each leads to the post, where one appeals. */
export function OwnHidings() {
  const items = useQuery(ownHidingsQuery).data?.items ?? []
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
            >
              {it.topicTitle}，第 {it.postSeq} 条
            </Link>
            ：{becameOf(it)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function becameOf({ decision, decisionReason, appeal, reason }: Hiding): string {
  if (decision === 'restored') return `已恢复显示，${decisionReason}`
  if (decision === 'upheld') return `申诉已答复，维持隐藏，${decisionReason}`
  return appeal === null ? `已隐藏，${reason}。可以申诉` : `已隐藏，${reason}。申诉等待上级答复`
}
