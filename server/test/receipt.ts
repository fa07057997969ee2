import type { Receipt } from '../src/platform/packages/receipt.ts'
import { exampleFile } from './sealed-file.ts'

/** The receipt for the example file, taken over whole. */
export function exampleReceipt(more: Partial<Receipt> = {}): Receipt {
  const { number, title, subject, keeper, seal, items } = exampleFile()
  return {
    format: 'zhibu-receipt-1',
    number,
    version: seal.version,
    title,
    subject: { name: subject.name, number: subject.number },
    sender: { name: keeper.name, sealedBy: seal.by, sealedAt: seal.at },
    receiver: { university: '云山大学', organization: '文学院党委', by: '喆老师', at: '2026-11-25T02:00:00.000Z' },
    digests: { package: 'a'.repeat(64), tagManifest: 'b'.repeat(64), metadata: 'c'.repeat(64) },
    received: { items: 2, pages: 20, bytes: 48 },
    items: items.map((it) => ({
      ...{ number: it.number, title: it.title, sha256: it.content.sha256 },
      ...{ fate: 'filed', reason: null },
    })),
    software: { name: '支部工作台', version: '0.1.0' },
    ...more,
  }
}
