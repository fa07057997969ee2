import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { temporaryDirectory } from '../directory.ts'
import { type ArchiveRound, archiveGround, archiveRound } from './archive.ts'
import { type ArticlesRound, articlesGround, articlesRound } from './articles.ts'
import { type CertificatesRound, certificatesGround, certificatesRound } from './certificates.ts'
import { type ContentRound, contentRound } from './content.ts'
import { type DecidingRound, decidingGround, decidingRound } from './deciding.ts'
import { type FormsRound, formsGround, formsRound } from './forms.ts'
import { type ImportRound, importGround, importRound, importVictims } from './import.ts'
import { jobsRound } from './jobs.ts'
import { killRound, type RoundResult, victims } from './kill.ts'
import { type MediaRound, mediaGround, mediaRound } from './media.ts'
import { type NoticesRound, noticesGround, noticesRound, noticeVictims } from './notices.ts'
import { type TellingRound, tellingGround, tellingRound } from './telling.ts'
import { type TrainingRound, trainingGround, trainingRound } from './training.ts'

/** `npm run prove`: the long rounds. Prints a table of what was tried and what was lost; fails when anything was. */
const rounds = Number(process.argv[2] ?? 20)
const writes = Number(process.argv[3] ?? 1_000)

const { directory, remove } = await temporaryDirectory()
const results: RoundResult[] = []
try {
  for (let round = 1; round <= rounds; round++) {
    const victim = victims[round % victims.length] ?? 'both'
    const result = await killRound(directory, round, victim, writes)
    results.push(result)
    console.log(`round ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await remove()
}

console.table(
  victims.map((victim) => {
    const own = results.filter((it) => it.victim === victim)
    const sum = (of: (it: RoundResult) => number) => own.reduce((total, it) => total + of(it), 0)
    return {
      'kill -9 of': victim,
      rounds: own.length,
      'acknowledged writes': sum((it) => it.acknowledged),
      lost: sum((it) => it.lost),
      'chains broken': own.filter((it) => it.problem !== null).length,
    }
  }),
)

// Imports that are broken off while they are written, and begun again.
const importRows = Number(process.argv[5] ?? 4_000)
const imports: ImportRound[] = []
const ground = await temporaryDirectory()
try {
  const filled = await importGround(ground.directory)
  for (let round = 0; round < Math.max(2, Math.round(rounds / 4)); round++) {
    const result = await importRound(filled, importVictims[round % importVictims.length] ?? 'node', importRows)
    imports.push(result)
    console.log(`import ${round + 1}: ${JSON.stringify(result)}`)
  }
} finally {
  await ground.remove()
}

console.table(
  importVictims.map((victim) => {
    const own = imports.filter((it) => it.victim === victim)
    const sum = (of: (it: ImportRound) => number) => own.reduce((total, it) => total + of(it), 0)
    return {
      'kill -9 during an import of': victim,
      rounds: own.length,
      'rows in each': importRows,
      'left half-written': sum((it) => it.left),
      'wrong after the second commit': sum((it) => it.wrong),
      'chains broken': own.filter((it) => it.problem !== null).length,
    }
  }),
)

// Contents of documents that are being stored, sealed and sent in pieces.
const contents: ContentRound[] = []
const shelf = await temporaryDirectory()
try {
  for (let round = 1; round <= rounds; round++) contents.push(await contentRound(shelf.directory))
} finally {
  await shelf.remove()
}
const sumOf = (of: (it: ContentRound) => number) => contents.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 while contents are stored': '',
    rounds: contents.length,
    acknowledged: sumOf((it) => it.acknowledged),
    lost: sumOf((it) => it.lost),
    half: sumOf((it) => it.half),
    'drafts taken away': sumOf((it) => it.drafts),
    strangers: sumOf((it) => it.strangers),
  },
])

// Papers that are filed, read, sealed and taken away as packages.
const archives: ArchiveRound[] = []
const archiveShelf = await temporaryDirectory()
try {
  const archive = await archiveGround(archiveShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await archiveRound(archive)
    archives.push(result)
    console.log(`archive ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await archiveShelf.remove()
}
const inArchives = (of: (it: ArchiveRound) => number) => archives.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that files papers': '',
    rounds: archives.length,
    documents: inArchives((it) => it.documents),
    seals: inArchives((it) => it.seals),
    packages: inArchives((it) => it.packages),
    lost: inArchives((it) => it.lost),
    half: inArchives((it) => it.half),
    'pages unread': inArchives((it) => it.unread),
    'numbers without a seal': inArchives((it) => it.gaps),
    orphans: inArchives((it) => it.orphans),
    'chains broken': archives.filter((it) => it.problem !== null).length,
  },
])

// Forms that are made, packed and filed.
const forms: FormsRound[] = []
const formsShelf = await temporaryDirectory()
try {
  const filled = await formsGround(formsShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await formsRound(filled)
    forms.push(result)
    console.log(`forms ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await formsShelf.remove()
}
const inForms = (of: (it: FormsRound) => number) => forms.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that makes forms': '',
    rounds: forms.length,
    filed: inForms((it) => it.filed),
    zips: inForms((it) => it.zips),
    lost: inForms((it) => it.lost),
    half: inForms((it) => it.half),
    'left behind': inForms((it) => it.left),
    'chains broken': forms.filter((it) => it.problem !== null).length,
  },
])

// Notices that are sent by mail.
const sendings: NoticesRound[] = []
const noticesShelf = await temporaryDirectory()
try {
  const filled = await noticesGround(noticesShelf.directory, 300)
  for (let round = 1; round <= rounds; round++) {
    const result = await noticesRound(filled, noticeVictims[round % noticeVictims.length] ?? 'node')
    sendings.push(result)
    console.log(`notices ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await noticesShelf.remove()
}
console.table(
  noticeVictims.map((victim) => {
    const own = sendings.filter((it) => it.victim === victim)
    const sum = (of: (it: NoticesRound) => number) => own.reduce((total, it) => total + of(it), 0)
    return {
      'kill -9 while mails are sent, of': victim,
      rounds: own.length,
      recipients: sum((it) => it.recipients),
      'sent twice': sum((it) => it.twice),
      'lost without a word': sum((it) => it.lost),
      'told as uncertain': sum((it) => it.uncertain),
      'without an end': sum((it) => it.left),
    }
  }),
)

// Pictures that are brought in, and articles that are published with them, at once or by themselves.
const articles: ArticlesRound[] = []
const articlesShelf = await temporaryDirectory()
try {
  const filled = await articlesGround(articlesShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await articlesRound(filled)
    articles.push(result)
    console.log(`articles ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await articlesShelf.remove()
}
const inArticles = (of: (it: ArticlesRound) => number) => articles.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that publishes': '',
    rounds: articles.length,
    pictures: inArticles((it) => it.pictures),
    published: inArticles((it) => it.published),
    'to be published by themselves': inArticles((it) => it.scheduled),
    lost: inArticles((it) => it.lost),
    half: inArticles((it) => it.half),
    'numbers missing or twice': inArticles((it) => it.gaps),
    'chains broken': articles.filter((it) => it.problem !== null).length,
  },
])

// Pictures, films and papers that are sent in pieces, and sent on.
const media: MediaRound[] = []
const mediaShelf = await temporaryDirectory()
try {
  const filled = await mediaGround(mediaShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await mediaRound(filled)
    media.push(result)
    console.log(`media ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await mediaShelf.remove()
}
const inMedia = (of: (it: MediaRound) => number) => media.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that takes media': '',
    rounds: media.length,
    items: inMedia((it) => it.items),
    'sent on': inMedia((it) => it.resumed),
    lost: inMedia((it) => it.lost),
    twice: inMedia((it) => it.twice),
    half: inMedia((it) => it.half),
    'left behind': inMedia((it) => it.left),
    'chains broken': media.filter((it) => it.problem !== null).length,
  },
])

// Lectures that are moved and cancelled, and of which people are reminded, by mail.
const tellings: TellingRound[] = []
const tellingShelf = await temporaryDirectory()
try {
  const filled = await tellingGround(tellingShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await tellingRound(filled)
    tellings.push(result)
    console.log(`telling ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await tellingShelf.remove()
}
const inTellings = (of: (it: TellingRound) => number) => tellings.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that tells of lectures': '',
    rounds: tellings.length,
    'changes, places, cancellations': inTellings((it) => it.acknowledged),
    reminders: inTellings((it) => it.reminded),
    mails: inTellings((it) => it.mails),
    uncertain: inTellings((it) => it.uncertain),
    lost: inTellings((it) => it.lost),
    twice: inTellings((it) => it.twice),
    half: inTellings((it) => it.half),
    'still waiting': inTellings((it) => it.left),
    'chains broken': tellings.filter((it) => it.problem !== null).length,
  },
])

// Entries that are decided and announced, and rooms that are played.
const decisions: DecidingRound[] = []
const decidingShelf = await temporaryDirectory()
try {
  const filled = await decidingGround(decidingShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await decidingRound(filled)
    decisions.push(result)
    console.log(`deciding ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await decidingShelf.remove()
}
const inDecisions = (of: (it: DecidingRound) => number) => decisions.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that decides': '',
    rounds: decisions.length,
    decisions: inDecisions((it) => it.decided),
    announcements: inDecisions((it) => it.announced),
    'answers in rooms': inDecisions((it) => it.answered),
    lost: inDecisions((it) => it.lost),
    half: inDecisions((it) => it.half),
    'chains broken': decisions.filter((it) => it.problem !== null).length,
  },
])

// Certificates that are issued, numbered and printed.
const certificates: CertificatesRound[] = []
const certificatesShelf = await temporaryDirectory()
try {
  const filled = await certificatesGround(certificatesShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await certificatesRound(filled)
    certificates.push(result)
    console.log(`certificates ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await certificatesShelf.remove()
}
const inCertificates = (of: (it: CertificatesRound) => number) => certificates.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that issues certificates': '',
    rounds: certificates.length,
    issued: inCertificates((it) => it.issued),
    lost: inCertificates((it) => it.lost),
    half: inCertificates((it) => it.half),
    'numbers missing or twice': inCertificates((it) => it.gaps),
    'without a paper': inCertificates((it) => it.unprinted),
    'chains broken': certificates.filter((it) => it.problem !== null).length,
  },
])

// People who are enrolled, trainings that are closed and certified, posts that are given, and sums that are kept.
const trainings: TrainingRound[] = []
const trainingsShelf = await temporaryDirectory()
try {
  const filled = await trainingGround(trainingsShelf.directory)
  for (let round = 1; round <= rounds; round++) {
    const result = await trainingRound(filled)
    trainings.push(result)
    console.log(`training ${round}: ${JSON.stringify(result)}`)
  }
} finally {
  await trainingsShelf.remove()
}
const inTrainings = (of: (it: TrainingRound) => number) => trainings.reduce((total, it) => total + of(it), 0)
console.table([
  {
    'kill -9 of a server that runs trainings': '',
    rounds: trainings.length,
    'lists of 60': inTrainings((it) => it.enrolled),
    closed: inTrainings((it) => it.closed),
    certified: inTrainings((it) => it.certified),
    'applications decided': inTrainings((it) => it.decided),
    lost: inTrainings((it) => it.lost),
    half: inTrainings((it) => it.half),
    twice: inTrainings((it) => it.twice),
    'still waiting': inTrainings((it) => it.left),
    'chains broken': trainings.filter((it) => it.problem !== null).length,
  },
])

// Jobs over which one server after another is killed, and one that ends them itself. It waits as long as a queue does.
const jobsShelf = await temporaryDirectory()
const jobs = await jobsRound(jobsShelf.directory, { kills: 5, hurries: false })
await jobsShelf.remove()
console.table([
  {
    'kill -9 over the same jobs': jobs.killed,
    'ended by a job': jobs.ended,
    lost: jobs.lost,
    twice: jobs.twice,
    'counted as failures': jobs.failed.length,
    'given up': jobs.givenUp.length,
    'without an end': jobs.left,
  },
])

// Bad input to every operation of the interface, each run with another seed.
const env = {
  ...process.env,
  ZHIBU_FUZZ_RUNS: process.argv[4] ?? '500',
  ZHIBU_FUZZ_SEED: String(Date.now() % 1_000_000),
}
const vitest = path.join(import.meta.dirname, '../../../node_modules/vitest/vitest.mjs')
const fuzz = spawnSync(process.execPath, [vitest, 'run', 'server/test/fuzz.test.ts'], { env, stdio: 'inherit' })

const isSound =
  results.every((it) => it.lost === 0 && it.problem === null) &&
  imports.every((it) => it.left === 0 && it.wrong === 0 && it.problem === null) &&
  contents.every((it) => it.lost === 0 && it.half === 0 && it.strangers === 0) &&
  archives.every((it) => it.lost + it.half + it.unread + it.gaps + it.orphans === 0 && it.problem === null) &&
  forms.every((it) => it.lost + it.half + it.left === 0 && it.problem === null) &&
  articles.every((it) => it.lost + it.half + it.gaps === 0 && it.problem === null) &&
  media.every((it) => it.lost + it.twice + it.half + it.left === 0 && it.problem === null) &&
  tellings.every((it) => it.lost + it.twice + it.half + it.left === 0 && it.problem === null) &&
  decisions.every((it) => it.lost + it.half === 0 && it.problem === null) &&
  certificates.every((it) => it.lost + it.half + it.gaps + it.unprinted === 0 && it.problem === null) &&
  trainings.every((it) => it.lost + it.half + it.twice + it.left === 0 && it.problem === null) &&
  jobs.lost + jobs.twice + jobs.failed.length + jobs.left === 0 &&
  jobs.givenUp.length === 1 &&
  sendings.every((it) => it.twice + it.lost + it.left === 0)
process.exitCode = isSound && fuzz.status === 0 ? 0 : 1
