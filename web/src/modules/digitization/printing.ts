import type { CoverOrder } from '@zhibu/server/modules/digitization/cover-order-schema'
import { request } from '../../api.ts'
import { saveAnswer } from '../../ui/saving.ts'

/** Has cover sheets made and saves the PDF under the name that the server gives it. */
export async function printCovers(order: CoverOrder): Promise<void> {
  const init = {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'content-type': 'application/json', accept: '*/*' },
  }
  await saveAnswer(await request('/api/digitization/covers', init))
}
