import type { Logger } from 'pino'
import { tidySignIn } from './modules/accounts/jobs.ts'
import { examineYearly } from './modules/archive/examinations.ts'
import {
  indexPlace,
  readText,
  readUnread,
  removeDestroyed,
  type TextWorkshop,
  tidyArchive,
} from './modules/archive/jobs.ts'
import { checkContents } from './modules/archive/soundness.ts'
import { printBatch } from './modules/certificates/jobs.ts'
import { markFiled } from './modules/certificates/marking.ts'
import { tidyCourseware } from './modules/courseware/jobs.ts'
import { restateUniversities } from './modules/development/jobs.ts'
import { statePapersOf } from './modules/development/paper-remarks.ts'
import { clearClosed, readStack, resumeReading } from './modules/digitization/jobs.ts'
import { lookIntoFolder } from './modules/digitization/watching.ts'
import { handOver } from './modules/discussion/handing-over.ts'
import { markAnswering, markMentioned } from './modules/discussion/jobs.ts'
import { remindOfPromises } from './modules/discussion/reminding.ts'
import { tellFollowers, tellMentioned } from './modules/discussion/telling.ts'
import { collectOverdue } from './modules/exams/jobs.ts'
import { tellOfLectures } from './modules/experts/jobs.ts'
import { remindOfGuidance } from './modules/guidance/jobs.ts'
import { remindOfLectures } from './modules/lectures/jobs.ts'
import { tidyMedia } from './modules/media/jobs.ts'
import { sendByThemselves } from './modules/notices/by-themselves.ts'
import { draftDue } from './modules/notices/drafting.ts'
import type { PostGround } from './modules/notices/post-ground.ts'
import type { PostOffice } from './modules/notices/posting.ts'
import { deliver, remind, tellRecall } from './modules/notices/sending.ts'
import { publishScheduled } from './modules/publicity/publishing.ts'
import { pushDraft } from './modules/publicity/wechat-drafts.ts'
import { tidyRooms } from './modules/quizzes/jobs.ts'
import { keepMonths } from './modules/reports/jobs.ts'
import { sendTables } from './modules/reports/sending-tables.ts'
import type { Contents } from './platform/content/content.ts'
import type { FieldEncryption } from './platform/encryption.ts'
import type { JobHandlers, Timetable } from './platform/jobs.ts'
import type { OfficialAccount } from './platform/messengers/official-account.ts'
import { watchFolder } from './platform/watched-folder.ts'

/** What a job may use: ids come with the job, everything else from here. */
export interface Workshop extends Omit<TextWorkshop, 'store'> {
  contents: Contents
  encryption: FieldEncryption
  log: Logger
  /** Null where no folder is watched. */
  watchedFolder: string | null
  postOffice: PostOffice
  /** Null where no 公众号 is named. */
  account: OfficialAccount | null
  baseUrl: string
  /** The folder of the operator's fonts. */
  ownFonts: string
  /** By what people are reached outside the page. */
  postGround: PostGround
}

/** The work of all modules behind the queue, by kind of job. */
export function handlersOf(workshop: Workshop): JobHandlers {
  const { database, contents } = workshop
  return {
    'accounts.tidy-sign-in': () => tidySignIn(database, new Date()),
    'archive.check-contents': () => checkContents(database, contents.store),
    'archive.remove-destroyed': (data) => removeDestroyed(database, contents, data),
    'archive.examine-yearly': () => examineYearly(database, contents.store, new Date()),
    'archive.read-text': (data) => readText({ ...workshop, store: contents.store }, data),
    'archive.index-place': (data) => indexPlace(workshop, data),
    'archive.read-unread': () => readUnread({ ...workshop, store: contents.store }, new Date()),
    'archive.tidy': () => tidyArchive(database, contents, new Date()),
    'certificates.mark-filed': (data) => markFiled(workshop, data, new Date()),
    'certificates.print': (data) => printBatch({ ...workshop, store: contents.store }, data),
    'development.restate': (data) => restateUniversities(database, data),
    'development.state-papers': (data) => statePapersOf(database, data),
    'digitization.clear-closed': () => clearClosed(database, new Date()),
    'digitization.look-into-folder': looksInto(workshop),
    'digitization.read-stack': (data) => readStack({ ...workshop, store: contents.store }, data),
    'digitization.resume-reading': () => resumeReading(database, new Date()),
    'media.tidy': () => tidyMedia(database, new Date()),
    'discussion.hand-over': () => handOver(database, workshop.encryption, new Date()),
    'discussion.mark-answering': (data) => markAnswering(database, data, new Date()),
    'discussion.mark-mentioned': (data) => markMentioned(database, data),
    'discussion.remind': () => remindOfPromises(database, new Date(), sendByThemselves),
    'discussion.tell-at-once': () => tellFollowers(workshop.postGround, 'atOnce'),
    'discussion.tell-mentioned': (data) => tellMentioned(workshop.postGround, data),
    'discussion.tell-daily': () => tellFollowers(workshop.postGround, 'daily'),
    'exams.collect': () => collectOverdue(database, new Date()),
    'experts.tell-of-lectures': () => tellOfLectures(database, { now: new Date(), baseUrl: workshop.baseUrl }),
    'guidance.remind': () => remindOfGuidance(database, { now: new Date(), baseUrl: workshop.baseUrl }),
    'lectures.remind': () => remindOfLectures(database, { now: new Date(), baseUrl: workshop.baseUrl }),
    'notices.deliver': (data) => deliver(database, data),
    'notices.draft-due': () => draftDue(database, new Date(), sendByThemselves),
    'notices.remind': (data) => remind(database, data),
    'notices.tell-recall': (data) => tellRecall(database, data),
    'notices.dispatch': () => workshop.postOffice.post(),
    'publicity.push-draft': (data) => pushDraft(workshop, data),
    'publicity.publish-scheduled': () => publishScheduled(database, workshop.encryption, new Date()),
    'courseware.tidy': () => tidyCourseware(database, new Date()),
    'quizzes.tidy': () => tidyRooms(database, new Date()),
    'reports.keep-month': () => keepMonths(database, new Date()),
    'reports.send-tables': () => sendTables(database, { ...workshop, now: new Date() }),
  }
}

/** The looks into the watched folder, one at a time: what it remembers between two looks is here. */
function looksInto({ watchedFolder, ...workshop }: Workshop): () => Promise<void> {
  if (watchedFolder === null) return async () => undefined
  const folder = watchFolder(watchedFolder)
  let isLooking = false
  return async () => {
    if (isLooking) return
    isLooking = true
    try {
      await lookIntoFolder(workshop, folder)
    } finally {
      isLooking = false
    }
  }
}

/** What starts by itself, and when in China. */
export const timetable: Timetable = {
  'accounts.tidy-sign-in': '40 3 * * *',
  'archive.check-contents': '30 1 * * *',
  'archive.examine-yearly': '10 2 * * *',
  'archive.read-unread': '50 2 * * *',
  'archive.tidy': '20 3 * * *',
  'development.restate': '10 0 * * *',
  'digitization.clear-closed': '10 3 * * *',
  'digitization.look-into-folder': '* * * * *',
  'digitization.resume-reading': '* * * * *',
  'media.tidy': '0 3 * * *',
  'discussion.hand-over': '30 6 * * *',
  'discussion.remind': '40 5 * * *',
  'discussion.tell-at-once': '*/5 * * * *',
  'discussion.tell-daily': '0 18 * * *',
  'exams.collect': '* * * * *',
  'experts.tell-of-lectures': '* * * * *',
  'guidance.remind': '5 8-20 * * *',
  'lectures.remind': '* * * * *',
  'notices.dispatch': '* * * * *',
  'notices.draft-due': '30 5 * * *',
  'publicity.publish-scheduled': '* * * * *',
  'courseware.tidy': '30 3 * * *',
  'quizzes.tidy': '20 * * * *',
  'reports.keep-month': '40 23 * * *',
  'reports.send-tables': '20 7-20 * * *',
}
