import { expect, test } from 'vitest'
import { everyRow } from './every-row.ts'
import { Refusal } from './refusal.ts'

/** A list of the numbers below `count`, two on a page. */
const pages = (count: number) => async (cursor: string | undefined) => {
  const from = Number(cursor ?? 0)
  const items = [from, from + 1].filter((it) => it < count)
  return { items, ...(from + 2 < count && { next: String(from + 2) }) }
}

test.each<[count: number, rows: number[]]>([
  [0, []],
  [1, [0]],
  [2, [0, 1]],
  [3, [0, 1, 2]],
])('a list of %i rows', async (count, rows) => {
  expect(await all(everyRow(pages(count), 3))).toEqual(rows)
})

test('a longer list is refused with the way out', async () => {
  await expect(all(everyRow(pages(4), 3))).rejects.toEqual(
    new Refusal('too-large', '超过 3 行，一个表格放不下。请用筛选条件缩小范围，分次导出。'),
  )
})

async function all(rows: AsyncIterable<number>): Promise<number[]> {
  const taken: number[] = []
  for await (const row of rows) taken.push(row)
  return taken
}
