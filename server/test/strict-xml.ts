/** XML 1.0 with namespaces, read strictly: whatever is not well formed throws. No document types, no entities but the five. */
interface Element {
  /** The name with the address of its namespace before it, in braces. */
  name: string
  attributes: ReadonlyMap<string, string>
  children: Element[]
  text: string
}

const token =
  /<\?xml version="1\.0" encoding="utf-8"\?>\n|<(?<close>\/)?(?<name>[A-Za-z][\w.-]*(?::[A-Za-z][\w.-]*)?)(?<attributes>(?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/uy

function readXml(document: string): Element {
  if (!document.startsWith('<?xml ')) throw new Error('no declaration')
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(document))
    throw new Error('a character XML does not know')
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' }
  const open: { element: Element; written: string; spaces: ReadonlyMap<string, string> }[] = [
    { element: root, written: '', spaces: new Map() },
  ]
  token.lastIndex = 0
  while (token.lastIndex < document.length) {
    const at = token.lastIndex
    const match = token.exec(document)
    const here = open.at(-1)
    if (!match?.groups || !here) throw new Error(`not well formed at ${at}: ${document.slice(at, at + 60)}`)
    const { close, name, attributes = '', empty, text } = match.groups
    if (text !== undefined) here.element.text += unescaped(text)
    else if (name === undefined) continue
    else if (close) {
      if (here.written !== name) throw new Error(`</${name}> ends <${here.written}>`)
      open.pop()
    } else {
      const pairs = [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, unescaped(value)] as const,
      )
      const given = new Map(pairs)
      if (given.size !== pairs.length) throw new Error(`an attribute twice in <${name}>`)
      const spaces = new Map([
        ...here.spaces,
        ...pairs.flatMap(([key, value]) => (/^xmlns(:|$)/.test(key) ? [[key.slice(6), value] as const] : [])),
      ])
      const [prefix, local] = name.includes(':') ? name.split(':') : ['', name]
      const space = spaces.get(prefix ?? '')
      if (prefix && space === undefined) throw new Error(`${prefix} names no namespace`)
      const element = { name: space ? `{${space}}${local}` : (local ?? ''), attributes: given, children: [], text: '' }
      here.element.children.push(element)
      if (!empty) open.push({ element, written: name, spaces })
    }
  }
  const [only, ...more] = root.children
  if (open.length !== 1 || !only || more.length > 0 || root.text.trim() !== '') throw new Error('not one whole element')
  return only
}

function unescaped(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(text) || text.includes(']]>')) throw new Error(`not escaped: ${text}`)
  return text
    .replace(/&(lt|gt|quot|apos);/g, (_, it: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[it] ?? '')
    .replace(/&#(\d+);/g, (_, it: string) => String.fromCodePoint(Number(it)))
    .replaceAll('&amp;', '&')
}

/** The one child of this name; refuses none and two. */
function one(of: Element, name: string): Element {
  const found = of.children.filter((it) => it.name === name)
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} of ${name} in ${of.name}`)
  return found[0]
}

const address = (text = ''): string => {
  const { href } = new URL(text)
  if (href !== text && href !== `${text}/`) throw new Error(`no whole address: ${text}`)
  return text
}

function onlyHas(of: Element, names: readonly string[]): void {
  const others = of.children.filter((it) => !names.includes(it.name)).map((it) => it.name)
  if (others.length > 0) throw new Error(`${of.name} has ${others.join(', ')}`)
  if (of.children.length > 0 && of.text.trim() !== '') throw new Error(`text between elements of ${of.name}`)
}

/** A feed of either format, checked against what the format asks for. */
export function readFeedXml(document: string) {
  const root = readXml(document)
  return root.name === 'rss' ? readRss(root) : readAtom(root)
}

const atomSpace = '{http://www.w3.org/2005/Atom}'
const creator = '{http://purl.org/dc/elements/1.1/}creator'
const encoded = '{http://purl.org/rss/1.0/modules/content/}encoded'

/** RSS 2.0: https://www.rssboard.org/rss-specification */
function readRss(root: Element) {
  if (root.attributes.get('version') !== '2.0') throw new Error('no RSS 2.0')
  const channel = one(root, 'channel')
  onlyHas(channel, ['title', 'link', 'description', 'language', 'lastBuildDate', `${atomSpace}link`, 'item'])
  if (one(channel, 'description').text === '') throw new Error('a channel without a description')
  rfc822(one(channel, 'lastBuildDate').text)
  const self = one(channel, `${atomSpace}link`).attributes
  if (self.get('rel') !== 'self') throw new Error('no address of its own')
  return {
    format: 'rss',
    title: one(channel, 'title').text,
    home: address(one(channel, 'link').text),
    self: address(self.get('href')),
    items: channel.children
      .filter((it) => it.name === 'item')
      .map((item) => {
        onlyHas(item, ['title', 'link', 'guid', 'pubDate', 'category', 'description', creator, encoded])
        const guid = one(item, 'guid')
        if (guid.attributes.get('isPermaLink') !== 'true') throw new Error('an id that is no address')
        return {
          id: address(guid.text),
          url: address(one(item, 'link').text),
          title: one(item, 'title').text,
          publishedAt: rfc822(one(item, 'pubDate').text),
          author: one(item, creator).text,
          content: one(item, encoded).text,
        }
      }),
  }
}

function rfc822(text: string): string {
  if (
    !/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/.test(
      text,
    )
  )
    throw new Error(`no day of RFC 822: ${text}`)
  return new Date(text).toISOString()
}

/** Atom: RFC 4287. */
function readAtom(root: Element) {
  const named = (name: string) => `${atomSpace}${name}`
  if (root.name !== named('feed')) throw new Error(`no feed: ${root.name}`)
  onlyHas(root, ['title', 'subtitle', 'id', 'link', 'updated', 'author', 'entry'].map(named))
  instant(one(root, named('updated')).text)
  address(one(root, named('id')).text)
  one(one(root, named('author')), named('name'))
  const linked = (of: Element, rel: string) =>
    address(
      of.children.find((it) => it.name === named('link') && it.attributes.get('rel') === rel)?.attributes.get('href'),
    )
  return {
    format: 'atom',
    title: one(root, named('title')).text,
    home: linked(root, 'alternate'),
    self: linked(root, 'self'),
    items: root.children
      .filter((it) => it.name === named('entry'))
      .map((entry) => {
        onlyHas(
          entry,
          ['title', 'id', 'link', 'published', 'updated', 'author', 'category', 'summary', 'content'].map(named),
        )
        instant(one(entry, named('updated')).text)
        const content = one(entry, named('content'))
        if (content.attributes.get('type') !== 'html' || content.children.length > 0)
          throw new Error('content is no text')
        if (!one(entry, named('category')).attributes.get('term')) throw new Error('a category without its term')
        return {
          id: address(one(entry, named('id')).text),
          url: linked(entry, 'alternate'),
          title: one(entry, named('title')).text,
          publishedAt: instant(one(entry, named('published')).text),
          author: one(one(entry, named('author')), named('name')).text,
          content: content.text,
        }
      }),
  }
}

function instant(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) throw new Error(`no instant of RFC 3339: ${text}`)
  return new Date(text).toISOString()
}

/** A map of a site or a list of maps: https://www.sitemaps.org/protocol.html */
export function readSitemap(document: string) {
  const root = readXml(document)
  const space = '{http://www.sitemaps.org/schemas/sitemap/0.9}'
  const kind = root.name.replace(space, '')
  const entry = { urlset: 'url', sitemapindex: 'sitemap' }[kind]
  if (!entry) throw new Error(`no map: ${root.name}`)
  onlyHas(root, [`${space}${entry}`])
  return {
    kind,
    entries: root.children.map((it) => {
      onlyHas(it, [`${space}loc`, `${space}lastmod`])
      const changed = it.children.find((one) => one.name === `${space}lastmod`)
      return { at: address(one(it, `${space}loc`).text), ...(changed && { changed: instant(changed.text) }) }
    }),
  }
}
