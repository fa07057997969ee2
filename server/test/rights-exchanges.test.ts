import { askEverybody, everybodyAsking } from './rights-asking.ts'
import { rowsOf } from './rights-parts.ts'

askEverybody(await everybodyAsking(), rowsOf('exchanges'))
