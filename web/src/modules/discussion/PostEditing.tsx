import { Button } from '@mantine/core'
import type { Post, TopicView } from '@zhibu/server/modules/discussion/schema'
import { isBlank } from '@zhibu/server/platform/rich-text/reading-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { postsClient } from './api.ts'
import { blankPost } from './blankPost.ts'
import classes from './Discussion.module.css'
import { PostField } from './PostField.tsx'
import { picturesOf } from './pictures.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  post: Post
  topic: TopicView
  onClose: () => void
}

/** Changes a post of the reader; what it said stays to be seen. */
export function PostEditing({ post, topic, onClose }: Props) {
  const [body, setBody] = useState(post.body ?? blankPost)
  useUnsaved(body !== post.body)
  const save = useWrite(
    () =>
      parseResponse(
        postsClient[':postId'].$put({ param: { postId: post.id }, json: { body } }, ifMatch(`"${post.revision}"`)),
      ),
    onClose,
  )
  return (
    <div className={classes.form}>
      <PostField
        label={`第 ${post.seq} 条`}
        start={body}
        onChange={setBody}
        at={{ topicId: topic.id }}
        isConfidential={topic.isConfidential}
        mediaUrl={picturesOf(post.id)}
        error={problemIn(save.error, 'body')}
      />
      <p className={parts.note}>原来的文字留在修改记录里，看得到这条发言的人都能查看。</p>
      <ProblemNote error={save.error} isKept />
      <div className={parts.buttons}>
        <Button loading={save.isPending} disabled={isBlank(body)} onClick={() => save.mutate()}>
          保存修改
        </Button>
        <Button variant="default" onClick={onClose}>
          取消
        </Button>
      </div>
    </div>
  )
}
