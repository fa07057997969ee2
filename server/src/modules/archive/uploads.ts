import { incomingInto } from '../../platform/content/incoming.ts'
import { archiveUploads } from './tables.ts'

export type { StoredUpload } from '../../platform/content/incoming.ts'

const uploadsAtATime = 200

/** The files on their way into the archive, of whoever files papers or helps with it. */
export const incoming = incomingInto(archiveUploads, {
  mayBegin: ({ actor }) =>
    actor.holdsAnywhere('keep-files') || actor.holdsAnywhere('keep-trainings') || actor.delegations.length > 0,
  action: '归档',
  atATime: uploadsAtATime,
  tooMany: `您有 ${uploadsAtATime} 个文件还没有归档。请先归档或取消，再上传新的。`,
})

export const { begin: beginUpload, open: openUpload, forget: forgetUpload } = incoming
