import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { PersonPage as Person } from '@zhibu/server/modules/people/schema'
import { useState } from 'react'
import { useSession } from '../../session.ts'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { officeNames } from '../organization/names.ts'
import { personQuery } from './api.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { fieldNames, personKindNames, sexNames } from './names.ts'
import { Readings } from './Readings.tsx'
import { SealedNumber } from './SealedNumber.tsx'

const route = getRouteApi('/signed-in/people/$personId')

/** One person: what is recorded, offices, moves, and who read the file. */
export function PersonPage() {
  const { personId } = route.useParams()
  const read = useQuery(personQuery(personId))
  if (read.data === undefined) {
    return (
      <Page title="人员" breadcrumbs={[{ label: '人员', to: '/people' }]}>
        {read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const { value: it, etag } = read.data
  return (
    <Page
      title={it.name}
      breadcrumbs={[{ label: '人员', to: '/people' }]}
      lead={<Place it={it} />}
      actions={<Actions key={it.id} it={it} etag={etag} />}
    >
      <Identity it={it} />
      <Occupation it={it} />
      <Offices it={it} />
      <Moves it={it} />
      {it.can.seeReadings && <Readings personId={it.id} />}
    </Page>
  )
}

/** The organisations from the university down, each a way to its page. */
function Place({ it: { kind, above, organization, isMobile } }: { it: Person }) {
  return (
    <>
      {kind && `${personKindNames[kind]} · `}
      {[...above.slice(1), organization].map(({ id, name }, at) => (
        <span key={id}>
          {at > 0 && ' › '}
          <Link to="/organization/$organizationId" params={{ organizationId: id }}>
            {name}
          </Link>
        </span>
      ))}
      {isMobile && ' · 流动党员'}
    </>
  )
}

function Actions({ it, etag }: { it: Person; etag: string }) {
  const session = useSession()
  const [isMoving, setIsMoving] = useState(false)
  const mayOpenFile = session?.can.includes('development') && it.can.read
  return (
    <>
      {mayOpenFile && (
        <LinkButton to="/development/$personId" params={{ personId: it.id }}>
          发展档案
        </LinkButton>
      )}
      {it.can.change && (
        <LinkButton variant="default" to="/people/$personId/change" params={{ personId: it.id }}>
          修改信息
        </LinkButton>
      )}
      {it.can.move && (
        <Button variant="default" onClick={() => setIsMoving(true)}>
          转到其他组织
        </Button>
      )}
      {isMoving && <MoveDialog it={it} etag={etag} onClose={() => setIsMoving(false)} />}
    </>
  )
}

function Identity({ it }: { it: Person }) {
  return (
    <Section title="身份信息">
      <DescriptionList
        items={[
          { label: fieldNames.sex, value: it.sex ? sexNames[it.sex] : undefined },
          { label: fieldNames.ethnicity, value: it.ethnicity ?? undefined },
          { label: fieldNames.bornOn, value: it.bornOn ? <DayText on={it.bornOn} /> : undefined },
          { label: fieldNames.nativePlace, value: it.nativePlace ?? undefined },
          {
            label: fieldNames.idNumber,
            value: it.idNumberMask ? (
              <SealedNumber it={it} field="idNumber" mask={it.idNumberMask} mayRead={it.can.readIdNumber} />
            ) : undefined,
          },
          {
            label: fieldNames.phone,
            value: it.phoneMask ? (
              <SealedNumber it={it} field="phone" mask={it.phoneMask} mayRead={it.can.readPhone} />
            ) : undefined,
          },
        ]}
      />
    </Section>
  )
}

function Occupation({ it }: { it: Person }) {
  return (
    <Section title="学习和工作">
      <DescriptionList
        items={[
          { label: fieldNames.kind, value: it.kind ? personKindNames[it.kind] : undefined },
          { label: fieldNames.studentNumber, value: it.studentNumber ?? undefined },
          { label: fieldNames.department, value: it.department ?? undefined },
          { label: fieldNames.major, value: it.major ?? undefined },
          { label: fieldNames.grade, value: it.grade ?? undefined },
          { label: fieldNames.className, value: it.className ?? undefined },
          { label: fieldNames.education, value: it.education ?? undefined },
          { label: fieldNames.degree, value: it.degree ?? undefined },
          { label: fieldNames.enrolledOn, value: it.enrolledOn ? <DayText on={it.enrolledOn} /> : undefined },
          { label: fieldNames.leavesOn, value: it.leavesOn ? <DayText on={it.leavesOn} relative="day" /> : undefined },
          ...Object.entries(it.details).map(([label, value]) => ({ label, value })),
        ]}
      />
    </Section>
  )
}

function Offices({ it: { offices } }: { it: Person }) {
  if (offices.length === 0) return null
  return (
    <Section title="任职">
      <RowList
        label="任职"
        rows={offices.map(({ id, office, organization, from, until }) => ({
          key: id,
          title: (
            <>
              <Link to="/organization/$organizationId" params={{ organizationId: organization.id }}>
                {organization.name}
              </Link>
              {'　'}
              {officeNames[office]}
            </>
          ),
          facts: [
            <span key="period">
              <DayText on={from} />{' '}
              {until === null ? (
                '至今'
              ) : (
                <>
                  至 <DayText on={until} />
                </>
              )}
            </span>,
          ],
        }))}
      />
    </Section>
  )
}

function Moves({ it: { moves } }: { it: Person }) {
  if (moves.length === 0) return null
  return (
    <Section title="所在组织的变动">
      <RowList
        label="所在组织的变动"
        rows={moves.map(({ id, on, from, to, reason }) => ({
          key: id,
          title: `${from.name} → ${to.name}`,
          facts: [<DayText key="on" on={on} />, reason],
        }))}
      />
    </Section>
  )
}
