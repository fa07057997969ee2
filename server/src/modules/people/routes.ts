import { router } from '../../platform/http.ts'

export const people = router()
