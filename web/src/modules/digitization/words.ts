import type { StackPart } from '@zhibu/server/modules/digitization/schema'

/** A part as it is called in lists: whose, and which paper; what is not known yet is said to be so. */
export function partTitle({ person, organization, title, placeLabel }: StackPart): string {
  return `${person?.name ?? organization?.name ?? '未定人员'}　${title ?? placeLabel ?? '未定类别'}`
}

/** Which pages of the stack a part has: “3–5、7”. */
export function pagesText(pages: readonly number[]): string {
  const runs: [from: number, to: number][] = []
  for (const page of pages) {
    const last = runs.at(-1)
    if (last && last[1] + 1 === page) last[1] = page
    else runs.push([page, page])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join('、')
}
