import { Button, Checkbox, Textarea } from '@mantine/core'
import type { ReflectionView } from '@zhibu/server/modules/training/reflection-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { quotationClient, reflectionClient } from './reflectionApi.ts'
import { useWrite } from './useWrite.ts'

/** The passages of one's own reflection that may be shown: offered with consent, and taken back. */
export function QuotationsOffered({ it }: { it: ReflectionView }) {
  const [isOffering, setIsOffering] = useState(false)
  const withdraw = useWrite((quotationId: string) =>
    parseResponse(quotationClient.withdrawal.$post({ param: { quotationId } })),
  )
  return (
    <Section
      title="愿意展示的话"
      lead="同意的话，组织培训的人可以把它放到培训页面的“心得摘录”里、写进培训总结；不同意也没有关系。随时可以收回。"
      actions={
        <Button variant="default" size="compact-md" onClick={() => setIsOffering(true)}>
          摘录一段
        </Button>
      }
    >
      <RowList
        label="愿意展示的话"
        rows={it.quotations.map((one) => ({
          key: one.id,
          title: one.quote,
          facts: [
            one.signature === '' ? '不署名' : `署名：${one.signature}`,
            <>
              同意于 <DayText on={one.consentedOn} />
            </>,
            one.withdrawnOn !== null && (
              <>
                收回于 <DayText on={one.withdrawnOn} />
              </>
            ),
            one.shownSince !== null && '正在展示',
          ],
          ...(one.withdrawnOn === null && {
            actions: (
              <ConfirmButton
                question="收回以后不再展示，没有签署的总结里也不能再用。已经签署的总结不能改。"
                confirmLabel="收回同意"
                isBusy={withdraw.isPending}
                onConfirm={() => withdraw.mutate(one.id)}
              >
                收回同意
              </ConfirmButton>
            ),
          }),
        }))}
      />
      {it.quotations.length === 0 && <p className={parts.note}>还没有。</p>}
      <ProblemNote error={withdraw.error} />
      {isOffering && <OfferDialog reflectionId={it.id} onClose={() => setIsOffering(false)} />}
    </Section>
  )
}

function OfferDialog({ reflectionId, onClose }: { reflectionId: string; onClose: () => void }) {
  const [quote, setQuote] = useState('')
  const [isSigned, setIsSigned] = useState(false)
  const [consents, setConsents] = useState(false)
  const offer = useWrite(async () => {
    if (!consents) throw new Error('the button is grey until it is ticked')
    await parseResponse(
      reflectionClient.quotations.$post({ param: { reflectionId }, json: { quote, isSigned, consents } }),
    )
  }, onClose)
  return (
    <FormDialog
      title="摘录一段"
      lead="照最后一次交的原文复制 10 到 300 个字。"
      submitLabel="同意展示"
      needs={{ 摘录: quote.trim().length >= 10, 同意展示: consents }}
      isBusy={offer.isPending}
      error={offer.error}
      onSubmit={() => offer.mutate()}
      onClose={onClose}
    >
      <Textarea
        label="摘录"
        value={quote}
        onChange={(event) => setQuote(event.currentTarget.value)}
        error={problemIn(offer.error, 'quote')}
        maxLength={300}
        autosize
        minRows={3}
        required
      />
      <Checkbox
        label="署上我的姓名"
        checked={isSigned}
        onChange={(event) => setIsSigned(event.currentTarget.checked)}
      />
      <Checkbox
        label="我同意在培训页面和培训总结里展示这段话"
        checked={consents}
        onChange={(event) => setConsents(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
