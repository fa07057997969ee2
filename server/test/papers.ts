/** A page of a PDF made for a test. */
export interface PaperPage {
  /** Lines of text in a Chinese font that the PDF names and does not hold, one below the other. */
  lines?: readonly string[]
  /** Drawn beside them, in the language of PDF. */
  draws?: string
  /** In points; A4 where nothing is said. */
  mediaBox?: string
  /** How it is turned to be read. */
  rotate?: number
}

/**
 * A PDF as a program writes it, without compression. `trailer` is added to its trailer; `forms` are drawings that each page
 * and each other can draw as X0, X1 …
 */
export function pdfOf(
  pages: readonly PaperPage[],
  { trailer = '', forms = [] }: { trailer?: string; forms?: readonly string[] } = {},
): Buffer {
  const firstForm = 6 + pages.length * 2
  const drawings = `/XObject << ${forms.map((_, at) => `/X${at} ${firstForm + at} 0 R`).join(' ')} >>`
  const font = 3
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${6 + at * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /FontDescriptor 5 0 R /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>',
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>',
    ...pages.flatMap(({ lines = [], draws = '', mediaBox = '0 0 595 842', rotate = 0 }, at) => {
      const texts = lines.map((line, row) => `BT /F 20 Tf 60 ${760 - row * 40} Td <${hexOf(line)}> Tj ET`)
      const written = [...texts, draws].join('\n')
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [${mediaBox}] /Rotate ${rotate} /Resources << /Font << /F ${font} 0 R >> ${drawings} >> /Contents ${7 + at * 2} 0 R >>`,
        `<< /Length ${written.length} >>\nstream\n${written}\nendstream`,
      ]
    }),
    ...forms.map(
      (form) =>
        `<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << ${drawings} >> /Length ${form.length} >>\nstream\n${form}\nendstream`,
    ),
  ]
  let text = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')
