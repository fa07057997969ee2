import { router } from '../../platform/http.ts'

export const accounts = router()
