import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { detailsIn } from '../../web/src/modules/accounts/detailWords.ts'
import { journal } from '../src/platform/journal.ts'
import { rows } from './rights-rows.ts'
import { places, type RightsWorld, type Role, rightsWorld } from './rights-world.ts'

/** Invariants of ARCHITECTURE.md that concern no module in particular. */

/** Requests that succeed and keep nothing, and why. */
const keepNothing: Readonly<Record<string, string>> = {
  'POST /api/archive/uploads': 'bytes on their way in; the document that is made of them is written down',
  'PATCH /api/archive/uploads/:uploadId': 'the same',
  'DELETE /api/archive/uploads/:uploadId': 'the same',
  'POST /api/media/uploads': 'bytes on their way in; the item that is made of them is written down',
  'PATCH /api/media/uploads/:uploadId': 'the same',
  'DELETE /api/media/uploads/:uploadId': 'the same',
  'POST /api/archive/receptions/checks': 'a question about a package on its way in; taking it over is written down',
  'POST /api/accounts/delegations/numbers': 'a question that does not belong into an address',
  'POST /api/development/files/:personId/check': 'a question that is too long for an address',
  'PATCH /api/people/:personId': 'asked with the values that are there already',
  'DELETE /api/accounts/:accountId/lock': 'asked about an account that is not locked',
  'POST /api/forms/previews': 'a question about many persons; their readings were written down on the same day already',
  'POST /api/notices/addressees/numbers': 'a question that does not belong into an address',
  'POST /api/notices/audience': 'a question that is too long for an address',
  'POST /api/notices/:noticeId/reading':
    'nobody watches who reads: only the copy says so, to its reader and to the sender',
  'POST /api/discussion/topics/:topicId/reading': 'nobody watches who reads',
  'PUT /api/discussion/topics/:topicId/following': 'nor who follows what',
  'PUT /api/discussion/topics/:topicId/support':
    'who supports a suggestion is told to nobody: only their number stands there',
  'POST /api/discussion/protected': 'written down when it is handed over, so that its moment does not tell whose it is',
  'POST /api/discussion/protected/:topicId/letters': 'the same',
  'POST /api/discussion/protected/:topicId/hidings/:hidingId/appeal': 'the same',
  'DELETE /api/lectures/:activityId/questions/:questionId': 'who has asked is told to nobody who was not told by them',
  'PUT /api/lectures/:activityId/questions/:questionId/support': 'who supports a question is told to nobody',
  'PUT /api/lectures/:activityId/polls/:pollId/hand': 'nor who has raised a hand for what',
  'POST /api/lectures/:activityId/feedback': 'nor who has said what of a lecture',
  'POST /api/quizzes/:quizId/readings': 'reads a file and keeps nothing of it',
  'POST /api/experts/readings': 'the same',
  'PUT /api/training/:programmeId/participants/own': 'asked by somebody who is on the list already',
  'POST /api/quizzes/:quizId/answers': 'what somebody answers is their own matter',
  'DELETE /api/quizzes/:quizId/answers': 'the same',
  'POST /api/certificates/persons/numbers': 'a question that does not belong into an address',
  'PUT /api/quizzes/rooms/:roomId/seat': 'who is in a room is told to nobody: only how many',
  'DELETE /api/quizzes/rooms/:roomId/seat': 'the same',
  'PUT /api/quizzes/rooms/:roomId/answers/:position': 'nor who has answered what there',
  'POST /api/quizzes/rooms/:roomId/asking': 'a step of a room whose beginning and end are written down',
  'POST /api/quizzes/rooms/:roomId/showing': 'the same',
  'POST /api/courseware/uploads': 'bytes on their way in; the unit that is made of them is written down',
  'PATCH /api/courseware/uploads/:uploadId': 'the same',
  'DELETE /api/courseware/uploads/:uploadId': 'the same',
  'PUT /api/courseware/:coursewareId/units/:unitId/progress': 'how far somebody is, is their own matter',
  'POST /api/courseware/:coursewareId/units/:unitId/launches': 'the same',
  'PUT /api/courseware/:coursewareId/units/:unitId/state': 'the same',
  'DELETE /api/courseware/:coursewareId/progress': 'the same',
  'POST /api/exams/banks/:bankId/readings': 'reads a file and keeps nothing of it',
  'POST /api/exams/:examId/readings': 'the same',
  'POST /api/exams/attempts/:attemptId/seat':
    'takes the paper into a window; beginning and handing in are written down',
  'PUT /api/exams/attempts/:attemptId/answers': 'answers on their way; what is handed in is written down',
  'PUT /api/guidance/bookings/:bookingId/remark': 'what somebody keeps for themselves is told to nobody',
  'DELETE /api/guidance/bookings/:bookingId/steps/:stepId/completion': 'asked about a step that is not done',
  'PUT /api/training/:programmeId/reflections/own/:promptId':
    'what somebody is writing, and when, is theirs until it is handed in',
  'DELETE /api/activities/:activityId/sign-ups/own': 'asked by somebody who has not signed up',
  'POST /api/calls/reviewing': 'asked by somebody who reviews there already',
  'POST /api/intake/imports/:importId/commit': 'asked about an import that is committed already',
  'POST /api/intake/imports/:importId/undo': 'asked about an import that is undone already',
}

const world = await rightsWorld()

test('every write leaves a journal row', async () => {
  const written = () => world.build.look((db) => db.$count(journal))
  const silent: string[] = []
  let asked = 0
  for (const route of Object.keys(rows).filter((it) => !it.startsWith('GET '))) {
    const before = await written()
    if (!(await succeeds(world, route))) continue
    asked++
    if ((await written()) === before) silent.push(route)
  }
  expect(asked).toBeGreaterThan(30)
  expect(silent.filter((route) => !(route in keepNothing))).toEqual([])
})

test('what the journal keeps has a name in Chinese, and what is a code has words', async () => {
  const entries = await world.build.look((db) =>
    db.select({ event: journal.event, details: journal.details }).from(journal),
  )
  const shown = entries.flatMap(({ event, details }) => detailsIn(event, details))
  expect(shown.length).toBeGreaterThan(50)
  const english = shown.filter(
    ({ name, text }) => /[a-z]/.test(name) || /(^|[（，、 ])[a-z]+[A-Za-z]*(?=$|[），、])/.test(text),
  )
  expect(english).toEqual([])
})

test('no network address outside the machine is contacted but what an administrator has configured', () => {
  const reaching = ['rules/src', 'server/src', 'web/src'].flatMap(sources).filter((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return /\bfetch\(|\bnode:(https|dgram)\b|import (?!type)[^;]*?'(node:tls|nodemailer[^']*)'|\bhttp\.(get|request)\(|new (Socket|WebSocket|EventSource)\b|sendBeacon/.test(
      text,
    )
  })
  expect(reaching).toEqual([
    // Asks the provider that the settings name.
    'server/src/modules/accounts/sign-in-library.ts',
    // The store that an administrator may name for contents.
    'server/src/platform/content/s3-bucket.ts',
    // Writes mails and hands them to the mail server that the settings name.
    'server/src/platform/mail/mailer.ts',
    'server/src/platform/mail/smtp-line.ts',
    // Asks 企业微信 and 钉钉, where the settings name an application or a robot.
    'server/src/platform/messengers/asking.ts',
    // Ask our own server.
    'web/src/api.ts',
    'web/src/modules/notices/live.ts',
    'web/src/useHearing.ts',
  ])
})

test('code that is not JavaScript, which reads foreign files, runs in processes and threads of its own and not in the server', async () => {
  const app = pathToFileURL(path.join(root, 'server/src/app.ts')).href
  const native = `process.report.excludeNetwork = true
    await import(${JSON.stringify(app)})
    console.log(JSON.stringify(process.report.getReport().sharedObjects.filter((it) => it.includes('node_modules'))))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', native])
  const ours = JSON.parse(stdout).filter((it: string) => !it.startsWith(path.dirname(process.execPath)))
  expect(ours).toEqual([])
})

const root = path.join(import.meta.dirname, '../..')

/** Sends a request of the table of rights as somebody who may; says whether it was granted. */
async function succeeds(world: RightsWorld, route: string): Promise<boolean> {
  const row = rows[route]
  const place = places.find((it) => row?.lets[it]?.length)
  const role: Role | undefined = place && row?.lets[place]?.[0]
  if (!row || row.isPublic || place === undefined || role === undefined) return false
  world.clock.at = new Date(world.clock.at.getTime() + 3_000)
  const browser = await world.signedInAs(role)
  const { path: address, body, revision } = await row.call(world.at[place], world, role)
  const [method = ''] = route.split(' ')
  return (await browser.request(method, address, body, revision ? { 'if-match': revision } : {})).ok
}

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((it) => /\.tsx?$/.test(it) && !it.includes('.test.'))
    .map((it) => path.posix.join(folder, it.split(path.sep).join('/')))
    .sort()
}
