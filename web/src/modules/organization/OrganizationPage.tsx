import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { branchTypeNames, organizationKindNames } from '@zhibu/server/modules/organization/names-schema'
import { Suspense, useState } from 'react'
import { useSession } from '../../session.ts'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { type Organization, oneOrganizationQuery } from './api.ts'
import { DissolutionDialog } from './DissolutionDialog.tsx'
import { NewOrganizationDialog } from './NewOrganizationDialog.tsx'
import { Officers } from './Officers.tsx'
import { OrganizationChangeDialog } from './OrganizationChangeDialog.tsx'
import { useParts } from './parts.ts'
import { Terms } from './Terms.tsx'

const route = getRouteApi('/signed-in/organization/$organizationId')

/** One organisation: what it is, who holds office, its terms, what stands below it. */
export function OrganizationPage() {
  const { organizationId } = route.useParams()
  const read = useQuery(oneOrganizationQuery(organizationId))
  const breadcrumbs = [
    { label: '组织', to: '/organization' },
    ...(read.data?.value.above ?? []).map(({ id, name }) => ({ label: name, to: `/organization/${id}` })),
  ]
  if (read.data === undefined) {
    return (
      <Page title="组织信息" breadcrumbs={breadcrumbs}>
        {read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const { value: it, etag } = read.data
  return (
    <Page
      title={it.name}
      breadcrumbs={breadcrumbs}
      subtitle={descriptionOf(it)}
      actions={<Actions key={it.id} it={it} etag={etag} />}
    >
      <Details it={it} />
      <Officers it={it} />
      <Terms it={it} />
      <StageCountsIfAllowed it={it} />
      <Children it={it} />
    </Page>
  )
}

function descriptionOf({ kind, branchType, dissolvedOn }: Organization): string {
  const parts = [organizationKindNames[kind], ...(branchType ? [`${branchTypeNames[branchType]}支部`] : [])]
  return [...parts, ...(dissolvedOn ? ['已撤销'] : [])].join(' · ')
}

function Actions({ it, etag }: { it: Organization; etag: string }) {
  const [open, setOpen] = useState<'new' | 'change' | 'dissolve'>()
  if (it.dissolvedOn !== null) return null
  const close = () => setOpen(undefined)
  const hasBranches = it.children.some(({ kind, dissolvedOn }) => dissolvedOn === null && kind !== 'partyGroup')
  const offices = it.can.appointBelow && hasBranches && (
    <LinkButton variant="default" to="/organization/$organizationId/offices" params={{ organizationId: it.id }}>
      登记支部任职
    </LinkButton>
  )
  if (!it.can.change) return offices
  return (
    <>
      {offices}
      {it.kind !== 'partyGroup' && (
        <Button variant="default" onClick={() => setOpen('new')}>
          新设下级组织
        </Button>
      )}
      <Button variant="default" onClick={() => setOpen('change')}>
        修改信息
      </Button>
      {it.above.length > 0 && (
        <Button variant="default" onClick={() => setOpen('dissolve')}>
          撤销组织
        </Button>
      )}
      {open === 'new' && <NewOrganizationDialog parent={it} onClose={close} />}
      {open === 'change' && <OrganizationChangeDialog it={it} etag={etag} onClose={close} />}
      {open === 'dissolve' && <DissolutionDialog it={it} etag={etag} onClose={close} />}
    </>
  )
}

function Details({ it }: { it: Organization }) {
  const isCommittee = it.kind === 'partyCommittee' || it.kind === 'universityCommittee'
  return (
    <Section
      title="基本情况"
      actions={
        it.can.readFiles && (
          <>
            <Link to="/people" search={{ organizationId: it.id }}>
              查看人员名册
            </Link>
            <Link to="/archive/organizations/$organizationId" params={{ organizationId: it.id }}>
              查看组织档案
            </Link>
            <Link to="/archive/completeness" search={{ organizationId: it.id }}>
              材料齐全情况
            </Link>
          </>
        )
      }
    >
      <DescriptionList
        items={[
          { label: '组织类别', value: organizationKindNames[it.kind] },
          ...(it.branchType ? [{ label: '支部类型', value: branchTypeNames[it.branchType] }] : []),
          { label: '简称', value: it.shortName ?? undefined },
          { label: '组织编码', value: it.code ?? undefined },
          { label: '成立日期', value: it.establishedOn ? <DayText on={it.establishedOn} /> : undefined },
          ...(it.can.readFiles ? [{ label: '本级人数', value: `${it.personCount.toLocaleString('zh-CN')} 人` }] : []),
          ...(it.can.readFiles && it.children.length > 0
            ? [{ label: '含下级人数', value: `${it.personCountBelow.toLocaleString('zh-CN')} 人` }]
            : []),
          ...(isCommittee
            ? [{ label: '审批预备党员', value: it.canApproveProbationary ? '由本级审批' : '报上级党委审批' }]
            : []),
          ...(it.dissolvedOn
            ? [
                { label: '撤销日期', value: <DayText on={it.dissolvedOn} /> },
                { label: '撤销原因', value: it.dissolutionReason ?? undefined },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function StageCountsIfAllowed({ it }: { it: Organization }) {
  const { StageCounts } = useParts()
  const session = useSession()
  if (!it.can.readFiles || !session?.can.includes('development')) return null
  return (
    <Suspense fallback={<PageLoading lines={2} />}>
      <StageCounts organizationId={it.id} />
    </Suspense>
  )
}

function Children({ it: { children } }: { it: Organization }) {
  if (children.length === 0) return null
  return (
    <Section title={`下级组织（${children.length}）`}>
      <RowList
        label="下级组织"
        rows={children.map(({ id, name, kind, dissolvedOn }) => ({
          key: id,
          title: (
            <Link to="/organization/$organizationId" params={{ organizationId: id }}>
              {name}
            </Link>
          ),
          facts: [
            organizationKindNames[kind],
            dissolvedOn && (
              <span key="dissolved">
                已于 <DayText on={dissolvedOn} /> 撤销
              </span>
            ),
          ],
        }))}
      />
    </Section>
  )
}
