import path from 'node:path'
import type { Plugin, Rolldown } from 'vite'

/** What a page begins with: the scripts by their sources, and what they ask of the server before anything can be shown. */
interface Beginning {
  scripts: readonly string[]
  answers: readonly string[]
}

const signIn: Beginning = {
  scripts: ['modules/accounts/SignInPage.tsx'],
  answers: ['/api/accounts/entrance'],
}

/** The pages with which people begin their day, by their path: for whoever brings a session, and for everybody else. */
const firstPages = {
  signedIn: {
    '/': {
      scripts: ['shell/SignedIn.tsx', 'modules/development/DeskPage.tsx'],
      answers: ['/api/accounts/session'],
    },
  },
  everybody: { '/': signIn, '/sign-in': signIn },
} satisfies Record<string, Record<string, Beginning>>

/** The file with the links that the server puts in the place of the comment `early` of `index.html`. */
export const earlyFile = 'early.json'

/**
 * Has the browser fetch what the first pages need together with the page, where it would otherwise learn of it from one
 * script after the other: over a phone each of these steps takes longer than the files themselves.
 */
export const early: Plugin = {
  name: 'zhibu:early',
  apply: 'build',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((it) => it.type === 'chunk')
    const linksOf = ({ scripts, answers }: Beginning): string => {
      const needed = withImported(chunks, scripts)
      return [
        ...answers.map((it) => `<link rel="preload" as="fetch" crossorigin href="${it}">`),
        ...needed.map((it) => `<link rel="modulepreload" crossorigin href="/${it.fileName}">`),
        ...new Set(needed.flatMap((it) => [...(it.viteMetadata?.importedCss ?? [])])),
      ]
        .map((it) => (it.startsWith('<') ? it : `<link rel="stylesheet" crossorigin href="/${it}">`))
        .join('')
    }
    const links = Object.entries(firstPages).map(([whose, pages]) => [
      whose,
      Object.fromEntries(Object.entries(pages).map(([page, beginning]) => [page, linksOf(beginning)])),
    ])
    this.emitFile({ type: 'asset', fileName: earlyFile, source: JSON.stringify(Object.fromEntries(links)) })
  },
}

/** The chunks of the sources and all that they import at once, without those that every page begins with. */
function withImported(chunks: readonly Rolldown.OutputChunk[], sources: readonly string[]): Rolldown.OutputChunk[] {
  const closure = (begins: readonly Rolldown.OutputChunk[]) => {
    const found = new Set(begins)
    for (const it of found) for (const other of chunks) if (it.imports.includes(other.fileName)) found.add(other)
    return found
  }
  const begins = sources.map((source) => {
    const chunk = chunks.find((it) => it.facadeModuleId === path.join(import.meta.dirname, 'src', source))
    if (chunk === undefined) throw new Error(`early.ts names ${source}, which is no page`)
    return chunk
  })
  const always = closure(chunks.filter((it) => it.isEntry))
  return [...closure(begins)].filter((it) => !always.has(it))
}
