import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  delivererLabels,
  type FilingPlace,
  filingTemplate,
  type Numbered,
  originLabels,
  paperFormLabels,
  recruitmentRules,
  retentionLabels,
  whenAsked,
} from '@zhibu/rules'
import { type Column, ListCards, ListTable } from '../../ui/ListRows.tsx'
import { Section } from '../../ui/Section.tsx'
import { writeDay } from '../../ui/writtenDay.ts'
import classes from './FilingTab.module.css'

/** 归档清单: what belongs into the file of a person and into those of an organisation, who hands it in, and on what that rests. */
export function FilingTab() {
  const { person, organization, version, checkedOn } = filingTemplate
  return (
    <>
      <p className={`${classes.hint} ${classes.lead}`}>
        归档清单 {version} 版，{writeDay(checkedOn)}
        核对。标“细则写明”的是《发展党员工作细则》规定归档的材料，“通行做法”的是各环节通常形成的材料，“各校自定”的没有登记相应事项就不催要。保管期限标“待核实”的，尚未与正式文件核对，以本校归档范围和保管期限表为准。
      </p>
      <Section
        title="个人材料"
        lead="按发展党员全程纪实的顺序排列。没有办理的环节不催要材料，也不得补造。"
        actions={
          <Button variant="default" onClick={() => window.print()}>
            打印
          </Button>
        }
      >
        <Places label="个人材料" places={person} columns={personColumns} />
      </Section>
      <Section title="组织材料" lead="由党支部、党委留存，不随个人转递。">
        <Places label="组织材料" places={organization} columns={organizationColumns} />
      </Section>
    </>
  )
}

type Place = Numbered<FilingPlace>

function Places({ label, places, columns }: { label: string; places: readonly Place[]; columns: Column<Place>[] }) {
  const isNarrow = useMediaQuery('screen and (max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const Rows = isNarrow ? ListCards : ListTable
  return (
    <div className={classes.body}>
      <Rows
        label={label}
        items={places}
        columns={[...(isNarrow ? [numberedLabel] : [number, name]), ...columns]}
        rowKey={(it) => it.code}
        search={{}}
        onSort={nothing}
      />
    </div>
  )
}

const nothing = () => undefined

const number: Column<Place> = { key: 'number', header: '编号', cell: (it) => it.number }
const name: Column<Place> = { key: 'label', header: '材料', cell: (it) => <Label it={it} /> }
const numberedLabel: Column<Place> = {
  key: 'label',
  header: '材料',
  cell: (it) => (
    <span className={classes.numbered}>
      {it.number}
      <Label it={it} />
    </span>
  ),
}

function Label({ it }: { it: Place }) {
  const marks = [
    ...(it.sensitive ? ['敏感，阅览留痕'] : []),
    ...(it.closedToPerson ? ['不向本人公开'] : []),
    ...(it.several ? ['可归多份'] : []),
  ]
  return (
    <span className={classes.label}>
      {it.label}
      {marks.length > 0 && <span className={classes.hint}>{marks.join('；')}</span>}
    </span>
  )
}

const personnelFile: Column<Place> = {
  key: 'personnelFile',
  header: '人事档案',
  cell: (it) => {
    if (it.subject === 'organization' || it.personnelFile.length === 0) return null
    return it.personnelFile.includes('XZ-2014') ? '归入' : '2026年修订起归入'
  },
}

const shared: Column<Place>[] = [
  { key: 'deliveredBy', header: '由谁交来', cell: (it) => delivererLabels[it.deliveredBy] },
  { key: 'when', header: '何时归档', cell: whenAsked },
  { key: 'form', header: '原件', cell: (it) => paperFormLabels[it.form] },
  {
    key: 'retention',
    header: '保管期限',
    cell: ({ retention }) => (
      <span className={classes.label}>
        {retentionLabels[retention.period]}
        {retention.toVerify && <span className={classes.hint}>待核实</span>}
      </span>
    ),
  },
  { key: 'basis', header: '依据', cell: (it) => <Basis it={it} /> },
]

function Basis({ it: { articles, origin } }: { it: Place }) {
  return (
    <span className={classes.label}>
      {originLabels[origin]}
      {articles.length > 0 && (
        <span className={classes.hint}>
          {recruitmentRules.shortTitle}第{articles.join('、')}条
        </span>
      )}
    </span>
  )
}

const personColumns = shared.toSpliced(-1, 0, personnelFile)
const organizationColumns = shared
