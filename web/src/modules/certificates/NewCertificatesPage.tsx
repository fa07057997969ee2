import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { writtenNumber } from '@zhibu/server/modules/archive/names-schema'
import { mostAtOnce } from '@zhibu/server/modules/certificates/names-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { problemIn } from '../../problem.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { OrganizationSelect } from '../../ui/OrganizationSelect.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import type { Chosen } from '../accounts/chosen.ts'
import { PersonsPicker } from '../accounts/PersonsPicker.tsx'
import { certificatesClient, issuingPlacesQuery, recipients, settingsQuery } from './api.ts'
import { blankText, needsOf, trimmed } from './draft.ts'
import { NumberingDialog } from './NumberingDialog.tsx'
import { TextFields } from './TextFields.tsx'
import { useWrite } from './useWrite.ts'
import { aboveOne } from './words.tsx'

/** Issues certificates to persons of the register, without a training. */
export function NewCertificatesPage() {
  const { data, error, refetch } = useQuery(issuingPlacesQuery)
  return (
    <Page
      title="颁发证书"
      breadcrumbs={aboveOne}
      lead="给参加了培训的人颁发证书。颁发后有编号和核验码，不能修改；有错的可以换发。"
    >
      {!data ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : data.items.length === 0 ? (
        <EmptyState title="您不能颁发证书">证书由党校、组织员和党组织的负责同志颁发。自己的证书在“证书”页。</EmptyState>
      ) : (
        <Issuing organizations={data.items} />
      )}
    </Page>
  )
}

function Issuing({ organizations }: { organizations: readonly { id: string; name: string }[] }) {
  const navigate = useNavigate()
  const [organizationId, setOrganizationId] = useState(organizations[0]?.id ?? '')
  const [changes, setChanges] = useState<Partial<typeof blankText>>({})
  const [people, setPeople] = useState<readonly Chosen[]>([])
  // Of one form one order: pressed twice, it is done once.
  const [orderId] = useState(() => crypto.randomUUID())
  const [isSettling, setIsSettling] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const settings = useQuery(settingsQuery(organizationId)).data?.value
  const usual = settings && { signatoryOffice: settings.signatoryOffice, signatoryName: settings.signatoryName }
  const text = { ...blankText, ...usual, ...changes }
  useUnsaved((people.length > 0 || Object.keys(changes).length > 0) && !isDone)
  const issue = useWrite(
    () =>
      parseResponse(
        certificatesClient.index.$post({
          json: { ...trimmed(text), organizationId, orderId, personIds: people.map((it) => it.id) },
        }),
      ),
    ({ batchId }) => {
      setIsDone(true)
      void navigate({ to: '/training/certificates/batches/$batchId', params: { batchId } })
    },
  )
  const needs = { ...needsOf(text), 人员: people.length > 0 }
  return (
    <>
      <Section
        title="印在证书上的内容"
        actions={
          <Button variant="default" size="compact-md" onClick={() => setIsSettling(true)}>
            编号格式
          </Button>
        }
      >
        <div className={parts.form}>
          <OrganizationSelect
            label="颁发单位"
            organizations={organizations}
            value={organizationId}
            onChange={setOrganizationId}
          />
          {settings && (
            <p className={parts.note}>
              下一个编号：
              {writtenNumber(settings.pattern, {
                organization: settings.mark,
                year: settings.year,
                serial: settings.serial,
              })}
              ，颁发日期是今天。
            </p>
          )}
          <TextFields
            text={text}
            name={people[0]?.name ?? '某某'}
            error={issue.error}
            onChange={(change) => setChanges({ ...changes, ...change })}
          />
        </div>
      </Section>
      <Section title="颁发给谁" lead="姓名按人员名册印。先核对名册里的姓名，再颁发。">
        <PersonsPicker
          value={people}
          onChange={setPeople}
          most={mostAtOnce}
          source={recipients}
          error={problemIn(issue.error, 'personIds')}
        />
      </Section>
      <ProblemNote error={issue.error} isKept />
      <div className={parts.buttons}>
        {missingOf(needs).length > 0 ? (
          <Button disabled>颁发证书</Button>
        ) : (
          <ConfirmButton
            question={`以今天的日期颁发 ${people.length} 份《${text.title.trim()}》。颁发后不能修改、不能删除。`}
            confirmLabel="确认颁发"
            variant="filled"
            isBusy={issue.isPending}
            onConfirm={() => issue.mutate()}
          >
            颁发证书
          </ConfirmButton>
        )}
        <StillMissing needs={needs} />
      </div>
      {isSettling && <NumberingDialog organizationId={organizationId} onClose={() => setIsSettling(false)} />}
    </>
  )
}
