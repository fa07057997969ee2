import { Alert, Badge, Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Certified, CertifyingView } from '@zhibu/server/modules/training/certifying-schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { missingOf, StillMissing } from '../../ui/StillMissing.tsx'
import { useUnsaved } from '../../ui/unsaved.ts'
import { needsOf, trimmed } from '../certificates/draft.ts'
import { TextFields } from '../certificates/TextFields.tsx'
import { certifyingQuery } from './acceptanceApi.ts'
import { programmeClient } from './api.ts'
import { useWrite } from './useWrite.ts'

const route = getRouteApi('/signed-in/training/$programmeId/certificates')

type Item = CertifyingView['items'][number]

/** 颁发证书 of a closed programme: what is printed, as the records propose it, to whom, and the papers in the archives. */
export function CertifyingPage() {
  const { programmeId } = route.useParams()
  const { data: view, error, refetch } = useQuery(certifyingQuery(programmeId))
  return (
    <Page
      title="颁发证书"
      breadcrumbs={[
        { label: '培训', to: '/training' },
        ...(view ? [{ label: view.programme.name, to: `/training/${programmeId}` }] : []),
      ]}
      lead="给验收通过的学员颁发。内容按登记的情况填好，颁发以前可以改；颁发以后有编号和核验码，不能修改，有错的可以换发。"
    >
      {!view ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )
      ) : view.items.length === 0 ? (
        <EmptyState title="没有人通过">验收通过的学员列在这里，才能颁发证书。</EmptyState>
      ) : (
        <Whole programmeId={programmeId} view={view} />
      )}
    </Page>
  )
}

function Whole({ programmeId, view }: { programmeId: string; view: CertifyingView }) {
  const [done, setDone] = useState<Certified>()
  const open = view.items.filter((it) => it.certificate === null)
  const others = open.filter((it) => !it.isOwn)
  return (
    <>
      {done && (
        <p role="status" className={parts.text}>
          颁发了 {done.issued} 份，正在后台排版。{done.already > 0 && `已有证书的 ${done.already} 人没有重复颁发。`}
          {done.isOwnLeftOut && '您本人的没有颁发，请别的同志办理。'}
        </p>
      )}
      {others.length > 0 && view.can.issue && (
        <Issuing key={String(others.length)} programmeId={programmeId} view={view} others={others} onDone={setDone} />
      )}
      {open.some((it) => it.isOwn) && (
        <Alert color="gray">您本人也通过了。本人的证书由其他组织培训的同志颁发，这里不包括您。</Alert>
      )}
      {view.items.length > open.length && <Issued programmeId={programmeId} view={view} />}
    </>
  )
}

interface IssuingProps {
  programmeId: string
  view: CertifyingView
  /** Those who have none, without the reader. */
  others: readonly Item[]
  onDone: (done: Certified) => void
}

function Issuing({ programmeId, view, others, onDone }: IssuingProps) {
  const [changes, setChanges] = useState<Partial<CertifyingView['proposed']>>({})
  const { hoursOfEach, ...text } = { ...view.proposed, ...changes }
  useUnsaved(Object.keys(changes).length > 0)
  const issue = useWrite(
    () =>
      parseResponse(
        programmeClient.certificates.$post({ param: { programmeId }, json: { ...trimmed(text), hoursOfEach } }),
      ),
    onDone,
  )
  const needs = needsOf(text)
  const [first] = others
  const shown = hoursOfEach ? { ...text, hours: first && first.hours > 0 ? `${first.hours} 学时` : '' } : text
  return (
    <>
      <Section title="印在证书上的内容" lead={`颁发单位：${view.organization.name}，颁发日期是今天。`}>
        <div className={parts.form}>
          <TextFields
            text={shown}
            name={first?.person.name ?? '某某'}
            error={issue.error}
            onChange={(change) =>
              setChanges({ ...changes, ...change, ...('hours' in change && { hoursOfEach: false }) })
            }
          />
          <Checkbox
            label="学时按每个人登记的印"
            description="勾选以后，每个人印本人登记的学时；不勾选，都印上面写的。"
            checked={hoursOfEach}
            onChange={(event) => setChanges({ ...changes, hoursOfEach: event.currentTarget.checked })}
          />
        </div>
      </Section>
      <Section title={`颁发给 ${others.length} 人`} lead="姓名按人员名册印。先核对姓名，再颁发。">
        <RowList
          label="还没有证书的学员"
          rows={others.map((it) => ({
            key: it.person.id,
            title: it.person.name,
            facts: [it.organization, `已登记 ${it.hours} 学时`],
          }))}
        />
        <ProblemNote error={issue.error} isKept />
        <div className={parts.buttons}>
          {missingOf(needs).length > 0 ? (
            <Button disabled>颁发证书</Button>
          ) : (
            <ConfirmButton
              question={`以今天的日期颁发 ${others.length} 份《${text.title.trim()}》。颁发后不能修改、不能删除，本人会收到通知。`}
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
      </Section>
    </>
  )
}

function Issued({ programmeId, view }: { programmeId: string; view: CertifyingView }) {
  const [done, setDone] = useState<{
    filed: number
    refused: readonly { name: string; id: string; problem: string }[]
  }>()
  const file = useWrite(async () => {
    let [filed, after] = [0, null as number | null]
    const refused: { name: string; id: string; problem: string }[] = []
    do {
      const step = await parseResponse(
        programmeClient.certificates.filings.$post({ param: { programmeId }, json: { after } }),
      )
      filed += step.filed
      refused.push(...step.refused.map(({ person, problem }) => ({ ...person, problem })))
      after = step.next
    } while (after !== null)
    setDone({ filed, refused })
  })
  const issued = view.items.filter((it) => it.certificate !== null)
  const isWaiting = issued.some((it) => it.certificate?.paper === 'waiting')
  const open = issued.filter((it) => it.certificate && !it.certificate.isFiled && !it.certificate.isRevoked)
  return (
    <Section
      title={`已颁发 ${issued.length} 份`}
      actions={
        view.batchId !== null && (
          <LinkButton variant="default" to="/training/certificates/batches/$batchId" params={{ batchId: view.batchId }}>
            打印最近颁发的一批
          </LinkButton>
        )
      }
    >
      {view.place !== null && open.length > 0 && (
        <div className={parts.form}>
          <p className={parts.text}>
            证书可以作为“{view.place}”归入个人档案，还有 {open.length}{' '}
            份没有归。归入的是没有盖章的电子文件，档案里标明“缺出具单位盖章”。
          </p>
          <div className={parts.buttons}>
            <Button variant="default" loading={file.isPending} disabled={isWaiting} onClick={() => file.mutate()}>
              {done && done.refused.length > 0 ? '再归一次' : '全部归入个人档案'}
            </Button>
            {isWaiting && <p className={parts.note}>证书正在排版，排好以后才能归档。</p>}
          </div>
        </div>
      )}
      {done && (
        <p role="status">
          归入 {done.filed} 份{done.refused.length > 0 && `，有 ${done.refused.length} 份没有归入，原因写在下面`}。
        </p>
      )}
      <ProblemNote error={file.error} />
      {done && done.refused.length > 0 && (
        <RowList
          label="没有归入的证书"
          rows={done.refused.map((it) => ({
            key: it.id,
            title: it.name,
            mark: <Badge color="yellow">没有归入</Badge>,
            facts: [it.problem],
          }))}
        />
      )}
      <RowList
        label="已颁发的证书"
        rows={issued.map((it) => ({
          key: it.person.id,
          title: it.certificate && (
            <Link to="/training/certificates/$certificateId" params={{ certificateId: it.certificate.id }}>
              {it.person.name}
            </Link>
          ),
          ...(it.certificate?.isRevoked && { mark: <Badge color="red">已撤销</Badge> }),
          facts: [
            it.organization,
            it.certificate?.number,
            it.certificate?.paper === 'failed' && '没有生成',
            it.certificate?.isFiled && '已归入个人档案',
          ],
        }))}
      />
      <p className={parts.note}>撤销了要重新发给的，打开那份证书，点“换发”。</p>
    </Section>
  )
}
