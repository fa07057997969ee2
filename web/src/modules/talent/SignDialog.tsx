import { Textarea } from '@mantine/core'
import type { Side } from '@zhibu/server/modules/talent/names-schema'
import type { SuccessionView } from '@zhibu/server/modules/talent/succession-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { problemIn } from '../../problem.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { talentClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  it: SuccessionView
  side: Side
  etag: string
  onClose: () => void
}

/** Signs for one side, with a remark. */
export function SignDialog({ it, side, etag, onClose }: Props) {
  const [remark, setRemark] = useState('')
  const one = talentClient.successions[':successionId']
  const sign = useWrite(() => {
    const given = { param: { successionId: it.id }, json: { remark } }
    return parseResponse(
      side === 'outgoing' ? one.handing.$post(given, ifMatch(etag)) : one.taking.$post(given, ifMatch(etag)),
    )
  }, onClose)
  const label = side === 'outgoing' ? '确认已交' : '确认已接'
  return (
    <FormDialog
      title={label}
      lead={
        it.kit?.isDrawnUp
          ? '签的是留存的交接单，签过不能撤回。'
          : '签字的时候，交接单按现在的记录留存，以后不再改动，签过不能撤回。'
      }
      submitLabel={label}
      isBusy={sign.isPending}
      error={sign.error}
      onSubmit={() => sign.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={side === 'outgoing' ? '备注（可不填）' : '还没弄清楚的（可不填）'}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
        error={problemIn(sign.error, 'remark')}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  )
}
