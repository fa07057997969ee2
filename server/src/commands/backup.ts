import path from 'node:path'
import { joinData } from '../data.ts'
import { writeBackup } from '../platform/backup.ts'
import { readConfig } from '../platform/config.ts'
import { BackupRefused } from '../platform/dump.ts'
import { readSecrets } from '../platform/secrets.ts'

/** Backs up database and files into one new file, beside a server that may be running. */
export async function backup([file]: string[], out: (line: string) => void): Promise<number> {
  if (!file) throw new BackupRefused('请写明备份文件：npx zhibu backup FILE')
  const config = readConfig(process.env)
  const { database, close } = await joinData(config)
  try {
    const secrets = await readSecrets(config.dataDirectory)
    const { tables, files } = await writeBackup(
      { address: database.address, dataDirectory: config.dataDirectory, secrets },
      file,
    )
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    out(`已备份 ${tables.length} 张表 ${rows} 行、${files.length} 个文件到 ${path.resolve(file)}`)
    out(
      `备份不含密钥。请另行妥善保存 ${path.join(config.dataDirectory, 'secrets.json')}，没有它，加密的证件号码无法读取。`,
    )
    return 0
  } finally {
    await close()
  }
}
