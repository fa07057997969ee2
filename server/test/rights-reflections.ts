import { all, outside, persons, trainers } from './rights-circles.ts'
import { ofResults, toReaders, toRunners } from './rights-results.ts'
import type { Row } from './rights-rows.ts'

/** Something with a reflection that is made for each call. */
const ofReflection = ofResults(({ fresh }, place, at, role) => fresh.reflection(place, at, role))
/** What was handed in is found by nobody but its author, those who assess and those who run it. */
const toRunnersAlone = { lets: trainers, knows: outside }
const toAnyPerson = { lets: all(...persons), knows: outside }

const text = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '我的体会' }] }] }
const remark = { version: 1, block: 0, quote: '', text: '这里可以写得具体一些' }

/** 学习心得和考试 */
export const reflectionRows: Readonly<Record<string, Row>> = {
  'GET /api/training/:programmeId/assignments': { ...ofReflection((it) => `/${it.id}/assignments`), ...toReaders },
  'PUT /api/training/:programmeId/assignments': {
    ...ofReflection((it) => `/${it.id}/assignments`, {
      hasExam: true,
      body: (it) => ({
        prompts: [{ id: it.promptId, title: '学党章', about: '', hintCharacters: 800 }],
        examId: it.examId,
      }),
      revision: '"1"',
    }),
    ...toRunners,
  },
  'POST /api/training/:programmeId/assignments/candidates': {
    ...ofReflection((it) => `/${it.id}/assignments/candidates`, { hasExam: true }),
    ...toRunners,
    succeeds: 204,
  },
  'GET /api/training/:programmeId/reflections': { ...ofReflection((it) => `/${it.id}/reflections`), ...toRunners },
  'GET /api/training/:programmeId/quotations': { ...ofReflection((it) => `/${it.id}/quotations`), ...toReaders },
  'GET /api/training/:programmeId/reflections/own/:promptId': {
    ...ofReflection((it) => `/${it.id}/reflections/own/${it.promptId}`, { isOn: true }),
    ...toReaders,
  },
  'PUT /api/training/:programmeId/reflections/own/:promptId': {
    ...ofReflection((it) => `/${it.id}/reflections/own/${it.promptId}`, {
      isOn: true,
      body: () => ({ text }),
      revision: '"1"',
    }),
    ...toReaders,
  },
  'POST /api/training/:programmeId/reflections/own/:promptId/handing-in': {
    ...ofReflection((it) => `/${it.id}/reflections/own/${it.promptId}/handing-in`, { isOn: true, revision: '"1"' }),
    ...toReaders,
    succeeds: 204,
  },
  'GET /api/training/reflections/:reflectionId': {
    ...ofReflection((it) => `/reflections/${it.reflectionId}`),
    ...toRunnersAlone,
  },
  'POST /api/training/reflections/:reflectionId/remarks': {
    ...ofReflection((it) => `/reflections/${it.reflectionId}/remarks`, { isAssessor: true, body: () => remark }),
    ...toAnyPerson,
    shows: persons,
    succeeds: 201,
  },
  'POST /api/training/reflections/remarks/:remarkId/answers': {
    ...ofReflection((it) => `/reflections/remarks/${it.remarkId}/answers`, { body: () => ({ text: '谢谢' }) }),
    ...toRunnersAlone,
    succeeds: 201,
  },
  'POST /api/training/reflections/:reflectionId/quotations': {
    ...ofReflection((it) => `/reflections/${it.reflectionId}/quotations`, {
      isOwn: true,
      body: (it) => ({ quote: it.quote, isSigned: false, consents: true }),
    }),
    ...toAnyPerson,
    succeeds: 201,
  },
  'POST /api/training/reflections/quotations/:quotationId/withdrawal': {
    ...ofReflection((it) => `/reflections/quotations/${it.quotationId}/withdrawal`, { isOwn: true }),
    ...toAnyPerson,
    succeeds: 204,
  },
  'PUT /api/training/reflections/quotations/:quotationId/shelf': {
    ...ofReflection((it) => `/reflections/quotations/${it.quotationId}/shelf`, { body: () => ({ isShown: true }) }),
    ...toRunnersAlone,
  },
}
