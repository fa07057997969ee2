/** For which place each text of guidance is sealed: elsewhere it does not open. */
export const sealedPlaces = {
  wish: (bookingId: string) => `guidance_bookings.wish:${bookingId}`,
  reason: (bookingId: string) => `guidance_bookings.cancel_reason:${bookingId}`,
  record: (bookingId: string, version: number) => `guidance_records.text:${bookingId}:${version}`,
  step: (stepId: string) => `guidance_steps.what:${stepId}`,
  remark: (bookingId: string, personId: string) => `guidance_remarks.text:${bookingId}:${personId}`,
} as const
