import { Refusal } from '../../platform/refusal.ts'
import { inOneLine, visible } from '../../platform/visible-text.ts'
import { packageLimits } from './limits.ts'
import { childOf, childrenOf, type Element, readManifestXml, textOf } from './manifest-xml.ts'
import type { Standard } from './names-schema.ts'
import type { Sco } from './tables.ts'

/** What the list of contents of a package says. */
export interface Manifest {
  standard: Standard
  title: string
  scos: Sco[]
}

/**
 * Reads `imsmanifest.xml` of SCORM 1.2 or 2004. What is started stands in the order of its organisation (the one that is said to be the
 * default); sequencing is not read: a person chooses. Refuses a package that holds nothing to be started, and what is started elsewhere than in it.
 */
export function readManifest(bytes: Uint8Array, isThere: (name: string) => boolean): Manifest {
  const manifest = readManifestXml(bytes)
  if (manifest.name !== 'manifest') throw noScorm()
  const resources = childOf(manifest, 'resources')
  const base = [manifest, resources].map(baseOf).join('')
  const byId = new Map(childrenOf(resources, 'resource').map((it) => [it.attributes.identifier ?? '', it]))
  const organizations = childOf(manifest, 'organizations')
  const all = childrenOf(organizations, 'organization')
  const chosen = all.find((it) => it.attributes.identifier === organizations?.attributes.default) ?? all[0]
  const title = named(textOf(chosen, 'title'))

  const scos: Sco[] = []
  const started = (resource: Element, item: { id: string; title: string; depth: number; parameters: string }) => {
    const href = `${base}${baseOf(resource)}${resource.attributes.href ?? ''}`
    const { name, search } = placeOf(href, item.parameters)
    if (!isThere(name))
      throw new Refusal(
        'unreadable',
        `课件包的目录说“${item.title.slice(0, 60)}”从 ${name.slice(0, 100)} 开始，包里没有这个文件。请在制作课件的软件中重新导出。`,
      )
    return { id: item.id, title: item.title, depth: item.depth, href: name, search }
  }
  const walk = (parent: Element, depth: number) => {
    for (const item of childrenOf(parent, 'item')) {
      const { identifier = '', identifierref = '', isvisible, parameters = '' } = item.attributes
      const resource = byId.get(identifierref)
      if (resource?.attributes.href !== undefined && isvisible !== 'false') {
        if (scos.length >= packageLimits.maxScos)
          throw new Refusal('unreadable', `课件包里可以打开的内容超过 ${packageLimits.maxScos} 个，请拆成几个包。`)
        const shown = named(textOf(item, 'title')) || `第 ${scos.length + 1} 节`
        scos.push({
          ...started(resource, { id: idOf(identifier, scos), title: shown, depth: Math.min(depth, 5), parameters }),
          launchData: textOf(item, 'datafromlms').slice(0, 4096),
          masteryScore: /^\d{1,3}(\.\d{1,4})?$/.exec(textOf(item, 'masteryscore'))?.[0] ?? '',
        })
      }
      walk(item, depth + 1)
    }
  }
  if (chosen) walk(chosen, 0)
  // Some packages list their resources and no order.
  if (scos.length === 0) {
    const only = [...byId.values()].find((it) => it.attributes.href !== undefined)
    if (only === undefined) throw noScorm()
    const item = { id: idOf(only.attributes.identifier ?? '', []), title: title || '课件', depth: 0, parameters: '' }
    scos.push({ ...started(only, item), launchData: '', masteryScore: '' })
  }
  return { standard: standardOf(manifest), title, scos }
}

const baseOf = (element: Element | undefined): string => element?.attributes.base ?? ''

/** What people read: one line, not too long. */
const named = (text: string): string => inOneLine(visible(text)).slice(0, 80)

/** Ids are kept with what was learnt, so that each stands once. */
function idOf(identifier: string, others: readonly Sco[]): string {
  const id = identifier.slice(0, 200) || `item-${others.length + 1}`
  return others.some((it) => it.id === id) ? `${id}-${others.length + 1}` : id
}

/** A file of the package, from its address there. Refuses an address elsewhere. */
function placeOf(href: string, parameters: string): { name: string; search: string } {
  const inside = 'http://inside.invalid/'
  const url = URL.canParse(href.trim(), inside) ? new URL(href.trim().replaceAll('\\', '/'), inside) : null
  if (url === null || url.origin !== new URL(inside).origin)
    throw new Refusal(
      'unreadable',
      `课件包要从别的网站打开内容（${href.slice(0, 100)}），不能采用。请在制作课件的软件中把内容一起打进包里，再重新导出。`,
    )
  let name: string
  try {
    name = decodeURIComponent(url.pathname.slice(1))
  } catch {
    name = url.pathname.slice(1)
  }
  const added = parameters.trim().replace(/^[?&]/, '')
  const search = [url.search.slice(1), added.startsWith('#') ? '' : added].filter((it) => it !== '').join('&')
  return { name, search: search === '' ? '' : `?${search.slice(0, 1_000)}` }
}

/** By what the package says of itself, else by the vocabulary that it uses. */
function standardOf(manifest: Element): Standard {
  const version = textOf(childOf(manifest, 'metadata'), 'schemaversion')
  if (/^1\.2/.test(version)) return '1.2'
  if (/2004|1\.3/.test(version)) return '2004'
  const namespaces = Object.values(manifest.attributes).join(' ')
  if (/adlcp_v1p3|adlseq_v1p3|imscp_v1p1\b/.test(namespaces)) return '2004'
  return '1.2'
}

/** That a file is no package of SCORM. */
export const noScorm = () =>
  new Refusal(
    'unreadable',
    '压缩包里没有 SCORM 课件的目录（imsmanifest.xml），或者目录里没有可以打开的内容。请在制作课件的软件中选择“发布为 SCORM 1.2 或 2004”，上传它生成的 zip 文件。',
  )
