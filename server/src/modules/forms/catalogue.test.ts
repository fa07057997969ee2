import { filingTemplate, steps } from '@zhibu/rules'
import { describe, expect, test } from 'vitest'
import { wordPaper } from '../../platform/papers/word-paper.ts'
import { inspectTemplate, missingFields } from '../../platform/papers/word-template.ts'
import { catalogue } from './catalogue.ts'
import { copySheets } from './copy-sheets.ts'
import { isKnownName, valuesOfList } from './dictionary.ts'
import { samplePersons } from './samples.ts'
import { fieldsOf, filledPaper, taggedPaper } from './shipped-form.ts'

const today = '2026-11-23'
/** Whoever has gone the whole way, with the numbers that are read one by one. */
const complete = samplePersons(today)
  .slice(2)
  .map((it) => ({ ...it, clear: { idNumber: '990000', phone: '139' } }))

test('there are forms for the whole way, each under a code and a title of its own, at a step that there is', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(25)
  for (const part of ['code', 'title'] as const) {
    expect(new Set(catalogue.map((it) => it[part])).size).toBe(catalogue.length)
  }
  const numbers = steps.map((it) => it.number)
  expect(catalogue.filter(({ step }) => step !== null && !numbers.includes(step))).toEqual([])
})

test('each place of a form is one of the filing list, and takes what the form is made as', () => {
  const places = new Map([...filingTemplate.person, ...filingTemplate.organization].map((it) => [it.code, it]))
  const wrong = catalogue.filter(({ place }) => place !== undefined && !places.get(place)?.contents.includes('pdf'))
  expect(wrong.map((it) => it.code)).toEqual([])
  expect(catalogue.filter((it) => it.place === undefined).map((it) => it.code)).toEqual([
    'observation-register-list',
    'probation-register-list',
    'confirmation-roster',
  ])
})

test('what somebody signs or seals is no electronic original: those that are name no signature, seal or signer', () => {
  const isSigned = (it: unknown) => /签名|盖章|签字|"signer"|：＿＿/.test(JSON.stringify(it))
  const electronic = catalogue.filter((it) => it.isElectronic)
  expect(electronic.map((it) => it.code)).toEqual(['activist-training-roster', 'development-roster'])
  expect(electronic.filter(isSigned)).toEqual([])
})

describe.each(catalogue.map((it) => [it.title, it] as const))('%s', (_title, form) => {
  test('asks for fields of the dictionary only', () => {
    expect(fieldsOf(form).filter((it) => !isKnownName(it.path, it.within))).toEqual([])
  })

  test('is a Word template of the same fields', () => {
    const fields = inspectTemplate(wordPaper(taggedPaper(form, today)))
    const ofTable = (it: { path: string; within: readonly string[] }) => [...it.within, it.path].join(' ')
    expect(fields.map(ofTable).sort()).toEqual(fieldsOf(form).map(ofTable).sort())
  })

  test('is complete of a person who has gone the whole way', () => {
    const values = valuesOfList(complete)
    const lasting = [
      '学位',
      '积极分子备案.回复日期',
      '组织部门备案.日期',
      '预备期考察.次数',
      '预备期考察.日期',
      '转正大会.延长至',
    ]
    expect(missingFields(fieldsOf(form), values).filter((it) => !lasting.includes(it))).toEqual([])
    expect(JSON.stringify(filledPaper(form, values, today))).not.toMatch(/\{[^"{}]+\}|undefined/)
  })
})

test('what is copied are fields of the dictionary', () => {
  const fields = Object.values(copySheets).flatMap((columns) =>
    columns.flatMap(({ field }) => field?.split('|')[0] ?? []),
  )
  expect(fields.filter((it) => !isKnownName(it, []))).toEqual([])
})
