import { reachData } from '../data.ts'
import { restoreBackup } from '../platform/backup.ts'
import { readConfig } from '../platform/config.ts'
import { BackupRefused } from '../platform/dump.ts'
import { readSecrets } from '../platform/secrets.ts'
import { rowRules } from '../row-rules.ts'

/** Restores a backup into an empty installation; the server must not be running on it. */
export async function restore([file]: string[], out: (line: string) => void): Promise<number> {
  if (!file) throw new BackupRefused('请写明备份文件：npx zhibu restore FILE')
  const config = readConfig(process.env)
  const secrets = await readSecrets(config.dataDirectory)
  const { address, stop } = await reachData(config)
  try {
    const { tables, files } = await restoreBackup(
      { address, dataDirectory: config.dataDirectory, secrets },
      file,
      rowRules,
    )
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    out(`已恢复 ${tables.length} 张表 ${rows} 行、${files.length} 个文件，逐表核对与备份一致。`)
    return 0
  } finally {
    await stop()
  }
}
