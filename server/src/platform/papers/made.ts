import { Refusal } from '../refusal.ts'

/** A file that was made, or why it was not. */
export type Made = { file: Uint8Array } | { refused: string }

/** Makes files in a thread of its own; some at once, because each question to it costs as much as half a file. */
export interface Maker<Content> {
  /** The files in the order of the contents. Throws where the thread has ended over them; then it makes no more. */
  make(contents: readonly Content[]): Promise<Made[]>
  /** Ends the thread. */
  close(): Promise<void>
}

/** So many files are asked for at once. */
export const madeAtOnce = 10

/** Makes a single file, or refuses it. */
export async function makeOne<Content>(maker: Maker<Content>, content: Content): Promise<Uint8Array> {
  const [made] = await maker.make([content])
  if (made === undefined) throw new Error('Nothing was made')
  if ('refused' in made) throw new Refusal('unreadable', made.refused)
  return made.file
}

/** The same with a maker that is not needed afterwards. */
export async function makeAlone<Content>(maker: Maker<Content>, content: Content): Promise<Uint8Array> {
  try {
    return await makeOne(maker, content)
  } finally {
    await maker.close()
  }
}

/** Makes files one after the other; what is refused of one stands in its place. */
export async function makeEach<Content>(
  contents: readonly Content[],
  make: (content: Content) => Uint8Array | Promise<Uint8Array>,
): Promise<Made[]> {
  const all: Made[] = []
  for (const content of contents) {
    try {
      all.push({ file: await make(content) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      all.push({ refused: error.message })
    }
  }
  return all
}
