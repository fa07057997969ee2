import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { encode } from 'uqr'
import { dateInWords, sentenceOf } from '../server/src/modules/certificates/names-schema.ts'
import type { Certificate } from '../server/src/platform/papers/certificate.ts'
import { fontFolders } from '../server/src/platform/papers/fonts.ts'
import { madeAtOnce } from '../server/src/platform/papers/made.ts'
import { startCertificatePrinting } from '../server/src/platform/papers/printing.ts'
import { measuredOn } from './files.ts'
import { duration, type Measure, median } from './measure.ts'

const rounds = 3

/** So many certificates as PDF/A through our thread in terms of the bare typesetter doing the same alone, QR code and all. The rounds take turns. */
export async function measureCertificates(count: number): Promise<Measure[]> {
  const certificates = Array.from({ length: count }, (_, at) => certificateOf(at))
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await timed(() => printBare(certificates)))
    ours.push(
      await timed(async () => {
        const printing = startCertificatePrinting(null)
        for (let from = 0; from < count; from += madeAtOnce)
          await printing.make(certificates.slice(from, from + madeAtOnce).map((it) => [it]))
        await printing.close()
      }),
    )
  }
  const many = count.toLocaleString('en')
  return [duration(`certificates: ${many} as PDF/A / typst alone`, median(ours), median(bare), 1.5)]
}

const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function certificateOf(at: number): Certificate {
  const code = Array.from({ length: 24 }, (_, place) => signs[(at * 7 + place * place * 11) % signs.length]).join('')
  const facts = { fromOn: '2026-10-12', untilOn: '2026-10-14', hours: '24 学时', result: '考核合格，准予结业' }
  return {
    ...{
      title: '结业证书',
      name: `学员${at}`,
      body: sentenceOf({ ...facts, programme: '第 58 期发展对象集中培训班' }),
    },
    ...{ issuer: '临江大学党校', signatory: '党校校长　林远山', issuedOn: dateInWords(measuredOn), replaces: null },
    ...{ number: `LJDXDX-2026-${String(at + 1).padStart(4, '0')}`, place: 'https://djgz.example.edu.cn/check' },
    ...{ address: `https://djgz.example.edu.cn/check/${code}`, code, madeOn: measuredOn },
  }
}

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

async function printBare(certificates: readonly Certificate[]): Promise<void> {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders(null) }] })
  const layout = new URL('../server/src/platform/papers/certificates.typ', import.meta.url)
  const mainFileContent = readFileSync(layout, 'utf8')
  for (const it of certificates) {
    const content = JSON.stringify([{ ...it, drawing: drawn(it.address) }])
    compiler.pdf({ mainFileContent, inputs: { content } }, { pdfStandard: 'a-2b' })
    compiler.evictCache(10)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Square by square, as whoever knows no better would draw it. */
function drawn(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${squares.join('')}"/></svg>`
}
