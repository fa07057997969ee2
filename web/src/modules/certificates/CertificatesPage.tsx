import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type CertificateState, certificateStateNames } from '@zhibu/server/modules/certificates/names-schema'
import type { CertificateRow } from '@zhibu/server/modules/certificates/schema'
import { useState } from 'react'
import { choicesOf, codeIn } from '../../ui/choices.ts'
import { DataList } from '../../ui/DataList.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ListFilter } from '../../ui/ListFilter.tsx'
import type { Column } from '../../ui/ListRows.tsx'
import { isNarrowed } from '../../ui/listSearch.ts'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { certificatesQuery, issuingPlacesQuery, ownCertificatesQuery, paperAt } from './api.ts'
import { NumberingDialog } from './NumberingDialog.tsx'
import type { CertificatesSearch } from './searches.ts'
import { above, PaperBadge, StateBadge } from './words.tsx'

const route = getRouteApi('/signed-in/training/certificates')

/** 证书: one's own, and for whoever issues those that were issued. */
export function CertificatesPage() {
  const places = useQuery(issuingPlacesQuery).data?.items ?? []
  return (
    <Page
      title="证书"
      breadcrumbs={above}
      lead="每份证书有编号和核验码。扫描纸面上的二维码，谁都可以核对真伪，看到的只有纸面上的内容。"
      actions={places.length > 0 && <LinkButton to="/training/certificates/new">颁发证书</LinkButton>}
    >
      <Own isAlone={places.length === 0} />
      {places.length > 0 && <Issued places={places} />}
    </Page>
  )
}

function Own({ isAlone }: { isAlone: boolean }) {
  const { data, error, refetch } = useQuery(ownCertificatesQuery)
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading lines={2} />
  if (data.items.length === 0)
    return isAlone ? <EmptyState title="还没有证书">参加培训并颁发证书以后，列在这里，可以随时下载。</EmptyState> : null
  return (
    <Section title="我的证书">
      <RowList
        label="我的证书"
        rows={data.items.map((it) => ({
          key: it.id,
          title: (
            <Link to="/training/certificates/$certificateId" params={{ certificateId: it.id }} className={parts.link}>
              {it.title}
            </Link>
          ),
          mark: (
            <>
              <StateBadge state={it.state} /> <PaperBadge paper={it.paper} />
            </>
          ),
          facts: [it.programme, it.organization.name, <DayText key="on" on={it.issuedOn} />, `编号 ${it.number}`],
          actions: it.paper === 'ready' && it.state === 'valid' && (
            <DownloadLink href={paperAt(it.id)}>下载证书</DownloadLink>
          ),
        }))}
      />
    </Section>
  )
}

const columns: Column<CertificateRow>[] = [
  { key: 'name', header: '姓名', cell: (it) => it.name },
  { key: 'title', header: '证书名称', cell: (it) => it.title },
  { key: 'programme', header: '参加的培训', cell: (it) => it.programme },
  { key: 'number', header: '编号', cell: (it) => it.number },
  { key: 'issuedOn', header: '颁发日期', cell: (it) => <DayText on={it.issuedOn} /> },
  { key: 'organization', header: '颁发单位', cell: (it) => it.organization.name },
  {
    key: 'state',
    header: '状态',
    cell: (it) => (
      <>
        <StateBadge state={it.state} /> <PaperBadge paper={it.paper} />
      </>
    ),
  },
]

function Issued({ places }: { places: readonly { id: string; name: string }[] }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: CertificatesSearch) => void navigate({ search: (it) => ({ ...it, ...part }), replace: true })
  const { q, organizationId, cursor } = search
  const state = codeIn(certificateStateNames, search.state)
  const list = useQuery({
    ...certificatesQuery({ q, organizationId, state, cursor }),
    placeholderData: keepPreviousData,
  })
  const [settling, setSettling] = useState<string>()
  const settled = organizationId ?? (places.length === 1 ? places[0]?.id : undefined)
  return (
    <Section title="颁发的证书">
      <DataList
        id="certificates"
        label="颁发的证书"
        columns={columns}
        rowKey={(it) => it.id}
        rowPath={(it) => `/training/certificates/${it.id}`}
        searchPlaceholder="姓名、编号或培训名称"
        search={search}
        onSearch={change}
        list={list}
        filters={
          <>
            {places.length > 1 && (
              <ListFilter
                label="颁发单位"
                all="全部单位"
                choices={places.map(({ id, name }) => ({ value: id, label: name }))}
                value={organizationId}
                onChange={(it) => change({ organizationId: it, cursor: undefined })}
                searchable
              />
            )}
            <ListFilter<CertificateState>
              label="状态"
              all="全部状态"
              choices={choicesOf(certificateStateNames)}
              value={state}
              onChange={(it) => change({ state: it, cursor: undefined })}
              width={140}
            />
          </>
        }
        actions={
          settled !== undefined && (
            <Button variant="default" onClick={() => setSettling(settled)}>
              编号格式
            </Button>
          )
        }
        empty={
          isNarrowed(search) ? (
            <EmptyState title="没有符合条件的证书">可以换用姓名、编号中的几个字，或清除筛选条件。</EmptyState>
          ) : (
            <EmptyState title="还没有颁发证书">培训结束以后，点“颁发证书”，选择人员，就可以颁发。</EmptyState>
          )
        }
      />
      {settling !== undefined && <NumberingDialog organizationId={settling} onClose={() => setSettling(undefined)} />}
    </Section>
  )
}
