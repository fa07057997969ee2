import { addDays, type Day } from '@zhibu/rules'

/** A day of a calendar with what is on it. */
export interface CalendarEntry {
  /** The same as long as it is the same matter, also on another day. */
  id: string
  on: Day
  title: string
  description: string
  /** Where it is read in full. */
  url?: string
}

/**
 * A calendar of whole days as RFC 5545 writes it. `asOf` is the instant of which it tells. Whole days carry no time zone and no alarm:
 * the phone that reads them decides when to remind.
 */
export function calendarText(name: string, asOf: Date, entries: readonly CalendarEntry[]): string {
  const stamp = asOf.toISOString().replace(/[-:]|\.\d+/g, '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//zhibu//calendar//ZH',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    ...entries.flatMap(({ id, on, title, description, url }) => [
      'BEGIN:VEVENT',
      `UID:${id}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${compact(on)}`,
      `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(description)}`,
      ...(url === undefined ? [] : [`URL:${url}`]),
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const compact = (day: Day): string => day.replaceAll('-', '')

/** A text as a value: its own marks escaped, without characters that no value may hold. */
const escaped = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n')

const maxOctets = 75

/** A line in pieces of at most 75 octets, no character torn; each further piece begins with a blank, which counts. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= maxOctets) return line
  let text = ''
  let octets = 0
  for (const character of line) {
    const size = octetsOf(character)
    if (octets + size > maxOctets) {
      text += '\r\n '
      octets = 1
    }
    text += character
    octets += size
  }
  return text
}

/** Of one character in UTF-8; half of a surrogate pair is written as U+FFFD, which has three. */
function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}
