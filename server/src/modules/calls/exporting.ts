import type { Context } from '../../platform/context.ts'
import type { NamedFile } from '../../platform/http.ts'
import { record } from '../../platform/journal.ts'
import { type ListColumn, writeList } from '../../platform/spreadsheet/export-table.ts'
import { kindOf } from './entries.ts'
import { decisionNames } from './names-schema.ts'
import { isPublishable } from './policy.ts'
import { mediaInOrder, mediaOf, nothing, reviewShowing, reviewTitle, type Showing } from './shown.ts'
import { callSubject, type Member, membersOf, openToJudge, type StoredEntry, submittedEntries } from './stored.ts'

interface Listed {
  entry: StoredEntry
  showing: Showing
  members: readonly Member[]
}

/**
 * Writes the submitted entries of a call as .xlsx in the order of their numbers. `isBlind`: as the reviewers see them, to be handed to them;
 * who wrote them and what was blanked stands in no cell. Runs over the whole university.
 */
export async function exportEntries(ctx: Context, callId: string, isBlind: boolean): Promise<NamedFile> {
  const call = await openToJudge(ctx, callId)
  const entries = await submittedEntries(ctx, callId)
  const members = Map.groupBy(
    await membersOf(
      ctx,
      entries.map((it) => it.id),
    ),
    (it) => it.entryId,
  )
  const media = await mediaOf(ctx, entries)
  const rows = entries.map((entry): Listed => {
    const showing = isBlind ? reviewShowing({ isBlind: true }, entry) : { without: nothing, namedAfter: '' }
    return { entry, showing, members: members.get(entry.id) ?? [] }
  })
  const files = ({ entry, showing }: Listed, key: string) =>
    mediaInOrder(call, entry, media, showing)
      .filter((it) => it.fieldKey === key)
      .map((it) => it.shown.fileName)
      .join('、')
  const columns: ListColumn<Listed>[] = [
    { header: '编号', cell: (it) => it.entry.number },
    { header: '类别', cell: (it) => kindOf(call, it.entry.kindKey)?.name },
    { header: '题目', cell: (it) => (isBlind ? reviewTitle(it.entry) : it.entry.title) },
    ...(isBlind ? [] : ofAuthors),
    ...call.fields.map(
      ({ key, label, kind }): ListColumn<Listed> => ({
        header: label,
        cell: (it) => {
          if (it.showing.without.has(key)) return '（评审时不显示）'
          return kind === 'line' || kind === 'prose' ? it.entry.answers[key]?.text : files(it, key)
        },
      }),
    ),
    ...(isBlind ? [] : ofDecision),
  ]
  const { bytes, count } = await writeList(columns, rows, '作品')
  await record(ctx, 'calls.exported', callSubject(call), { title: call.title, count })
  return { name: `${call.title}${isBlind ? '（盲评）' : ''}${ctx.today}.xlsx`, bytes }
}

const ofAuthors: readonly ListColumn<Listed>[] = [
  { header: '作者', cell: (it) => it.members.map((one) => one.name).join('、') },
  { header: '单位', cell: (it) => [...new Set(it.members.map((one) => one.organization))].join('、') },
  { header: '同意公开', cell: (it) => (isPublishable(it.members) ? '是' : '否') },
]

const ofDecision: readonly ListColumn<Listed>[] = [
  { header: '决定', cell: (it) => it.entry.decision && decisionNames[it.entry.decision] },
  { header: '评语', cell: (it) => it.entry.decisionWords },
]
