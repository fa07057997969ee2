import { router } from '../../platform/http.ts'

export const intake = router()
