import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { writtenNumber } from '@zhibu/server/modules/archive/names-schema'
import type { SettingsView } from '@zhibu/server/modules/certificates/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { certificatesClient, settingsQuery } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Settles how an organisation numbers its certificates, and who signs them as a rule. */
export function NumberingDialog({ organizationId, onClose }: { organizationId: string; onClose: () => void }) {
  const { data } = useQuery(settingsQuery(organizationId))
  return data ? <Form it={data.value} etag={data.etag} onClose={onClose} /> : null
}

function Form({ it, etag, onClose }: { it: SettingsView; etag: string; onClose: () => void }) {
  const [pattern, setPattern] = useState(it.pattern)
  const [signatoryOffice, setSignatoryOffice] = useState(it.signatoryOffice)
  const [signatoryName, setSignatoryName] = useState(it.signatoryName)
  const save = useWrite(
    () =>
      parseResponse(
        certificatesClient.settings[':organizationId'].$put(
          { param: { organizationId: it.organization.id }, json: { pattern, signatoryOffice, signatoryName } },
          ifMatch(etag),
        ),
      ),
    onClose,
  )
  const example = writtenNumber(pattern, { organization: it.mark, year: it.year, serial: it.serial })
  return (
    <FormDialog
      title="编号格式"
      lead={`${it.organization.name}的证书按年度各自从 1 起编号，不跳号。修改以后，已经颁发的编号不变。`}
      submitLabel="保存格式"
      needs={{ 格式: pattern.trim().length >= 3 }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label="格式"
        description={`〔组织〕〔年度〕〔序号〕三处会变，其余照写。下一份：${example}`}
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
        error={problemIn(save.error, 'pattern')}
        maxLength={60}
        required
        data-autofocus
      />
      <TextInput
        label="平时的签发人职务"
        description="颁发时自动填好，可以改。"
        value={signatoryOffice}
        onChange={(event) => setSignatoryOffice(event.currentTarget.value)}
        error={problemIn(save.error, 'signatoryOffice')}
        maxLength={40}
      />
      <TextInput
        label="平时的签发人姓名"
        value={signatoryName}
        onChange={(event) => setSignatoryName(event.currentTarget.value)}
        error={problemIn(save.error, 'signatoryName')}
        maxLength={40}
      />
    </FormDialog>
  )
}
