import { expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { coverCodeOf } from './cover-schema.ts'
import { sortStack } from './sorting.ts'

const [wang, li] = [newId(), newId()]
const codes: Record<string, string> = {
  W: coverCodeOf({ personId: wang, place: 'application' }),
  L: coverCodeOf({ personId: li, place: 'thoughtReport' }),
  X: 'https://example.edu.cn',
}

/**
 * A stack as text, a file a word: W and L covers of two persons, X another code, `8` a page with both, `_` a blank page,
 * `T` a page with a title, `o` one that opens with the phrase of applications, `.` any other.
 */
function sorted(stack: string): string[] {
  const pages = stack.split(' ').flatMap((file, fileId) =>
    [...file].map((it) => ({
      fileId: String(fileId),
      filePageCount: file.length,
      codes: it === '8' ? [codes.W ?? '', codes.L ?? ''] : [codes[it] ?? []].flat(),
      isBlank: it === '_',
      lines: it === 'T' ? ['思想汇报', '敬爱的党组织：'] : it === 'o' ? ['我志愿加入中国共产党'] : [],
      isElectronic: false,
    })),
  )
  const numbered = pages.map((it, at) => ({ ...it, number: at + 1 }))
  return sortStack(numbered).map(({ cover, pages, leftOut }) => {
    const whose = cover === undefined ? '' : 'personId' in cover && cover.personId === wang ? 'W' : 'L'
    return `${whose}${pages.map((it) => it.number).join(',')}/${leftOut.map((it) => it.number).join(',')}`
  })
}

test.each([
  ['W..L.', ['W2,3/1', 'L5/4']],
  ['W_..L_.', ['W3,4/1,2', 'L7/5,6']],
  ['WW.', ['W3/1,2']],
  ['W_', ['W/1,2']],
  ['WL.', ['W/1', 'L3/2']],
  ['W.8.', ['W2,3,4/1']],
  ['W.X.', ['W2,3,4/1']],
  ['W.T.', ['W2,3,4/1']],
  ['.._.W.', ['1,2,3,4/', 'W6/5']],
  ['T.T..', ['1,2/', '3,4,5/']],
  ['T.o.', ['1,2,3,4/']],
  ['. . .', ['1,2,3/']],
  ['T . T .', ['1,2/', '3,4/']],
  ['W . . L .', ['W2,3/1', 'L5/4']],
  ['.. ..', ['1,2/', '3,4/']],
  ['.. . .', ['1,2/', '3,4/']],
  ['W.. ..', ['W2,3/1', '4,5/']],
  ['W.. .', ['W2,3/1', '4/']],
  ['W ..', ['W2,3/1']],
  ['W_ ..', ['W3,4/1,2']],
  ['W_ .. .', ['W3,4/1,2', '5/']],
])('%s', (stack, parts) => {
  expect(sorted(stack)).toEqual(parts)
})
