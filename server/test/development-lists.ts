import type { Act } from '@zhibu/rules'
import { expect } from 'vitest'
import type { z } from 'zod'
import * as answers from '../src/modules/development/answers.ts'
import { recordActs } from '../src/modules/development/imported.ts'
import { development } from '../src/modules/development/routes.ts'
import type { Actor } from '../src/platform/context.ts'
import type { Page } from '../src/platform/wire.ts'
import type { BuiltPerson, SmallUniversity } from './factories.ts'

/** What the description of the interface says of the lists of files and of what is due. */
const described: Record<string, z.ZodType> = {
  '/files': answers.files,
  '/board': answers.board,
  '/dues': answers.dues,
  '/dues/counts': answers.dueCounts,
}

/** Fills the files of a small university and reads its lists over HTTP, each answer held against its description. */
export function developmentLists(it: SmallUniversity) {
  /** Has an import bring acts into a file; its id. */
  async function fill(person: BuiltPerson, acts: readonly Act[]): Promise<string> {
    const importId = crypto.randomUUID()
    await it.as(it.actors.department, (ctx) =>
      recordActs(
        ctx,
        importId,
        acts.map((act) => ({ personId: person.id, path: person.path, act })),
      ),
    )
    return importId
  }

  async function get<Answer>(actor: Actor, path: string): Promise<Answer> {
    const answer = await it.served(development, actor).request(path)
    expect(answer.status).toBe(200)
    const body = await answer.json()
    described[path.split('?')[0] ?? '']?.parse(body)
    return body
  }

  /** The rows of all pages of a list, one after the other. */
  async function allPages<Item>(actor: Actor, path: string): Promise<Item[]> {
    const items: Item[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: Page<Item> = await get(actor, cursor ? `${path}&cursor=${cursor}` : path)
      items.push(...page.items)
      cursor = page.next
    }
    return items
  }

  return { fill, get, allPages }
}
