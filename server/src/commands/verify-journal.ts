import { joinData } from '../data.ts'
import { readConfig } from '../platform/config.ts'
import type { JournalProblem } from '../platform/verification.ts'
import { verifyJournal } from '../platform/verification.ts'

/**
 * Verifies the sealed journal and prints the anchors, one for each university, to be kept elsewhere; anchors kept
 * from earlier may be given. Exit code 0: whole; 1: something was altered.
 */
export async function verifyJournalAgainst(anchors: string[], out: (line: string) => void): Promise<number> {
  const { database, close } = await joinData(readConfig(process.env))
  try {
    const verification = await verifyJournal(database, anchors)
    if (verification.problem) {
      out(`操作记录已被改动：${sentence(verification.problem)}`)
      return 1
    }
    out(`操作记录完好，共核验 ${verification.sealedRows} 条已封存的记录。`)
    for (const { tenantId, number, hash } of verification.anchors) out(`${tenantId} 第 ${number} 批  ${hash}`)
    if (verification.anchors.length > 0)
      out('请把上面的校验值另行保存；以后执行 npx zhibu verify 校验值，可证明此前的记录未被重写。')
    return 0
  } finally {
    await close()
  }
}

function sentence({ kind, tenantId, sealNumber, rowId }: JournalProblem): string {
  const batch = sealNumber === null ? tenantId : `${tenantId} 第 ${sealNumber} 批`
  const row = rowId === null ? '' : `记录 ${rowId}`
  const sentences: Record<JournalProblem['kind'], string> = {
    'altered-row': `${batch}，${row} 的内容与封存时不同。`,
    'missing-row': `${batch} 缺少${row || '记录'}。`,
    'added-row': `${batch} 多出${row || '记录'}，封存时并不存在。`,
    'altered-seal': `${batch} 的封存值与其记录不符。`,
    'missing-seal': `${batch} 的封存值已不存在。`,
    'anchor-not-found': '另行保存的校验值不在日志中，日志曾被整体重写。',
  }
  return sentences[kind]
}
