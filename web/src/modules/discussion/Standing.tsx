import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { TopicView } from '@zhibu/server/modules/discussion/schema'

/** In words: closed, hidden, merged into another one, others merged into it. */
export function Standing({ it }: { it: TopicView }) {
  return (
    <>
      {it.mergedInto && (
        <Alert color="yellow" title="已并入另一条" role="status">
          这一条和另一条一起办理：
          <Link to="/discussion/topics/$topicId" params={{ topicId: it.mergedInto.id }}>
            {it.mergedInto.name}
          </Link>
          。赞同和关注已一并转过去。
        </Alert>
      )}
      {it.merged.length > 0 && (
        <Alert color="gray" title="并入这一条的">
          {it.merged.map((other, at) => (
            <span key={other.id}>
              {at > 0 && '、'}
              <Link to="/discussion/topics/$topicId" params={{ topicId: other.id }}>
                {other.name}
              </Link>
            </span>
          ))}
        </Alert>
      )}
      {it.isClosed && (
        <Alert color="gray" title="话题已关闭，不能再回复" role="status">
          原因：{it.closedReason}
        </Alert>
      )}
      {it.isHidden && (
        <Alert color="yellow" title="这个话题已隐藏" role="status">
          只有作者和管理人员看得到。
        </Alert>
      )}
    </>
  )
}
