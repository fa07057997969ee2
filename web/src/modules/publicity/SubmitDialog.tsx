import { Alert, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ArticleText, ArticleView } from '@zhibu/server/modules/publicity/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { publicityClient, publicityKey } from './api.ts'
import { hintsOf, missingIn } from './completeness.ts'
import classes from './Publicity.module.css'
import { UnaskedNote } from './UnaskedNote.tsx'

interface Props {
  view: ArticleView
  /** As it was saved last. */
  text: ArticleText
  etag: string
  onClose: () => void
}

/** Hands an article to its reviewers: says before what is missing and of which pictures nobody has noted that those who are shown agree. */
export function SubmitDialog({ view, text, etag, onClose }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const isCorrection = view.publishedAt !== null
  const submit = useMutation({
    mutationFn: () =>
      parseResponse(
        publicityClient.articles[':articleId'].submission.$post(
          { param: { articleId: view.id }, json: { correctionNote: isCorrection ? note : null } },
          ifMatch(etag),
        ),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: publicityKey })
      await navigate({ to: '/publicity/$articleId', params: { articleId: view.id } })
    },
  })
  const missing = missingIn(text)
  const hints = hintsOf(text)
  return (
    <FormDialog
      title="送审"
      lead="送审以后不能修改，等审核人通过或退回；审核前可以撤回。"
      submitLabel="送审"
      needs={isCorrection ? { 更正说明: note.trim().length >= 2 } : {}}
      isReady={missing.length === 0}
      isBusy={submit.isPending}
      error={submit.error}
      onSubmit={() => submit.mutate()}
      onClose={onClose}
    >
      {missing.length > 0 && (
        <Alert color="red" title="还缺这些，补上才能送审">
          <List items={missing} />
        </Alert>
      )}
      {hints.length > 0 && (
        <Alert color="gray" title="可以再看一看">
          <List items={hints} />
        </Alert>
      )}
      <UnaskedNote articleId={view.id} text={text} />
      {isCorrection && (
        <Textarea
          label="更正说明"
          description="读者会在文章末尾看到日期和这句话，例如“更正第二段的活动时间”。"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={problemIn(submit.error, 'correctionNote')}
          maxLength={200}
          autosize
          minRows={2}
          required
          data-autofocus
        />
      )}
    </FormDialog>
  )
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={classes.list}>
      {items.map((it) => (
        <li key={it}>{it}</li>
      ))}
    </ul>
  )
}
