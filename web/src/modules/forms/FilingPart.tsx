import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FormRow, Preview } from '@zhibu/server/modules/forms/schema'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { archiveKey } from '../archive/key.ts'
import { fileForms, formsKey } from './api.ts'

interface Props {
  form: FormRow
  personIds: readonly string[]
  preview: Preview
}

/** How a form gets into the archive: at once, or signed and scanned. */
export function FilingPart({ form, personIds, preview }: Props) {
  if (form.place === null) return null
  return (
    <Section title="归档">
      {form.needsHand ? <ByHand form={form} personIds={personIds} /> : <AtOnce {...{ form, personIds, preview }} />}
    </Section>
  )
}

function ByHand({ form: { place }, personIds }: Pick<Props, 'form' | 'personIds'>) {
  const [personId, ...others] = personIds
  return (
    <p className={parts.note}>
      这张表要签字或盖章，签好的纸质件才是档案原件。请打印，签字盖章后扫描，归入“{place?.label}”。
      {place?.subject === 'person' && personId !== undefined && others.length === 0 && (
        <Link to="/archive/persons/$personId" params={{ personId }} search={{ file: place.code }}>
          已经扫描，去归档
        </Link>
      )}
    </p>
  )
}

function AtOnce({ form, personIds, preview }: Props) {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const filing = useMutation({
    mutationFn: () =>
      fileForms({ formId: form.id, personIds: [...personIds], ...(reason.trim() && { reason: reason.trim() }) }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: archiveKey })
      await queries.invalidateQueries({ queryKey: [...formsKey, 'preview'] })
    },
  })
  const isClosed = preview.pieces.some((it) => it.closed.length > 0) || problemIn(filing.error, 'reason') !== undefined
  return (
    <>
      <p className={parts.note}>
        这张表不用签字盖章，可以直接归入
        {form.place?.subject === 'organization' ? '所在组织的档案' : '各人的档案'}“{form.place?.label}”，存为
        {form.isOwn ? ' Word' : ' PDF/A'}，注明是电子文件，并记下所用模板的版本。
        {form.showsNumbers && '写有完整号码的，查看也会记录。'}
      </p>
      {isClosed && (
        <Textarea
          label="补充归档的原因"
          description="档案已经封存，只能作为补充材料归档；归档后请补充封存"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problemIn(filing.error, 'reason')}
          maxLength={500}
          autosize
          required
        />
      )}
      <div>
        <Button
          variant="default"
          onClick={() => filing.mutate()}
          loading={filing.isPending}
          disabled={personIds.length === 0 || (isClosed && reason.trim().length < 2)}
        >
          生成并归档
        </Button>
      </div>
      <ProblemNote error={filing.error} />
      {filing.data && (
        <div role="status">
          {filing.data.filed.length > 0 && (
            <RowList
              label="已归档"
              rows={filing.data.filed.map(({ documentId, name }) => ({
                key: documentId,
                title: (
                  <Link to="/archive/documents/$documentId" params={{ documentId }}>
                    {name}：《{form.title}》
                  </Link>
                ),
                facts: ['已归档'],
              }))}
            />
          )}
          {filing.data.refused.length > 0 && (
            <RowList
              label="没有归档"
              rows={filing.data.refused.map(({ name, why }) => ({ key: `${name} ${why}`, title: name, facts: [why] }))}
            />
          )}
        </div>
      )}
    </>
  )
}
