import type { Day } from '@zhibu/rules'

/** A certificate as it is printed, every word of it as it stands on the paper. */
export interface Certificate {
  /** Its kind over the text: 结业证书. */
  title: string
  /** To whom it is given. */
  name: string
  /** What it confirms, without the name. */
  body: string
  issuer: string
  /** Office and name of who signs; null where a line is left for the hand. */
  signatory: string | null
  /** 二〇二六年十一月二十九日 */
  issuedOn: string
  number: string
  /** The number of the certificate whose place it takes. */
  replaces: string | null
  /** What its QR code says. */
  address: string
  /** Where the code below is typed in, without a phone. */
  place: string
  /** The same as in the address, in groups. */
  code: string
  /** The day for the properties of the file. */
  madeOn: Day
  /** Since when it holds no more, as it is printed across the sheet; left out where it holds. */
  revokedOn?: string
}
