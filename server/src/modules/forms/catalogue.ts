import { registerForms } from './copy-sheets.ts'
import { activistForms } from './shipped-activist.ts'
import { admissionForms } from './shipped-admission.ts'
import { confirmationForms } from './shipped-confirmation.ts'
import type { ShippedForm } from './shipped-form.ts'
import { prospectForms } from './shipped-prospect.ts'

/** The forms that come with the program, in our own words, in the order of the steps; those of no step at the end. */
export const catalogue: readonly ShippedForm[] = [
  ...activistForms,
  ...prospectForms,
  ...admissionForms,
  ...confirmationForms,
  ...registerForms,
].toSorted((a, b) => (a.step ?? 99) - (b.step ?? 99))

/** The form with a code. */
export const shippedForm = (code: string): ShippedForm | undefined => catalogue.find((it) => it.code === code)
