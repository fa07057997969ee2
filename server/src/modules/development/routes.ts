import { router } from '../../platform/http.ts'

export const development = router()
