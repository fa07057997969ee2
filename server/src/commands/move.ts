import { reachData, refuseEmptyPlace } from '../data.ts'
import { moveTables } from '../platform/backup.ts'
import { ConfigError, readConfig } from '../platform/config.ts'
import { addressOf } from '../platform/database.ts'
import { rowRules } from '../row-rules.ts'

/** Moves the embedded database to the empty one of `DATABASE_URL`, verified; the server must be stopped. Files stay where they are. */
export async function move(_args: string[], out: (line: string) => void): Promise<number> {
  const config = readConfig(process.env)
  if (!config.databaseUrl)
    throw new ConfigError('请先设置 DATABASE_URL，指向一个新建的空数据库。 (Set DATABASE_URL to an empty database.)')
  const embedded = { ...config, databaseUrl: undefined }
  await refuseEmptyPlace(embedded)
  const { address, stop } = await reachData(embedded)
  try {
    const tables = await moveTables(address, addressOf(config.databaseUrl), config.dataDirectory, rowRules)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    out(
      `已搬移 ${tables.length} 张表 ${rows} 行，逐表核对一致。今后启动请保留 DATABASE_URL；数据目录中的文件和密钥继续使用。`,
    )
    return 0
  } finally {
    await stop()
  }
}
