import { administrators } from './administrators.ts'
import { branch } from './branch.ts'
import type { Chapter } from './chapter.ts'
import { department } from './department.ts'
import { everyone } from './everyone.ts'
import { organiser } from './organiser.ts'
import { partySchool } from './party-school.ts'
import { person } from './person.ts'

/** The manual, in the order in which it is read. */
export const chapters: readonly Chapter[] = [
  everyone,
  person,
  branch,
  organiser,
  partySchool,
  department,
  administrators,
]
