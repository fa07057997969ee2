import { readFile } from 'node:fs/promises'
import { openRecogniser } from '../server/src/platform/recognition/recogniser.ts'
import { damaged, damages } from '../server/test/paper/damage.ts'
import { type DrawnPaper, drawPaper } from '../server/test/paper/paper.ts'
import { atMost, type Measure } from './measure.ts'

/**
 * How well damaged pages are read: of each damage so many forms and half as many letters, drawn at 300 dots to the inch.
 * Characters are counted by edit distance over the whole page, blanks left out; an identity number is right where it stands whole.
 */
export async function measureOcr(formsEach: number): Promise<Measure[]> {
  const reader = openRecogniser({ idleMs: 600_000 })
  try {
    const letters = await reader.letters()
    if (!letters.isAvailable) throw new Error(letters.reason)
    const papers = await drawn(formsEach)
    const measures: Measure[] = []
    let [pages, readingMs, peakMiB] = [0, 0, 0]
    for (const damage of damages) {
      let [written, wrong, numbers, numbersRight] = [0, 0, 0, 0]
      for (const { paper, seed } of papers) {
        const picture = await damaged(paper.picture, damage, seed)
        const started = performance.now()
        const { lines = [] } = await reader.read(picture)
        readingMs += performance.now() - started
        pages++
        peakMiB = Math.max(peakMiB, await peakOfChildren())
        const [whole, read] = [bare(paper.lines), bare(lines.map((it) => it.text))]
        written += whole.length
        wrong += editDistance(whole, read)
        numbers += paper.identityNumbers.length
        numbersRight += paper.identityNumbers.filter((it) => read.includes(it)).length
      }
      measures.push(share(`OCR, ${damage}: characters right`, written - wrong, written, 99))
      measures.push(share(`OCR, ${damage}: identity numbers right`, numbersRight, numbers, 100))
    }
    measures.push({
      name: 'OCR: pages per minute',
      ours: ((pages * 60_000) / readingMs).toFixed(1),
      limit: '',
      target: '',
      isMet: true,
    })
    return [...measures, atMost('OCR: memory of the reading process at its peak', peakMiB, 2048, 'MiB')]
  } finally {
    reader.close()
  }
}

interface Numbered {
  paper: DrawnPaper
  seed: number
}

async function drawn(forms: number): Promise<Numbered[]> {
  const papers: Numbered[] = []
  for (let seed = 0; seed < forms * 1.5; seed++) {
    papers.push({ paper: await drawPaper(seed % 3 === 2 ? 'letter' : 'form', seed), seed })
  }
  return papers
}

const bare = (lines: readonly string[]) => lines.join('').replace(/\s/g, '')

const share = (name: string, right: number, all: number, least: number): Measure => ({
  name,
  ours: `${((right * 100) / all).toFixed(2)} %`,
  limit: `${all}`,
  target: `≥ ${least} %`,
  isMet: right * 100 >= least * all,
})

/** How many characters have to be put in, taken out or changed to make one text of the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1]
    for (let column = 1; column <= other.length; column++) {
      const change = (row[column - 1] ?? 0) + (character === other[column - 1] ? 0 : 1)
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}

/** The most memory that a process started by this one ever occupied. */
async function peakOfChildren(): Promise<number> {
  const children = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).trim().split(' ')
  const peaks = await Promise.all(
    children.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
    }),
  )
  return Math.max(0, ...peaks)
}
