import { and, eq } from 'drizzle-orm'
import type { Context } from '../../platform/context.ts'
import { personOf } from '../../platform/reach.ts'
import { beginningOf } from '../../platform/storable.ts'
import { accounts } from '../accounts/tables.ts'
import { tellByItself } from '../notices/by-themselves.ts'
import { mostOfTitle } from '../notices/schema.ts'
import { nearestOfficers } from '../organization/queries.ts'
import { standingArticle } from '../publicity/queries.ts'
import { decisionNames } from './names-schema.ts'
import type { Correction } from './schema.ts'
import type { Member, StoredCall, StoredEntry } from './stored.ts'

/**
 * What is told by itself of a work, in the transaction in which it happens: to its authors what was decided and that it was put right, to those who hold
 * the call and answer for the article that was made of it that it does not stand any more as it was. Everything here runs over the whole university.
 */

interface Work {
  call: StoredCall
  entry: StoredEntry
}

/** Tells the authors of each work of a call what was decided of it, now that it is announced. */
export async function tellResults(
  ctx: Context,
  call: StoredCall,
  works: readonly { entry: StoredEntry; members: readonly Member[] }[],
  base: string,
): Promise<void> {
  const said = works.flatMap(({ entry, members }) =>
    entry.decision === null
      ? []
      : {
          to: members.map((it) => it.personId),
          ...{ fact: `${entry.id}:decided`, heading: `征集结果：${entry.title}` },
          lines: [
            `您参加“${call.title}”的作品“${entry.title}”：${decisionNames[entry.decision]}。`,
            ...(entry.decisionWords === '' ? [] : [entry.decisionWords]),
            `作品：${base}/calls/entries/${entry.id}`,
          ],
        },
  )
  await tell(ctx, call, ...said)
}

/** Tells the authors of a work what was announced wrongly, and what holds now. */
export async function tellCorrected(
  ctx: Context,
  { call, entry, members }: Work & { members: readonly Member[] },
  { fact, correction, base }: { fact: string; correction: Correction; base: string },
): Promise<void> {
  const { from, to, reason } = correction
  await tell(ctx, call, {
    to: members.map((it) => it.personId),
    ...{ fact: `${entry.id}:corrected:${fact}`, heading: `结果更正：${entry.title}` },
    lines: [
      `您参加“${call.title}”的作品“${entry.title}”，公布的结果有误，现在更正。`,
      from === to
        ? `结果：${decisionNames[to]}，给您的话有改动`
        : `结果：${decisionNames[from]} → ${decisionNames[to]}`,
      `原因：${reason}`,
      `作品：${base}/calls/entries/${entry.id}`,
    ],
  })
}

/** Tells those who answer for an article that the work of which it was made is not public any more as it was; nothing where no article stands. */
export async function tellOfArticle(
  ctx: Context,
  { call, entry }: Work,
  { fact, happened, base }: { fact: string; happened: string; base: string },
): Promise<void> {
  const article = entry.articleId === null ? undefined : await standingArticle(ctx, entry.articleId)
  if (article === undefined) return
  const answering = [
    ...(await nearestOfficers(ctx, call.path, 'hold-activities')),
    ...(await nearestOfficers(ctx, article.path, 'publish')),
    ...(await personOfAccount(ctx, article.authorAccountId)),
  ]
  await tell(ctx, call, {
    to: [...new Set(answering)].filter((it) => it !== personOf(ctx)),
    ...{ fact: `${entry.id}:${fact}`, heading: `稿件要处理：${article.title}` },
    lines: [
      `征集“${call.title}”的作品“${entry.title}”写成了稿件“${article.title}”，${happened}。`,
      '作品架上已经照办，稿件不会自动改动。',
      article.publishedAt === null
        ? '稿件还没有发布：请放弃，或者改好再送审。'
        : '稿件已经发布：请尽快撤下，或者改好再发布。',
      `稿件：${base}/publicity/${article.id}`,
    ],
  })
}

interface Said {
  to: readonly string[]
  fact: string
  heading: string
  lines: readonly string[]
}

async function tell(ctx: Context, { organizationId, path }: StoredCall, ...said: readonly Said[]) {
  const told = said.filter((it) => it.to.length > 0)
  if (told.length === 0) return
  await tellByItself(
    ctx.db,
    ctx.tenantId,
    told.map(({ to, fact, heading, lines }) => ({
      ...{ organizationId, path, source: 'call', sourceKey: `call:${fact}` },
      audience: { groups: [], personIds: [...to].sort(), exceptIds: [] },
      ...{ title: beginningOf(heading, mostOfTitle), body: lines.join('\n') },
    })),
  )
}

async function personOfAccount({ db, tenantId }: Context, accountId: string): Promise<string[]> {
  const rows = await db
    .select({ personId: accounts.personId })
    .from(accounts)
    .where(and(eq(accounts.tenantId, tenantId), eq(accounts.id, accountId)))
  return rows.flatMap((it) => it.personId ?? [])
}
