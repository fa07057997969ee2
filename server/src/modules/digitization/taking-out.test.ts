import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database.ts'
import { smallUniversity } from '../../../test/factories.ts'
import { outcome } from '../../../test/outcome.ts'
import type { Context } from '../../platform/context.ts'
import { readStack } from './queries.ts'
import { beginStack, insertFile } from './service.ts'
import { digitizationStacks } from './tables.ts'
import { removeFile } from './taking-out.ts'

const u = await smallUniversity(await freshDatabase())
const { secretary, siblingSecretary, applicant } = u.actors

/** A stack of files with so many pages each; their ids. */
async function stackOf(...pageCounts: readonly number[]) {
  return u.as(secretary, async (ctx: Context) => {
    const id = await beginStack(ctx, { organizationId: u.branch.id, source: 'phone' })
    const fileIds: string[] = []
    let from = 1
    for (const [position, pageCount] of pageCounts.entries()) {
      const content = { id: `sha256-${position}`, mediaType: 'image/jpeg', extension: 'jpg', kind: 'picture' as const }
      const it = { content: { ...content, pageCount, sizeBytes: 1, isScanned: false }, fileName: `${position}.jpg` }
      fileIds.push(await insertFile(ctx, { id, path: u.branch.path }, it, { position, from, origin: null }))
      from += pageCount
    }
    return { id, fileIds }
  })
}

const lying = async (stackId: string) => {
  const { files, pages } = await u.as(secretary, (ctx) => readStack(ctx, stackId))
  return {
    files: files.map(({ fileName, from }) => [fileName, from]),
    pages: pages.map(({ number, fileId }) => [number, files.findIndex(({ id }) => id === fileId)]),
  }
}

test('a file goes with its pages, and the pages behind it move up', async () => {
  const { id, fileIds } = await stackOf(1, 2, 3)
  await u.as(secretary, (ctx) => removeFile(ctx, id, fileIds[1] ?? ''))
  expect(await lying(id)).toEqual({
    files: [
      ['0.jpg', 1],
      ['2.jpg', 2],
    ],
    pages: [
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 1],
    ],
  })
  await u.as(secretary, (ctx) => removeFile(ctx, id, fileIds[2] ?? ''))
  await u.as(secretary, (ctx) => removeFile(ctx, id, fileIds[0] ?? ''))
  expect(await lying(id)).toEqual({ files: [], pages: [] })
})

test('nobody takes a file out of a stack of others, out of another stack, or once the reading has begun', async () => {
  const { id, fileIds } = await stackOf(1)
  const other = await stackOf(1)
  const [file = ''] = fileIds
  const removed = (actor: typeof secretary, stackId: string) =>
    outcome(u.as(actor, (ctx) => removeFile(ctx, stackId, file)))
  expect(await removed(siblingSecretary, id)).toBe('not-found')
  expect(await removed(applicant, id)).toBe('not-found')
  expect(await removed(secretary, other.id)).toBe('not-found')
  await u.look((db) => db.update(digitizationStacks).set({ addedAt: new Date() }).where(eq(digitizationStacks.id, id)))
  expect(await removed(secretary, id)).toBe('conflict')
  expect((await lying(id)).files).toEqual([['0.jpg', 1]])
})
