import { incomingInto } from '../../platform/content/incoming.ts'
import { writingRoots } from './policy.ts'
import { coursewareUploads } from './tables.ts'

const atATime = 5

/** The packages on their way in. */
export const incoming = incomingInto(coursewareUploads, {
  mayBegin: ({ actor }) => writingRoots(actor).length > 0,
  action: '上传互动课件',
  atATime,
  tooMany: `您有 ${atATime} 个课件包还没有传完。请先传完或取消，再上传新的。`,
})
