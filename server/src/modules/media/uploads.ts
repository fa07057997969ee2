import { incomingInto } from '../../platform/content/incoming.ts'
import { mayUpload } from './policy.ts'
import { mediaLimits } from './schema.ts'
import { mediaUploads } from './tables.ts'

/** The files on their way in. */
export const incoming = incomingInto(mediaUploads, {
  mayBegin: ({ actor }) => mayUpload(actor),
  action: '上传素材',
  atATime: mediaLimits.uploadsAtATime,
  tooMany: `您有 ${mediaLimits.uploadsAtATime} 个文件还没有传完。请先传完或取消，再上传新的。`,
})
