import type { Standard } from './names-schema.ts'
import type { Sco } from './tables.ts'

/** SCORM's data model, flat: what a package is told when it is started, and what of what it sets is kept. */

/** The elements of a package by their names, such as `cmi.suspend_data`. */
export type Elements = Readonly<Record<string, string>>

/**
 * What is kept: what the package needs to go on where it was left, and how it stands. Neither points nor how long and how often somebody
 * was there, nor what they answered, is among it: nobody is to see it, so it is not there.
 */
const kept: Record<Standard, RegExp> = {
  '1.2':
    /^cmi\.(suspend_data|core\.(lesson_location|lesson_status|exit)|student_preference\.(audio|language|speed|text)|objectives\.\d{1,3}\.(id|status))$/,
  '2004':
    /^cmi\.(suspend_data|location|completion_status|success_status|progress_measure|exit|learner_preference\.(audio_level|language|delivery_speed|audio_captioning)|objectives\.\d{1,3}\.(id|success_status|completion_status|progress_measure|description))$/,
}

/** What of these elements is kept; an empty one is as good as none. */
export const keptOf = (standard: Standard, elements: Elements): Elements =>
  Object.fromEntries(Object.entries(elements).filter(([name, value]) => value !== '' && kept[standard].test(name)))

/** Whether a package says that it has been gone through. */
export const isFinished = (standard: Standard, elements: Elements): boolean =>
  standard === '1.2'
    ? ['completed', 'passed'].includes(elements['cmi.core.lesson_status'] ?? '')
    : elements['cmi.completion_status'] === 'completed' || elements['cmi.success_status'] === 'passed'

/** What a package is told: what was kept, and of the learner nothing, not even a name. */
export function toldOf(standard: Standard, { launchData, masteryScore }: Sco, before: Elements): Elements {
  const isFirst = Object.keys(before).length === 0
  // What was given up without being suspended begins anew, but for packages that only ever say so by what they keep.
  const exit = before[standard === '1.2' ? 'cmi.core.exit' : 'cmi.exit'] ?? ''
  const isSuspended = exit === 'suspend' || before['cmi.suspend_data'] !== undefined
  const entry = isFirst ? 'ab-initio' : isSuspended ? 'resume' : ''
  const { 'cmi.core.exit': _, 'cmi.exit': __, ...rest } = before
  if (standard === '1.2')
    return {
      'cmi.core.student_id': 'learner',
      'cmi.core.student_name': learnerName,
      'cmi.core.credit': 'no-credit',
      'cmi.core.lesson_mode': 'normal',
      'cmi.core.entry': entry,
      'cmi.core.lesson_status': 'not attempted',
      'cmi.launch_data': launchData,
      ...(masteryScore !== '' && { 'cmi.student_data.mastery_score': masteryScore }),
      ...rest,
    }
  return {
    'cmi.learner_id': 'learner',
    'cmi.learner_name': learnerName,
    'cmi.credit': 'no-credit',
    'cmi.mode': 'normal',
    'cmi.entry': entry,
    'cmi.completion_status': 'unknown',
    'cmi.success_status': 'unknown',
    'cmi.launch_data': launchData,
    ...rest,
  }
}

/** Packages greet by name; this one has nothing of anybody. */
const learnerName = '学员'
