import { contradictions, type DevelopmentFacts } from '@zhibu/rules'
import { actsOfFile, inventFiles, measuredOn } from './files.ts'
import { duration, type Measure, median } from './measure.ts'

/** Checking complete files against all rules, in terms of reading the same files with `JSON.parse`. */
export function measureRules(): Measure[] {
  const texts = inventFiles(10_000).map((it) => JSON.stringify(it))
  const acts = texts.map((it) => (JSON.parse(it) as DevelopmentFacts).acts.length)
  if (Math.min(...acts) !== actsOfFile || Math.max(...acts) !== actsOfFile) throw new Error('a file is not complete')
  // Until the compiler has seen them often.
  round(texts, 10)
  const rounds = Array.from({ length: 5 }, () => round(texts, 10))
  const short = median(Array.from({ length: 9 }, () => round(texts, 1).checking))
  const checking = median(rounds.map((it) => it.checking))
  const parsing = median(rounds.map((it) => it.parsing))
  return [
    duration('rules: check 100,000 files of 25 acts / JSON.parse of them', checking, parsing, 1),
    duration('rules: a file of 100,000 / a file of 10,000 (linear)', checking / 100, short / 10, 1.2),
  ]
}

/** How much time of the processor parsing and checking take for all files, so many times over, each time parsed anew. */
function round(texts: readonly string[], times: number): { parsing: number; checking: number } {
  let [parsing, checking, found] = [0, 0, 0]
  for (let at = 0; at < times; at++) {
    const start = process.cpuUsage()
    const files = texts.map((it): DevelopmentFacts => JSON.parse(it))
    const parsed = process.cpuUsage(start)
    for (const facts of files) found += contradictions(facts, measuredOn).length
    const checked = process.cpuUsage(start)
    parsing += inMs(parsed)
    checking += inMs(checked) - inMs(parsed)
  }
  if (found === 0) throw new Error('the files contradict nothing')
  return { parsing, checking }
}

const inMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000
