import { isCode } from './platform/binaries.ts'
import { ClusterInUse } from './platform/cluster.ts'
import { ConfigError } from './platform/config.ts'
import { BackupRefused } from './platform/dump.ts'

/** One command of `npx zhibu`: takes its arguments, prints with `out`, gives the exit code. */
export type Command = (args: string[], out: (line: string) => void) => Promise<number>

interface Entry {
  usage: string
  summary: string
  load: () => Promise<Command>
}

/** All commands, in the order in which the help shows them. Each is loaded when it is called. */
const commands: Record<string, Entry> = {
  check: {
    usage: 'check FILE [--on DAY] [--json]',
    summary: '检查发展党员信息表，逐行列出与规定不符之处',
    load: async () => (await import('./commands/check.ts')).check,
  },
  rules: {
    usage: 'rules figures | diff FILE',
    summary: '列出细则的各项数字；规定改变以后，名册中哪些人的疑点和期限会变',
    load: async () => (await import('./commands/rules.ts')).rules,
  },
  verify: {
    usage: 'verify [ANCHOR …] | PACKAGE [SHA256] [--receipt FILE]',
    summary: '核验操作记录是否被改动；写明档案包时只核验该包，逐项指出问题，不需要服务器',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  backup: {
    usage: 'backup FILE',
    summary: '把数据库和全部文件备份为一个文件，服务可照常运行',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  restore: {
    usage: 'restore FILE',
    summary: '把备份恢复到空的数据目录或数据库，并逐表核对',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  export: {
    usage: 'export DIR',
    summary: '把每张表导出为 CSV，连同全部文件放入新目录',
    load: async () => (await import('./commands/export.ts')).exportTables,
  },
  jobs: {
    usage: 'jobs [again ID … | again all]',
    summary: '列出服务器已放弃的后台任务；写明 again 时让其重新开始',
    load: async () => (await import('./commands/jobs.ts')).jobs,
  },
  move: {
    usage: 'move',
    summary: '把内置数据库的全部数据搬到 DATABASE_URL 所指的 PostgreSQL',
    load: async () => (await import('./commands/move.ts')).move,
  },
}

/** Runs a command line and returns the exit code: 2 for one that makes no sense or cannot be done. */
export async function run([name, ...args]: string[]): Promise<number> {
  const entry = name === undefined ? undefined : commands[name]
  if (!entry || args.includes('--help')) {
    console.log(help(entry))
    return entry || name === '--help' || name === 'help' ? 0 : 2
  }
  try {
    const command = await entry.load()
    return await command(args, (line) => console.log(line))
  } catch (error) {
    console.error(isExpected(error) ? sentence(error) : error)
    return 2
  }
}

/** What a person can mend: a sentence says more than a stack. */
function isExpected(error: unknown): error is Error {
  const kinds = [BackupRefused, ClusterInUse, ConfigError]
  return kinds.some((kind) => error instanceof kind) || (error instanceof Error && 'syscall' in error)
}

/** What was there already is never written over, which the system says in English and by a code. */
function sentence(error: Error): string {
  if (!isCode(error, 'EEXIST') || !('path' in error)) return error.message
  return `${error.path} 已存在，不会覆盖。请换一个名称。 (${error.message})`
}

function help(entry?: Entry): string {
  const shown = entry ? [entry] : Object.values(commands)
  const width = Math.max(...shown.map((it) => it.usage.length)) + 2
  return ['用法：npx zhibu <命令>', ...shown.map((it) => `  ${it.usage.padEnd(width)}${it.summary}`)].join('\n')
}
