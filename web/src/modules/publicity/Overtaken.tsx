import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { articleQuery, versionsQuery } from './api.ts'
import { clockInChina } from './instants.ts'
import classes from './Publicity.module.css'
import { Versions } from './Versions.tsx'

interface Props {
  articleId: string
  /** Goes on with what others have written. */
  onTakeTheirs: () => void
  /** Goes on with what stands here, over what others have written, under the tag of it. */
  onTakeOwn: (etag: string) => void
}

/** Somebody else has changed or submitted the article while it was written here: who, when, where one's own words are, and how to go on. */
export function Overtaken({ articleId, onTakeTheirs, onTakeOwn }: Props) {
  const name = useSession()?.name
  // Read after it was overtaken, whatever was read before.
  const now = useQuery({ ...articleQuery(articleId), staleTime: 0, refetchOnMount: 'always' })
  const versions = useQuery({ ...versionsQuery(articleId), refetchOnMount: 'always' })
  const [isComparing, setIsComparing] = useState(false)
  const isRead = now.isFetchedAfterMount && versions.isFetchedAfterMount
  const it = now.data?.value
  const own = versions.data?.items.find((version) => version.occasion === 'kept' && version.savedByName === name)
  if (!isRead || !it || !now.data) return <ProblemNote error={now.error ?? versions.error} />
  const { etag } = now.data
  const { can } = it
  return (
    <Alert
      color="yellow"
      role="alert"
      title={
        can.write
          ? `${it.editedByName}在 ${clockInChina(it.editedAt)} 保存了这篇稿件`
          : '这篇稿件已经送审，或者不再由您修改'
      }
    >
      <p className={classes.plain}>
        您写的没有丢，也没有盖掉别人的。
        {own && `您写的已经存为第 ${own.version} 版。`}
        {can.write && '可以先对照，再决定用哪一份接着写；另一份留在“版本”里。'}
      </p>
      <div className={classes.buttons}>
        {own && (
          <Button variant="default" onClick={() => setIsComparing(true)}>
            对照两份
          </Button>
        )}
        {can.write ? (
          <>
            <Button variant="default" onClick={onTakeTheirs}>
              用现在的稿子继续
            </Button>
            <Button variant="default" onClick={() => onTakeOwn(etag)}>
              用我写的继续
            </Button>
          </>
        ) : (
          <Link to="/publicity/$articleId" params={{ articleId }}>
            看现在的稿件
          </Link>
        )}
      </div>
      {isComparing && own && (
        <Versions
          articleId={articleId}
          etag={etag}
          canRestore={false}
          first={own.version}
          onClose={() => setIsComparing(false)}
        />
      )}
    </Alert>
  )
}
