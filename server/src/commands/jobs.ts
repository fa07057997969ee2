import { joinData } from '../data.ts'
import { ConfigError, readConfig } from '../platform/config.ts'
import type { Db } from '../platform/database.ts'
import { beginAgain, type GivenUpJob, listGivenUp } from '../platform/given-up-jobs.ts'
import { instantInChina } from '../platform/today.ts'

/**
 * Lists the jobs that the server has given up, or lets them begin again, beside a server that may be running. Exit code 0: nothing is given
 * up, or what was named begins again; 1: something is given up; 2: what was named is not among it.
 */
export async function jobs([verb, ...ids]: string[], out: (line: string) => void): Promise<number> {
  if (verb !== undefined && verb !== 'again') throw new ConfigError(`不认识“${verb}”：${usage}`)
  if (verb === 'again' && !isAll(ids) && (ids.length === 0 || !ids.every(isId))) throw new ConfigError(usage)
  const { database, close } = await joinData(readConfig(process.env))
  try {
    return await database.asOwner((db) => (verb === undefined ? list(db, out) : again(db, ids, out)))
  } finally {
    await close()
  }
}

const usage =
  '写 npx zhibu jobs 列出已放弃的后台任务，写 npx zhibu jobs again 编号… 或 npx zhibu jobs again all 重新开始。'

const isAll = (ids: readonly string[]) => ids.length === 1 && ids[0] === 'all'

const isId = (it: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(it)

async function list(db: Db, out: (line: string) => void): Promise<number> {
  const givenUp = await listGivenUp(db)
  if (givenUp.length === 0) {
    out('没有已放弃的后台任务。')
    return 0
  }
  for (const it of givenUp)
    out(`${it.id}  ${instantInChina(it.givenUpAt).slice(0, 16).replace('T', ' ')}  ${it.kind}  ${why(it)}`)
  out(`共 ${givenUp.length} 项。原因见当时的运行日志；消除后执行 npx zhibu jobs again 编号（或 all）重新开始。`)
  return 1
}

function why({ past: { failures, interruptions } }: GivenUpJob): string {
  const reasons = [
    ...(failures > 0 ? [`出错 ${failures} 次`] : []),
    ...(interruptions > 0 ? [`服务器在其间中断 ${interruptions} 次`] : []),
  ]
  return reasons.join('，') || '未完成'
}

async function again(db: Db, ids: readonly string[], out: (line: string) => void): Promise<number> {
  const count = await beginAgain(db, isAll(ids) ? 'all' : ids)
  if (!isAll(ids) && count < new Set(ids).size)
    throw new ConfigError('其中有的编号不在已放弃的任务中，一项也没有重新开始。请用 npx zhibu jobs 核对。')
  out(count === 0 ? '没有已放弃的后台任务。' : `${count} 项任务已放回队列，服务器运行时即开始。`)
  return 0
}
