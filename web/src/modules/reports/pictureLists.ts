import {
  elsewhereKey,
  noneKey,
  ownKey,
  type PictureList,
  restKey,
} from '@zhibu/server/modules/reports/picture-names-schema'

/** The list's own part of an address. */
export type Filters = Readonly<Record<string, string | undefined>>

/** How the page of a list speaks: where it is, what its address asks of the server, and what its address says where it shows the rows of one bar. */
interface PageOfList {
  to: string
  /** Is part of every address of this list. */
  part?: Filters
  asked: (search: Filters) => Filters
  /** What narrows the list to the rows of one bar; undefined where no filter of the list says it. */
  narrowed: (column: string, key: string) => Filters | undefined
  /** The names of what narrows it, by the keys of its address. */
  filters: Readonly<Record<string, string>>
}

/** A column whose value is a filter of the same name. */
const sameName =
  (names: readonly string[]) =>
  (column: string, key: string): Filters | undefined =>
    names.includes(column) ? { [column]: key } : undefined

const yes = (key: string, filters: Filters): Filters | undefined => (key === 'yes' ? filters : undefined)

const ofPeople = sameName(['kind', 'grade'])
const ofFiles = sameName(['stage', 'next'])
const ofStaff = sameName(['employment', 'duty', 'availability'])

const organization = '组织'

/** The pages of the lists. What stands in their addresses as “cursor” and “sort” says nothing of which rows are meant. */
const pages: Record<PictureList, PageOfList> = {
  people: {
    to: '/people',
    asked: ({ mobile, ...same }) => ({ ...same, isMobile: mobile && 'true' }),
    narrowed: (column, key) => {
      if (column === 'organization') return { organizationId: key }
      return column === 'isMobile' ? yes(key, { mobile: 'yes' }) : ofPeople(column, key)
    },
    filters: {
      q: '查找',
      organizationId: organization,
      kind: '人员类别',
      grade: '年级',
      mobile: '流动党员',
      importId: '一次导入',
    },
  },
  files: {
    to: '/development',
    asked: (same) => same,
    narrowed: (column, key) => {
      if (column === 'organization') return { organizationId: key }
      if (column === 'isFound') return yes(key, { only: 'findings' })
      return column === 'isOverdue' ? yes(key, { only: 'overdue' }) : ofFiles(column, key)
    },
    filters: {
      q: '查找',
      organizationId: organization,
      stage: '阶段',
      next: '下一步',
      only: '疑点和逾期',
      importId: '一次导入',
    },
  },
  dues: {
    to: '/',
    asked: ({ due, ...same }) => ({ ...same, ...(due === 'overdue' ? { only: due } : { withinDays: due }) }),
    narrowed: (column, key) => {
      if (column === 'organization') return { organizationId: key }
      if (column === 'due') return key === 'overdue' ? { due: 'overdue' } : undefined
      return column === 'kind' ? { kind: key } : undefined
    },
    filters: { whose: '由谁办理', organizationId: organization, kind: '事项', due: '期限', importId: '一次导入' },
  },
  staff: {
    to: '/staff',
    part: { list: 'everybody' },
    asked: ({ list: _, ...same }) => same,
    // Counted by where people belong; the filter of the list also means who holds an office there.
    narrowed: (column, key) => (column === 'isConfirmed' && key === 'no' ? { only: 'stale' } : ofStaff(column, key)),
    filters: {
      ...{ q: '查找', organizationId: organization, employment: '专职或兼职', duty: '岗位类别', skillId: '技能' },
      ...{ availability: '可承担工作', only: '只看' },
    },
  },
  activities: {
    to: '/activities',
    asked: ({ list, organization: organizationId, q, kind }) => ({ q, kind, organizationId, only: list }),
    narrowed: sameName(['kind', 'organization']),
    filters: { list: '哪些活动', q: '查找', kind: '类型', organization: '举办单位' },
  },
  programmes: {
    to: '/training',
    asked: ({ list, organization: organizationId, q, audience }) => ({ q, audience, organizationId, only: list }),
    narrowed: sameName(['audience', 'organization']),
    filters: { list: '哪些培训', q: '查找', audience: '培训对象', organization: '举办单位' },
  },
}

export const pageOf = (list: PictureList): PageOfList => pages[list]

/** Keys that are no value of a filter. */
const unsayable: readonly string[] = [noneKey, ownKey, elsewhereKey, restKey, 'count']

/**
 * The address of the list narrowed to the rows of one bar, or undefined where its filters cannot say it: it is narrowed by the same filter
 * to something else, or there is none.
 */
export function rowsBehind(
  list: PictureList,
  search: Filters,
  bars: readonly { column: string; key: string }[],
): Filters | undefined {
  const { part, narrowed } = pages[list]
  let all: Filters = { ...search, ...part }
  for (const { column, key } of bars) {
    const more = unsayable.includes(key) ? undefined : narrowed(column, key)
    if (more === undefined) return undefined
    const isContradicted = Object.entries(more).some(
      ([name, value]) => name !== 'organizationId' && all[name] !== undefined && all[name] !== value,
    )
    if (isContradicted) return undefined
    all = { ...all, ...more }
  }
  return all
}

/** The address of a list as the picture keeps it: without which page of it is open, and how it is ordered. */
export const filtersOf = (list: PictureList, search: Filters): Filters =>
  Object.fromEntries(
    Object.entries(search).filter(([name, value]) => value !== undefined && Object.hasOwn(pages[list].filters, name)),
  )
