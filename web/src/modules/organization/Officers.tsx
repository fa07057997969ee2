import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import type { OfficeRow } from '@zhibu/server/modules/organization/schema'
import { type ReactNode, useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { PeriodText } from '../../ui/PeriodText.tsx'
import { type Row, RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { AppointmentDialog } from './AppointmentDialog.tsx'
import type { Organization } from './api.ts'
import { OfficeEndDialog } from './OfficeEndDialog.tsx'
import classes from './Officers.module.css'

/** Who holds which office in an organisation, and who held it before. */
export function Officers({ it }: { it: Organization }) {
  const [isAppointing, setIsAppointing] = useState(false)
  const [ending, setEnding] = useState<OfficeRow>()
  const mayAppoint = it.can.appoint.length > 0 && it.dissolvedOn === null
  const shown = (office: OfficeRow): Row => rowOf(office, it.can.readFiles)
  return (
    <Section
      title="现任职务"
      actions={
        mayAppoint && (
          <>
            <LinkButton variant="default" to="/staff" search={{ list: 'successions', organizationId: it.id }}>
              工作交接
            </LinkButton>
            <Button variant="default" onClick={() => setIsAppointing(true)}>
              登记任职
            </Button>
          </>
        )
      }
    >
      {it.officers.length === 0 && it.dissolvedOn !== null ? (
        <EmptyState title="没有现任职务">组织已经撤销，任职随之结束。</EmptyState>
      ) : it.officers.length === 0 ? (
        <EmptyState title="还没有登记任职">
          {mayAppoint ? '点“登记任职”，从人员名册中选择。' : '任职由上级党组织登记。'}
        </EmptyState>
      ) : (
        <RowList
          label="现任职务"
          rows={it.officers.map((office) => ({
            ...shown(office),
            ...(mayAppoint && {
              actions: (
                <Button variant="default" size="xs" onClick={() => setEnding(office)}>
                  登记离任
                </Button>
              ),
            }),
          }))}
        />
      )}
      {it.formerOfficers.length > 0 && (
        <details>
          <summary className={classes.former}>历任（{it.formerOfficers.length}）</summary>
          <RowList label="历任职务" rows={it.formerOfficers.map(shown)} />
        </details>
      )}
      {isAppointing && <AppointmentDialog it={it} onClose={() => setIsAppointing(false)} />}
      {ending && <OfficeEndDialog it={it} office={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

function rowOf(office: OfficeRow, isLinked: boolean): Row {
  const { id, personId, personName, from, until, documentNumber, endReason } = office
  const person: ReactNode = isLinked ? (
    <Link to="/people/$personId" params={{ personId }}>
      {personName}
    </Link>
  ) : (
    personName
  )
  return {
    key: id,
    title: (
      <>
        {officeNames[office.office]}　{person}
      </>
    ),
    facts: [
      <PeriodText key="period" from={from} until={until} />,
      documentNumber && `任职文号 ${documentNumber}`,
      endReason && `离任原因：${endReason}`,
    ],
  }
}
