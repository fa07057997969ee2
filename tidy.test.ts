import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** The shape of the source tree, as tests. ARCHITECTURE.md explains it; this file keeps it true. */

/** The reading order of the server modules. A module may use only the modules before it. */
const moduleOrder = [
  'organization',
  'people',
  'accounts',
  'archive',
  'development',
  'handovers',
  'intake',
  'forms',
  'digitization',
  'notices',
  'media',
  'publicity',
  'activities',
  'calls',
  'lectures',
  'quizzes',
  'discussion',
  'courseware',
  'exams',
  'guidance',
  'exchanges',
  'experts',
  'certificates',
  'training',
  'talent',
  'reports',
  'search',
]

/** The files a server module may have, in the order in which they may use one another: left uses right. */
const fileOrder = ['routes', 'jobs', 'service', 'queries', 'policy', 'tables', 'schema']

/** Files named after a real algorithm, or after a second noun of the module; they stand between queries and policy. */
const algorithms: Record<string, string[]> = {
  organization: ['changing', 'exporting', 'kinds-schema', 'names-schema', 'offices', 'pinyin', 'terms'],
  people: ['bulk', 'masks', 'matching', 'names-schema', 'numbered', 'readings', 'register', 'search', 'sealing'],
  accounts: [
    'actor',
    'administrators',
    'audit',
    'delegation-routes',
    'delegation-schema',
    'delegations',
    'demo',
    'entrance-routes',
    'exporting',
    'invitations',
    'journal-routes',
    'journal-schema',
    'live-sessions',
    'lock-out',
    'names-schema',
    'password',
    'setup',
    'sign-in',
    'sign-in-journal',
    'sign-in-library',
    'sign-in-refusals',
    'visitor',
  ],
  archive: [
    'archives',
    'arriving',
    'bringing-in',
    'disposable',
    'disposal-lists',
    'disposals',
    'documents-list',
    'examinations',
    'examined',
    'exporting',
    'file-to-seal',
    'filed',
    'filing-list',
    'filing-list-routes',
    'filing-list-schema',
    'following',
    'held-contents',
    'lines',
    'looking',
    'marking',
    'names-schema',
    'numbering',
    'packing',
    'page-texts',
    'readings',
    'receivers',
    'reception-candidates',
    'reception-checks',
    'reception-routes',
    'reception-schema',
    'receptions',
    'receptions-list',
    'seal-routes',
    'seal-schema',
    'sealed-owners',
    'sealing-facts',
    'seals',
    'searching',
    'sight',
    'soundness',
    'taking-in',
    'template',
    'uploads',
  ],
  development: [
    'act-details-schema',
    'act-schema',
    'answers',
    'batches',
    'board',
    'branch-facts',
    'completeness',
    'completeness-schema',
    'dues',
    'evidence',
    'exporting',
    'facts',
    'file-view',
    'filing-effect',
    'imported',
    'keepers',
    'lists',
    'names-schema',
    'offer-schema',
    'offered',
    'offers',
    'own-file',
    'paper-remarks',
    'papers',
    'request-schema',
    'scope',
    'sealed-facts',
    'settings',
    'settings-schema',
    'sides',
    'standings',
  ],
  handovers: ['drawing-up', 'names-schema', 'papers'],
  intake: [
    'act-cells',
    'act-changes',
    'acts',
    'branch-names',
    'carrying',
    'cells',
    'commit',
    'days',
    'duplicates',
    'exporting',
    'fields',
    'ground',
    'headers',
    'judged-rows',
    'judgement',
    'judging',
    'judging-thread',
    'kept-file',
    'kept-cells',
    'kept-rows',
    'newcomers',
    'opening',
    'person-cells',
    'person-changes',
    'person-lines',
    'preview',
    'private-numbers',
    'reading',
    'reading-thread',
    'recognition',
    'remote-workbook',
    'row-draft',
    'sealed-cells',
    'shift',
    'surroundings',
    'template',
    'under-way',
    'undo',
    'uploading',
    'verdict',
    'who-is-it',
    'writing',
  ],
  digitization: [
    'cover-order-schema',
    'cover-routes',
    'cover-schema',
    'cover-text',
    'covers',
    'filing',
    'looking',
    'names-schema',
    'parts',
    'problems',
    'proposals',
    'sorting',
    'watching',
    'taking-out',
  ],
  notices: [
    'addressees',
    'audience',
    'begun-drafts',
    'by-themselves',
    'calendar-entries',
    'calendar-routes',
    'calendars',
    'channel-names-schema',
    'claims',
    'dispatching',
    'drafting',
    'group-posts',
    'live',
    'persons-page',
    'post-ground',
    'posting',
    'preference-routes',
    'preferences',
    'receipts',
    'reminder-texts',
    'renewing',
    'sending',
    'setting-routes',
    'settings',
    'wording',
  ],
  media: ['serving', 'sharing', 'taking-in', 'texts', 'uploads', 'uses'],
  publicity: [
    'draft-limits-schema',
    'importing',
    'kit',
    'kit-checks',
    'kit-html',
    'kit-packet',
    'kit-routes',
    'opening',
    'over-article',
    'pictures',
    'places',
    'publishing',
    'remarks',
    'reviewing',
    'sections',
    'setting-routes',
    'settings',
    'telling',
    'versions',
    'wechat-drafts',
    'site-addresses',
    'site-feeds',
    'site-keeping',
    'site-layout',
    'site-map',
    'site-media',
    'site-pages',
    'site-reading',
    'site-routes',
    'site-search',
    'site-styles',
    'site-xml',
  ],
  activities: [
    'calendar',
    'closing',
    'filing',
    'informing',
    'kit-shape',
    'kits',
    'marked-days',
    'names-schema',
    'notice-text',
    'record-paper',
    'shipped-class-meetings',
    'shipped-december',
    'shipped-exchanges',
    'shipped-kit',
    'shipped-kits',
    'shipped-october',
    'shipped-september',
    'shipped-spring',
    'shipped-summer',
    'shipped-winter',
    'sign-ups',
    'stored',
    'telling',
    'when',
  ],
  calls: [
    'allotment',
    'codes',
    'corrections',
    'entries',
    'entry-checks',
    'entry-routes',
    'entry-views',
    'exporting',
    'informing',
    'judging',
    'media-routes',
    'names-schema',
    'notice-text',
    'over-entries',
    'phases',
    'review-routes',
    'review-schema',
    'reviewers',
    'reviewing',
    'shelf',
    'shelf-routes',
    'shown',
    'spreads',
    'stored',
    'telling',
    'tellings',
    'votes',
  ],
  lectures: [
    'changes',
    'feedback',
    'limits',
    'marks',
    'names-schema',
    'notes',
    'polls',
    'questions',
    'recordings',
    'stored',
  ],
  training: [
    'acceptance-routes',
    'acceptance-schema',
    'accepting',
    'asked',
    'assessing',
    'assignments',
    'attendance',
    'attendance-schema',
    'certifying',
    'certifying-schema',
    'closing',
    'completing',
    'eligible',
    'exporting',
    'calendar',
    'desk',
    'in-training',
    'informing',
    'marks',
    'names-schema',
    'participants',
    'places',
    'quotations',
    'reflecting',
    'reflection-routes',
    'reflection-schema',
    'remarks',
    'requests',
    'rounds',
    'rubric',
    'self-assessing',
    'session-view',
    'sessions',
    'statements',
    'stored',
    'summarizing',
    'summary-figures',
    'summary-routes',
    'summary-schema',
    'summary-text',
    'works',
  ],
  reports: [
    'due-days',
    'exporting',
    'figures',
    'half-years',
    'kept',
    'months',
    'names-schema',
    'other-cards',
    'person-cards',
    'picture-lists',
    'picture-names-schema',
    'pictures',
    'place',
    'schedule-schema',
    'schedules',
    'sending-tables',
  ],
  quizzes: [
    'alone',
    'checking',
    'file-routes',
    'gift',
    'gift-answers',
    'gift-text',
    'limits',
    'marks',
    'names-schema',
    'playing',
    'questions',
    'repeats',
    'room-changes',
    'room-queries',
    'room-results',
    'room-routes',
    'room-schema',
    'room-stored',
    'rooms',
    'sheet',
    'sheet-answers',
    'sheet-examples',
    'sheet-reading',
    'solving',
    'stored',
  ],
  discussion: [
    'calls',
    'finding',
    'handing-over',
    'hidings',
    'identities',
    'letters',
    'limits',
    'mentioning',
    'moderation-routes',
    'names-schema',
    'office-held',
    'opening-routes',
    'openings',
    'outcomes',
    'paragraphs',
    'pictures',
    'placing',
    'promising',
    'protected-routes',
    'reach',
    'reminding',
    'reports',
    'settings',
    'stored',
    'suggestions',
    'telling',
  ],
  courseware: [
    'elements',
    'limits',
    'manifest',
    'manifest-xml',
    'names-schema',
    'package-routes',
    'packages',
    'progress',
    'runtime',
    'stored',
    'tickets',
    'unit-routes',
    'units',
    'unpacking',
    'uploads',
  ],
  exams: [
    'analysed',
    'analysis',
    'attempt-routes',
    'attempt-schema',
    'attempt-views',
    'attempts',
    'bank-routes',
    'bank-schema',
    'banks',
    'candidate-list',
    'candidate-routes',
    'candidates',
    'drawing',
    'exam-paper',
    'exporting',
    'limits',
    'marking',
    'names-schema',
    'outcomes',
    'over-exams',
    'own-facts',
    'paper-results',
    'result-routes',
    'results',
    'results-reading',
    'stored',
    'times',
  ],
  guidance: [
    'booking-routes',
    'calendar',
    'clashes',
    'free',
    'informing',
    'limits',
    'mentors',
    'names-schema',
    'own-records',
    'records',
    'remarks',
    'sealed-places',
    'stored',
    'times',
  ],
  exchanges: [
    'adoptions',
    'card-routes',
    'card-schema',
    'cards',
    'cases',
    'comments',
    'consents',
    'guest-door',
    'guest-routes',
    'guest-use',
    'guests',
    'library',
    'limits',
    'names-schema',
    'stored',
  ],
  experts: [
    'contacts',
    'entries',
    'informing',
    'invitation-routes',
    'invitation-schema',
    'invitation-views',
    'invitations',
    'lectured',
    'limits',
    'list-reading',
    'list-schema',
    'lists',
    'names-schema',
    'stored',
  ],
  certificates: [
    'check-pages',
    'check-reading',
    'check-routes',
    'check-styles',
    'codes',
    'filing',
    'marking',
    'names-schema',
    'numbering',
    'printing',
    'stored',
  ],
  talent: [
    'accesses',
    'applications',
    'calendar',
    'call-routes',
    'call-schema',
    'calls',
    'derived',
    'establishment',
    'exporting',
    'half-years',
    'in-talent',
    'informing',
    'kit',
    'names-schema',
    'official',
    'post-schema',
    'posts',
    'skills',
    'stored',
    'stored-calls',
    'succession-paper',
    'succession-routes',
    'succession-schema',
    'succession-stored',
    'succession-views',
    'successions',
  ],
  search: ['acts', 'names-schema'],
  forms: [
    'catalogue',
    'closed-files',
    'copy-sheets',
    'dictionary',
    'filing-routes',
    'filings',
    'forms-in-force',
    'known',
    'making',
    'making-turns',
    'names-schema',
    'orders',
    'reports',
    'samples',
    'shipped-activist',
    'shipped-admission',
    'shipped-confirmation',
    'shipped-form',
    'shipped-prospect',
    'templates',
    'under-way',
  ],
}

const root = import.meta.dirname
const modules = 'server/src/modules'

interface Import {
  from: string
  to: string
  typeOnly: boolean
}

test('every server module is listed, and holds only files of the vocabulary', () => {
  expect(readdirSync(path.join(root, modules)).sort()).toEqual([...moduleOrder].sort())
  const strangers = files(modules).filter((it) => {
    const name = nameOf(it)
    return !fileOrder.includes(name) && !algorithms[moduleOf(it)]?.includes(name)
  })
  expect(strangers).toEqual([])
})

test('a module never imports a module after it', () => {
  const wrong = importsOf(modules).filter(
    ({ from, to }) =>
      to.startsWith(modules) &&
      !isTest(from) &&
      moduleOrder.indexOf(moduleOf(to)) > moduleOrder.indexOf(moduleOf(from)),
  )
  expect(wrong).toEqual([])
})

test('imports inside a server module go from routes towards schema', () => {
  const wrong = importsOf(modules).filter(({ from, to }) => {
    if (!to.startsWith(modules) || moduleOf(from) !== moduleOf(to) || isTest(from)) return false
    const [fromAt, toAt] = [fileOrder.indexOf(nameOf(from)), fileOrder.indexOf(nameOf(to))]
    return fromAt >= 0 && toAt >= 0 && toAt <= fromAt
  })
  expect(wrong).toEqual([])
})

test('the platform knows no module', () => {
  expect(importsOf('server/src/platform').filter(({ from, to }) => to.startsWith(modules) && !isTest(from))).toEqual([])
})

test('the rules import nothing of ours, know no clock and no I/O', () => {
  expect(importsOf('rules/src').filter(({ to }) => !to.startsWith('rules/src'))).toEqual([])
  const clocks = files('rules/src').filter((it) =>
    /\bnew Date\b|\bDate\.|\bperformance\b|\bfetch\(|process\./.test(read(it)),
  )
  expect(clocks).toEqual([])
})

test.each(['rules/src', 'server/src/platform', 'web/src'])(
  'no file of %s leads back to itself, not even for a type',
  (folder) => {
    const needs = Map.groupBy(importsOf(folder), (it) => it.from)
    const leadsTo = (from: string, seen = new Set<string>()): Set<string> => {
      for (const { to } of needs.get(from) ?? []) {
        if (seen.has(to)) continue
        seen.add(to)
        leadsTo(to, seen)
      }
      return seen
    }
    expect(files(folder).filter((it) => leadsTo(it).has(it))).toEqual([])
  },
)

test('the web imports of the server only a schema, or a type of routes', () => {
  const wrong = importsOf('web/src').filter(
    ({ to, typeOnly }) =>
      /@zhibu\/server|server\/src/.test(to) && !/[/-]schema$/.test(to) && !(typeOnly && /\/routes$/.test(to)),
  )
  expect(wrong).toEqual([])
})

test('every web module has the server module of the same name', () => {
  const web = path.join(root, 'web/src/modules')
  const missing = existsSync(web) ? readdirSync(web).filter((it) => !existsSync(path.join(root, modules, it))) : []
  expect(missing).toEqual([])
})

test('a web module never imports a module after it', () => {
  const web = 'web/src/modules'
  const orderOf = (file: string) => moduleOrder.indexOf(file.slice(web.length + 1).split('/')[0] ?? '')
  const wrong = importsOf(web).filter(({ from, to }) => to.startsWith(`${web}/`) && orderOf(to) > orderOf(from))
  expect(wrong).toEqual([])
})

describe('there is no column for points, ranks, online time or check-in places', () => {
  test.each(files('server/src').filter((it) => nameOf(it) === 'tables'))('%s', (file) => {
    expect(read(file)).not.toMatch(/\b(points?|score|rank|online_?(time|minutes)|check_?in|latitude|longitude)\b/i)
  })
})

test('nothing is silenced', () => {
  const silenced = ['rules', 'server', 'web', 'e2e', 'bench']
    .filter((it) => existsSync(path.join(root, it)))
    .flatMap((it) => files(it))
    .filter((it) => /@ts-(ignore|expect-error|nocheck)|biome-ignore|\bas any\b|: any\b/.test(read(it)))
  expect(silenced).toEqual([])
})

test('no page shows the code of a character: between tags an escape is no escape', () => {
  expect(files('web/src').filter((it) => />[^<>{}'"`\n]*\\u[0-9a-f]{4}/i.test(read(it)))).toEqual([])
})

test('no style is given to one class twice: the second was meant for something else', () => {
  const twice = files('web/src', /\.module\.css$/).flatMap((file) => {
    const rules = [...read(file).matchAll(/^[.\w][^{}@]*(?= \{)/gm)].map(([it]) => it.trim())
    return rules.filter((it, place) => rules.indexOf(it) !== place).map((it) => `${file} ${it}`)
  })
  expect(twice).toEqual([])
})

test('every class that a page names stands in its style sheet', () => {
  const missing = files('web/src').flatMap((file) =>
    [...read(file).matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].flatMap(([, name = '', to = '']) => {
      const sheet = read(path.posix.join(path.posix.dirname(file), to))
      const styled = new Set([...sheet.matchAll(/\.([a-z][\w-]*)/gi)].map(([, it]) => it))
      // What is called is no class: a name may be that of a list besides.
      const named = [...read(file).matchAll(new RegExp(`(?<![.\\w])${name}\\.(\\w+)\\b(?!\\()`, 'g'))].map(
        ([, it]) => it,
      )
      return named.filter((it) => !styled.has(it)).map((it) => `${file} ${it}`)
    }),
  )
  expect(missing).toEqual([])
})

function importsOf(folder: string): Import[] {
  if (!existsSync(path.join(root, folder))) return []
  return files(folder).flatMap((from) =>
    [
      ...read(from).matchAll(
        /\b(import|export)\b(\s+type\b)?[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
      ),
    ].map(([, , type, named, dynamic]) => {
      const to = named ?? dynamic ?? ''
      return {
        from,
        to: to.startsWith('.') ? path.posix.join(path.posix.dirname(from), to) : to,
        typeOnly: type !== undefined,
      }
    }),
  )
}

function files(folder: string, names = /\.tsx?$/): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((it) => path.posix.join(folder, it.split(path.sep).join('/')))
    .filter((it) => names.test(it) && !/node_modules|\/dist\//.test(it))
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function moduleOf(file: string): string {
  return file.slice(modules.length + 1).split('/')[0] ?? ''
}

function nameOf(file: string): string {
  return path.basename(file).replace(/(\.test)?\.tsx?$/, '')
}

function isTest(file: string): boolean {
  return file.includes('.test.')
}
