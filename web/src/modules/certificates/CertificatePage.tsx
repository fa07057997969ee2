import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { CertificateView } from '@zhibu/server/modules/certificates/schema'
import { parseResponse } from 'hono/client'
import { useState } from 'react'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { Section } from '../../ui/Section.tsx'
import { certificateClient, certificateQuery, certificatesKey, paperAt } from './api.ts'
import classes from './Certificates.module.css'
import { FileDialog } from './FileDialog.tsx'
import { ReplaceDialog } from './ReplaceDialog.tsx'
import { useWrite } from './useWrite.ts'
import { aboveOne, PaperBadge, StateBadge } from './words.tsx'

const route = getRouteApi('/signed-in/training/certificates/$certificateId')

/** One certificate: what it says, whether it holds, its paper, and what whoever issues does with it. */
export function CertificatePage() {
  const { certificateId } = route.useParams()
  const { data: it, error, refetch } = useQuery(certificateQuery(certificateId))
  if (!it)
    return (
      <Page title="证书" breadcrumbs={aboveOne}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  return (
    <Page
      title={`${it.name}的${it.title}`}
      breadcrumbs={aboveOne}
      subtitle={
        <>
          编号 {it.number} <StateBadge state={it.state} /> <PaperBadge paper={it.paper} />
        </>
      }
      actions={<Actions it={it} />}
    >
      {it.revocation && (
        <Alert color="red" title="这份证书已经撤销">
          <DayText on={it.revocation.on} />由{it.revocation.by}撤销。原因：{it.revocation.reason}
          {!it.can.download && '。撤销的证书不再提供下载；以前下载、打印的不再有效。'}
        </Alert>
      )}
      {it.paperProblem !== null && (
        <Alert color="yellow" title="证书没有生成">
          {it.paperProblem}
        </Alert>
      )}
      <Section title="证书内容">
        <div className={parts.form}>
          <p className={classes.words}>
            {it.name}同志：{it.sentence}
          </p>
          <DescriptionList
            items={[
              { label: '颁发单位', value: it.issuer },
              { label: '颁发日期', value: <DayText on={it.issuedOn} /> },
              ...(it.signatory === null ? [] : [{ label: '签发人', value: it.signatory }]),
              { label: '经办人', value: it.issuedBy },
              ...(it.replaces ? [{ label: '换发自', value: <Other {...it.replaces} /> }] : []),
              ...(it.replacedBy ? [{ label: '已换发为', value: <Other {...it.replacedBy} /> }] : []),
            ]}
          />
          <p className={parts.note}>
            纸面上印有二维码和核验码。收到证书的单位扫码，或者打开“<a href="/check">证书核验</a>
            ”页填写核验码，就能看到证书是否有效；看到的只有纸面上的内容，不用登录。
          </p>
        </div>
      </Section>
    </Page>
  )
}

function Other({ id, number }: { id: string; number: string }) {
  return (
    <Link to="/training/certificates/$certificateId" params={{ certificateId: id }}>
      {number}
    </Link>
  )
}

function Actions({ it }: { it: CertificateView }) {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'revoke' | 'replace' | 'file'>()
  const param = { certificateId: it.id }
  const again = useWrite(() => parseResponse(certificateClient.printing.$post({ param })))
  const close = () => setAsked(undefined)
  return (
    <>
      {it.can.download && (
        <DownloadLink href={paperAt(it.id)}>
          {it.revocation === null ? '下载证书' : '下载（印有“已撤销”）'}
        </DownloadLink>
      )}
      {it.can.printAgain && it.paper === 'failed' && (
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          重新排版
        </Button>
      )}
      {it.can.file && (
        <Button variant="default" onClick={() => setAsked('file')}>
          归入个人档案
        </Button>
      )}
      {it.documentId !== null && (
        <LinkButton variant="default" to="/archive/documents/$documentId" params={{ documentId: it.documentId }}>
          查看归档的材料
        </LinkButton>
      )}
      {it.can.replace && (
        <Button variant="default" onClick={() => setAsked('replace')}>
          换发
        </Button>
      )}
      {it.can.revoke && (
        <Button variant="default" onClick={() => setAsked('revoke')}>
          撤销
        </Button>
      )}
      <ProblemNote error={again.error} />
      {asked === 'revoke' && (
        <ReasonDialog
          title="撤销证书"
          lead="撤销以后，扫码的人看到“已撤销”和日期，看不到原因。证书和编号保留，不删除，也不能恢复；有错的请用“换发”。"
          label="撤销原因"
          submitLabel="撤销证书"
          write={(reason) => parseResponse(certificateClient.revocation.$post({ param, json: { reason } }))}
          changes={certificatesKey}
          onClose={close}
        />
      )}
      {asked === 'replace' && (
        <ReplaceDialog
          it={it}
          onClose={close}
          onDone={(certificateId) =>
            void navigate({ to: '/training/certificates/$certificateId', params: { certificateId } })
          }
        />
      )}
      {asked === 'file' && <FileDialog it={it} onClose={close} />}
    </>
  )
}
