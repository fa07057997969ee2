import type { QueryClient } from '@tanstack/react-query'
import { searchKindNames } from '@zhibu/server/modules/search/names-schema'
import { treeQuery } from '../modules/organization/api.ts'
import { peopleQuery } from '../modules/people/api.ts'
import { fewHitsQuery } from '../modules/search/api.ts'
import { hitAddress } from '../modules/search/hitAddress.ts'
import type { Area, Session } from '../session.ts'
import { allResults, type Hit } from './hit.ts'

/** Persons, organisations and texts within the rights of the asking person, and what can be done; a few of each. */
export async function searchEverywhere(
  queries: QueryClient,
  { can, administrator }: Pick<Session, 'can' | 'administrator'>,
  query: string,
): Promise<readonly Hit[]> {
  const persons = can.includes('people') ? findPersons(queries, query) : []
  const organizations = can.includes('organization') ? findOrganizations(queries, query) : []
  const texts = administrator ? [] : findTexts(queries, query)
  return [await persons, await organizations, findActions(can, query), await texts].flat()
}

/** What is found in full text, and the way to all of it. */
async function findTexts(queries: QueryClient, q: string): Promise<Hit[]> {
  const { items } = await queries.ensureQueryData(fewHitsQuery(q))
  const all = {
    kind: allResults,
    label: `在全文中查找“${q}”`,
    note: '查看全部结果',
    to: `/search?${new URLSearchParams({ q })}`,
  }
  return [
    ...items.map((hit) => ({
      kind: searchKindNames[hit.kind],
      label: [hit.person?.name, hit.title.text].filter((it) => it !== undefined).join('　'),
      note: hit.snippet.text,
      to: hitAddress(hit),
    })),
    all,
  ]
}

async function findPersons(queries: QueryClient, q: string): Promise<Hit[]> {
  const { items } = await queries.ensureQueryData(peopleQuery({ q, limit: '8' }))
  return items.map(({ id, name, studentNumber, organization }) => ({
    kind: '人员',
    label: name,
    note: [studentNumber, organization.name].filter((it) => it !== null).join('　'),
    to: `/people/${id}`,
  }))
}

async function findOrganizations(queries: QueryClient, query: string): Promise<Hit[]> {
  const { nodes } = await queries.ensureQueryData(treeQuery())
  const names = new Map(nodes.map((it) => [it.id, it.name]))
  return nodes
    .filter(({ name, initials }) => name.includes(query) || initials.startsWith(query.toLowerCase()))
    .slice(0, 6)
    .map(({ id, name, parentId }) => ({
      kind: '组织',
      label: name,
      note: names.get(parentId ?? '') ?? '',
      to: `/organization/${id}`,
    }))
}

/** What can be done from everywhere, with the word of the session without which it is not offered. */
const actions: readonly { can?: Area; label: string; note: string; to: string }[] = [
  { can: 'intake', label: '导入电子表格', note: '名册、动态信息表', to: '/intake' },
  { can: 'digitization', label: '整理一批扫描件或照片', note: '纸质材料', to: '/digitization' },
  { can: 'digitization', label: '打印归档封面', note: '二维码，扫描后自动分开', to: '/digitization/covers' },
  { can: 'batch-review', label: '批量预审', note: '成批核对材料，一人一页', to: '/development/batches' },
  { can: 'delegations', label: '协助授权', note: '请他人协助填写，限定人员、内容和期限', to: '/system/delegations' },
  { can: 'accounts', label: '开通账号', note: '生成邀请链接', to: '/system/accounts' },
  { can: 'journal', label: '核验操作记录', note: '检查有无改动', to: '/system/journal' },
  { can: 'notice-sending', label: '写通知', note: '发给谁、要不要答复', to: '/notices/new' },
  {
    can: 'my-way',
    label: '怎样通知我',
    note: '邮件、企业微信、钉钉、免打扰时间、日历订阅',
    to: '/notices/preferences',
  },
  { can: 'my-way', label: '查看谁看过我的档案', note: '', to: '/my' },
  { label: '修改密码', note: '本人账号', to: '/account' },
  { label: '绑定动态口令', note: '本人账号', to: '/account' },
  { label: '管理登录会话', note: '本人账号', to: '/account' },
]

function findActions(can: Session['can'], query: string): Hit[] {
  return actions
    .filter((it) => (it.can === undefined || can.includes(it.can)) && `${it.label}${it.note}`.includes(query))
    .map(({ label, note, to }) => ({ kind: '操作', label, note, to }))
}
