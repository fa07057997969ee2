import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { type CalendarEntry, calendarText } from './calendar-text.ts'

const asOf = new Date('2026-11-22T16:00:00.000Z')

test('a calendar is written line by line as the standard has it', () => {
  const entry: CalendarEntry = {
    id: 'due-1@zhibu',
    on: '2026-12-31',
    title: '半年考察；甲,乙;丙\\丁',
    description: '第一行\r\n第二行',
    url: 'http://zhibu.test/n/1',
  }
  expect(calendarText('云山学院', asOf, [entry]).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//zhibu//calendar//ZH',
    'CALSCALE:GREGORIAN',
    'NAME:云山学院',
    'X-WR-CALNAME:云山学院',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    'BEGIN:VEVENT',
    'UID:due-1@zhibu',
    'DTSTAMP:20261122T160000Z',
    'DTSTART;VALUE=DATE:20261231',
    'DTEND;VALUE=DATE:20270101',
    'SUMMARY:半年考察；甲\\,乙\\;丙\\\\丁',
    'DESCRIPTION:第一行\\n第二行',
    'URL:http://zhibu.test/n/1',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ])
})

test.each([
  ['A', 67, 1],
  ['A', 68, 2],
  ['支', 22, 1],
  ['支', 23, 2],
  ['𠀀', 16, 1],
  ['𠀀', 17, 2],
])('a title of %s, %d times, stands on %d lines', (character, count, lines) => {
  const text = calendarText('', asOf, [{ id: '1', on: '2026-11-23', title: character.repeat(count), description: '' }])
  const summary = text.slice(text.indexOf('SUMMARY'), text.indexOf('\r\nDESCRIPTION'))
  expect(summary.split('\r\n ')).toHaveLength(lines)
})

test('whatever is written, another reader reads the same, and no line is longer than 75 octets', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((it) => it === clean(it))
  fc.assert(
    fc.property(texts, texts, (title, description) => {
      const text = calendarText('名称', asOf, [{ id: 'x@zhibu', on: '2026-02-28', title, description }])
      expect(Math.max(...text.split('\r\n').map((it) => Buffer.byteLength(it)))).toBeLessThanOrEqual(75)
      const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')
      expect({
        uid: event?.getFirstPropertyValue('uid'),
        start: String(event?.getFirstPropertyValue('dtstart')),
        end: String(event?.getFirstPropertyValue('dtend')),
        title: event?.getFirstPropertyValue('summary'),
        description: event?.getFirstPropertyValue('description'),
      }).toEqual({ uid: 'x@zhibu', start: '2026-02-28', end: '2026-03-01', title, description })
    }),
  )
})

test('characters that no calendar may hold, and an entry that a title would add, do not come in', () => {
  const title = '甲\u0000\u0007\nEND:VEVENT\r\nBEGIN:VEVENT\u007f'
  const text = calendarText('', asOf, [{ id: '1', on: '2026-11-23', title, description: '' }])
  expect(text).toContain('SUMMARY:甲\\nEND:VEVENT\\nBEGIN:VEVENT\r\n')
  expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')).toHaveLength(1)
})

const clean = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '')
