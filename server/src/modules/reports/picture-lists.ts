import { actKinds, actLabels, addDays, stageLabels, stages, waitingLabels } from '@zhibu/rules'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { OrgPath } from '../../platform/org-path.ts'
import { authorize, Refusal } from '../../platform/refusal.ts'
import { activityKindNames } from '../activities/names-schema.ts'
import { meantActivities } from '../activities/queries.ts'
import { activitiesQuery } from '../activities/schema.ts'
import { duesByOffice } from '../development/dues.ts'
import { filesByOffice } from '../development/lists.ts'
import { dueCountsQuery, filesQuery } from '../development/request-schema.ts'
import { personKindNames, sexNames } from '../people/names-schema.ts'
import { meantByOffice } from '../people/register.ts'
import { peopleQuery } from '../people/schema.ts'
import { halfYearBegan } from '../talent/half-years.ts'
import { availabilityNames, dutyNames, employmentNames } from '../talent/names-schema.ts'
import { keepingRoots } from '../talent/policy.ts'
import { meantStaff } from '../talent/queries.ts'
import { staffQuery } from '../talent/schema.ts'
import { audienceNames, termNames } from '../training/names-schema.ts'
import { meantProgrammes } from '../training/queries.ts'
import { programmesQuery } from '../training/schema.ts'
import { noneKey, type PictureList, type pictureColumns } from './picture-names-schema.ts'

/** What a list asks, as it stands in an address. */
export type Asked = Readonly<Record<string, string>>

/** One column by which rows are counted: how the value of a row is read, and the names of the values in their order; without names, those that occur. */
export interface PictureColumn {
  value: (ctx: Context) => SQL
  names?: Readonly<Record<string, string>>
  /** Values are the paths of organisations, the ids of organisations, months or years. */
  holds?: 'paths' | 'organizations' | 'months' | 'years'
}

/** A list that is looked at as a picture: its rows as the list itself means them, and by what they are counted. */
export interface Pictured<List extends PictureList> {
  /** A statement of the rows that the question means, with what the columns below read. Refuses whoever may not ask it. */
  rows: (ctx: Context, asked: Asked) => Promise<SQL>
  columns: Record<keyof (typeof pictureColumns)[List], PictureColumn>
  /** Below which parts of the tree rows lie, where organisations are counted with all below them. */
  roots?: (ctx: Context) => OrgPath[]
  says: string
}

/** Rows of a question that the list's own schema understands. */
const asking =
  <Query>(schema: z.ZodType<Query>, rows: (ctx: Context, query: Query) => Promise<SQL> | SQL) =>
  async (ctx: Context, asked: Asked): Promise<SQL> => {
    const { cursor: _, limit: __, ...filters } = asked
    const understood = schema.safeParse(filters)
    if (!understood.success) throw new Refusal('malformed', '筛选条件无效，请回到名单重新点“看成图”。')
    return rows(ctx, understood.data)
  }

/** Counted by columns of whole files; whom a delegation names is shown to a helper one by one. */
function refuseWithoutFiles({ actor }: Context): void {
  authorize(actor.holdsAnywhere('read-files'), '把名单看成图')
}

const code = (column: SQL, names: Readonly<Record<string, string>>): PictureColumn => ({
  value: () => sql`coalesce(${column}, ${noneKey})`,
  names: { ...names, [noneKey]: '未填写' },
})
const yesOrNo = (is: (ctx: Context) => SQL, yes: string, no: string): PictureColumn => ({
  value: (ctx) => sql`case when ${is(ctx)} then 'yes' else 'no' end`,
  names: { yes, no },
})
const words = (column: SQL): PictureColumn => ({ value: () => sql`coalesce(nullif(${column}, ''), ${noneKey})` })
const month = (column: SQL): PictureColumn => ({
  value: () => sql`coalesce(to_char(${column}, 'YYYY-MM'), ${noneKey})`,
  holds: 'months',
})
const year = (column: SQL): PictureColumn => ({
  value: () => sql`coalesce(left(${column}::text, 4), ${noneKey})`,
  holds: 'years',
})
const placed: PictureColumn = { value: () => sql`it.path`, holds: 'paths' }
const held: PictureColumn = { value: () => sql`it.organization_id::text`, holds: 'organizations' }

const filesRoots = ({ actor }: Context) => actor.rootsOf('read-files')
const handedOver = '只计您按职务查看的人，受托协助的人不计。'

/** The lists, each with the query of its own page, so that a picture counts what the page lists. */
export const pictured: { [List in PictureList]: Pictured<List> } = {
  people: {
    rows: asking(peopleQuery, async (ctx, query) => {
      refuseWithoutFiles(ctx)
      return sql`select kind, sex, grade, education, is_mobile, enrolled_on, leaves_on, path from persons where ${await meantByOffice(ctx, query)}`
    }),
    columns: {
      kind: code(sql`it.kind`, personKindNames),
      organization: placed,
      sex: code(sql`it.sex`, sexNames),
      grade: words(sql`it.grade`),
      education: words(sql`it.education`),
      isMobile: yesOrNo(() => sql`it.is_mobile`, '流动党员', '不是，或者没有登记'),
      enrolled: year(sql`it.enrolled_on`),
      leaves: year(sql`it.leaves_on`),
    },
    roots: filesRoots,
    says: `按“人员”里登记的信息计。${handedOver}`,
  },
  files: {
    rows: asking(filesQuery, async (ctx, query) => {
      refuseWithoutFiles(ctx)
      return sql`select s.stage, s.next_kind, s.error_count, s.warning_count, s.next_latest_on, s.path
        from development_standings s where ${await filesByOffice(ctx, query)}`
    }),
    columns: {
      stage: {
        value: () => sql`coalesce(it.stage, ${noneKey})`,
        names: {
          ...Object.fromEntries(stages.map((stage) => [stage, stageLabels[stage]])),
          [noneKey]: '未登记发展记录',
        },
      },
      organization: placed,
      next: {
        value: () => sql`coalesce(it.next_kind, ${noneKey})`,
        names: { ...Object.fromEntries(actKinds.map((kind) => [kind, actLabels[kind]])), [noneKey]: '没有下一步' },
      },
      isFound: yesOrNo(() => sql`it.error_count + it.warning_count > 0`, '有疑点', '没有疑点'),
      isOverdue: yesOrNo(({ today }) => sql`it.next_latest_on < ${today}`, '已逾期', '没有逾期'),
      month: month(sql`it.next_latest_on`),
    },
    roots: filesRoots,
    says: `阶段、下一步和疑点由已经登记的记录推算，和“发展党员”里看到的一样。${handedOver}`,
  },
  dues: {
    rows: asking(dueCountsQuery, async (ctx, query) => {
      refuseWithoutFiles(ctx)
      return sql`select s.kind, s.waiting_on, s.latest_on, s.path from development_dues s where ${await duesByOffice(ctx, query)}`
    }),
    columns: {
      kind: {
        value: () => sql`it.kind`,
        names: Object.fromEntries(actKinds.map((kind) => [kind, actLabels[kind]])),
      },
      organization: placed,
      due: {
        value: ({ today }) => sql`case when it.latest_on is null then 'open' when it.latest_on < ${today} then 'overdue'
          when it.latest_on <= ${addDays(today, 30)} then 'month' else 'later' end`,
        names: { overdue: '已逾期', month: '30 天内到期', later: '30 天以后到期', open: '没有期限' },
      },
      waitingOn: { value: () => sql`it.waiting_on`, names: waitingLabels },
      month: month(sql`it.latest_on`),
    },
    roots: filesRoots,
    says: `每人每个待办的事项计一项，期限由条款和已经登记的记录推算，和工作台上的一样。${handedOver}`,
  },
  staff: {
    rows: asking(staffQuery, meantStaff),
    columns: {
      employment: code(sql`it.employment`, employmentNames),
      organization: placed,
      duty: code(sql`it.duty`, dutyNames),
      availability: code(sql`it.availability`, availabilityNames),
      isConfirmed: yesOrNo(
        ({ today }) => sql`it.confirmed_on >= ${halfYearBegan(today)}::date`,
        '本人已核对',
        '还没有核对',
      ),
    },
    roots: ({ actor }) => keepingRoots(actor),
    says: '每人计一次，担任几项的也是。按本人所在的组织计，不按任职的组织。',
  },
  activities: {
    rows: asking(
      activitiesQuery,
      (ctx, query) =>
        sql`select kind, organization_id, from_on, cancelled_at from activities where ${meantActivities(ctx, query)}`,
    ),
    columns: {
      kind: code(sql`it.kind`, activityKindNames),
      organization: held,
      month: month(sql`it.from_on`),
      year: year(sql`it.from_on`),
      isCancelled: yesOrNo(() => sql`it.cancelled_at is not null`, '已取消', '没有取消'),
    },
    says: '按第一天计月份和年份；谁参加了什么，这里不计。',
  },
  programmes: {
    rows: asking(
      programmesQuery,
      (ctx, query) =>
        sql`select p.audience, p.organization_id, p.year, p.term, p.cancelled_at ${meantProgrammes(ctx, query)}`,
    ),
    columns: {
      audience: code(sql`it.audience`, audienceNames),
      organization: held,
      year: year(sql`it.year`),
      term: code(sql`it.term`, termNames),
      isCancelled: yesOrNo(() => sql`it.cancelled_at is not null`, '已取消', '没有取消'),
    },
    says: '每个培训班计一次；谁参加了什么，这里不计。',
  },
}
