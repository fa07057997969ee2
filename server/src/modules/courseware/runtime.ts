/**
 * What is put before the first line of each page of a package: SCORM's programming interface, and what a page expects that stands alone in the
 * world. A package runs in a frame without an origin, where it reaches neither our pages nor other frames; so the interface has to be in its
 * own window, and speaks with the learner's page by messages.
 */

/** Where the scripts lie beside the files of a package. No package has a file of this name. */
export const scriptsFolder = '~scorm'

/** The tags that bring them. */
const tagsOf = (prefix: string, standard: string): string =>
  [`${standard}.js`, 'start.js'].map((it) => `<script src="${prefix}${scriptsFolder}/${it}"></script>`).join('')

/** A page of a package with the scripts before everything in it that runs. Its bytes stay as they are, in whatever encoding. */
export function withScripts(page: Uint8Array, { prefix, standard, isXml }: Placing): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(page)
  // Two bytes a character: whoever writes so today writes no courses.
  if (bytes[0] === 0xfe || bytes[0] === 0xff) return Uint8Array.from(bytes)
  const head = bytes.subarray(0, 65_536).toString('latin1')
  const from = isXml ? behindHead(head) : beginning(head)
  return Uint8Array.from(
    Buffer.concat([bytes.subarray(0, from), Buffer.from(tagsOf(prefix, standard)), bytes.subarray(from)]),
  )
}

interface Placing {
  /** Where the files of the package lie, such as `/scorm/<ticket>/`. */
  prefix: string
  standard: string
  /** XHTML lets nothing stand before its root. */
  isXml: boolean
}

/** Behind the first tag of the head. A page that opens it a thousand times and never closes it is looked through once, too. */
function behindHead(page: string): number {
  const tag = /<head\b[^<>]*>/i.exec(page)
  return tag ? tag.index + tag[0].length : 0
}

/** Behind the marks of bytes, declarations, comments and the document type, which have to come first. */
function beginning(head: string): number {
  const before = /^(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.*?-->|<!doctype[^>]*>)*/is.exec(head)
  return before?.[0].length ?? 0
}

/** The script itself, as it is sent. */
export const startScript = (): string => `(${String(startRuntime)})()`

/** What the learner's page and the frame say to one another. */
export interface FrameMessage {
  zhibu: 'scorm'
  /** `hello`: a page has come up that was told nothing; `elements`: a package has set something; `left`: it says that it is done. */
  kind: 'hello' | 'elements' | 'left'
  elements?: Record<string, string>
}

/** What the learner's page tells a package: by the name of its frame, or as an answer to `hello`. */
export interface FrameWord {
  zhibu: 'scorm'
  kind: 'told'
  elements: Record<string, string>
  /** Whether a page of the same package was running before in this frame. */
  isRunning?: boolean
}

/**
 * Runs in the frame, before everything else there. It stands alone: nothing of this file is there with it.
 */
function startRuntime(): void {
  interface Api {
    [method: string]: (...given: string[]) => string
  }
  interface Library {
    loadFromFlattenedJSON(elements: Record<string, string>, root?: string): void
    getFlattenedCMI(): Record<string, unknown>
    [method: string]: unknown
  }
  const scope = window as unknown as Record<string, unknown>
  const script = document.currentScript
  if (!(script instanceof HTMLScriptElement)) return
  const site = new URL(script.src).origin
  const learner = window.top
  const isOld = 'Scorm12API' in scope
  const Made = (isOld ? scope.Scorm12API : scope.Scorm2004API) as new (settings: object) => Library

  const tell = (kind: string, elements?: Record<string, string>) =>
    learner?.postMessage({ zhibu: 'scorm', kind, ...(elements && { elements }) }, site)

  const told = (() => {
    try {
      const word: unknown = JSON.parse(window.name)
      return typeof word === 'object' && word !== null && 'zhibu' in word ? (word as FrameWord) : null
    } catch {
      return null
    }
  })()

  const fresh = () => new Made({ autocommit: false, logLevel: 5 })
  const flat = (it: Library): Record<string, string> => {
    const all: Record<string, string> = {}
    for (const [name, value] of Object.entries(it.getFlattenedCMI()))
      if (typeof value === 'string' || typeof value === 'number') all[name] = String(value)
    return all
  }
  /** What there is for the next page of the package in this frame. */
  const kept: Record<string, string> = { ...told?.elements }

  let library = made(told?.elements ?? {})
  let last = flat(library)
  let isRunning = false
  let isOver = false
  let waiting: ReturnType<typeof setTimeout> | undefined

  function made(elements: Record<string, string>): Library {
    const it = fresh()
    try {
      it.loadFromFlattenedJSON(elements, '')
      return it
    } catch {
      // What was kept of another version of the package is no reason not to start: the rest is told one by one.
    }
    const other = fresh()
    for (const [name, value] of Object.entries(elements))
      try {
        other.loadFromFlattenedJSON({ [name]: value }, '')
      } catch {
        // This one the package has to do without.
      }
    return other
  }
  /** At once: when a page is on its way out, the name of its frame is settled already. */
  function remember(elements: Record<string, string>) {
    Object.assign(kept, elements)
    window.name = JSON.stringify({
      ...{ zhibu: 'scorm', kind: 'told', elements: kept },
      isRunning: isRunning && !isOver,
    })
  }
  /** Tells what has changed since the last time. */
  function send(kind: 'elements' | 'left') {
    clearTimeout(waiting)
    waiting = undefined
    const now = flat(library)
    const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => last[name] !== value))
    last = now
    remember(changed)
    if (kind === 'left' || Object.keys(changed).length > 0) tell(kind, changed)
  }
  const later = () => {
    waiting ??= setTimeout(() => send('elements'), 300)
  }

  const names = isOld
    ? ['LMSInitialize', 'LMSFinish', 'LMSGetValue', 'LMSSetValue', 'LMSCommit']
    : ['Initialize', 'Terminate', 'GetValue', 'SetValue', 'Commit']
  const errors = isOld
    ? ['LMSGetLastError', 'LMSGetErrorString', 'LMSGetDiagnostic']
    : ['GetLastError', 'GetErrorString', 'GetDiagnostic']
  const call = (name: string, given: unknown[]): string => {
    const method = library[name]
    return typeof method === 'function' ? String(method.apply(library, given.map(String))) : ''
  }
  const [initialize = '', finish = '', get = '', set = '', commit = ''] = names
  const api = {
    [initialize]: (...given: unknown[]) => {
      // A package of several pages begins on each of them, or on the first alone.
      if (isRunning) return 'true'
      const answer = call(initialize, given.length === 0 ? [''] : given)
      isRunning = answer === 'true'
      send('elements')
      return answer
    },
    [finish]: (...given: unknown[]) => {
      const answer = call(finish, given.length === 0 ? [''] : given)
      isOver = answer === 'true'
      send(isOver ? 'left' : 'elements')
      return answer
    },
    [get]: (...given: unknown[]) => call(get, given),
    [set]: (...given: unknown[]) => {
      const answer = call(set, given)
      if (answer === 'true') remember({ [String(given[0])]: String(given[1]) })
      later()
      return answer
    },
    [commit]: (...given: unknown[]) => {
      const answer = call(commit, given.length === 0 ? [''] : given)
      send('elements')
      return answer
    },
    ...Object.fromEntries(errors.map((name) => [name, (...given: unknown[]) => call(name, given)])),
  } as unknown as Api

  const put = (on: object, name: string, value: PropertyDescriptor) => {
    try {
      Object.defineProperty(on, name, { configurable: true, ...value })
    } catch {
      // A browser that lets it not be put there has it in a way of its own.
    }
  }
  scope[isOld ? 'API' : 'API_1484_11'] = api
  // Many look for the interface from the window above on, which here is nobody's.
  const above = window.parent
  const standIn: Record<string, unknown> = {
    [isOld ? 'API' : 'API_1484_11']: api,
    postMessage: (message: unknown, target: string) => above.postMessage(message, target),
    closed: false,
    length: 0,
    opener: null,
  }
  standIn.parent = standIn
  standIn.top = standIn
  put(window, 'parent', { value: standIn })

  // Storage of this page alone, since there is no origin that could have one.
  const storage = () => {
    const all = new Map<string, string>()
    return {
      getItem: (name: string) => all.get(String(name)) ?? null,
      setItem: (name: string, value: string) => void all.set(String(name), String(value)),
      removeItem: (name: string) => void all.delete(String(name)),
      clear: () => all.clear(),
      key: (at: number) => [...all.keys()][at] ?? null,
      get length() {
        return all.size
      },
    }
  }
  put(window, 'localStorage', { value: storage() })
  put(window, 'sessionStorage', { value: storage() })
  put(document, 'cookie', { get: () => '', set: () => undefined })
  // No policy of content keeps these from other machines.
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport'])
    put(window, name, { value: undefined })

  if (told?.isRunning) api[initialize]?.('')
  if (!told) {
    window.addEventListener('message', (event) => {
      const word: unknown = event.data
      if (event.source !== learner || event.origin !== site || isRunning) return
      if (typeof word !== 'object' || word === null || !('zhibu' in word)) return
      library = made((word as FrameWord).elements)
      last = flat(library)
    })
    tell('hello')
  }
  window.addEventListener('pagehide', () => send('elements'))
}
