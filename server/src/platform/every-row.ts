import { Refusal } from './refusal.ts'
import type { Page } from './wire.ts'

/** More rows than this are a matter for a backup. */
const mostRows = 200_000

/**
 * All rows of a list, read page by page as they are taken, so that neither the memory nor the server waits for the
 * whole of it. Refuses a list of more rows than `most`.
 */
export async function* everyRow<Row>(
  read: (cursor: string | undefined) => Promise<Page<Row>>,
  most = mostRows,
): AsyncGenerator<Row, void> {
  let count = 0
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    count += page.items.length
    if (count > most) {
      const limit = most.toLocaleString('zh-CN')
      throw new Refusal('too-large', `超过 ${limit} 行，一个表格放不下。请用筛选条件缩小范围，分次导出。`)
    }
    yield* page.items
    cursor = page.next
  } while (cursor !== undefined)
}
