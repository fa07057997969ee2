import { router } from '../../platform/http.ts'

export const organization = router()
