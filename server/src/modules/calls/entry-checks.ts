import type { Context } from '../../platform/context.ts'
import type { Telling } from './schema.ts'
import type { MediaOfEntries } from './shown.ts'
import { type Member, organizationNames, type StoredCall, type StoredEntry } from './stored.ts'
import { type LookedThrough, tellingsIn } from './tellings.ts'

/** What is wrong with an entry before it can be submitted, and where. */
export interface EntryProblem {
  fieldKey: string | null
  message: string
}

const units = { picture: '张图片', sound: '段音频', video: '段视频', file: '个文件' } as const

/** All that is missing or too long, by the fields of the call. */
export function problemsOf(call: StoredCall, entry: StoredEntry, { items }: MediaOfEntries): EntryProblem[] {
  const problems: EntryProblem[] =
    entry.title.length < 2 ? [{ fieldKey: null, message: '请填写题目，至少 2 个字' }] : []
  for (const { key, label, kind, isRequired, most } of call.fields) {
    const wrong = (message: string) => problems.push({ fieldKey: key, message })
    const { text = '', mediaIds = [] } = entry.answers[key] ?? {}
    if (kind === 'line' || kind === 'prose') {
      const length = [...text].length
      if (isRequired && length === 0) wrong(`请填写“${label}”`)
      if (length > most) wrong(`“${label}”不超过 ${most} 个字，现在有 ${length} 个字`)
      continue
    }
    const there = mediaIds.filter((id) => items.get(id)?.withdrawnAt === null)
    if (isRequired && there.length === 0) wrong(`请为“${label}”上传${units[kind].slice(1)}`)
    if (there.length > most)
      wrong(`“${label}”最多 ${most} ${units[kind]}，现在有 ${there.length} ${units[kind].slice(0, 1)}`)
  }
  return problems
}

/** What tells whose work each entry of a blind call is, by its id; nothing where the call is not blind. Runs over the whole university. */
export async function tellingsOf(
  ctx: Context,
  call: StoredCall,
  entries: readonly StoredEntry[],
  members: readonly Member[],
  media: MediaOfEntries,
): Promise<Map<string, Telling[]>> {
  if (!call.isBlind || entries.length === 0) return new Map()
  const names = await organizationNames(
    ctx,
    members.map((it) => it.home),
  )
  const byEntry = Map.groupBy(members, (it) => it.entryId)
  return new Map(
    entries.map((entry) => {
      const own = byEntry.get(entry.id) ?? []
      const known = {
        names: own.map((it) => it.name),
        numbers: own.flatMap((it) => it.studentNumber ?? []),
        organizations: [
          ...new Set(
            own.flatMap(({ home }) => [...names].flatMap(([path, all]) => (home.startsWith(path) ? all : []))),
          ),
        ],
        words: call.words,
      }
      return [entry.id, tellingsIn(textsOf(call, entry, media), known)]
    }),
  )
}

function textsOf(call: StoredCall, entry: StoredEntry, { items }: MediaOfEntries): LookedThrough[] {
  const texts: LookedThrough[] = [{ fieldKey: null, place: 'title', text: entry.title }]
  for (const { key } of call.fields) {
    const { text = '', mediaIds = [] } = entry.answers[key] ?? {}
    texts.push({ fieldKey: key, place: 'text', text })
    for (const id of mediaIds) {
      const item = items.get(id)
      texts.push({ fieldKey: key, place: 'fileName', text: item?.fileName ?? '' })
      texts.push({ fieldKey: key, place: 'altText', text: item?.altText ?? '' })
    }
  }
  return texts
}
