import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { personKindNames, sexNames } from '@zhibu/server/modules/people/names-schema'
import type { FieldName, PersonPage as Person } from '@zhibu/server/modules/people/schema'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../session.ts'
import { wayFrom } from '../../shell/navigation.ts'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageLoading } from '../../ui/PageLoading.tsx'
import { PeriodText } from '../../ui/PeriodText.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { personQuery } from './api.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { fieldNames } from './names.ts'
import { Readings } from './Readings.tsx'
import { SealedNumber } from './SealedNumber.tsx'

const route = getRouteApi('/signed-in/people/$personId')

/** One person: what is recorded, offices, moves, and who read the file. */
export function PersonPage() {
  const { personId } = route.useParams()
  const session = useSession()
  const read = useQuery(personQuery(personId))
  const breadcrumbs = wayFrom(session?.can ?? [], '/people')
  if (read.data === undefined) {
    return (
      <Page title="人员信息" breadcrumbs={breadcrumbs}>
        {read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <PageLoading />}
      </Page>
    )
  }
  const { value: it, etag } = read.data
  return (
    <Page
      title={it.name}
      breadcrumbs={breadcrumbs}
      printTitle={`${it.name}登记情况`}
      subtitle={<Place it={it} />}
      actions={<Actions key={it.id} it={it} etag={etag} />}
    >
      {it.can.see.length < Object.keys(fieldNames).length && (
        <Alert color="gray">您协助填写这位人员的材料，只显示姓名、学号（工号）和授权给您的内容。</Alert>
      )}
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
      {mayOpenFile && (
        <LinkButton variant="default" to="/archive/persons/$personId" params={{ personId: it.id }}>
          电子档案
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
    <Fields
      title="身份信息"
      it={it}
      values={[
        ['sex', it.sex && sexNames[it.sex]],
        ['ethnicity', it.ethnicity],
        ['bornOn', it.bornOn && <DayText on={it.bornOn} />],
        ['nativePlace', it.nativePlace],
        [
          'idNumber',
          it.idNumberMask && (
            <SealedNumber it={it} field="idNumber" mask={it.idNumberMask} mayRead={it.can.readIdNumber} />
          ),
        ],
        [
          'phone',
          it.phoneMask && <SealedNumber it={it} field="phone" mask={it.phoneMask} mayRead={it.can.readPhone} />,
        ],
      ]}
    />
  )
}

function Occupation({ it }: { it: Person }) {
  return (
    <Fields
      title="学习和工作"
      it={it}
      values={[
        ['kind', it.kind && personKindNames[it.kind]],
        ['studentNumber', it.studentNumber],
        ['department', it.department],
        ['major', it.major],
        ['grade', it.grade],
        ['className', it.className],
        ['education', it.education],
        ['degree', it.degree],
        ['enrolledOn', it.enrolledOn && <DayText on={it.enrolledOn} />],
        ['leavesOn', it.leavesOn && <DayText on={it.leavesOn} relative="day" />],
      ]}
      further={it.details}
    />
  )
}

interface FieldsProps {
  title: string
  it: Person
  /** What is shown of each field, in order. */
  values: readonly (readonly [FieldName, ReactNode])[]
  /** By its own label. */
  further?: Record<string, string>
}

/** The fields that the reader may see; nothing where there are none. */
function Fields({ title, it, values, further = {} }: FieldsProps) {
  const seen = values.filter(([field]) => it.can.see.includes(field))
  const items = [
    ...seen.map(([field, value]) => ({ label: fieldNames[field], value: value ?? undefined })),
    ...Object.entries(further).map(([label, value]) => ({ label, value })),
  ]
  if (items.length === 0) return null
  return (
    <Section title={title}>
      <DescriptionList items={items} />
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
          facts: [<PeriodText key="period" from={from} until={until} />],
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
