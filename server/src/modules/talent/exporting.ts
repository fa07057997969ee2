import { dayWritten } from '@zhibu/rules'
import type { Context } from '../../platform/context.ts'
import { everyRow } from '../../platform/every-row.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import type { Paper, PaperBlock } from '../../platform/papers/official-paper.ts'
import { personOf } from '../../platform/reach.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { officeLabels } from '../accounts/names-schema.ts'
import { availabilityNames, dutyNames, employmentNames, fluencyNames, masteryNames } from './names-schema.ts'
import { listStaff, readOwn } from './queries.ts'
import type { OfficeHeld, StaffExport, StaffRow } from './schema.ts'

/** Writes the list as it is filtered as .xlsx, for whoever keeps it. Each export is recorded. What people say of their time in words is not in it. */
export async function exportStaff(ctx: Context, query: StaffExport): Promise<NamedFile> {
  const read = (cursor: string | undefined) => listStaff(ctx, { ...query, cursor, limit: 200 })
  const { bytes, count } = await writeList(columns, everyRow(read), '工作队伍')
  await record(ctx, 'talent.exported', { kind: 'list', id: 'staff' }, { count })
  return { name: `工作队伍名单${ctx.today}.xlsx`, bytes }
}

const columns: readonly ListColumn<StaffRow>[] = [
  { header: '姓名', cell: (it) => it.person.name },
  { header: '所在组织', cell: (it) => it.organization.name },
  { header: '专职或兼职', cell: (it) => it.employment && employmentNames[it.employment] },
  { header: '岗位类别', cell: (it) => it.duty && dutyNames[it.duty] },
  { header: '岗位名称', cell: (it) => it.title },
  {
    header: '任职',
    cell: (it) => it.offices.map((one) => `${one.organization}${officeLabels[one.office]}`).join('；'),
  },
  { header: '任职项数', cell: (it) => it.offices.length },
  { header: '技能', cell: (it) => it.skills.join('、') },
  { header: '可承担工作', cell: (it) => it.availability && availabilityNames[it.availability] },
  { header: '本人核对日期', holdsDays: true, cell: (it) => it.confirmedOn },
]

/** The own record as a paper, whole. */
export async function ownPaper(ctx: Context): Promise<Paper> {
  const it = await readOwn(ctx)
  await record(ctx, 'talent.own-exported', { kind: 'staffRecord', id: it.person.id, personId: personOf(ctx) })
  const { employment, duty, title, since } = it.official
  return {
    title: '工作队伍信息',
    body: [
      { kind: 'line', text: `${it.person.name}（${it.organization.name}）` },
      heading('岗位和任职'),
      pairs([
        ['专职或兼职', employment ? employmentNames[employment] : '未登记'],
        ['岗位', [duty && dutyNames[duty], title].filter((one) => one).join('，') || '未登记'],
        ['任现岗位起', since ?? '未登记'],
        ['现任', it.offices.map(officeInWords).join('；') || '无'],
        ['曾任', it.formerOffices.map(officeInWords).join('；') || '无'],
      ]),
      heading('本人填写'),
      pairs([
        ['技能', it.skills.map((one) => `${one.name}（${masteryNames[one.mastery]}）`).join('、') || '未填'],
        ['语言', it.languages.map((one) => `${one.name}（${fluencyNames[one.fluency]}）`).join('、') || '未填'],
        ['可承担工作', it.availability ? availabilityNames[it.availability] : '未填'],
        ['时间说明', it.availabilityNote || '未填'],
        ['核对日期', it.confirmedOn ?? '还没有核对'],
      ]),
      heading('培训和证书'),
      pairs([
        ...(it.hours ?? []).map((one) => [`${one.year} 年学时`, String(one.hours)]),
        [
          '证书',
          (it.certificates ?? [])
            .map((one) => `${one.title}（${one.number}，${dayWritten(one.issuedOn)}）`)
            .join('；') || '无',
        ],
      ]),
      heading('谁查看过'),
      pairs([
        ['查看记录', (it.readings ?? []).map((one) => `${one.by} ${one.at.slice(0, 10)}`).join('；') || '没有人查看过'],
      ]),
    ],
    attachments: [],
    marksMissing: true,
    madeOn: ctx.today,
  }
}

const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text })
const pairs = (rows: readonly (readonly string[])[]): PaperBlock => ({ kind: 'table', widths: [1, 4], head: [], rows })

const officeInWords = ({ organization, office, from, until }: OfficeHeld): string =>
  `${organization.name}${officeLabels[office]}（${from} 至${until === null ? '今' : ` ${until}`}）`
