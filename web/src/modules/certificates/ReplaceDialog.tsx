import { Textarea } from '@mantine/core'
import type { CertificateView } from '@zhibu/server/modules/certificates/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { certificateClient } from './api.ts'
import { needsOf, trimmed } from './draft.ts'
import { TextFields } from './TextFields.tsx'
import { useWrite } from './useWrite.ts'

interface Props {
  it: CertificateView
  onClose: () => void
  onDone: (certificateId: string) => void
}

/** Issues a certificate in the place of another, beginning with what stands on that one. */
export function ReplaceDialog({ it, onClose, onDone }: Props) {
  const [text, setText] = useState(it.text)
  const [reason, setReason] = useState('')
  const replace = useWrite(
    () =>
      parseResponse(
        certificateClient.replacement.$post({
          param: { certificateId: it.id },
          json: { ...trimmed(text), reason },
        }),
      ),
    ({ id }) => {
      onClose()
      onDone(id)
    },
  )
  return (
    <FormDialog
      title="换发证书"
      lead={`新的一份有新的编号，写明换发自 ${it.number}，以今天的日期颁发，姓名按人员名册现在的姓名印。原来的一份同时撤销，不删除。`}
      submitLabel="换发证书"
      needs={{ ...needsOf(text), 换发原因: reason.trim().length >= 2 }}
      isBusy={replace.isPending}
      error={replace.error}
      onSubmit={() => replace.mutate()}
      onClose={onClose}
    >
      <TextFields
        text={text}
        name={it.name}
        error={replace.error}
        onChange={(change) => setText({ ...text, ...change })}
      />
      <Textarea
        label="换发原因"
        description="本人和有权颁发的同志看得到，核验页上不显示。"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problemIn(replace.error, 'reason')}
        maxLength={500}
        autosize
        minRows={2}
        required
      />
    </FormDialog>
  )
}
