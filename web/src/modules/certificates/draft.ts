import type { CertificateText } from '@zhibu/server/modules/certificates/schema'

/** What is filled in before anything is known. */
export const blankText: CertificateText = {
  ...{ title: '结业证书', programme: '', fromOn: null, untilOn: null, hours: '', result: '' },
  ...{ signatoryOffice: '', signatoryName: '' },
}

/** What is still needed, by its label. */
export const needsOf = ({ title, programme }: CertificateText): Record<string, boolean> => ({
  证书名称: title.trim().length >= 2,
  参加的培训: programme.trim().length >= 2,
})

/** As it will be printed: without blanks around. */
export const trimmed = (text: CertificateText): CertificateText => ({
  ...text,
  title: text.title.trim(),
  programme: text.programme.trim(),
  hours: text.hours.trim(),
  result: text.result.trim(),
  signatoryOffice: text.signatoryOffice.trim(),
  signatoryName: text.signatoryName.trim(),
})
