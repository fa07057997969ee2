import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { StaffRecord } from '@zhibu/server/modules/talent/schema'
import { DayText } from '../../ui/DayText.tsx'
import { DescriptionList } from '../../ui/DescriptionList.tsx'
import parts from '../../ui/Parts.module.css'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'
import { availabilityNames, dayInWords, languagesInWords, officeInWords, postInWords, skillsInWords } from './words.ts'

interface Props {
  it: StaffRecord
  /** Buttons beside what is official, and beside what the person says. */
  officialActions?: React.ReactNode
  ownActions?: React.ReactNode
}

/** A record: what is official and where each thing is kept, what the person says of themselves, hours and certificates. */
export function RecordView({ it, officialActions, ownActions }: Props) {
  return (
    <>
      <Section
        title="岗位和任职"
        lead="任职以“组织”里登记的为准，这里不用再填。同时担任几项，都列在这里。"
        actions={officialActions}
      >
        <div className={parts.form}>
          <DescriptionList
            items={[
              { label: '岗位', value: postInWords(it.official) || undefined },
              { label: '任现岗位起', value: dayInWords(it.official.since) || undefined },
              { label: '同时担任', value: `${it.offices.length} 项` },
              ...(it.official.by === null
                ? []
                : [{ label: '登记', value: `${it.official.by}，${dayInWords(it.official.on)}` }]),
            ]}
          />
          {it.offices.length > 0 && (
            <RowList
              label="现任"
              rows={it.offices.map((one) => ({
                key: one.id,
                title: officeInWords(one),
                facts: [one.termUntil !== null && `本届到${dayInWords(one.termUntil)}`],
              }))}
            />
          )}
          {it.formerOffices.length > 0 && (
            <details>
              <summary>曾任 {it.formerOffices.length} 项</summary>
              <RowList
                label="曾任"
                rows={it.formerOffices.map((one) => ({ key: one.id, title: officeInWords(one) }))}
              />
            </details>
          )}
        </div>
      </Section>
      <Section title="本人填写" lead="技能、语言和可承担工作由本人说了算，填了就有效。" actions={ownActions}>
        <DescriptionList
          items={[
            { label: '技能', value: skillsInWords(it.skills) || undefined },
            { label: '语言', value: languagesInWords(it.languages) || undefined },
            { label: '可承担工作', value: it.availability === null ? undefined : availabilityNames[it.availability] },
            ...(it.availabilityNote === null ? [] : [{ label: '时间说明', value: it.availabilityNote || undefined }]),
            {
              label: '核对日期',
              value:
                it.confirmedOn === null ? (
                  '还没有核对'
                ) : (
                  <>
                    <DayText on={it.confirmedOn} /> {it.isStale && <Badge color="yellow">本学期还没有核对</Badge>}
                  </>
                ),
            },
          ]}
        />
      </Section>
      {it.certificates !== null && (
        <Section title="培训和证书" lead="学时来自培训班的到课登记，证书来自“证书”。">
          <div className={parts.form}>
            {it.hours !== null && (
              <DescriptionList
                items={it.hours.map(({ year, hours }) => ({ label: `${year} 年`, value: `${hours} 学时` }))}
              />
            )}
            {it.certificates.length > 0 ? (
              <RowList
                label="证书"
                rows={it.certificates.map((one) => ({
                  key: one.id,
                  title: one.title,
                  facts: [one.programme, <DayText key="on" on={one.issuedOn} />, `编号 ${one.number}`],
                }))}
              />
            ) : (
              <p className={parts.note}>
                还没有证书。{it.can.changeOwn && <Link to="/training">去看看有哪些培训</Link>}
              </p>
            )}
          </div>
        </Section>
      )}
    </>
  )
}
