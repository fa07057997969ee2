import {
  IconArchive,
  IconBook2,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconChartBar,
  IconChecklist,
  IconFileImport,
  IconFileText,
  IconListCheck,
  IconMail,
  IconMessages,
  IconNews,
  IconRoute,
  IconScan,
  IconSchool,
  IconSettings,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Area } from '../session.ts'

/** A page that can be reached from everywhere. */
export interface NavigationEntry {
  /** The word of the session's `can` list without which the entry is not shown. */
  can: Area
  to: string
  label: string
  /** What one does there; read by the search and as a tooltip. */
  purpose: string
  Icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
}

/** The pages in the order of the side navigation. */
export const navigation: readonly NavigationEntry[] = [
  { can: 'desk', to: '/', label: '工作台', purpose: '要办什么、何时之前、依据是什么', Icon: IconListCheck },
  { can: 'my-way', to: '/my', label: '我的', purpose: '我走到哪一步、下一步是什么、谁看过我的材料', Icon: IconUser },
  { can: 'notices', to: '/notices', label: '通知', purpose: '看通知、写通知', Icon: IconMail },
  { can: 'publicity', to: '/publicity', label: '宣传', purpose: '写稿、审稿、在网站上发布', Icon: IconNews },
  { can: 'activities', to: '/activities', label: '活动', purpose: '日历、活动和方案库', Icon: IconCalendarEvent },
  { can: 'training', to: '/training', label: '培训', purpose: '培训班、课程、到课和学时', Icon: IconSchool },
  {
    can: 'discussion',
    to: '/discussion',
    label: '交流',
    purpose: '讨论、提问、提建议',
    Icon: IconMessages,
  },
  {
    can: 'development',
    to: '/development',
    label: '发展党员',
    purpose: '每个人的发展过程、下一步和疑点',
    Icon: IconRoute,
  },
  {
    can: 'batch-review',
    to: '/development/batches',
    label: '批量预审',
    purpose: '成批核对材料，一人一页',
    Icon: IconChecklist,
  },
  { can: 'people', to: '/people', label: '人员', purpose: '人员名册', Icon: IconUsers },
  {
    can: 'staff',
    to: '/staff',
    label: '工作队伍',
    purpose: '谁在做党建工作、岗位、任职和技能',
    Icon: IconUsersGroup,
  },
  {
    can: 'archive',
    to: '/archive',
    label: '电子档案',
    purpose: '归档的材料：扫描件、照片、电子文件',
    Icon: IconArchive,
  },
  {
    can: 'digitization',
    to: '/digitization',
    label: '纸质材料整理',
    purpose: '扫描件和照片按封面分开、识别、归档；打印归档封面',
    Icon: IconScan,
  },
  {
    can: 'reports',
    to: '/reports',
    label: '统计',
    purpose: '人数、发展、任期、培训和活动的合计',
    Icon: IconChartBar,
  },
  {
    can: 'organization',
    to: '/organization',
    label: '组织',
    purpose: '组织架构、任期和任职',
    Icon: IconBuildingCommunity,
  },
  { can: 'intake', to: '/intake', label: '导入', purpose: '导入现有的电子表格', Icon: IconFileImport },
  {
    can: 'forms',
    to: '/forms',
    label: '表格',
    purpose: '用登记的内容生成公示、请示、会议记录、名册等',
    Icon: IconFileText,
  },
  { can: 'rules', to: '/rules', label: '规则', purpose: '细则条文、期限数值、本校规定和工作日', Icon: IconBook2 },
  { can: 'system', to: '/system', label: '系统', purpose: '账号、授权和操作记录', Icon: IconSettings },
]

/** The entries a session may see. */
export function entriesFor(can: readonly Area[]): NavigationEntry[] {
  return navigation.filter((it) => can.includes(it.can))
}

/**
 * The entry to which the page at this address belongs, where the session may not see it: reached by an address that somebody
 * else has sent. One person's pages say themselves to whom they are open, because everybody may see their own.
 */
export function closedEntry(can: readonly Area[], path: string): NavigationEntry | undefined {
  const entry = onePerson.test(path) ? undefined : entryOf(navigation, path)
  return entry && !can.includes(entry.can) ? entry : undefined
}

const onePerson = /^\/(people|development|archive\/(persons|documents)|forms\/copies)\/[0-9a-f]{8}-/

/** The way to one person's page: by the list at this address, or from the own page for whoever may not see the list. */
export function wayFrom(can: readonly Area[], list: string): { label: string; to: string }[] {
  const open = entriesFor(can)
  const entry = open.find((it) => it.to === list) ?? open.find((it) => it.to === '/my')
  return entry ? [{ label: entry.label, to: entry.to }] : []
}

/** The entry to which a page belongs: of those whose path the page's begins with, the longest. */
export function entryOf(entries: readonly NavigationEntry[], path: string): NavigationEntry | undefined {
  return entries
    .filter(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))
    .sort((a, b) => b.to.length - a.to.length)[0]
}
