import { Alert, Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AcceptanceView } from '@zhibu/server/modules/training/acceptance-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ifMatch } from '../../api.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { filedQuery } from './acceptanceApi.ts'
import { programmeClient } from './api.ts'
import { useWrite } from './useWrite.ts'

interface Props {
  programmeId: string
  view: AcceptanceView
  /** Under which the programme was read. */
  etag: string
}

/** 办结: what is still to be done before, the closing itself, and afterwards of whom it stands in the development record. */
export function ClosingPart({ programmeId, view, etag }: Props) {
  const close = useWrite(() => parseResponse(programmeClient.closing.$post({ param: { programmeId } }, ifMatch(etag))))
  if (view.closedAt !== null)
    return (
      <Section title="办结">
        <p className={parts.text}>
          {view.closedBy} 办结，
          <InstantText at={view.closedAt} />。
        </p>
        {view.can.file && (
          <div className={parts.buttons}>
            <LinkButton to="/training/$programmeId/certificates" params={{ programmeId }}>
              颁发证书
            </LinkButton>
            <LinkButton variant="default" to="/training/$programmeId/summary" params={{ programmeId }}>
              培训总结
            </LinkButton>
          </div>
        )}
        {view.filedAs === null ? (
          <p className={parts.note}>学时已计入本人的年度学时，不另外登记。</p>
        ) : (
          <Filings programmeId={programmeId} filedAs={view.filedAs} />
        )}
      </Section>
    )
  if (!view.can.settle) return null
  return (
    <Section title="办结" lead="办结以后，名单、到课和验收结果不能再改。">
      {view.closingWaitsFor.length > 0 && (
        <Alert color="gray" title="还不能办结">
          <ul>
            {view.closingWaitsFor.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        </Alert>
      )}
      <div className={parts.buttons}>
        <ConfirmButton
          variant="filled"
          question={
            view.filedAs === null
              ? '办结以后，名单、到课和验收结果不能再改。'
              : `办结以后，名单、到课和验收结果不能再改；接着可以把通过的学员记为“${view.filedAs}”。`
          }
          confirmLabel="办结培训班"
          isBusy={close.isPending}
          disabled={!view.can.close}
          onConfirm={() => close.mutate()}
        >
          办结培训班
        </ConfirmButton>
      </div>
      <ProblemNote error={close.error} />
    </Section>
  )
}

function Filings({ programmeId, filedAs }: { programmeId: string; filedAs: string }) {
  const { data } = useQuery(filedQuery(programmeId))
  const [done, setDone] = useState<string>()
  const file = useWrite(async () => {
    let [filed, refused, after] = [0, 0, null as number | null]
    do {
      const step = await parseResponse(programmeClient.filings.$post({ param: { programmeId }, json: { after } }))
      filed += step.filed
      refused += step.refused
      after = step.next
    } while (after !== null)
    setDone(`记入 ${filed} 人${refused > 0 ? `，有 ${refused} 人没有记入，原因写在下面` : ''}。`)
  })
  const items = data?.items ?? []
  const open = items.filter((it) => !it.isFiled)
  return (
    <div className={parts.form}>
      <p className={parts.text}>
        通过的学员按登记的到课记为“{filedAs}”，不用再填一遍：已记入 {items.length - open.length} 人
        {open.length > 0 && `，还有 ${open.length} 人没有记入`}。
      </p>
      {open.length > 0 && (
        <div className={parts.buttons}>
          <Button onClick={() => file.mutate()} loading={file.isPending}>
            {open.some((it) => it.problem !== '') ? '再试一次' : '记入发展党员纪实'}
          </Button>
        </div>
      )}
      {done !== undefined && <p role="status">{done}</p>}
      <ProblemNote error={file.error} />
      <RowList
        label="没有记入的学员"
        rows={open
          .filter((it) => it.problem !== '')
          .map((it) => ({
            key: it.person.id,
            title: it.person.name,
            mark: <Badge color="yellow">没有记入</Badge>,
            facts: [it.organization, it.problem],
          }))}
      />
    </div>
  )
}
