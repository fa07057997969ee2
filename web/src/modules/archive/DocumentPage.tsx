import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { contentKindLabels } from '@zhibu/rules'
import { natureNames } from '@zhibu/server/modules/archive/names-schema'
import type { DocumentView } from '@zhibu/server/modules/archive/schema'
import { Suspense, useState } from 'react'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText } from '../../ui/InstantText.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { documentQuery } from './api.ts'
import { CorrectionDialog } from './CorrectionDialog.tsx'
import classes from './DocumentPage.module.css'
import { lackingText } from './lackingText.ts'
import { Paper } from './Paper.tsx'
import { useParts } from './parts.ts'
import { sizeText } from './sizeText.ts'
import { VersionDialog } from './VersionDialog.tsx'
import { WithdrawalDialog } from './WithdrawalDialog.tsx'

const route = getRouteApi('/signed-in/archive/documents/$documentId')

/** One document: its pages to look at, what was registered about it, and what became of it. */
export function DocumentPage() {
  const { documentId } = route.useParams()
  const { page } = route.useSearch()
  const can = useSession()?.can ?? []
  const { data: it, error, refetch } = useQuery(documentQuery(documentId))
  const breadcrumbs = wayFrom(can, '/archive')
  if (it === undefined) {
    return (
      <Page title="材料" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={it.title}
      breadcrumbs={[...breadcrumbs, ownerCrumb(it)]}
      subtitle={[it.person?.name, it.organization.name, it.placeLabel].filter((it) => it !== undefined).join(' · ')}
      actions={<Actions key={it.id} it={it} />}
    >
      <Standing it={it} />
      {it.can.read ? (
        <Paper key={it.id} it={it} page={page} beside={<Registered it={it} />} />
      ) : (
        <Section title="材料">
          <Registered it={it} />
        </Section>
      )}
      {it.history.length > 1 && <History it={it} />}
    </Page>
  )
}

const ownerCrumb = ({ person, organization }: DocumentView) =>
  person
    ? { label: `${person.name}的电子档案`, to: `/archive/persons/${person.id}` }
    : { label: `${organization.name}的档案`, to: `/archive/organizations/${organization.id}` }

function Actions({ it }: { it: DocumentView }) {
  const [open, setOpen] = useState<'version' | 'correction' | 'withdrawal'>()
  const close = () => setOpen(undefined)
  return (
    <>
      {it.can.download && (
        <Button component="a" variant="default" href={`/api/archive/documents/${it.id}/content`} download>
          下载原文件
        </Button>
      )}
      {it.can.change && standsNow(it) && (
        <>
          <Button variant="default" onClick={() => setOpen('version')}>
            更换文件
          </Button>
          <Button variant="default" onClick={() => setOpen('correction')}>
            更正登记
          </Button>
          <Button variant="default" onClick={() => setOpen('withdrawal')}>
            撤出档案
          </Button>
        </>
      )}
      {open === 'version' && <VersionDialog it={it} onClose={close} />}
      {open === 'correction' && <CorrectionDialog it={it} onClose={close} />}
      {open === 'withdrawal' && <WithdrawalDialog it={it} onClose={close} />}
    </>
  )
}

/** What is to be known before the paper is read: that another stands in its place, that it is gone, that it is sensitive. */
function Standing({ it }: { it: DocumentView }) {
  if (it.destroyedOn !== null)
    return <Alert color="gray">这份材料的内容已于 {it.destroyedOn} 按销毁清单销毁，只保留登记信息。</Alert>
  if (it.isWithdrawn) return <Alert color="gray">这份材料已撤出档案，原因见下面的变更记录。</Alert>
  if (it.supersededBy !== null)
    return (
      <Alert color="gray">
        这是以前的一份，现在有效的是
        <Link to="/archive/documents/$documentId" params={{ documentId: it.supersededBy }}>
          更换或更正后的一份
        </Link>
        。
      </Alert>
    )
  if (it.can.read && !it.can.download)
    return <Alert color="gray">您协助办理这份材料，可以查看，页面带有水印，不能下载。</Alert>
  if (it.isSensitive && it.person)
    return <Alert color="gray">这是敏感材料，查看会记录下来，{it.person.name}本人可以看到。</Alert>
  return null
}

/** What is registered about the paper, and what is recorded of what it proves. */
function Registered({ it }: { it: DocumentView }) {
  const session = useSession()
  const { PaperOffers, PaperRecord } = useParts()
  const personId = it.person?.id
  const seesRecord = session?.can.includes('development') || session?.account.personId === personId
  const isCompared = it.evidences.length > 0
  return (
    <div className={classes.registered}>
      <h3>登记信息</h3>
      <DescriptionList
        items={[
          { label: '类别', value: it.placeLabel },
          { label: '材料日期', value: it.on ? <DayText on={it.on} /> : undefined },
          { label: '文件来自', value: natureNames[it.nature] },
          { label: '签字、盖章', value: lackingText(it.lacks) },
          { label: '文件', value: `${it.fileName}（${contentKindLabels[it.kind]}，${sizeText(it.sizeBytes)}）` },
          { label: '页数', value: it.pageCount ?? undefined },
          { label: '病毒查杀', value: it.isScanned ? '归档时已查杀' : '没有接入查杀程序，未查杀' },
          { label: '归档人', value: it.filedBy },
          { label: '归档时间', value: <InstantText at={it.filedAt} /> },
          ...originItems(it),
        ]}
      />
      {personId !== undefined && isCompared && seesRecord && (
        <>
          <h3>发展档案中的记录</h3>
          <Suspense fallback={null}>
            <PaperRecord personId={personId} documentId={it.id} evidences={it.evidences} />
          </Suspense>
        </>
      )}
      {personId !== undefined && seesRecord && it.can.read && standsNow(it) && (
        <Suspense fallback={null}>
          <PaperOffers personId={personId} documentId={it.id} isCompared={isCompared} />
        </Suspense>
      )}
    </div>
  )
}

/** The package of another keeper in which it came. */
function originItems({ origin }: DocumentView) {
  if (origin === null) return []
  const { number, version, sender, sealedBy, sealedAt } = origin
  return [
    {
      label: '来源',
      value: (
        <>
          {sender} 移交的档案包 {number}（第 {version} 次封存，{sealedBy}，
          <InstantText at={sealedAt} />）
        </>
      ),
    },
  ]
}

const standsNow = ({ supersededBy, isWithdrawn, destroyedOn }: DocumentView): boolean =>
  supersededBy === null && !isWithdrawn && destroyedOn === null

function History({ it }: { it: DocumentView }) {
  return (
    <Section title="变更记录">
      <RowList
        label="变更记录"
        rows={it.history.map((row) => ({
          key: row.id,
          title: row.isWithdrawal ? (
            '撤出档案'
          ) : row.id === it.id ? (
            `${row.title}（本页）`
          ) : (
            <Link to="/archive/documents/$documentId" params={{ documentId: row.id }}>
              {row.title}
            </Link>
          ),
          facts: [
            row.placeLabel,
            row.on && <DayText key="on" on={row.on} />,
            row.fileName,
            row.reason && `原因：${row.reason}`,
            <span key="filed">
              {row.filedBy}，<InstantText at={row.filedAt} />
            </span>,
          ],
        }))}
      />
    </Section>
  )
}
