import { Radio, Stack } from '@mantine/core'
import { type CertificatePlace, filingPlaceNames } from '@zhibu/server/modules/certificates/names-schema'
import type { CertificateView } from '@zhibu/server/modules/certificates/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { certificateClient } from './api.ts'
import { useWrite } from './useWrite.ts'

/** Files the paper of a certificate in the archive of its person. */
export function FileDialog({ it, onClose }: { it: CertificateView; onClose: () => void }) {
  const [place, setPlace] = useState<CertificatePlace>()
  const file = useWrite(async () => {
    if (place === undefined) throw new Error('the button is grey until a place is chosen')
    return parseResponse(certificateClient.filing.$post({ param: { certificateId: it.id }, json: { place } }))
  }, onClose)
  return (
    <FormDialog
      title="归入个人档案"
      lead="归入的是没有盖章的电子文件，档案里会标明“缺出具单位盖章”。盖章的纸质证书，请扫描后在个人档案里用“更换文件”换上。"
      submitLabel="归档"
      needs={{ 类别: place !== undefined }}
      isBusy={file.isPending}
      error={file.error}
      onSubmit={() => file.mutate()}
      onClose={onClose}
    >
      <Radio.Group
        label="类别"
        value={place ?? null}
        onChange={(value) => setPlace(codeIn(filingPlaceNames, value))}
        required
      >
        <Stack gap="xs" mt="xs">
          {choicesOf(filingPlaceNames).map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  )
}
