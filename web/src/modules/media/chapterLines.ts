/** A chapter begins at a moment, in seconds from the beginning, and has a name. */
export interface Chapter {
  at: number
  name: string
}

/** What is wrong with a line of chapters, counted from 1. */
export interface WrongLine {
  line: number
  problem: string
}

const pattern = /^(?:(\d{1,2})[:：])?([0-5]?\d)[:：]([0-5]\d)[\s、，,.-]*(.*)$/

/** Reads chapters as people write them below a film: one a line, `12:30 提问` or `1:02:30 提问`. */
export function readChapters(text: string): { chapters: Chapter[]; wrong: WrongLine | null } {
  const chapters: Chapter[] = []
  for (const [index, written] of text.split('\n').entries()) {
    if (written.trim() === '') continue
    const line = index + 1
    const [, hours = '0', minutes, seconds, name = ''] = pattern.exec(written.trim()) ?? []
    if (minutes === undefined || seconds === undefined)
      return { chapters, wrong: { line, problem: '请按“12:30 提问”的格式填写，时间在前，名称在后' } }
    if (name.trim() === '') return { chapters, wrong: { line, problem: '缺少章节名称' } }
    const at = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
    if (at <= (chapters.at(-1)?.at ?? -1)) return { chapters, wrong: { line, problem: '时间要晚于上一章' } }
    chapters.push({ at, name: name.trim() })
  }
  return { chapters, wrong: null }
}

/** A moment as it is read: 2:05, 1:02:05. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (it: number) => String(it).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** The same chapters as lines to be changed. */
export const linesOf = (chapters: readonly Chapter[]): string =>
  chapters.map(({ at, name }) => `${clockOf(at)} ${name}`).join('\n')

/** As WebVTT; each lasts until the next one, the last one until the end or a minute. */
export function vttOf(chapters: readonly Chapter[], duration: number | null): string {
  const moment = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(11, 23)}`
  const cues = chapters.map(({ at, name }, index) => {
    const end = chapters[index + 1]?.at ?? Math.max(at + 60, Math.ceil(duration ?? 0))
    return `${moment(at)} --> ${moment(end)}\n${name}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}
