import { Badge, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { fateNames } from '@zhibu/server/modules/archive/names-schema'
import type { ReceivedItem, ReceptionView } from '@zhibu/server/modules/archive/reception-schema'
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
import { receptionQuery } from './api.ts'
import { PackageFacts } from './PackageFacts.tsx'
import { fatesText } from './receptionRow.tsx'
import classes from './Seals.module.css'

const route = getRouteApi('/signed-in/archive/receptions/$receptionId')

/** A package that was taken over: what became of its documents, its receipt, and what it says of its subject. */
export function ReceptionPage() {
  const { receptionId } = route.useParams()
  const can = useSession()?.can ?? []
  const { data: it, error, refetch } = useQuery(receptionQuery(receptionId))
  const breadcrumbs = [...wayFrom(can, '/archive'), { label: '接收记录', to: '/archive/receptions' }]
  if (it === undefined) {
    return (
      <Page title="接收的档案包" breadcrumbs={breadcrumbs}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  return (
    <Page
      title={it.title}
      breadcrumbs={breadcrumbs}
      subtitle={`${it.number} · 第 ${it.version} 次封存`}
      actions={it.can.download && <Downloads id={it.id} />}
    >
      <Section title="接收情况">
        <DescriptionList
          items={[
            { label: '移交单位', value: it.sender },
            {
              label: '封存',
              value: (
                <>
                  {it.sealedBy}，<InstantText at={it.sealedAt} />
                </>
              ),
            },
            {
              label: '归入',
              value: <FileLink it={it} />,
            },
            ...(it.person === null ? [] : [{ label: '所在组织', value: it.organization.name }]),
            {
              label: '接收',
              value: (
                <>
                  {it.acceptedBy}，<InstantText at={it.acceptedAt} />
                </>
              ),
            },
            { label: '结果', value: fatesText(it) },
            ...digestsOf(it),
          ]}
        />
      </Section>
      <Section title="材料">
        <RowList label="材料" rows={it.items.map(itemRow)} />
      </Section>
      <PackageFacts
        facts={it.facts}
        kind={it.person === null ? 'organization' : 'person'}
        personId={can.includes('development') ? it.person?.id : undefined}
      />
    </Page>
  )
}

function FileLink({ it: { person, organization } }: { it: ReceptionView }) {
  if (person === null)
    return (
      <Link to="/archive/organizations/$organizationId" params={{ organizationId: organization.id }}>
        {organization.name}的档案
      </Link>
    )
  return (
    <Link to="/archive/persons/$personId" params={{ personId: person.id }}>
      {person.name}的电子档案
    </Link>
  )
}

function Downloads({ id }: { id: string }) {
  const at = `/api/archive/receptions/${id}`
  return (
    <>
      <Button component="a" href={`${at}/receipt.pdf`} download>
        回执（PDF）
      </Button>
      <Button component="a" variant="default" href={`${at}/receipt.xml`} download>
        回执（XML）
      </Button>
      <Button component="a" variant="default" href={`${at}/metadata.xml`} download>
        随包元数据
      </Button>
    </>
  )
}

const digestsOf = ({ digests }: ReceptionView) =>
  [
    { label: '整包校验值', digest: digests.package },
    { label: '标签清单校验值', digest: digests.tagManifest },
    { label: '元数据校验值', digest: digests.metadata },
  ].map(({ label, digest }) => ({ label, value: <span className={classes.digest}>{digest}</span> }))

function itemRow({ number, title, on, place, pages, fate, reason, documentId }: ReceivedItem) {
  return {
    key: String(number),
    title:
      documentId === null ? (
        `${number}. ${title}`
      ) : (
        <Link to="/archive/documents/$documentId" params={{ documentId }}>
          {number}. {title}
        </Link>
      ),
    mark: <Badge variant="default">{fateNames[fate]}</Badge>,
    facts: [
      `移交方类别：${place}`,
      on && <DayText key="on" on={on} />,
      pages !== null && `${pages} 页`,
      reason && `说明：${reason}`,
    ],
  }
}
