import type { AdministratorRole } from '../../session.ts'

/** The three administrators by their names. */
export const administratorNames: Readonly<Record<AdministratorRole, string>> = {
  sysadmin: '系统管理员',
  secadmin: '安全管理员',
  auditor: '审计员',
}
