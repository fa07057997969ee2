import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Post } from '@zhibu/server/modules/discussion/schema'
import { ErrorState } from '../../ui/ErrorState.tsx'
import dialog from '../../ui/FormDialog.module.css'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RichTextView } from '../../ui/rich-text/RichTextView.tsx'
import { editsQuery } from './api.ts'
import classes from './Discussion.module.css'
import { picturesOf } from './pictures.ts'

/** What a post said before it was changed, the last first. */
export function EditsDialog({ post, onClose }: { post: Post; onClose: () => void }) {
  const { data, error, refetch } = useQuery(editsQuery(post.id))
  return (
    <Modal.Root opened onClose={onClose} size="lg" transitionProps={{ transition: 'fade' }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={dialog.head}>
          <Modal.Title>第 {post.seq} 条的修改记录</Modal.Title>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? null : <PageLoading />}
          <ol className={classes.posts}>
            {data?.items.map((it) => (
              <li key={it.revision} className={classes.post}>
                <span className={classes.aside}>
                  <InstantText at={it.editedAt} /> 修改以前
                </span>
                <RichTextView
                  doc={it.body}
                  profile="post"
                  mediaUrl={picturesOf(post.id)}
                  idPrefix={`edit-${it.revision}-`}
                />
              </li>
            ))}
          </ol>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
