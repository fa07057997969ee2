import { eventNames } from '@zhibu/server/modules/accounts/names-schema'

/** What may be filtered for: a whole module by its beginning, or one event. */
export const eventChoices = [
  { value: 'accounts.', label: '账号和授权（全部）' },
  { value: 'organization.', label: '组织和任职（全部）' },
  { value: 'people.', label: '人员（全部）' },
  { value: 'development.', label: '发展党员（全部）' },
  { value: 'intake.', label: '导入（全部）' },
  ...Object.entries(eventNames).map(([value, label]) => ({ value, label })),
]
