import { Badge } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  delivererLabels,
  type FilingAdjustment,
  type Numbered,
  originLabels,
  paperFormLabels,
  recruitmentRules,
  retentionLabels,
  signatureLabels,
  whenAsked,
} from '@zhibu/rules'
import { type Column, ListCards, ListTable } from '../../ui/ListRows.tsx'
import classes from './FilingTab.module.css'

interface Props {
  label: string
  places: readonly Numbered[]
  adjustment: FilingAdjustment
  columns: readonly Column<Numbered>[]
}

/** Places of the filing list as a table, on a narrow page as cards, each with what the university has made of it. */
export function FilingPlaces({ label, places, adjustment, columns }: Props) {
  const isNarrow = useMediaQuery('screen and (max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const Rows = isNarrow ? ListCards : ListTable
  return (
    <div className={classes.body}>
      <Rows
        label={label}
        items={places}
        columns={[...(isNarrow ? [numberedLabel(adjustment)] : [number, nameOf(adjustment)]), ...columns]}
        rowKey={(it) => it.code}
        search={{}}
        onSort={nothing}
      />
    </div>
  )
}

const nothing = () => undefined

const number: Column<Numbered> = { key: 'number', header: '编号', cell: (it) => it.number }

const nameOf = (adjustment: FilingAdjustment): Column<Numbered> => ({
  key: 'label',
  header: '材料',
  cell: (it) => <Label it={it} adjustment={adjustment} />,
})

const numberedLabel = (adjustment: FilingAdjustment): Column<Numbered> => ({
  key: 'label',
  header: '材料',
  cell: (it) => (
    <span className={classes.numbered}>
      {it.number}
      <Label it={it} adjustment={adjustment} />
    </span>
  ),
})

function Label({ it, adjustment }: { it: Numbered; adjustment: FilingAdjustment }) {
  const own = ownMark(it.code, adjustment)
  const marks = [
    ...(it.sensitive ? ['敏感，阅览留痕'] : []),
    ...(it.closedToPerson ? ['不向本人公开'] : []),
    ...(it.several ? ['可归多份'] : []),
  ]
  return (
    <span className={classes.label}>
      <span>
        {it.label}
        {own !== undefined && (
          <Badge variant="default" ml="xs">
            {own}
          </Badge>
        )}
      </span>
      {marks.length > 0 && <span className={classes.hint}>{marks.join('；')}</span>}
    </span>
  )
}

/** What the university has made of a place, in a word. */
function ownMark(code: string, { added = [], changed = [] }: FilingAdjustment): string | undefined {
  if (added.some((it) => it.code === code)) return '本校增加'
  return changed.some((it) => it.code === code) ? '本校调整' : undefined
}

export const deliveredBy: Column<Numbered> = {
  key: 'deliveredBy',
  header: '由谁交来',
  cell: (it) => delivererLabels[it.deliveredBy],
}

export const asked: Column<Numbered> = { key: 'when', header: '何时归档', cell: whenAsked }

export const form: Column<Numbered> = { key: 'form', header: '原件', cell: (it) => paperFormLabels[it.form] }

export const signing: Column<Numbered> = {
  key: 'signatures',
  header: '签字、盖章',
  cell: ({ signatures }) =>
    signatures.length > 0 && (
      <span className={classes.label}>
        {signatures.map(({ by }) => signatureLabels[by]).join('、')}
        {signatures.some(({ article }) => article === undefined) && (
          <span className={classes.hint}>{unsureOf(signatures)}</span>
        )}
      </span>
    ),
}

/** What of it no article says. */
function unsureOf(signatures: Numbered['signatures']): string {
  const named = signatures.filter(({ article }) => article !== undefined).map(({ by }) => signatureLabels[by])
  return named.length === 0 ? '待核实' : `${named.join('、')}以外待核实`
}

export const retention: Column<Numbered> = {
  key: 'retention',
  header: '保管期限',
  cell: (it) => (
    <span className={classes.label}>
      {retentionLabels[it.retention.period]}
      {it.retention.toVerify && <span className={classes.hint}>待核实</span>}
    </span>
  ),
}

export const personnelFile: Column<Numbered> = {
  key: 'personnelFile',
  header: '人事档案',
  cell: (it) => {
    if (it.subject === 'organization' || it.personnelFile.length === 0) return null
    return it.personnelFile.includes('XZ-2014') ? '归入' : '2026年修订起归入'
  },
}

export const basis: Column<Numbered> = {
  key: 'basis',
  header: '依据',
  cell: ({ articles, origin }) => (
    <span className={classes.label}>
      {originLabels[origin]}
      {articles.length > 0 && <span className={classes.hint}>{articlesText(articles)}</span>}
    </span>
  ),
}

/** Articles as they are cited. */
export const articlesText = (articles: readonly string[]): string =>
  `${recruitmentRules.shortTitle}第${articles.join('、')}条`
