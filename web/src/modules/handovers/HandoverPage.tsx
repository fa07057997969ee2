import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { dayWritten } from '@zhibu/rules'
import { comparisonNames, handoverKindNames } from '@zhibu/server/modules/handovers/names-schema'
import type { HandoverView } from '@zhibu/server/modules/handovers/schema'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import { handoverQuery } from './api.ts'
import { ClosureDialog } from './ClosureDialog.tsx'
import { Comparison } from './Comparison.tsx'
import classes from './Handed.module.css'
import { HandedFiles } from './HandedFiles.tsx'
import { HandedFileView } from './HandedFileView.tsx'
import { standingOf } from './HandoverRows.tsx'
import { Marks } from './Marks.tsx'
import { ReceiptDialog } from './ReceiptDialog.tsx'

const route = getRouteApi('/signed-in/archive/handovers/$handoverId')

/** One hand-over: for the sender what became of it, for the receiver what is to be compared. */
export function HandoverPage() {
  const { handoverId } = route.useParams()
  const { data: it, error, refetch } = useQuery(handoverQuery(handoverId))
  const session = useSession()
  const breadcrumbs = [...wayFrom(session?.can ?? [], '/archive'), { label: '档案移交', to: '/archive/handovers' }]
  if (it === undefined) {
    return (
      <Page title="档案移交" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={`档案移交 ${it.number}`}
      breadcrumbs={breadcrumbs}
      subtitle={`${it.from.name} 移交 ${it.to.name}`}
      actions={
        <>
          <DownloadLink href={`/api/handovers/${it.id}/list.pdf`}>移交清单</DownloadLink>
          {it.outcome === 'accepted' && (
            <DownloadLink href={`/api/handovers/${it.id}/receipt.pdf`}>接收回执</DownloadLink>
          )}
        </>
      }
    >
      <About it={it} />
      {it.can.accept ? <Comparison key={it.seen} it={it} /> : <Files it={it} />}
    </Page>
  )
}

function About({ it }: { it: HandoverView }) {
  const [dialog, setDialog] = useState<'return' | 'withdrawal' | 'receipt'>()
  const close = () => setDialog(undefined)
  return (
    <Section
      title="办理情况"
      actions={
        <>
          {it.can.enterReceipt && <Button onClick={() => setDialog('receipt')}>登记接收回执</Button>}
          {it.can.sendBack && (
            <Button variant="default" onClick={() => setDialog('return')}>
              退回
            </Button>
          )}
          {it.can.withdraw && (
            <Button variant="default" onClick={() => setDialog('withdrawal')}>
              撤回
            </Button>
          )}
        </>
      }
    >
      <DescriptionList
        items={[
          { label: '状态', value: standingOf(it) },
          { label: '移交原因', value: handoverKindNames[it.kind] },
          { label: '人数', value: `${it.personCount} 人` },
          { label: '纸质材料', value: it.withPapers ? '一并移交' : '不移交' },
          {
            label: '发出',
            value: (
              <>
                {it.sentBy}，<InstantText at={it.sentAt} />
              </>
            ),
          },
          ...(it.closedAt
            ? [
                {
                  label: '办结',
                  value: (
                    <>
                      {it.closedBy}，<InstantText at={it.closedAt} />
                    </>
                  ),
                },
              ]
            : []),
          ...(it.receivedOn ? [{ label: it.receipt ? '签收日期' : '转入日期', value: dayWritten(it.receivedOn) }] : []),
          ...(it.receipt ? [{ label: '签收人', value: <SignedBy receipt={it.receipt} /> }] : []),
          ...(it.note ? [{ label: '说明', value: it.note }] : []),
          ...(it.closingNote
            ? [{ label: it.outcome === 'accepted' ? '保留意见' : '原因', value: it.closingNote }]
            : []),
          { label: '清单校验值', value: <span className={classes.digest}>{it.listDigest}</span> },
        ]}
      />
      {(dialog === 'return' || dialog === 'withdrawal') && (
        <ClosureDialog handoverId={it.id} way={dialog} onClose={close} />
      )}
      {dialog === 'receipt' && <ReceiptDialog it={it} onClose={close} />}
    </Section>
  )
}

function SignedBy({ receipt: { signedBy, documentId } }: { receipt: NonNullable<HandoverView['receipt']> }) {
  if (documentId === null) return signedBy
  return (
    <Link to="/archive/documents/$documentId" params={{ documentId }}>
      {signedBy}（回执扫描件）
    </Link>
  )
}

function Files({ it }: { it: HandoverView }) {
  const isOutside = it.to.id === null
  return (
    <Section
      title="移交的档案"
      lead={
        it.outcome === null && isOutside
          ? '请导出每个人的档案包，连同移交清单交给接收单位；收到回执以后登记。'
          : '发出时的清单，以后不再改变。'
      }
    >
      <HandedFiles
        label="移交的档案"
        files={it.files}
        person={(one) => one.person}
        summary={(one) => (
          <>
            <span className={parts.note}>{one.file.items.length} 件</span>
            <Marks file={one} />
            {isOutside && it.outcome === 'accepted' && (
              <Link to="/people/$personId" params={{ personId: one.person.id }}>
                登记离校（离职）日期
              </Link>
            )}
            {isOutside && one.file.seal && it.can.enterReceipt && (
              <Button
                component="a"
                variant="default"
                size="compact-sm"
                href={`/api/archive/seals/${one.file.seal.id}/package.zip`}
                aria-label={`导出${one.person.name}的档案包`}
                download
              >
                导出档案包
              </Button>
            )}
          </>
        )}
      >
        {(one) => (
          <HandedFileView
            name={one.person.name}
            file={one.file}
            added={one.added}
            gone={one.gone}
            besides={(item) => {
              const found = one.exceptions.find(({ documentId }) => documentId === item.documentId)
              return (
                found && (
                  <span>
                    {comparisonNames[found.result]}
                    {found.remark && `：${found.remark}`}
                  </span>
                )
              )
            }}
          />
        )}
      </HandedFiles>
    </Section>
  )
}
