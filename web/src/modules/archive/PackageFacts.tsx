import type { ReceptionView } from '@zhibu/server/modules/archive/reception-schema'
import { DayText } from '../../ui/DayText.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { Section } from '../../ui/Section.tsx'

interface Props {
  facts: ReceptionView['facts']
  /** Of whom the package is. */
  kind: 'person' | 'organization'
  /** Whose record is beside it; absent as long as nobody was chosen. */
  personId?: string | undefined
}

/** What a package says of a person or of an organisation. None of it is recorded here by itself. */
export function PackageFacts({ facts, kind, personId }: Props) {
  if (facts.length === 0) return null
  return (
    <Section
      title="包中所记的事实"
      lead={
        kind === 'person'
          ? '这是移交方封存时的登记，接收时不会自动写入发展档案。请核对材料以后，由您在发展档案中登记。'
          : '这是移交方封存时的登记，供对照查阅，接收时不会自动写入本校的记录。'
      }
      actions={
        personId !== undefined && (
          <LinkButton to="/development/$personId" params={{ personId }} variant="default">
            打开发展档案
          </LinkButton>
        )
      }
    >
      <RowList
        label="包中所记的事实"
        rows={facts.map(({ on, what, details, basis, recordedBy }, at) => ({
          key: `${at} ${what}`,
          title: what,
          facts: [on && <DayText key="on" on={on} />, details, basis, `移交方登记人：${recordedBy}`],
        }))}
      />
    </Section>
  )
}
