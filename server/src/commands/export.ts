import path from 'node:path'
import { joinData } from '../data.ts'
import { exportAll } from '../platform/backup.ts'
import { readConfig } from '../platform/config.ts'
import { BackupRefused } from '../platform/dump.ts'
import { readSecrets } from '../platform/secrets.ts'

/** Exports every table as CSV and all files into a new directory, beside a server that may be running. */
export async function exportTables([directory]: string[], out: (line: string) => void): Promise<number> {
  if (!directory) throw new BackupRefused('请写明新目录：npx zhibu export DIR')
  const config = readConfig(process.env)
  const { database, close } = await joinData(config)
  try {
    const secrets = await readSecrets(config.dataDirectory)
    const counts = await exportAll(
      { address: database.address, dataDirectory: config.dataDirectory, secrets },
      directory,
    )
    for (const { name, rows } of counts) out(`${name}.csv  ${rows} 行`)
    out(`已导出到 ${path.resolve(directory)}`)
    return 0
  } finally {
    await close()
  }
}
