import {
  contentKindLabels,
  delivererLabels,
  type FilingAdjustment,
  filingTemplateOf,
  type Numbered,
  originLabels,
  paperFormLabels,
  recruitmentRules,
  requirementLabels,
  retentionLabels,
  whenAsked,
} from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { authorize } from '../../platform/refusal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { readFilingList } from './filing-list.ts'

/** Writes the filing list in force as .xlsx, to be handed to branches: persons' places first, then organisations'. */
export async function exportFilingList(ctx: Context): Promise<NamedFile> {
  authorize(ctx.actor.holdsAnywhere('read-files'), '导出归档清单')
  const { adjustment } = (await readFilingList(ctx)).view
  const { person, organization } = filingTemplateOf(adjustment)
  const { bytes, count } = await writeList(columnsOf(adjustment), [...person, ...organization], '归档清单')
  await record(ctx, 'archive.filing-list-exported', { kind: 'list', id: 'filing-list' }, { count })
  return { name: `归档清单${ctx.today}.xlsx`, bytes }
}

const columnsOf = ({ added = [], changed = [] }: FilingAdjustment): ListColumn<Numbered>[] => [
  { header: '归入', cell: (it) => (it.subject === 'person' ? '个人材料' : '组织材料') },
  { header: '编号', cell: (it) => it.number },
  { header: '材料', cell: (it) => it.label },
  { header: '由谁交来', cell: (it) => delivererLabels[it.deliveredBy] },
  { header: '归档要求', cell: (it) => requirementLabels[it.requirement] },
  { header: '何时归档', cell: whenAsked },
  { header: '原件', cell: (it) => paperFormLabels[it.form] },
  { header: '文件类型', cell: (it) => it.contents.map((kind) => contentKindLabels[kind]).join('、') },
  { header: '份数', cell: (it) => (it.several ? '可归多份' : '一份') },
  { header: '敏感，阅览留痕', cell: (it) => (it.sensitive ? '是' : undefined) },
  { header: '不向本人公开', cell: (it) => (it.closedToPerson ? '是' : undefined) },
  { header: '归入人事档案', cell: (it) => (it.subject === 'person' && it.personnelFile.length > 0 ? '是' : undefined) },
  { header: '保管期限', cell: (it) => retentionLabels[it.retention.period] },
  { header: '保管期限的依据', cell: ({ retention }) => `${retention.source}${retention.toVerify ? '，待核实' : ''}` },
  { header: '来源', cell: (it) => originLabels[it.origin] },
  {
    header: '条文',
    cell: ({ articles }) =>
      articles.length > 0 ? `${recruitmentRules.shortTitle}第${articles.join('、')}条` : undefined,
  },
  {
    header: '本校',
    cell: ({ code }) =>
      added.some((it) => it.code === code) ? '增加' : changed.some((it) => it.code === code) ? '调整' : undefined,
  },
]
