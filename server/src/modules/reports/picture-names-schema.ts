/** The lists that are looked at as a picture (看成图), in Chinese, for server and web. Pages load this file by value, so it brings no schema library. */

export const pictureLists = {
  people: '人员',
  files: '发展党员',
  dues: '待办事项',
  staff: '工作队伍',
  activities: '活动',
  programmes: '培训班',
} as const
export type PictureList = keyof typeof pictureLists

/** What is counted: the heading where bars are not divided. */
export const pictureUnits: Readonly<Record<PictureList, string>> = {
  ...{ people: '人数', files: '人数', dues: '项数', staff: '人数', activities: '活动数', programmes: '班数' },
}

/** By what the rows of a list can be counted, the first unless asked otherwise. */
export const pictureColumns = {
  people: {
    kind: '人员类别',
    organization: '所在组织',
    sex: '性别',
    grade: '年级',
    education: '学历',
    isMobile: '流动党员',
    enrolled: '入学年份',
    leaves: '预计离校年份',
  },
  files: {
    stage: '阶段',
    organization: '所在组织',
    next: '下一步',
    isFound: '有没有疑点',
    isOverdue: '是否逾期',
    month: '最迟月份',
  },
  dues: { kind: '事项', organization: '所在组织', due: '期限', waitingOn: '由谁办理', month: '最迟月份' },
  staff: {
    employment: '专职或兼职',
    organization: '所在组织',
    duty: '岗位类别',
    availability: '可承担工作',
    isConfirmed: '本学期是否核对',
  },
  activities: { kind: '类型', organization: '举办单位', month: '月份', year: '年份', isCancelled: '是否取消' },
  programmes: { audience: '培训对象', organization: '举办单位', year: '年份', term: '学期', isCancelled: '是否取消' },
} as const satisfies Record<PictureList, Record<string, string>>

/** What has few values, so that bars can be divided by it. */
const dividing: readonly string[] = [
  ...['kind', 'sex', 'isMobile', 'stage', 'isFound', 'isOverdue', 'due', 'waitingOn'],
  ...['employment', 'duty', 'availability', 'isConfirmed', 'audience', 'term', 'isCancelled'],
]

/** Whether the bars of a list can be divided by one of its columns. The kinds of what is due are too many to be told apart. */
export const isDividing = (list: PictureList, column: string): boolean =>
  Object.hasOwn(pictureColumns[list], column) && dividing.includes(column) && !(list === 'dues' && column === 'kind')

/** The key of what lies at an organisation itself, of what lies elsewhere, and of what is not filled in. */
export const ownKey = 'self'
export const elsewhereKey = 'elsewhere'
export const noneKey = 'none'
/** The key of all values behind those that are shown. */
export const restKey = 'rest'
