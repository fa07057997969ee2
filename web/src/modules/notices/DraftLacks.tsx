import { Alert } from '@mantine/core'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import type { Beginning, BegunDraft, Lack } from '@zhibu/server/modules/notices/schema'
import { parseResponse } from 'hono/client'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { useWriting } from '../../useWriting.ts'
import { noticesClient, noticesKey } from './api.ts'
import classes from './Notices.module.css'

const names: Readonly<Record<Beginning['of'], string>> = {
  ...{ article: '稿件', activity: '活动', call: '征集', callResults: '征集结果' },
}

interface Props {
  of: Beginning['of']
  draft: BegunDraft
  /** What is shown of the draft elsewhere lies under this key. */
  changes: QueryKey
}

/** What a draft does not say as it holds now, and one button that brings it up to date; nothing where it says all. */
export function DraftLacks({ of, draft, changes }: Props) {
  const queries = useQueryClient()
  const renew = useWriting(
    noticesKey,
    () =>
      parseResponse(
        noticesClient[':noticeId'].renewal.$post({ param: { noticeId: draft.id } }, ifMatch(`"${draft.revision}"`)),
      ),
    () => void queries.invalidateQueries({ queryKey: changes }),
  )
  if (draft.lacks.length === 0) return null
  return (
    <Alert className="no-print" color="yellow" title={`通知草稿和${names[of]}现在的安排不一致`} role="status">
      <div className={classes.group}>
        <p className={classes.plain}>草稿里没有写现在的{inWords(draft.lacks)}。请更新草稿，或者自己改好再发。</p>
        <div>
          <ConfirmButton
            question={`标题、正文和活动日期按${names[of]}现在的情况重写，您在草稿里改过的文字会被换掉；发送对象不变。`}
            confirmLabel="重写草稿"
            isBusy={renew.isPending}
            onConfirm={() => renew.mutate()}
          >
            更新草稿
          </ConfirmButton>
        </div>
        <ProblemNote error={renew.error} />
      </div>
    </Alert>
  )
}

/** 时间（12月5日 14:00）、地点（三教 202） */
export const inWords = (lacks: readonly Lack[]): string => lacks.map((it) => `${it.label}（${it.now}）`).join('、')
