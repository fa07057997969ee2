import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import dialog from '../../ui/FormDialog.module.css'
import { InstantText } from '../../ui/InstantText.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { publicityClient, publicityKey, versionsQuery } from './api.ts'
import { ComparisonView } from './ComparisonView.tsx'
import classes from './Publicity.module.css'
import { occasionNames } from './words.ts'

interface Props {
  articleId: string
  /** The tag under which what is being written was read. */
  etag: string
  canRestore: boolean
  /** Shown beside what is being written to begin with. */
  first?: number | undefined
  onRestored?: () => void
  onClose: () => void
}

/** The versions of an article: beside what is being written now or beside one another, and brought back. */
export function Versions({ articleId, etag, canRestore, first, onRestored, onClose }: Props) {
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(versionsQuery(articleId))
  const [compared, setCompared] = useState<number | undefined>(first)
  const items = data?.items ?? []
  const restore = useMutation({
    mutationFn: (version: number) =>
      parseResponse(
        publicityClient.articles[':articleId'].versions[':version'].restoration.$post(
          { param: { articleId, version: String(version) } },
          ifMatch(etag),
        ),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: publicityKey })
      onRestored?.()
      onClose()
    },
  })
  return (
    <Modal.Root opened onClose={onClose} size="72rem" transitionProps={{ transition: 'fade' }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className={dialog.head}>
          <Modal.Title>{compared === undefined ? '版本' : `第 ${compared} 版与现在的稿子`}</Modal.Title>
          <Modal.CloseButton aria-label="关闭" />
        </div>
        <Modal.Body>
          <div className={classes.form}>
            <ProblemNote error={restore.error} />
            {error ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : data === undefined ? (
              <PageLoading />
            ) : compared !== undefined ? (
              <>
                <div className={classes.buttons}>
                  <Button variant="default" onClick={() => setCompared(undefined)}>
                    回到各个版本
                  </Button>
                  {canRestore && (
                    <ConfirmButton
                      question={`稿子换成第 ${compared} 版的内容；现在的稿子先存为一个版本，不会丢。`}
                      confirmLabel={`恢复第 ${compared} 版`}
                      isBusy={restore.isPending}
                      onConfirm={() => restore.mutate(compared)}
                    >
                      恢复这一版
                    </ConfirmButton>
                  )}
                </div>
                <ComparisonView
                  articleId={articleId}
                  from={compared}
                  names={{ older: `第 ${compared} 版`, newer: '现在的稿子' }}
                />
              </>
            ) : items.length === 0 ? (
              <EmptyState title="还没有版本">
                写作时自动保存，不另存版本。点“存为版本”、送审、发布，或者别人接着改的时候，会存一个版本。
              </EmptyState>
            ) : (
              <RowList
                label="版本"
                rows={items.map((it) => ({
                  key: String(it.version),
                  title: `第 ${it.version} 版：${it.title || '（未命名）'}`,
                  facts: [occasionNames[it.occasion], it.savedByName, <InstantText key="at" at={it.savedAt} />],
                  actions: (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`对照第 ${it.version} 版和现在的稿子`}
                      onClick={() => setCompared(it.version)}
                    >
                      对照现在的稿子
                    </Button>
                  ),
                }))}
              />
            )}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
